"""Starting a service review, changing it, and taking it from state to state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import User
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent
from programme.models import Programme
from services.actions.review import ReviewDetails, details_of, start_review, update_review
from services.actions.review_steps import StepGiven, step_review
from services.actions.review_tasks import TaskGiven, finish_task, save_tasks
from services.enums import ReviewState, ServiceKind
from services.models import ServiceReview
from tests.factories import DecisionFactory, ProgrammeFactory, ServiceFactory, UserFactory, councils_of, role
from tests.services.review_rows import (
    ReviewTaskFactory,
    case_of,
    manager_of,
    officer_of,
    ready_to_recommend,
    review_of,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


@pytest.fixture
def programme() -> Iterator[Programme]:
    with time_machine.travel(NOW, tick=False):
        yield ProgrammeFactory(key="abc")


@pytest.fixture
def manager(programme: Programme) -> User:
    return manager_of(programme)


def stored(review: ServiceReview) -> dict[str, Any]:
    return ServiceReview.objects.filter(pk=review.pk).values().get()


def event_of(review: ServiceReview) -> AuditEvent:
    return AuditEvent.objects.filter(object_type="services.servicereview", object_id=review.pk).latest("pk")


def said_of(error: pytest.ExceptionInfo[Any]) -> list[tuple[str | None, str, str]]:
    every = error.value.refusals if isinstance(error.value, Refusals) else [error.value]
    return [(one.field, one.message, one.code) for one in every]


# Starting


def test_review_starts_with_the_tasks_of_its_kind(programme: Programme, manager: User) -> None:
    service = ServiceFactory(programme=programme, name="waste", kind=ServiceKind.WASTE)
    lead = councils_of(programme)[1]
    details = ReviewDetails(chosen_because=" First contract ends. ", owner=manager, lead_council=lead)
    review = start_review(service, by=manager, details=details)
    assert (review.ref, review.state, review.chosen_because, review.lead_council) == (
        "SR-1",
        ReviewState.PROPOSED,
        "First contract ends.",
        lead,
    )
    tasks = list(review.tasks.values_list("text", flat=True))
    assert (len(tasks), tasks[-1]) == (
        8,
        "Agree each council's own collection standards and which may differ",
    )
    event = event_of(review)
    assert (event.action, event.channel, event.scope, event.before, event.after) == (
        "start_review",
        Channel.PAGE,
        "abc",
        {},
        {
            "ref": "SR-1",
            "version": 1,
            "chosen_because": "First contract ends.",
            "owner": "Priya Raman",
            "lead_council": str(lead),
        },
    )


def test_references_go_on_from_the_highest_of_the_programme(programme: Programme, manager: User) -> None:
    review_of(programme, ref="SR-9")
    review_of(programme, ref="old review")
    service = ServiceFactory(programme=programme)
    assert start_review(service, by=manager, details=ReviewDetails()).ref == "SR-10"


def test_only_the_programme_manager_starts_a_review(programme: Programme) -> None:
    service = ServiceFactory(programme=programme)
    officer = officer_of(councils_of(programme)[0])
    with pytest.raises(PermissionDenied, match="Only the programme manager can start a service review"):
        start_review(service, by=officer, details=ReviewDetails())
    assert ServiceReview.objects.count() == 0


def test_review_refuses_at_once_what_it_may_not_say(programme: Programme, manager: User) -> None:
    elsewhere = councils_of(ProgrammeFactory())[0]
    details = ReviewDetails(
        scope="x" * 4_001,
        chosen_because="a\x07b",
        owner=UserFactory(),
        lead_council=elsewhere,
        staff_consulted_on=date(2026, 11, 25),
    )
    with pytest.raises(Refusals) as said:
        start_review(ServiceFactory(programme=programme), by=manager, details=details)
    assert said_of(said) == [
        ("chosen_because", "Chosen because must not include control characters", "85"),
        ("scope", "Scope must be 4,000 characters or less", "85"),
        ("staff_consulted_on", "Actual date must be today or in the past", "11"),
        ("owner", "Choose a review owner who has an active account", "45"),
        ("lead_council", f"{elsewhere} is not a partner in this programme", "76"),
    ]
    assert (ServiceReview.objects.count(), AuditEvent.objects.count()) == (0, 0)


# Changing


def test_update_changes_only_what_differs_and_audits_it(programme: Programme, manager: User) -> None:
    review = review_of(programme, scope="All")
    before = stored(review)
    details = ReviewDetails(scope="Counter only", started_on=date(2026, 10, 5))
    saved = update_review(review, by=manager, seen_version=1, details=details, channel=Channel.API)
    assert stored(saved) == before | {
        "scope": "Counter only",
        "started_on": date(2026, 10, 5),
        "version": 2,
        "updated_at": NOW,
        "updated_by_id": manager.pk,
    }
    event = event_of(review)
    assert (event.channel, event.before, event.after) == (
        Channel.API,
        {"scope": "All", "started_on": None, "version": 1},
        {"scope": "Counter only", "started_on": "2026-10-05", "version": 2},
    )


def test_update_without_a_change_leaves_no_trace(programme: Programme, manager: User) -> None:
    review = review_of(programme, scope="All")
    before = stored(review)
    update_review(review, by=manager, seen_version=1, details=details_of(review))
    assert (stored(review), AuditEvent.objects.count()) == (before, 0)


def test_update_of_what_someone_else_saved_is_stale(programme: Programme, manager: User) -> None:
    review = review_of(programme)
    stale = ServiceReview.objects.get(pk=review.pk)
    update_review(review, by=manager, seen_version=1, details=ReviewDetails(scope="First"))
    for seen in (1, 2):
        with pytest.raises(StaleEdit) as said:
            update_review(stale, by=manager, seen_version=seen, details=ReviewDetails(scope="Second"))
        assert (said.value.message, said.value.code) == (
            "Someone changed this at 10:42am. Review their change before you save",
            "84",
        )
    assert stored(review)["scope"] == "First"


def test_owner_who_has_left_may_stay_but_not_come_back(programme: Programme, manager: User) -> None:
    gone = UserFactory()
    review = review_of(programme, owner=gone)
    update_review(review, by=manager, seen_version=1, details=ReviewDetails(owner=gone, scope="All"))
    assert stored(review)["owner_id"] == gone.pk
    update_review(review, by=manager, seen_version=2, details=ReviewDetails(scope="All"))
    with pytest.raises(Refusals) as said:
        update_review(review, by=manager, seen_version=3, details=ReviewDetails(owner=gone))
    assert said_of(said) == [("owner", "Choose a review owner who has an active account", "45")]


@pytest.mark.parametrize(
    ("name", "may"),
    [
        (RoleName.PROGRAMME_MANAGER, True),
        (RoleName.SRO, True),
        (RoleName.AUDITOR, False),
        (RoleName.HR_LEAD, False),
    ],
)
def test_who_may_lead_a_review(programme: Programme, name: RoleName, may: bool) -> None:
    user = UserFactory()
    role(user, name, partnership=programme.partnership)
    review = review_of(programme)
    details = ReviewDetails(scope="Changed")
    if may:
        update_review(review, by=user, seen_version=1, details=details)
    else:
        with pytest.raises(PermissionDenied, match="You can read it"):
            update_review(review, by=user, seen_version=1, details=details)
    assert stored(review)["scope"] == ("Changed" if may else "")


@pytest.mark.parametrize(
    ("name", "may"), [(RoleName.COUNCIL_LEAD, True), (RoleName.AUDITOR, False)], ids=["officer", "auditor"]
)
def test_owner_of_the_review_leads_it_unless_an_auditor(
    programme: Programme, name: RoleName, may: bool
) -> None:
    user = UserFactory()
    where = {"council": councils_of(programme)[0]} if may else {"partnership": programme.partnership}
    role(user, name, **where)
    review = review_of(programme, owner=user)
    details = ReviewDetails(scope="Changed", owner=user)
    if may:
        update_review(review, by=user, seen_version=1, details=details)
    else:
        with pytest.raises(PermissionDenied):
            update_review(review, by=user, seen_version=1, details=details)
    assert stored(review)["scope"] == ("Changed" if may else "")


def test_review_that_has_ended_is_not_changed(programme: Programme, manager: User) -> None:
    review = review_of(programme, state=ReviewState.CLOSED)
    with pytest.raises(
        PermissionDenied, match=r"^This review is closed and cannot be changed\. Start a new review$"
    ):
        update_review(review, by=manager, seen_version=1, details=ReviewDetails(scope="Changed"))
    assert stored(review)["scope"] == ""


# Steps


def step(review: ServiceReview, by: User, to: ReviewState, **given: Any) -> ServiceReview:
    return step_review(review, by=by, seen_version=review.version, to=to, given=StepGiven(**given))


def test_review_goes_from_proposed_to_closed(programme: Programme, manager: User) -> None:
    DecisionFactory(programme=programme, ref="D-014", councils=councils_of(programme), state="effective")
    review = review_of(programme, chosen_because="Large", scope="All")
    for state in (ReviewState.SCOPED, ReviewState.BASELINING, ReviewState.OPTIONS):
        step(review, manager, state)
    ready_to_recommend(review)
    step(review, manager, ReviewState.RECOMMENDED)
    step(review, manager, ReviewState.DEFERRED, reason="Election", deferred_until_on=date(2027, 5, 10))
    assert stored(review)["deferred_until_on"] == date(2027, 5, 10)
    step(review, manager, ReviewState.OPTIONS, reason="The election is over")
    assert stored(review)["deferred_until_on"] is None
    step(review, manager, ReviewState.RECOMMENDED)
    step(review, manager, ReviewState.DECIDED_SHARE, decision_ref="D-014", reason="All agreed")
    step(review, manager, ReviewState.IMPLEMENTING)
    step(review, manager, ReviewState.LIVE, go_live_on=date(2026, 11, 1))
    step(review, manager, ReviewState.CLOSED)
    now = stored(review)
    assert (now["state"], now["decision_ref"], now["go_live_on"], now["outcome_reason"], now["version"]) == (
        ReviewState.CLOSED,
        "D-014",
        date(2026, 11, 1),
        "All agreed",
        12,
    )
    events = AuditEvent.objects.filter(object_id=review.pk, action="step_review").order_by("pk")
    assert [event.after["state"] for event in events] == [
        "scoped",
        "baselining",
        "options",
        "recommended",
        "deferred",
        "options",
        "recommended",
        "decided_share",
        "implementing",
        "live",
        "closed",
    ]
    assert events[4].why == "Election"


def test_recommendation_is_refused_until_costs_options_and_text_are_there(
    programme: Programme, manager: User
) -> None:
    review = review_of(programme, state=ReviewState.OPTIONS)
    case_of(review.service, alternatives=2, has_bau=False)
    before = stored(review)
    with pytest.raises(Refusals) as said:
        step(review, manager, ReviewState.RECOMMENDED)
    words = "’s starting cost of revenues, and how far it can be relied on"
    assert said_of(said) == [
        *(("starting_costs", f"Enter {council}{words}", "2.5") for council in councils_of(programme)),
        ("options", "Add at least 2 options, one of them business as usual", "26"),
        ("recommendation", "Write the recommendation", "2.5"),
    ]
    assert (stored(review), AuditEvent.objects.count()) == (before, 0)


def test_step_refuses_a_decision_that_the_programme_does_not_have(
    programme: Programme, manager: User
) -> None:
    DecisionFactory(councils=councils_of(programme), ref="D-099")
    review = review_of(programme, state=ReviewState.RECOMMENDED)
    for ref in ("D-099", "D-001"):
        with pytest.raises(Refusal) as said:
            step(review, manager, ReviewState.DECIDED_SHARE, decision_ref=ref)
        assert said_of(said) == [("decision_ref", "Choose the decision that was taken", "2.5")]
    assert stored(review)["state"] == ReviewState.RECOMMENDED


def test_step_refuses_days_outside_the_programme_and_long_reasons(
    programme: Programme, manager: User
) -> None:
    review = review_of(programme, state=ReviewState.RECOMMENDED)
    with pytest.raises(Refusals) as said:
        step(review, manager, ReviewState.DEFERRED, reason="Later", deferred_until_on=date(2099, 1, 1))
    assert said_of(said) == [
        ("deferred_until_on", "Date must be between 1 April 2026 and 31 March 2032", "13")
    ]
    with pytest.raises(Refusal) as said_of_text:
        step(review, manager, ReviewState.DEFERRED, reason="x" * 4_001)
    assert said_of(said_of_text) == [("reason", "Reason must be 4,000 characters or less", "85")]


def test_step_of_an_older_version_is_stale(programme: Programme, manager: User) -> None:
    review = review_of(programme, state=ReviewState.SCOPED)
    stale = ServiceReview.objects.get(pk=review.pk)
    step(review, manager, ReviewState.BASELINING)
    with pytest.raises(StaleEdit):
        step(stale, manager, ReviewState.BASELINING)
    assert stored(review)["version"] == 2


# Tasks


def test_tasks_are_changed_added_taken_away_and_put_in_order(programme: Programme, manager: User) -> None:
    review = review_of(programme)
    first, second = ReviewTaskFactory.create_batch(2, review=review)
    council = councils_of(programme)[0]
    given = [
        TaskGiven("New", council=council),
        TaskGiven("", pk=first.pk),
        TaskGiven("Second changed", pk=second.pk),
    ]
    save_tasks(review, by=manager, seen_version=1, tasks=given)
    assert list(review.tasks.values_list("text", "council", "order_index")) == [
        ("New", council.pk, 0),
        ("Second changed", None, 1),
    ]
    assert review.tasks.get(order_index=1).pk == second.pk
    event = event_of(review)
    assert (event.before, event.after) == (
        {"tasks": f"{first.text}; {second.text}", "version": 1},
        {"tasks": "New; Second changed", "version": 2},
    )


def test_tasks_refuse_long_texts_strange_councils_and_tasks_of_others(
    programme: Programme, manager: User
) -> None:
    review, other = review_of(programme), ReviewTaskFactory()
    elsewhere = councils_of(ProgrammeFactory())[0]
    given = [TaskGiven("x" * 301), TaskGiven("Task", council=elsewhere), TaskGiven("Task", pk=other.pk)]
    with pytest.raises(Refusals) as said:
        save_tasks(review, by=manager, seen_version=1, tasks=given)
    assert said_of(said) == [
        ("tasks.0.text", "Task must be 300 characters or less", "85"),
        ("tasks.1.council", f"{elsewhere} is not a partner in this programme", "76"),
        ("tasks.2.id", "Choose a task of this review, once", "2.5"),
    ]
    assert (review.tasks.count(), stored(review)["version"]) == (0, 1)


def test_task_of_a_council_is_finished_by_its_officer_and_by_no_other(programme: Programme) -> None:
    own, other = councils_of(programme)[:2]
    task = ReviewTaskFactory(review=review_of(programme), council=own)
    with pytest.raises(PermissionDenied):
        finish_task(task, by=officer_of(other))
    officer = officer_of(own)
    finish_task(task, by=officer)
    finish_task(task, by=officer)
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (NOW, officer)
    event = AuditEvent.objects.get(action="finish_review_task")
    assert (event.before, event.after) == (
        {"task": task.text, "is_done": False},
        {"task": task.text, "is_done": True},
    )
    finish_task(task, by=officer, is_done=False)
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)
