"""The scene of the actions, asked through the API."""

from tests.governance.actions.conftest import scene

__all__ = ["scene"]
