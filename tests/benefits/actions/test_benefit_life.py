"""A benefit goes from state to state, is measured, reviewed and handed over; each refusal leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from benefits.actions.benefit_history import Finding, Reading, add_evidence, record_reading, record_review
from benefits.actions.benefit_steps import take_benefit_step
from benefits.actions.benefits_map import (
    add_link,
    add_map_step,
    add_objective,
    remove_link,
    remove_thing,
    rename_thing,
)
from benefits.actions.closure import close_programme, plan_closure
from benefits.actions.handover import accept_handover, cancel_handover, decline_handover, offer_benefit
from benefits.actions.profile import profile_of, update_benefit
from benefits.actions.trajectory import planned_values, set_trajectory
from benefits.enums import BenefitState, BenefitStep, HandoverState, MapStepKind
from benefits.models import Benefit, BenefitLink, BenefitTransition, MapStep, MeasureReading
from benefits.queries.benefits_map import read_map
from benefits.rules.trajectory import Planned
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent
from programme.enums import ProgrammeState
from programme.models import Lesson, Objective
from tests import factories
from tests.benefits.life import Life, link, make_life, stand_at
from tests.refusals.asking import everything_stored

pytestmark = pytest.mark.django_db
NOW = "2026-11-24 10:42:00+00:00"
WHOLE = "The councils agreed on another way of counting, from the spring on."
STALE = "Someone changed this at 10:42am. Review their change before you save"


@pytest.fixture(scope="module")
def made(module_db: None) -> Life:
    with time_machine.travel(NOW, tick=False):
        return make_life()


@pytest.fixture
def life(made: Life, db: None) -> Iterator[Life]:
    with time_machine.travel(NOW, tick=False):
        yield deepcopy(made)


def step(life: Life, by: Any, wanted: BenefitStep, **given: str) -> Benefit:
    benefit = life.now()
    return take_benefit_step(benefit, by=by, seen_version=benefit.version, step=wanted, **given)


def refused(act: Callable[[], Any]) -> list[str]:
    """What is said to who tries, while nothing is stored."""
    before = everything_stored()
    try:
        act()
    except Refusals as said:
        messages = [one.message for one in said.refusals]
    except Refusal as said:
        messages = [said.message]
    except PermissionDenied as said:
        messages = [f"403: {said}"]
    else:
        messages = ["done"]
    assert everything_stored() == before
    return messages


def test_benefit_goes_through_its_life_and_leaves_each_step_behind(life: Life) -> None:
    owner, manager, sro = life.owner, life.scene.manager, life.sro
    step(life, owner, BenefitStep.PROFILE)
    step(life, sro, BenefitStep.APPROVE)
    assert (life.now().state, life.now().approved_on) == ("approved", date(2026, 11, 24))
    step(life, owner, BenefitStep.ENABLE)
    early = ["This benefit starts before go-live on 26 May 2027. Give a reason"]
    assert refused(lambda: step(life, owner, BenefitStep.START)) == early
    step(life, owner, BenefitStep.START, why="The pilot team decides faster already")
    for period, value in ((6, 13), (7, 12)):
        reading = Reading(2026, period, Decimal(value))
        record_reading(life.benefit, by=owner, reading=reading)
    step(life, manager, BenefitStep.REALISE)
    step(life, manager, BenefitStep.CLOSE)
    told = BenefitTransition.objects.filter(benefit=life.benefit).values_list("step", "to_state", "by")
    assert list(told) == [
        ("profile", "profiled", owner.pk),
        ("approve", "approved", sro.pk),
        ("enable", "enabling", owner.pk),
        ("start", "realising", owner.pk),
        ("realise", "realised", manager.pk),
        ("close", "closed", manager.pk),
    ]
    agreed = BenefitTransition.objects.get(step="approve").agreed
    assert agreed == {
        "measure_name": "Days to decide",
        "measure_unit": "days",
        "direction": "lower",
        "starting_value": "26.000",
        "starting_on": "2026-03-31",
        "target_value": "13.000",
        "trajectory": [[2027, None, "13"]],
        "planned_pence": 0,
    }
    event = AuditEvent.objects.get(action="start_benefit")
    assert (event.before, event.after, event.why) == (
        {"state": "enabling", "version": 4},
        {"state": "realising", "version": 5},
        "The pilot team decides faster already",
    )
    assert refused(lambda: step(life, manager, BenefitStep.WITHDRAW)) == [
        "This benefit is at the stage “Closed”, which is its end. Nothing more can be done with it"
    ]


def test_steps_are_taken_by_those_who_may(life: Life) -> None:
    reader, manager = life.scene.reader, life.scene.manager
    proposer = ["The person who proposed the change cannot approve it"]
    not_yours = "403: Only the benefit’s owner or the programme manager can do this. You can read it"
    assert refused(lambda: step(life, reader, BenefitStep.PROFILE)) == [not_yours]
    step(life, life.owner, BenefitStep.PROFILE)
    assert refused(lambda: step(life, manager, BenefitStep.APPROVE)) == [
        "403: Only the senior responsible owner can approve a benefit. You can read it"
    ]
    factories.role(life.owner, "sro", partnership=life.programme.partnership)
    assert refused(lambda: step(life, life.owner, BenefitStep.APPROVE)) == proposer
    stand_at(life.benefit, BenefitState.PROFILED, owner=life.sro)
    assert refused(lambda: step(life, life.sro, BenefitStep.APPROVE)) == proposer
    assert refused(lambda: step(life, reader, BenefitStep.WITHDRAW, why="Recorded twice")) == [
        "403: Only the programme manager or the senior responsible owner can do this. You can read it"
    ]


def test_stale_step_is_refused(life: Life) -> None:
    with pytest.raises(StaleEdit) as said:
        take_benefit_step(life.benefit, by=life.owner, seen_version=9, step=BenefitStep.PROFILE)
    assert said.value.message == STALE


def test_benefit_that_is_not_realised_leaves_a_lesson(life: Life) -> None:
    stand_at(life.benefit, BenefitState.REALISING)
    manager = life.scene.manager
    lesson = ["Say what was learnt, in at least 10 characters"]
    assert refused(lambda: step(life, manager, BenefitStep.FAIL)) == lesson
    step(life, manager, BenefitStep.FAIL, lesson="Count the days before you promise fewer")
    kept = Lesson.objects.get(programme=life.programme)
    assert (kept.ref, kept.text) == ("LN-1", "Count the days before you promise fewer")
    assert (life.now().state, life.now().lesson) == ("not_realised", kept)


def test_planned_pounds_keep_an_approved_benefit_from_being_withdrawn(life: Life) -> None:
    scene, manager = life.scene, life.scene.manager
    stand_at(scene.benefit, BenefitState.REALISING, owner=life.owner)
    amounts = [(scene.saving, scene.brockvale, 2026, None, 774_000_00)]
    factories.plan_version(life.programme, 1, amounts=amounts, effective_on=date(2026, 4, 1))

    def withdraw() -> None:
        row = Benefit.objects.get(pk=scene.benefit.pk)
        take_benefit_step(row, by=manager, seen_version=row.version, step=BenefitStep.WITHDRAW, why=WHOLE)

    held = "The current plan holds £774,000 for this benefit. Start a re-baseline that takes it out"
    assert refused(withdraw) == [held]
    row = Benefit.objects.get(pk=scene.benefit.pk)
    given = {"by": manager, "seen_version": row.version, "step": BenefitStep.REALISE}
    assert refused(lambda: take_benefit_step(row, **given)) == [
        "£0 is verified of the £774,000 planned for 2026 to 2027, the last planned period"
    ]
    factories.plan_version(
        life.programme,
        2,
        amounts=[(scene.cost, scene.brockvale, 2026, None, 1)],
        effective_on=date(2026, 11, 1),
    )
    withdraw()
    assert Benefit.objects.get(pk=scene.benefit.pk).state == BenefitState.WITHDRAWN


def test_target_of_an_approved_benefit_changes_only_when_it_is_reopened(life: Life) -> None:
    manager = life.scene.manager
    stand_at(life.benefit, BenefitState.REALISING, approved_on=date(2026, 9, 1))
    stands = (
        "This benefit was approved on 1 September 2026 with its measure and its target. "
        "Reopen its profile before you change them"
    )

    def aim_at(value: int) -> Benefit:
        benefit = life.now()
        profile = profile_of(benefit)
        values = {name: getattr(profile, name) for name in type(profile).__dataclass_fields__}
        changed = type(profile)(**values | {"target_value": Decimal(value)})
        return update_benefit(benefit, by=manager, seen_version=benefit.version, profile=changed)

    def plan(*entries: Planned) -> Benefit:
        benefit = life.now()
        return set_trajectory(benefit, by=manager, seen_version=benefit.version, entries=entries)

    assert refused(lambda: aim_at(20)) == [stands]
    assert refused(lambda: plan(Planned(2026, None, Decimal(20)))) == [stands]
    assert refused(lambda: step(life, manager, BenefitStep.REOPEN, why="Better")) == [
        "Explain the change in at least 50 characters"
    ]
    step(life, manager, BenefitStep.REOPEN, why=WHOLE)
    aim_at(20)
    plan(Planned(2027, None, Decimal(20)), Planned(2026, 12, Decimal(24)))
    assert life.now().target_value == 20
    assert [(one.fy, one.period, one.value) for one in planned_values(life.now())] == [
        (2026, 12, 24),
        (2027, None, 20),
    ]
    assert AuditEvent.objects.get(action="set_trajectory").after == {
        "trajectory": [[2026, 12, "24"], [2027, None, "20"]],
        "version": 4,
    }
    before = life.now().version
    plan(Planned(2026, 12, Decimal("24.0")), Planned(2027, None, Decimal(20)))
    assert life.now().version == before
    assert refused(lambda: step(life, manager, BenefitStep.WITHDRAW, why="Recorded twice")) == [
        "Explain the change in at least 50 characters"
    ]


def test_reading_becomes_the_latest_value_and_stays(life: Life) -> None:
    owner, benefit = life.owner, life.benefit
    for fy, period, value in ((2026, 7, 22), (2026, 6, 24), (2026, 7, 21)):
        record_reading(benefit, by=owner, reading=Reading(fy, period, Decimal(value)))
    ashmere = life.scene.councils[0]
    record_reading(benefit, by=owner, reading=Reading(2026, 7, Decimal(9), council=ashmere, note="Ours"))
    assert (life.now().actual_value, life.now().measured_text) == (21, "31 October 2026")
    assert list(MeasureReading.objects.values_list("period", "value", "council", "note")) == [
        (7, 22, None, ""),
        (6, 24, None, ""),
        (7, 21, None, ""),
        (7, 9, ashmere.pk, "Ours"),
    ]
    assert life.now().version == 1


def test_readings_evidence_and_reviews_that_cannot_be_are_refused(life: Life) -> None:
    benefit, owner, reader = life.benefit, life.owner, life.scene.reader
    stranger = factories.CouncilFactory(short_name="Dunmere")
    not_yours = "403: Only the benefit’s owner or the programme manager can do this. You can read it"

    def read(by: Any = owner, of: Benefit = benefit, **fields: Any) -> Callable[[], Any]:
        reading = Reading(**{"fy": 2026, "period": 7, "value": Decimal(20), **fields})
        return lambda: record_reading(of, by=by, reading=reading)

    def review(by: Any = owner, seen: int = 1, **fields: Any) -> Callable[[], Any]:
        given: dict[str, Any] = {"reviewed_on": date(2026, 11, 24), "text": "On track"}
        finding = Finding(**given | {"next_review_on": date(2027, 2, 1)} | fields)
        return lambda: record_review(benefit, by=by, seen_version=seen, finding=finding)

    closed = stand_at(life.scene.benefit, BenefitState.CLOSED, owner=owner, measure_name="Cost")
    table: list[tuple[Callable[[], Any], list[str]]] = [
        (read(by=reader), [not_yours]),
        (read(period=8), ["Actual date must be today or in the past"]),
        (read(period=None), ["Actual date must be today or in the past"]),
        (read(council=stranger), ["Dunmere is not a partner in this programme"]),
        (read(of=closed), ["This benefit is closed. Nothing more can be recorded about it"]),
        (lambda: add_evidence(benefit, by=owner, text=" "), ["Say where the evidence is"]),
        (lambda: add_evidence(benefit, by=reader, text="Report"), [not_yours]),
        (review(by=reader), [not_yours]),
        (review(seen=7), [STALE]),
        (
            review(text="", reviewed_on=date(2026, 11, 25), next_review_on=date(2026, 11, 25)),
            [
                "Say what the review found",
                "Day of the review must be today or in the past",
                "The next review must be after this one",
            ],
        ),
        (review(next_review_on=None), ["Enter the next review date"]),
    ]
    assert [refused(act) for act, _ in table] == [messages for _, messages in table]
    stand_at(benefit, BenefitState.IDENTIFIED, measure_unit="%")
    percent = stand_at(benefit, BenefitState.IDENTIFIED)
    odd = read(of=percent, value=Decimal(135))
    assert refused(odd) == ["Percentage is usually between 0 and 100. Confirm 135% is correct"]
    read(of=percent, value=Decimal(135), note="Arrears of last year came in")()


def test_review_sets_the_next_date_and_the_confidence(life: Life) -> None:
    finding = Finding(date(2026, 11, 20), "Slower than hoped", "low", date(2027, 1, 15))
    row = record_review(life.benefit, by=life.owner, seen_version=1, finding=finding)
    now = life.now()
    assert (now.review_on, now.confidence, now.version) == (date(2027, 1, 15), "low", 2)
    assert (row.finding, row.entered_by) == ("Slower than hoped", life.owner)
    assert AuditEvent.objects.get(action="review_benefit").after == {
        "review_on": "2027-01-15",
        "confidence": "low",
        "version": 2,
    }


def test_benefit_is_handed_over_when_the_next_owner_accepts(life: Life) -> None:
    note, day = "Ask the claims team for the report", date(2027, 2, 1)

    def offer(**fields: Any) -> Any:
        given = {"by": life.owner, "to": life.other, "note": note, "review_on": day}
        return offer_benefit(life.now(), **given | fields)

    gone = factories.UserFactory(is_active=False)
    owner_45 = "Choose a benefit owner who has an active account"
    said = "Say what the next owner has to know, in at least 10 characters"
    later = "The first review must be after today"
    assert refused(lambda: offer(to=gone, note="", review_on=None)) == [owner_45, said, later]
    assert refused(lambda: offer(to=life.owner)) == ["O Wood owns this benefit already"]
    first = offer()
    twice = ["This benefit is already offered to N Lane. Take that back first"]
    assert refused(lambda: offer(to=life.sro)) == twice
    assert refused(lambda: accept_handover(first, by=life.sro)) == [
        "403: Only the person to whom the benefit is offered can answer. You can read it"
    ]
    assert refused(lambda: decline_handover(first, by=life.other, reason="No")) == [
        "Explain why you do not take it, in at least 10 characters"
    ]
    decline_handover(first, by=life.other, reason="I leave the council in May")
    assert refused(lambda: accept_handover(first, by=life.other)) == ["This offer is already declined"]
    cancel_handover(offer(), by=life.owner)
    assert life.now().owner == life.owner
    accept_handover(offer(by=life.scene.manager), by=life.other)
    now = life.now()
    assert (now.owner, now.review_on, now.version) == (life.other, day, 2)
    assert list(now.handovers.values_list("state", flat=True)) == [
        HandoverState.DECLINED,
        HandoverState.CANCELLED,
        HandoverState.ACCEPTED,
    ]
    assert AuditEvent.objects.get(action="hand_over_benefit").before == {
        "owner": life.owner.email,
        "review_on": None,
        "version": 1,
    }
    back = offer(by=life.other, to=life.owner)
    Benefit.objects.filter(pk=life.benefit.pk).update(owner=life.sro)
    assert refused(lambda: accept_handover(back, by=life.owner)) == [
        "Somebody else owns this benefit since it was offered. Ask for a new offer"
    ]


def test_programme_closes_when_its_benefits_are_handed_over(life: Life) -> None:
    manager, closes_on = life.scene.manager, date(2026, 12, 18)

    def plan(day: date | None, by: Any = manager) -> Any:
        programme = type(life.programme).objects.get(pk=life.programme.pk)
        return plan_closure(programme, by=by, seen_version=programme.version, closes_on=day)

    def close() -> Any:
        programme = type(life.programme).objects.get(pk=life.programme.pk)
        return close_programme(programme, by=life.sro, seen_version=programme.version)

    assert refused(close) == ["This programme is active. Choose the day on which it closes first"]
    assert refused(lambda: plan(date(2026, 11, 23))) == ["The day on which it closes must be today or later"]
    assert refused(lambda: plan(None)) == ["Enter the day on which the programme closes"]
    assert refused(lambda: plan(closes_on, by=life.owner)) == [
        "403: Only the programme manager or the senior responsible owner can do this. You can read it"
    ]
    assert plan(closes_on).state == ProgrammeState.CLOSING
    assert refused(close) == ["The programme closes on 18 December 2026. Close it then"]
    offer = {"by": life.owner, "to": life.other, "note": "Ask the claims team", "review_on": closes_on}
    assert refused(lambda: offer_benefit(life.now(), **offer)) == [
        "The first review must be after the programme closes on 18 December 2026"
    ]
    with time_machine.travel("2026-12-18 12:00:00+00:00", tick=False):
        review = "a review date after 18 December 2026"
        assert refused(close) == [
            f"B-1 Lower cost of ICT needs an owner who has an active account and {review}",
            f"B-2 Faster claims needs {review}",
        ]
        Benefit.objects.update(owner=life.owner, review_on=date(2027, 6, 1))
        assert close().state == ProgrammeState.CLOSED
        assert refused(lambda: plan(date(2027, 1, 4))) == ["This programme is closed. It stays as it is"]
    record_reading(life.now(), by=life.owner, reading=Reading(2026, 7, Decimal(20)))


def test_map_is_drawn_by_the_manager_and_never_holds_a_loop(life: Life) -> None:
    manager, programme = life.scene.manager, life.programme
    change = add_map_step(programme, by=manager, kind=MapStepKind.CHANGE, title="One way of checking")
    outcome = add_map_step(programme, by=manager, kind=MapStepKind.OUTCOME, title="Peaks are shared")
    aim = add_objective(programme, by=manager, title="Services that hold out")
    assert (change.ref, outcome.ref, aim.ref) == ("CH-2", "OC-1", "O-2")
    add_link(programme, by=manager, start=life.change, end=change)
    last = add_link(programme, by=manager, start=change, end=outcome)
    add_link(programme, by=manager, start=life.benefit, end=outcome)
    add_link(programme, by=manager, start=outcome, end=life.scene.benefit)
    other = factories.MapStepFactory()
    loop = (
        "This link would make a loop: One team decides depends on One way of checking, "
        "which depends on One team decides"
    )
    detour = (
        "This link would make a loop: Peaks are shared depends on Lower cost of ICT, "
        "which depends on Peaks are shared"
    )
    closing = add_link(programme, by=manager, start=change, end=life.benefit)
    table: list[tuple[Callable[[], Any], list[str]]] = [
        (lambda: add_link(programme, by=manager, start=change, end=life.change), [loop]),
        (
            lambda: add_link(programme, by=manager, start=life.scene.benefit, end=outcome),
            [detour],
        ),
        (
            lambda: add_link(programme, by=manager, start=life.go_live, end=aim),
            ["A milestone does not lead to an objective"],
        ),
        (
            lambda: add_link(programme, by=manager, start=change, end=outcome),
            ["One way of checking already leads to Peaks are shared"],
        ),
        (
            lambda: add_link(programme, by=manager, start=other, end=life.benefit),
            ["Choose something of this programme"],
        ),
        (
            lambda: add_link(programme, by=life.owner, start=life.change, end=outcome),
            ["403: Only the programme manager can change the map. You can read it"],
        ),
        (
            lambda: remove_thing(change, by=manager, seen_version=1),
            ["One way of checking is linked on the map. Remove its links first"],
        ),
        (lambda: rename_thing(change, by=manager, seen_version=1, title=" "), ["Enter the title"]),
        (lambda: rename_thing(change, by=manager, seen_version=7, title="Other"), [STALE]),
    ]
    assert [refused(act) for act, _ in table] == [messages for _, messages in table]
    for one in (last, closing, link(programme, from_step=life.change, to_step=outcome)):
        remove_link(one, by=manager)
    BenefitLink.objects.filter(to_step=change).delete()
    assert rename_thing(change, by=manager, seen_version=1, title="One way").title == "One way"
    remove_thing(MapStep.objects.get(pk=change.pk), by=manager, seen_version=2)
    remove_thing(aim, by=manager, seen_version=1)
    assert not Objective.objects.filter(pk=aim.pk).exists()
    titles = [(row.start.title, row.end.title) for row in read_map(programme).rows]
    assert titles == [
        ("Go-live", "One team decides"),
        ("One team decides", "Faster claims"),
        ("Peaks are shared", "Lower cost of ICT"),
        ("Faster claims", "Peaks are shared"),
        ("Faster claims", "Quicker answers"),
    ]


def test_link_to_the_objective_of_an_approved_benefit_stays(life: Life) -> None:
    row = BenefitLink.objects.get(to_objective=life.objective)
    stand_at(life.benefit, BenefitState.APPROVED)
    assert refused(lambda: remove_link(row, by=life.scene.manager)) == [
        "Faster claims is approved and would lead to no objective. Link it to another first"
    ]
    stand_at(life.benefit, BenefitState.PROFILED)
    remove_link(row, by=life.scene.manager)
    assert [node.title for node in read_map(life.programme).without_objective] == [
        "Lower cost of ICT",
        "Faster claims",
    ]
