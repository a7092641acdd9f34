"""The scene of the pages of the programme floor."""

from tests.programme.views.conftest import scene

__all__ = ["scene"]
