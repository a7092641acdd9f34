"""The loaded demonstration, for tests of the benefits file."""

from tests.governance.demonstration.conftest import demonstration, golden

__all__ = ["demonstration", "golden"]
