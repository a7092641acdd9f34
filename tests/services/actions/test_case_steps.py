"""From draft to issue: what stops a step, who takes it, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.enums import RoleName
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent
from programme.enums import PriceBasis
from services.actions.case_steps import take_step
from services.enums import CaseSectionName, CaseStage, CaseState, CaseStep, LineKind, Position
from services.models import (
    ApportionmentRun,
    ApportionmentShare,
    BusinessCase,
    BusinessCaseAmount,
    BusinessCaseLine,
    CaseOption,
    CaseReview,
    CaseSection,
    CaseStatement,
    Criterion,
    Score,
)
from services.queries.case_content import has_issued_content
from services.queries.shares import kept_shares
from tests.factories import BusinessCaseFactory, BusinessCaseLineFactory, CaseOptionFactory, role
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import amounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> CaseScene:
    return case_scene()


def refused(scene: CaseScene, step: CaseStep, by: object) -> list[tuple[str | None, str, str]]:
    before = (scene.fresh().version, AuditEvent.objects.count())
    with pytest.raises((Refusal, Refusals)) as said:
        scene.step(step, by=by)  # type: ignore[arg-type]
    refusals = said.value.refusals if isinstance(said.value, Refusals) else [said.value]
    assert (scene.fresh().version, AuditEvent.objects.count()) == before
    return [(one.field, one.message, one.code) for one in refusals]


def test_case_goes_from_draft_to_issued(scene: CaseScene) -> None:
    states = [scene.to_review().state, scene.step(CaseStep.AGREE, by=scene.reviewer).state]
    states.append(scene.step(CaseStep.SEND_TO_S151, by=scene.manager).state)
    for index in range(3):
        scene.state_position(index)
    states.append(scene.step(CaseStep.ISSUE, by=scene.owner).state)
    assert states == [
        CaseState.INTERNAL_REVIEW,
        CaseState.INTERNAL_REVIEW,
        CaseState.S151_REVIEW,
        CaseState.ISSUED,
    ]
    case = scene.fresh()
    assert (case.issued_by, case.version, len(case.content_hash)) == (scene.owner, 8, 64)
    assert has_issued_content(case)
    actions = AuditEvent.objects.filter(object_id=case.pk).order_by("pk").values_list("action", flat=True)
    assert list(actions) == [
        "send_to_review_case",
        "agree_case",
        "send_to_s151_case",
        "make_statement",
        "make_statement",
        "make_statement",
        "issue_case",
    ]


def test_issue_keeps_the_shares_of_joint_amounts(scene: CaseScene) -> None:
    """Of costs and dis-benefits as of savings: an amount is never negative, its kind fixes the sign."""
    for kind in (LineKind.ONE_OFF_COST, LineKind.RECURRING_COST, LineKind.DISBENEFIT):
        line = BusinessCaseLineFactory(
            business_case=scene.case, option=scene.options["share"], kind=kind, pool=scene.pool
        )
        scene.lines[kind] = amounts(line, [1_00])
    with pytest.raises(IntegrityError), transaction.atomic():
        amounts(line, [-1_00], first_fy=2027)
    case = scene.to_issued()
    a, b, c = (council.pk for council in scene.councils)
    line = scene.lines["saving"].pk
    assert kept_shares(case) == {
        (line, 2027): {a: 3334, b: 3333, c: 3333},
        (line, 2028): {a: 3334, b: 3333, c: 3333},
        **{
            (scene.lines[kind].pk, 2026): {a: 34, b: 33, c: 33}
            for kind in (LineKind.ONE_OFF_COST, LineKind.RECURRING_COST, LineKind.DISBENEFIT)
        },
    }
    assert {run.purpose for run in ApportionmentRun.objects.all()} == {"Issue of BC-1, version 1"}


def test_options_are_missing(scene: CaseScene) -> None:
    scene.options["bau"].delete()
    assert refused(scene, CaseStep.SEND_TO_REVIEW, scene.manager) == [
        ("options", "Add at least 2 options, one of them business as usual", "26")
    ]


def test_preferred_option_is_missing(scene: CaseScene) -> None:
    CaseOption.objects.update(is_preferred=False)
    assert refused(scene, CaseStep.SEND_TO_REVIEW, scene.manager) == [
        ("options", "Choose the preferred option", "27")
    ]


@pytest.mark.parametrize("stage", [CaseStage.OBC, CaseStage.FBC, CaseStage.BJC])
def test_all_five_cases_are_needed(stage: CaseStage) -> None:
    scene = case_scene(stage=stage)
    CaseSection.objects.filter(name__in=(CaseSectionName.COMMERCIAL, CaseSectionName.MANAGEMENT)).update(
        text=" "
    )
    words = str(stage.label).lower()
    assert refused(scene, CaseStep.SEND_TO_REVIEW, scene.manager) == [
        ("commercial", f"Complete the commercial case before you issue the {words}", "28"),
        ("management", f"Complete the management case before you issue the {words}", "28"),
    ]


def test_strategic_outline_needs_two_cases_and_no_preferred_option() -> None:
    scene = case_scene(stage=CaseStage.SOC)
    CaseOption.objects.update(is_preferred=False)
    CaseSection.objects.exclude(name=CaseSectionName.STRATEGIC).delete()
    assert refused(scene, CaseStep.SEND_TO_REVIEW, scene.manager) == [
        ("economic", "Complete the economic case before you issue the strategic outline case", "28")
    ]
    CaseSection.objects.create(business_case=scene.case, name=CaseSectionName.ECONOMIC, text="Worth it.")
    assert scene.to_review().state == CaseState.INTERNAL_REVIEW


def test_nominal_lines_are_converted_first(scene: CaseScene) -> None:
    BusinessCaseLine.objects.filter(ref="L-1").update(price_basis=PriceBasis.NOMINAL)
    assert refused(scene, CaseStep.SEND_TO_REVIEW, scene.manager) == [
        (
            "lines",
            "Convert nominal amounts to 2026 to 2027 prices before working out net present value",
            "29",
        )
    ]


def test_review_is_needed_before_the_section_151_officers_see_it(scene: CaseScene) -> None:
    scene.to_review()
    assert refused(scene, CaseStep.SEND_TO_S151, scene.manager) == [
        ("reviews", "A reviewer other than the author must agree this version first", "")
    ]


def test_author_with_a_reviewing_role_cannot_agree(scene: CaseScene) -> None:
    role(scene.manager, RoleName.S151, council=scene.councils[0])
    scene.to_review()
    assert refused(scene, CaseStep.AGREE, scene.manager) == [
        (None, "The person who proposed the change cannot approve it", "35")
    ]


def test_reviewer_agrees_once(scene: CaseScene) -> None:
    scene.to_review()
    scene.step(CaseStep.AGREE, by=scene.reviewer)
    assert refused(scene, CaseStep.AGREE, scene.reviewer) == [
        ("step", "You have agreed this version already", "")
    ]


def test_every_partner_states_before_issue(scene: CaseScene) -> None:
    scene.to_s151()
    scene.state_position(1, Position.DO_NOT_SUPPORT, "Not affordable.")
    assert refused(scene, CaseStep.ISSUE, scene.owner) == [
        ("statements", f"{name}’s section 151 officer has not made a statement yet", "")
        for name in (str(scene.councils[0]), str(scene.councils[2]))
    ]


def test_objection_does_not_stop_issue(scene: CaseScene) -> None:
    case = scene.to_issued(Position.SUPPORT, Position.DO_NOT_SUPPORT)
    assert case.state == CaseState.ISSUED
    assert [one.position for one in case.statements.order_by("council")] == [
        Position.SUPPORT,
        Position.DO_NOT_SUPPORT,
        Position.SUPPORT,
    ]


def test_owner_who_is_the_author_cannot_issue() -> None:
    scene = case_scene()
    BusinessCase.objects.update(created_by=scene.owner)
    scene.to_s151()
    for index in range(3):
        scene.state_position(index)
    assert refused(scene, CaseStep.ISSUE, scene.owner) == [
        (None, "The person who proposed the change cannot approve it", "35")
    ]


def test_owner_who_reviewed_cannot_issue(scene: CaseScene) -> None:
    scene.to_review()
    scene.step(CaseStep.AGREE, by=scene.owner)
    scene.step(CaseStep.SEND_TO_S151, by=scene.manager)
    for index in range(3):
        scene.state_position(index)
    assert refused(scene, CaseStep.ISSUE, scene.owner) == [
        (None, "A person who reviewed this version or made a statement on it cannot issue it", "35")
    ]


def test_amounts_without_a_key_stop_issue(scene: CaseScene) -> None:
    BusinessCaseLine.objects.filter(ref="L-1").update(pool=None)
    scene.to_s151()
    for index in range(3):
        scene.state_position(index)
    assert refused(scene, CaseStep.ISSUE, scene.owner) == [
        ("lines", "Choose the key that shares Contract saving (L-1)", "")
    ]
    assert ApportionmentRun.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "person", "reason"),
    [
        (CaseStep.SEND_TO_REVIEW, "reviewer", "Only the programme manager can do this. You can read it"),
        (CaseStep.ISSUE, "manager", "Only the senior responsible owner can do this. You can read it"),
        (CaseStep.WITHDRAW, "owner", "Only the programme manager can do this. You can read it"),
        (CaseStep.NEW_VERSION, "owner", "Only the programme manager can do this. You can read it"),
        (
            CaseStep.AGREE,
            "manager",
            "Only a partner council’s lead, finance or section 151 officer, or the senior responsible owner,",
        ),
    ],
)
def test_each_step_has_its_people(scene: CaseScene, step: CaseStep, person: str, reason: str) -> None:
    with pytest.raises(PermissionDenied, match=reason):
        scene.step(step, by=getattr(scene, person))
    assert scene.fresh().state == CaseState.DRAFT


def test_former_partner_has_no_say(scene: CaseScene) -> None:
    scene.to_review()
    scene.programme.partnership.memberships.filter(council=scene.councils[0]).update(status="left")
    with pytest.raises(PermissionDenied):
        scene.step(CaseStep.AGREE, by=scene.reviewer)


def test_step_does_not_lead_on_from_everywhere(scene: CaseScene) -> None:
    assert refused(scene, CaseStep.ISSUE, scene.owner) == [
        ("step", "This version is a draft, so it cannot be issued", "")
    ]
    scene.to_review()
    assert refused(scene, CaseStep.SEND_TO_REVIEW, scene.manager) == [
        ("step", "This version is in internal review, so it cannot be sent to internal review", "")
    ]


def test_return_clears_statements_and_agreements(scene: CaseScene) -> None:
    scene.to_s151()
    scene.state_position(0)
    assert (
        scene.step(CaseStep.RETURN, by=scene.officers[1], comment="Add the exit cost").state
        == CaseState.DRAFT
    )
    assert CaseStatement.objects.count() == 0
    assert list(CaseReview.objects.order_by("pk").values_list("outcome", "comment")) == [
        ("agreed", ""),
        ("returned", "Add the exit cost"),
    ]
    event = AuditEvent.objects.get(action="return_case")
    assert (event.why, event.before["statements"]) == (
        "Add the exit cost",
        [[scene.councils[0].key, "support", "The figures are sound."]],
    )
    scene.to_review()
    assert refused(scene, CaseStep.SEND_TO_S151, scene.manager) == [
        ("reviews", "A reviewer other than the author must agree this version first", "")
    ]


@pytest.mark.parametrize(
    ("step", "message"),
    [(CaseStep.RETURN, "Say what to change"), (CaseStep.WITHDRAW, "Say why it is withdrawn")],
)
def test_return_and_withdrawal_need_a_comment(scene: CaseScene, step: CaseStep, message: str) -> None:
    scene.to_review()
    assert refused(scene, step, scene.manager) == [("comment", message, "")]


def test_withdrawn_after_issue_by_the_owner_alone(scene: CaseScene) -> None:
    scene.to_issued()
    with pytest.raises(PermissionDenied):
        scene.step(CaseStep.WITHDRAW, by=scene.manager, comment="No longer needed")
    assert (
        scene.step(CaseStep.WITHDRAW, by=scene.owner, comment="No longer needed").state == CaseState.WITHDRAWN
    )
    assert has_issued_content(scene.fresh())


def test_edit_that_crossed_is_refused(scene: CaseScene) -> None:
    seen = scene.fresh()
    scene.to_review()
    with pytest.raises(StaleEdit):
        take_step(scene.fresh(), CaseStep.RETURN, by=scene.manager, seen_version=seen.version, comment="Wait")
    assert scene.fresh().state == CaseState.INTERNAL_REVIEW


def test_failed_audit_undoes_the_issue(scene: CaseScene) -> None:
    scene.to_s151()
    for index in range(3):
        scene.state_position(index)
    case = scene.fresh()
    case.programme.key = None
    with pytest.raises(IntegrityError), transaction.atomic():
        take_step(case, CaseStep.ISSUE, by=scene.owner, seen_version=case.version)
    assert (scene.fresh().state, ApportionmentRun.objects.count()) == (CaseState.S151_REVIEW, 0)


# The database itself refuses


@pytest.fixture
def issued(scene: CaseScene) -> CaseScene:
    scene.case.criteria.get().scores.create(
        option=scene.options["share"],
        scored_by=scene.manager,
        score=50,
        reason="Even",
        created_by=scene.manager,
        updated_by=scene.manager,
    )
    scene.to_issued()
    return scene


FROZEN = {
    "ref": "BC-9",
    "number": 9,
    "title": "Another",
    "summary": "Another",
    "stage": CaseStage.BJC,
    "base_fy": 2030,
    "horizon_years": 9,
    "price_basis": PriceBasis.NOMINAL,
    "payback_origin": "go_live",
    "discount_version": "x",
    "deflator_version": "x",
    "bias_version": "x",
    "simulation_seed": 9,
    "content_hash": "x",
}
CHILDREN: list[Any] = [
    CaseSection,
    CaseOption,
    BusinessCaseLine,
    BusinessCaseAmount,
    Criterion,
    Score,
    CaseReview,
    CaseStatement,
]


@contextmanager
def database_refuses(message: str = "An issued business case cannot be changed") -> Iterator[None]:
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        yield


def test_database_refuses_every_change_of_issued_content(issued: CaseScene) -> None:
    for model in CHILDREN:
        row = model.objects.first()
        column = "title" if model is BusinessCaseLine else "id"
        with database_refuses():
            model.objects.filter(pk=row.pk).update(**{column: row.pk})
        with database_refuses():
            model.objects.filter(pk=row.pk)._raw_delete("default")
        row.pk = None
        with database_refuses():
            row.save(force_insert=True)
    assert has_issued_content(issued.fresh())


def test_database_refuses_other_values_in_an_issued_case(issued: CaseScene) -> None:
    case = BusinessCase.objects.filter(pk=issued.case.pk)
    for column, value in FROZEN.items():
        with database_refuses():
            case.update(**{column: value})
    with database_refuses():
        case.update(issued_at=None, issued_by=None, content_hash="")
    with database_refuses():
        case._raw_delete("default")
    assert has_issued_content(issued.fresh())


def test_database_keeps_runs(issued: CaseScene) -> None:
    for model in (ApportionmentRun, ApportionmentShare):
        with database_refuses("Apportionment runs are append-only"):
            model.objects.update(id=1)
        with database_refuses("Apportionment runs are append-only"):
            model.objects.all()._raw_delete("default")


def test_option_of_a_draft_cannot_move_into_an_issued_case(issued: CaseScene) -> None:
    draft = BusinessCaseFactory(programme=issued.programme)
    option = CaseOptionFactory(business_case=draft)
    with database_refuses():
        CaseOption.objects.filter(pk=option.pk).update(business_case=issued.case)
