"""One scene for the tests of actions on decisions: its people and councils are made once a module."""

from copy import deepcopy
from typing import Any

import pytest
import time_machine as clock

from tests.governance.actions.scene import STARTS, Scene, make_scene


@pytest.fixture(scope="module")
def made_scene(module_db: None) -> Scene:
    with clock.travel(STARTS, tick=False) as traveller:
        made = make_scene(traveller)
    made.clock = None
    return made


@pytest.fixture
def scene(made_scene: Scene, db: None, time_machine: Any) -> Scene:
    time_machine.move_to(STARTS, tick=False)
    own = deepcopy(made_scene)
    own.clock = time_machine
    return own
