"""The scene of the milestone pages, for their files."""

from tests.programme.views.conftest import scene  # noqa: F401
