"""Refusals of decisions by the API: the words of domain.md section 8, and nothing stored."""

from __future__ import annotations

import pytest

from tests.governance.actions.scene import Scene
from tests.refusals.asking import everything_stored, said_by_api
from tests.refusals.of_decisions import ROWS, DecisionRow


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_refused_and_nothing_stored(scene: Scene, row: DecisionRow) -> None:
    ask = row.prepare(scene)
    before = everything_stored()
    assert said_by_api(ask()) == [row.message]
    assert everything_stored() == before
