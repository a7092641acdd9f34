"""The scene of the tests of pages, for the tests of what a programme plans."""

from tests.programme.views.conftest import scene

__all__ = ["scene"]
