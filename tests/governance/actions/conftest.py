"""One scene for the tests of actions on decisions."""

from typing import Any

import pytest

from tests.governance.actions.scene import Scene, make_scene


@pytest.fixture
def scene(db: None, time_machine: Any) -> Scene:
    return make_scene(time_machine)
