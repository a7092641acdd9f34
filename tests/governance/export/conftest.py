"""The loaded demonstration and the story of the benefits, for tests of the benefits file."""

from tests.benefits.conftest import story, told
from tests.governance.demonstration.conftest import demonstration, golden

__all__ = ["demonstration", "golden", "story", "told"]
