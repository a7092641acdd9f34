"""The programme of the tests of pages, for the tests of assurance too."""

from tests.programme.views.conftest import scene

__all__ = ["scene"]
