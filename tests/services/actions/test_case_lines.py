"""Lines of a draft are saved many at once, only where they change, by those who may."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.enums import Channel
from core.errors import Refusal, Refusals
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.enums import MemberStatus
from services.actions import case_lines
from services.actions.case_lines import check_lines, save_lines
from services.actions.case_version import CaseChanged
from services.enums import CaseState, CostType, LineKind
from services.queries.case_amounts import LineChange
from tests.services.draft_scene import DraftScene, draft_scene, stored

pytestmark = pytest.mark.django_db
NEW = {"title": "Contract exit", "kind": LineKind.ONE_OFF_COST}


@pytest.fixture
def scene() -> DraftScene:
    return draft_scene()


def save(scene: DraftScene, *changes: LineChange, by: Any = None, seen: int = 1) -> Any:
    return save_lines(scene.seen(), by=by or scene.manager, seen_version=seen, changes=changes)


def refused(scene: DraftScene, *changes: LineChange, by: Any = None) -> list[tuple[str, str | None, str]]:
    """What is said, of which box, by which row; and nothing is stored."""
    before = stored(scene.case), [line.ref for line in scene.case.lines.all()]
    with pytest.raises(Refusals) as said:
        save(scene, *changes, by=by)
    assert (stored(scene.case), [line.ref for line in scene.case.lines.all()]) == before
    assert scene.seen().version == 1
    assert AuditEvent.objects.count() == 0
    return [(one.message, one.field, one.code) for one in said.value.refusals]


def test_amounts_are_changed_added_and_taken_out_and_audited(scene: DraftScene) -> None:
    carrick = scene.councils[2]
    scene.line("L-1", [100_00, 200_00])
    saved = save(
        scene, LineChange("l-1", amounts={(None, 2026): 150_00, (None, 2027): None, (carrick.pk, 2028): 7_00})
    )
    assert stored(scene.case) == {("L-1", "joint", 2026): 150_00, ("L-1", "carrick", 2028): 7_00}
    assert (saved.version, scene.seen().version, scene.seen().updated_by) == (2, 2, scene.manager)
    event = AuditEvent.objects.get()
    assert (event.action, event.channel, event.scope, event.object_id) == (
        "save_lines", Channel.PAGE, "abc", scene.case.pk,
    )  # fmt: skip
    assert event.before == {
        "L-1.joint.2026": 100_00, "L-1.joint.2027": 200_00, "L-1.carrick.2028": None, "version": 1,
    }  # fmt: skip
    assert event.after == {
        "L-1.joint.2026": 150_00, "L-1.joint.2027": None, "L-1.carrick.2028": 7_00, "version": 2,
    }  # fmt: skip


def test_new_lines_stand_after_the_others_with_their_details(scene: DraftScene) -> None:
    scene.line("L-1", [100_00], order_index=4)
    details = {**NEW, "option": scene.share, "pool": scene.pool, "cost_type": CostType.CONTRACT_EXIT}
    save(
        scene,
        LineChange("L-2", details, {(None, 2026): 0}, is_new=True),
        LineChange("L-3", {**details, "title": " Two  \r\nlines "}, is_new=True),
    )
    made = scene.case.lines.exclude(ref="L-1").order_by("order_index")
    assert [(line.ref, line.order_index, line.title, line.cost_type, line.pool) for line in made] == [
        ("L-2", 5, "Contract exit", "contract_exit", scene.pool),
        ("L-3", 6, "Two  \nlines", "contract_exit", scene.pool),
    ]
    assert stored(scene.case)["L-2", "joint", 2026] == 0


def test_line_is_removed_with_its_amounts(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    save(scene, LineChange("L-1", is_removed=True))
    assert stored(scene.case) == {}
    assert AuditEvent.objects.get().before == {"L-1": "Line L-1", "L-1.joint.2026": 100_00, "version": 1}


def test_saving_without_an_effect_leaves_no_trace(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    case = save(scene, LineChange("L-1", {"title": "Line L-1"}, {(None, 2026): 100_00, (None, 2027): None}))
    assert (case.version, scene.seen().version, AuditEvent.objects.count()) == (1, 1, 0)


def test_another_edit_since_is_a_conflict_that_tells_of_it(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    save(scene, LineChange("L-1", amounts={(None, 2026): 1_00}))
    with pytest.raises(CaseChanged) as said:
        save(scene, LineChange("L-1", amounts={(None, 2026): 2_00}))
    assert (said.value.code, said.value.current.version) == ("84", 2)
    assert [edit.after["L-1.joint.2026"] for edit in said.value.edits] == [1_00]
    assert stored(scene.case) == {("L-1", "joint", 2026): 1_00}


def test_edit_between_reading_and_writing_is_a_conflict(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    read = scene.seen()
    save(scene, LineChange("L-1", amounts={(None, 2026): 1_00}))
    with pytest.raises(CaseChanged):
        save_lines(
            read, by=scene.manager, seen_version=1, changes=[LineChange("L-1", amounts={(None, 2026): 5_00})]
        )
    assert stored(scene.case) == {("L-1", "joint", 2026): 1_00}


def test_failed_audit_takes_the_save_back(scene: DraftScene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.line("L-1", [100_00])

    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(case_lines, "audit_case", broken)
    with pytest.raises(OSError, match="no room"):
        save(scene, LineChange("L-1", amounts={(None, 2026): 1_00}))
    assert (stored(scene.case), scene.seen().version) == ({("L-1", "joint", 2026): 100_00}, 1)


def test_officer_changes_the_amounts_of_the_own_council_alone(scene: DraftScene) -> None:
    ashmere, brockvale, _ = scene.councils
    scene.line("L-1", [100_00], ashmere)
    officer = scene.officer(ashmere)
    save(scene, LineChange("L-1", {"override_reason": "Agreed"}, {(ashmere.pk, 2027): 5_00}), by=officer)
    assert stored(scene.case)["L-1", "ashmere", 2027] == 5_00
    for change in (
        LineChange("L-1", amounts={(brockvale.pk, 2026): 1}),
        LineChange("L-1", amounts={(None, 2026): 1}),
        LineChange("L-1", {"title": "Mine"}, {(ashmere.pk, 2026): 1}),
        LineChange("L-1", {"override_reason": "Other"}),
        LineChange("L-9", {**NEW, "option": scene.share}, is_new=True),
        LineChange("L-1", is_removed=True),
    ):
        with pytest.raises(PermissionDenied):
            save(scene, change, by=officer, seen=2)
    with pytest.raises(PermissionDenied, match="Only the programme manager can change this business case"):
        save(scene, LineChange("L-1", {"title": "Mine"}), by=scene.reader(), seen=2)
    assert scene.seen().version == 2


@pytest.mark.parametrize("state", [state for state in CaseState if state != CaseState.DRAFT])
def test_only_a_draft_is_changed(scene: DraftScene, state: CaseState) -> None:
    scene.line("L-1", [100_00])
    scene.case.state = state
    if state in {CaseState.DRAFT, CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW, CaseState.WITHDRAWN}:
        scene.case.save()
        case = scene.seen()
    else:
        case = scene.case
    with pytest.raises(PermissionDenied, match="version"):
        save_lines(
            case, by=scene.manager, seen_version=1, changes=[LineChange("L-1", amounts={(None, 2026): 1})]
        )


def test_each_wrong_box_is_named_with_its_row(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    scene.line("L-2", [100_00], kind=LineKind.ONE_OFF_COST)
    assert refused(
        scene,
        LineChange("L-1", amounts={(None, 2027): -1, (None, 2032): 5, (None, 2025): 5}),
        LineChange("L-2", {"title": " "}, {(None, 2027): -1, (None, 2028): 1_000_000_000_001}),
        LineChange("L-3", {**NEW, "title": "t" * 201, "option": scene.share}, is_new=True),
    ) == [
        ("Planned saving must be £0 or more. Record a cost as a cost line", "L-1.joint.2027", "5"),
        (
            "2032 to 2033 is after the end of the appraisal period. Remove it or extend the period",
            "L-1.joint.2032",
            "16",
        ),
        (
            "2025 to 2026 is before the start of the appraisal period. Remove it or change the period",
            "L-1.joint.2025",
            "16",
        ),
        ("Enter what the line is", "L-2.title", ""),
        ("Cost must be £0 or more", "L-2.joint.2027", "5"),
        ("Amount must be £10,000,000,000 or less", "L-2.joint.2028", "7"),
        ("Line must be 200 characters or less", "L-3.title", "85"),
    ]


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"kind": "gift"}, ("Choose what kind of benefit or cost this is", "kind", "")),
        ({"cost_type": "gift"}, ("Choose what the cost is for", "cost_type", "")),
        ({"confidence": ""}, ("Choose how far the figure can be relied on", "confidence", "")),
        (
            {"low_percent": 101},
            ("The lowest must be 100% or less and the highest 100% or more", "low_percent", ""),
        ),
        ({"high_percent": 99}, ("The highest must be a whole number from 100 to 1,000", "high_percent", "")),
        ({"staff_count": -1}, ("People must be a whole number from 0 to 100,000", "staff_count", "")),
        (
            {"bias_category": "outsourcing", "bias_mitigation_percent": 60},
            ("Explain where the optimism bias percentage comes from", "bias_basis", "31"),
        ),
        (
            {"bias_mitigation_percent": 60, "bias_basis": "Table"},
            ("Choose a category of the optimism-bias table", "bias_category", ""),
        ),
        (
            {"bias_mitigation_percent": 101, "bias_category": "outsourcing", "bias_basis": "Table"},
            ("Mitigation must be between 0% and 100%", "bias_mitigation_percent", ""),
        ),
        (
            {"annual_pence": 51_414_00, "term_years": 3, "whole_life_pence": 154_244_00},
            (
                "Whole-life saving is £154,244 but £51,414 x 3 is £154,242. Check both",
                "whole_life_pence",
                "50",
            ),
        ),
        ({"evidence": "bell \x07"}, ("Evidence must not include control characters", "evidence", "85")),
        ({"ref": ""}, ("Enter the reference, for example L-12", "ref", "")),
        ({"ref": "l-2"}, ("l-2 is already the reference of a line", "ref", "")),
    ],
)
def test_details_that_are_refused(
    scene: DraftScene, details: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    scene.line("L-1", [100_00])
    scene.line("L-2", [100_00])
    message, field, code = expected
    assert refused(scene, LineChange("L-1", details)) == [(message, f"L-1.{field}", code)]


def test_warning_is_let_through_with_its_reason_and_the_reason_kept(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    details = {"annual_pence": 51_414_00, "term_years": 3, "whole_life_pence": 154_244_00}
    save(scene, LineChange("L-1", {**details, "override_reason": "As printed in the source"}))
    line = scene.case.lines.get()
    assert (line.whole_life_pence, line.override_reason) == (154_244_00, "As printed in the source")


def test_council_that_left_or_has_not_joined_is_refused(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    carrick, brockvale = scene.councils[2], scene.councils[1]
    left = scene.programme.partnership.memberships.get(council=carrick)
    left.set_date("left", ImpreciseDate.day(date(2028, 3, 31)))
    left.status = MemberStatus.LEFT
    left.save()
    late = scene.programme.partnership.memberships.get(council=brockvale)
    late.set_date("joined", ImpreciseDate.day(date(2027, 4, 1)))
    late.save()
    assert refused(
        scene, LineChange("L-1", amounts={(carrick.pk, 2028): 1, (brockvale.pk, 2026): 1, (999, 2026): 1})
    ) == [
        ("Carrick left on 31 March 2028. Choose an earlier period", "L-1.carrick.2028", "76"),
        ("Brockvale joined on 1 April 2027. Choose a later period", "L-1.brockvale.2026", "76"),
        ("That council is not a partner in this programme", "L-1.999.2026", "76"),
    ]


def test_amount_after_abolition_needs_a_successor_or_a_reason(scene: DraftScene) -> None:
    ashmere = scene.councils[0]
    ashmere.abolished_on = date(2028, 4, 1)
    ashmere.save()
    scene.line("L-1", [100_00])
    change = LineChange("L-1", amounts={(ashmere.pk, 2028): 1})
    assert refused(scene, change) == [
        (
            "Ashmere is due to be abolished on 1 April 2028. Choose the successor",
            "L-1.ashmere.2028",
            "77",
        )
    ]
    reason = {"override_reason": "The order is not made yet"}
    save(scene, LineChange("L-1", reason, {(ashmere.pk, 2028): 1}))
    assert stored(scene.case)["L-1", "ashmere", 2028] == 1


def test_line_of_no_name_and_line_named_twice(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    for changes, message in (
        ([LineChange("L-9", {"title": "x"})], "There is no line L-9 in this business case"),
        ([LineChange("L-1", NEW, is_new=True)], "L-1 is already the reference of a line"),
        ([LineChange("L-1", NEW), LineChange("l-1", NEW)], "l-1 is named twice. Keep one"),
    ):
        with pytest.raises(Refusal, match=message):
            save(scene, *changes)


def test_option_and_pool_of_elsewhere_are_refused(scene: DraftScene) -> None:
    other = scene_elsewhere()
    assert refused(
        scene,
        LineChange("L-1", {**NEW, "option": other.share, "pool": other.pool}, is_new=True),
        LineChange("L-2", NEW, is_new=True),
    ) == [
        ("Choose an option of this business case", "L-1.option", ""),
        ("Choose a pool of this programme", "L-1.pool", ""),
        ("Choose an option of this business case", "L-2.option", ""),
    ]


def scene_elsewhere() -> DraftScene:
    from tests.factories import BusinessCaseFactory, CaseOptionFactory
    from tests.services.factories import CostPoolFactory

    case = BusinessCaseFactory()
    option = CaseOptionFactory(business_case=case)
    pool = CostPoolFactory(programme=case.programme)
    return DraftScene(case.programme, case, option, option, pool, case.created_by)


def test_check_saves_nothing_and_counts(scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    change = LineChange("L-1", amounts={(None, 2026): 1})
    same = LineChange("L-1", amounts={(None, 2026): 100_00})
    assert [check_lines(scene.seen(), by=scene.manager, changes=[one]) for one in (change, same)] == [1, 0]
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}


@pytest.mark.parametrize("lines", [1, 3, 40])
def test_number_of_queries_does_not_grow_with_the_lines(
    scene: DraftScene, lines: int, django_assert_num_queries: Any
) -> None:
    for number in range(lines):
        scene.line(f"L-{number}", [100_00])
    case = scene.seen()
    changes = [
        LineChange(f"L-{number}", {"title": "New"}, {(None, 2026): 5_00, (None, 2027): 6_00})
        for number in range(lines)
    ]
    with django_assert_num_queries(13):
        save_lines(case, by=scene.manager, seen_version=1, changes=changes)


def test_guess_at_a_hidden_figure_is_refused_whether_right_or_wrong(scene: DraftScene) -> None:
    ashmere, _, carrick = scene.councils
    scene.line("L-1", [77_77], carrick, annual_pence=44_44)
    scene.line("L-2", [66_66], staff_count=3)
    officer, fy = scene.officer(ashmere), scene.case.base_fy
    for ref, details, amounts in (
        ("L-1", {}, {(carrick.pk, fy): 77_77}),
        ("L-1", {}, {(carrick.pk, fy): 77_78}),
        ("L-1", {"annual_pence": 44_44}, {}),
        ("L-2", {"staff_count": 3}, {}),
        ("L-2", {}, {(None, fy): 66_66}),
    ):
        with pytest.raises(PermissionDenied):
            save_lines(scene.seen(), by=officer, seen_version=1, changes=[LineChange(ref, details, amounts)])
    assert scene.seen().version == 1
