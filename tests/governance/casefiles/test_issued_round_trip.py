"""A case that was issued on its pages, and a true-up, leave in a file and come back as they were."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from governance.casefiles.dumping import dump_case
from governance.casefiles.loading import load_documents
from governance.casefiles.loading.report import FileReport
from governance.casefiles.reading import read_document
from governance.enums import DecisionState
from programme.models import Programme
from services.actions.quality import judge_quality
from services.actions.true_up import TrueUpEntry, record_true_up
from services.enums import CaseStep, Confidence, KeyBasis, Position
from services.models import BusinessCase, CaseOption
from services.queries.case_content import has_issued_content
from tests.factories import DecisionFactory
from tests.governance.casefiles.samples import AS_OF
from tests.governance.casefiles.state import State, sandbox, state
from tests.services.case_scene import CaseScene, case_scene

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Left:
    """What was left behind: the file, the state and the hash."""

    file: bytes
    state: State
    content_hash: str


def _issued() -> CaseScene:
    """An issued case whose options and lines do not count from 0, with a year trued up."""
    scene = case_scene(simulation_seed=7)
    DecisionFactory(programme=scene.programme, ref="D-001", state=DecisionState.EFFECTIVE)
    CaseOption.objects.filter(ref="SHARE").update(order_index=4)
    scene.pool.keys.update(basis=KeyBasis.EQUAL)
    scene.lines["cost"].order_index = 9
    scene.lines["cost"].save()
    scene.to_issued(Position.SUPPORT_WITH_CONDITIONS)
    drivers = {council.key: Decimal(number) for number, council in enumerate(scene.councils, 5)}
    for certainty in (Confidence.LOW, Confidence.HIGH):
        judge_quality(scene.case, by=scene.manager, certainty=certainty, reason="Measured for a year.")
    entry = TrueUpEntry(2025, 90_000_01, "calls", drivers, Decimal("0.5"))
    record_true_up(scene.pool.keys.get(), entry, by=scene.manager)
    return scene


def _leave(*steps: CaseStep) -> Left:
    with sandbox():
        scene = _issued()
        for step in steps:
            scene.step(step, by=scene.owner, comment="It was overtaken by another.")
        return Left(dump_case(Programme.objects.get()), state(), scene.fresh().content_hash)


def _load(file: bytes) -> FileReport:
    (report,) = load_documents([read_document("dump.yaml", file)], as_of=AS_OF).files
    return report


@pytest.mark.parametrize("steps", [(), (CaseStep.WITHDRAW,)], ids=["issued", "issued and withdrawn"])
def test_issued_case_comes_back_with_its_hash(steps: tuple[CaseStep, ...]) -> None:
    left = _leave(*steps)
    _load(left.file)
    case = BusinessCase.objects.get()
    assert (case.content_hash, has_issued_content(case)) == (left.content_hash, True)
    assert {table: rows for table, rows in state().items() if table.startswith("services.")} == {
        table: rows for table, rows in left.state.items() if table.startswith("services.")
    }
    assert dump_case(Programme.objects.get()) == left.file


def test_loaded_again_it_changes_nothing() -> None:
    left = _leave()
    _load(left.file)
    report = _load(left.file)
    assert (report.has_changes, report.refused, report.kept) == (False, [], [])


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        (
            b"amount_gbp: 50}",
            b"amount_gbp: 51}",
            ["Business case BC-1 version 1: lines. This version is issued. Add a new version"],
        ),
        (
            b"text: The figures are sound.",
            b"text: The figures are wrong.",
            ["Business case BC-1 version 1: statements. This version is issued. Add a new version"],
        ),
        (
            b"purpose: Issue of BC-1, version 1",
            b"purpose: Another purpose",
            [
                f"Run RUN-{number}: Its business case is issued and keeps the shares that it has. "
                "Add a new version"
                for number in (1, 2)
            ],
        ),
    ],
    ids=["amount", "statement", "run"],
)
def test_what_is_issued_stays_locked(old: bytes, new: bytes, refused: list[str]) -> None:
    left = _leave()
    _load(left.file)
    assert left.file.count(old) > 0
    before = state()
    report = _load(left.file.replace(old, new))
    assert (report.has_changes, report.refused) == (False, refused)
    assert state() == before


def test_key_that_has_shared_amounts_keeps_its_weights() -> None:
    left = _leave()
    _load(left.file)
    before, pools, after = left.file.partition(b"cost_pools:")
    report = _load(before + pools + after.replace(b": 1}", b": 0}", 1))
    why = "This key has shared amounts. End it and start another from a later day"
    assert (report.has_changes, report.refused) == (
        False,
        [f"Key of P-1 from 1 April 2020: weights. {why}"],
    )
