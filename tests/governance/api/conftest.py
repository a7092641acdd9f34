"""The scene of the actions, asked through the API."""

from tests.governance.actions.conftest import made_scene, scene

__all__ = ["made_scene", "scene"]
