"""Milestones that people add, change, cancel and remove: pages, API, audit, what a plan forbids."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from benefits.actions.amounts import PlannedDate
from benefits.actions.plan_content import dates_of, save_dates
from benefits.actions.plan_proposal import propose_plan
from core.errors import Refusal, Refusals
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.actions.planning.milestone_end import (
    cancel_milestone,
    reinstate_milestone,
    remove_milestone,
)
from programme.actions.planning.milestone_terms import (
    MilestoneTerms,
    change_milestone,
    create_milestone,
    terms_of,
)
from programme.models import Milestone
from tests import factories
from tests.programme.views.conftest import Scene

DAY, NEXT = date(2027, 4, 1), date(2027, 5, 3)
NEW = "/programmes/shared/milestones/new/"
JSON = "application/json"


def said_on(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\xa0", " ")


def refused(said: Any) -> list[tuple[str | None, str]]:
    found = said.value.refusals if isinstance(said.value, Refusals) else [said.value]
    return [(one.field, one.message) for one in found]


def test_is_added_by_page_changed_and_seen_in_its_history(scene: Scene) -> None:
    council = factories.councils_of(scene.programme)[1]
    scene.milestone("First", DAY, ref="M-4")
    assert scene.as_reader().get(NEW).status_code == 403
    assert scene.as_stranger().get(NEW).status_code == 404
    sent = {
        "title": " Gate 2 held ", "kind": "gate", "gate_number": "2", "phase": scene.phase.pk,
        "owner": scene.manager.pk, "councils": [council.pk], "plan_on": "1 4 2027", "position": "1",
    }  # fmt: skip
    answer = scene.client.post(NEW, sent)
    made = Milestone.objects.get(title="Gate 2 held")
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.ref, made.gate_number, made.phase, made.owner, made.order_index) == (
        "M-5", 2, scene.phase, scene.manager, 0,
    )  # fmt: skip
    assert (made.get_date("plan"), made.get_date("forecast")) == (ImpreciseDate.day(DAY), None)
    assert list(made.councils.all()) == [council]

    changed = sent | {"title": "Gate 3 held", "gate_number": "3", "councils": [], "seen_version": "1"}
    scene.client.post(f"/milestones/{made.pk}/change/", changed | {"position": "2"})
    stale = scene.client.post(f"/milestones/{made.pk}/change/", changed)
    assert (stale.status_code, "Someone changed this at 9am" in said_on(stale)) == (409, True)
    event = AuditEvent.objects.get(action="change_milestone")
    assert (event.before, event.after) == (
        {"title": "Gate 2 held", "gate_number": 2, "councils": [council.key], "position": 1, "version": 1},
        {"title": "Gate 3 held", "gate_number": 3, "councils": [], "position": 2, "version": 2},
    )
    page = said_on(scene.client.get(made.get_absolute_url()))
    for words in ("Gate 3 held", "Gate 3</dd>", "All partner councils", "Change what it is", "remove it"):
        assert words in page
    same = changed | {"title": "Gate 3 held", "position": "", "seen_version": "2"}
    scene.client.post(f"/milestones/{made.pk}/change/", same)
    assert Milestone.objects.get(pk=made.pk).version == 2
    # Others have moved it since the page was read: what the page said of its place was left alone.
    left_alone = same | {"title": "Gate 3", "initial-position": "1", "position": "1"}
    scene.client.post(f"/milestones/{made.pk}/change/", left_alone)
    assert list(Milestone.objects.values_list("title", "order_index").order_by("order_index")) == [
        ("First", 0),
        ("Gate 3", 1),
    ]


def test_what_may_not_be_is_refused_all_at_once(scene: Scene) -> None:
    elsewhere = factories.ProgrammeFactory()
    stranger = factories.UserFactory()
    terms = MilestoneTerms(
        title=" ",
        kind="legal",
        gate_number=2,
        phase=factories.PhaseFactory(programme=elsewhere),
        owner=stranger,
        councils=tuple(factories.councils_of(elsewhere)[:1]),
        plan=ImpreciseDate.day(date(2020, 1, 1)),
    )
    with pytest.raises(Refusals) as said:
        create_milestone(scene.programme, by=scene.manager, terms=terms)
    assert refused(said) == [
        ("gate_number", "Only a gate has a gate number. Choose the kind Gate or no number"),
        ("phase", "Choose a phase of this programme"),
        ("owner", "Choose an owner who has an active account and takes part in this programme"),
        ("councils", f"{terms.councils[0]} is not a partner in this programme"),
        ("plan_on", "Date must be between 1 April 2026 and 31 March 2032"),
        ("title", "Enter the title"),
    ]
    owner = factories.UserFactory()
    factories.role(owner, RoleName.COUNCIL_LEAD, council=factories.councils_of(scene.programme)[0])
    for person in (scene.reader, owner):
        with pytest.raises(PermissionDenied):
            create_milestone(scene.programme, by=person, terms=MilestoneTerms(title="Mine"))
    done = scene.milestone("Done", DAY, actual=date(2026, 11, 1))
    with pytest.raises(Refusals) as said:
        change_milestone(
            done,
            by=scene.manager,
            seen_version=1,
            terms=MilestoneTerms(title="Done", is_critical=True, plan=done.get_date("plan")),
        )
    assert refused(said) == [("is_critical", "Add evidence that the milestone was achieved")]


def test_typed_plan_date_keeps_the_order_of_what_waits(scene: Scene) -> None:
    first, then = scene.milestone("Testing", DAY), scene.milestone("Go-live", NEXT)
    factories.MilestoneDependencyFactory(predecessor=first, successor=then, lag_days=2)
    too_late = MilestoneTerms(title="Testing", plan=ImpreciseDate.day(NEXT))
    with pytest.raises(Refusals) as said:
        change_milestone(first, by=scene.manager, seen_version=1, terms=too_late)
    assert refused(said) == [
        ("plan_on", "Go-live waits for Testing. Its planned date must be 5 May 2027 or later")
    ]


def test_one_added_after_the_plan_is_not_in_it_until_a_rebaseline_takes_it_in(scene: Scene) -> None:
    old = scene.milestone("Old", DAY)
    factories.plan_version(scene.programme, 1, dates=[(old, DAY)])
    assert 'name="plan_on"' not in said_on(scene.client.get(NEW))
    without = scene.client.post(NEW, {"title": "New", "kind": "ict"})
    assert (without.status_code, "Enter a real date" in said_on(without)) == (422, True)
    sent = {"programme": "shared", "title": "New", "forecast_on": "2027-05-03", "owner": scene.manager.email}
    headers = {"Idempotency-Key": "once"}
    for _ in range(2):
        answer = scene.client.post("/api/v1/milestones/", json.dumps(sent), JSON, headers=headers)
        assert (answer.status_code, answer.json()["plan"]) == (201, None)
    made = Milestone.objects.get(title="New")
    words = "Not in plan version 1. A re-baseline can take it in"
    assert words in said_on(scene.client.get(made.get_absolute_url()))
    assert words not in said_on(scene.client.get(old.get_absolute_url()))

    draft = propose_plan(scene.programme, by=scene.manager, reason_code="scope_change", narrative="n" * 50)
    assert [one.milestone for one in dates_of(draft)] == [old]
    factories.MilestoneDependencyFactory(predecessor=made, successor=old)
    dates = [PlannedDate(old, ImpreciseDate.day(DAY)), PlannedDate(made, ImpreciseDate.day(NEXT))]
    with pytest.raises(Refusal) as said:
        save_dates(draft, by=scene.manager, seen_version=1, dates=dates)
    assert refused(said) == [("dates", "Old waits for New. Its planned date must be 3 May 2027 or later")]
    saved = save_dates(draft, by=scene.manager, seen_version=1, dates=dates[1:])
    assert [one.milestone for one in dates_of(saved)] == [made]
    with pytest.raises(Refusal) as said:
        cancel_milestone(made, by=scene.manager, seen_version=1, why="No longer wanted")
    assert refused(said) == [
        (None, f"{made.ref} is in the proposed plan version 2. Take it out of that first")
    ]


def test_planned_one_is_cancelled_only_after_a_rebaseline(scene: Scene) -> None:
    old, free = scene.milestone("Old", DAY, ref="M-1"), scene.milestone("Free", DAY, ref="M-2")
    factories.plan_version(scene.programme, 1, dates=[(old, DAY)])
    url = f"/milestones/{old.pk}/cancel/"
    sent = {"why": "Dropped from the scope", "seen_version": old.version}
    old.refresh_from_db()
    answer = scene.client.post(url, sent | {"seen_version": old.version})
    words = (
        "M-1 is in the plan approved on 31 March 2026. Start a re-baseline that leaves it out. "
        "You can cancel it when that is in effect"
    )
    assert (answer.status_code, words in said_on(answer)) == (422, True)
    short = scene.client.post(f"/milestones/{free.pk}/cancel/", {"why": "No", "seen_version": "1"})
    assert "Explain why it is cancelled, in at least 10 characters" in said_on(short)

    factories.plan_version(scene.programme, 2, dates=[(free, DAY)], effective_on=date(2026, 6, 1))
    old.refresh_from_db()
    cancelled = scene.client.post(
        f"/api/v1/milestones/{old.pk}/cancel/",
        json.dumps({"why": "Dropped from the scope", "version": old.version}),
        JSON,
    )
    assert (cancelled.status_code, cancelled.json()["stated_state"]) == (200, "cancelled")
    event = AuditEvent.objects.get(action="cancel_milestone")
    assert (event.why, event.after["is_cancelled"]) == ("Dropped from the scope", True)
    assert scene.client.get(f"/milestones/{old.pk}/change/").status_code == 403


def test_cancelled_one_is_taken_up_again_as_it_stood(scene: Scene) -> None:
    made = scene.milestone("Testing", DAY, ref="M-1", stated_state="in_progress", note="Half done")
    page, api = f"/milestones/{made.pk}/reinstate/", f"/api/v1/milestones/{made.pk}/"
    early = scene.client.post(page, {"why": "Wanted after all", "seen_version": "1"})
    assert (early.status_code, "M-1 is not cancelled" in said_on(early)) == (422, True)
    scene.client.post(f"/milestones/{made.pk}/cancel/", {"why": "Out of the scope", "seen_version": "1"})
    assert page in said_on(scene.client.get(f"/milestones/{made.pk}/"))
    assert scene.as_reader().post(page, {"why": "Wanted after all", "seen_version": "2"}).status_code == 403
    short = scene.client.post(page, {"why": "No", "seen_version": "2"})
    assert "Explain why it is taken up again, in at least 10 characters" in said_on(short)
    scene.client.post(page, {"why": "Wanted after all", "seen_version": "2"})
    made.refresh_from_db()
    assert (made.stated_state, made.note, made.version) == ("in_progress", "Half done", 3)
    Milestone.objects.filter(pk=made.pk).update(stated_state="cancelled")
    sent = json.dumps({"why": "Wanted after all", "version": 3})
    assert scene.client.post(f"{api}reinstate/", sent, JSON).json()["stated_state"] == "in_progress"
    history = said_on(scene.client.get(f"/milestones/{made.pk}/"))
    assert ("Wanted after all" in history, "state_then" in history.lower()) == (True, False)


def test_taking_one_up_again_closes_no_loop(scene: Scene) -> None:
    first, second = scene.milestone("A", DAY, ref="M-1"), scene.milestone("B", NEXT, ref="M-2")
    factories.MilestoneDependencyFactory(predecessor=first, successor=second)
    cancel_milestone(second, by=scene.manager, seen_version=1, why="Out of the scope")
    factories.MilestoneDependencyFactory(predecessor=second, successor=first)
    second.refresh_from_db()
    with pytest.raises(Refusal, match="This link would make a loop"):
        reinstate_milestone(second, by=scene.manager, seen_version=2, why="Wanted after all")


def test_taking_one_up_again_keeps_the_planned_order(scene: Scene) -> None:
    first, then = scene.milestone("Testing", DAY), scene.milestone("Go-live", NEXT)
    factories.MilestoneDependencyFactory(predecessor=first, successor=then)
    cancel_milestone(then, by=scene.manager, seen_version=1, why="Out of the scope")
    later = replace(terms_of(first), plan=ImpreciseDate.day(date(2027, 9, 1)))
    change_milestone(first, by=scene.manager, seen_version=1, terms=later)
    then.refresh_from_db()
    with pytest.raises(Refusal, match="Its planned date must be 1 September 2027 or later"):
        reinstate_milestone(then, by=scene.manager, seen_version=2, why="Wanted after all")


def test_is_removed_only_before_the_first_plan_and_where_nothing_uses_it(scene: Scene) -> None:
    first, then = scene.milestone("Testing", DAY, ref="M-1"), scene.milestone("Go-live", NEXT, ref="M-2")
    factories.MilestoneDependencyFactory(predecessor=first, successor=then)
    propose_plan(scene.programme, by=scene.manager)
    later = replace(terms_of(then), plan=ImpreciseDate.day(date(2027, 6, 1)))
    with pytest.raises(Refusals) as beside:
        change_milestone(then, by=scene.manager, seen_version=1, terms=later)
    assert refused(beside) == [("plan_on", "M-2 is in the proposed plan version 1. Change its date there")]
    used = scene.client.post(f"/milestones/{then.pk}/remove/", {"seen_version": "1"})
    assert "M-2 is used elsewhere (proposal date). Cancel it instead" in said_on(used)
    other = scene.milestone("Unused", None, ref="M-3", forecast=DAY)  # type: ignore[arg-type]
    factories.MilestoneDependencyFactory(predecessor=other, successor=then)
    lesson = factories.LessonFactory(programme=scene.programme, ref="LN-1", milestone=other)
    learnt = scene.client.post(f"/milestones/{other.pk}/remove/", {"seen_version": "1"})
    assert "LN-1 is about it. Cancel M-3 instead of removing it" in said_on(learnt)
    lesson.delete()
    answer = scene.client.post(f"/milestones/{other.pk}/remove/", {"seen_version": "1"})
    assert answer.headers["Location"] == "/programmes/shared/milestones/"
    assert not Milestone.objects.filter(pk=other.pk).exists()
    assert AuditEvent.objects.get(action="remove_milestone").before == {
        "title": "Unused",
        "plan": None,
        "forecast": "2027-04-01",
        "waits_for": [],
        "waited_for": ["M-2"],
        "version": 1,
    }
    unplanned = replace(terms_of(first), title="New", plan=None, is_critical=False)
    added = create_milestone(scene.programme, by=scene.manager, terms=unplanned)
    assert added.ref == "M-4"
    factories.plan_version(scene.programme, 1, dates=[])
    with pytest.raises(Refusal) as said:
        remove_milestone(first, by=scene.manager, seen_version=1)
    assert refused(said) == [
        (None, "This programme has an approved plan. Cancel the milestone instead of removing it")
    ]
