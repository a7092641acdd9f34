"""Service reviews through the API: the same actions and refusals as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.enums import Channel
from core.models import AuditEvent
from programme.models import Council, Programme
from services.enums import ConsultationKind, ReviewState, ServiceKind
from services.models import Consultation, RedLine, ServiceReview
from tests.api.test_reads import client_of
from tests.factories import DecisionFactory, ProgrammeFactory, ServiceFactory, UserFactory
from tests.services import rows
from tests.services.review_rows import (
    ConsultationFactory,
    RedLineFactory,
    ReviewTaskFactory,
    answers_apart,
    case_of,
    cost,
    filled_review,
    manager_of,
    officer_of,
    ready_to_recommend,
    review_of,
    stored_review,
)

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
LIST = "/api/v1/reviews/"
STALE = "Someone changed this at 10:42am. Review their change before you save"


@pytest.fixture
def reader(programme: Programme) -> APIClient:
    return client_of(rows.reader_of(programme))


@pytest.fixture
def manager(programme: Programme) -> APIClient:
    return client_of(manager_of(programme))


def address(review: ServiceReview, step: str = "") -> str:
    return f"{LIST}{review.pk}/{step}"


def errors_of(response: Any, status: int = 400) -> list[tuple[str, str]]:
    assert response.status_code == status
    return [(error["field"], error["message"]) for error in response.json()["errors"]]


# Reading


def test_lists_take_a_fixed_number_of_queries(
    reader: APIClient, programme: Programme, django_assert_num_queries: AssertQueries
) -> None:
    queries = {LIST: 13, "/api/v1/red-lines/": 3, "/api/v1/consultations/": 4}
    for added, count in ((1, 1), (2, 3)):
        for _ in range(added):
            filled_review(programme)
        for path, number in queries.items():
            with django_assert_num_queries(number):
                assert reader.get(path).json()["count"] == count


def test_review_says_what_its_page_says(
    reader: APIClient, programme: Programme, councils: list[Council]
) -> None:
    review = review_of(
        programme, state=ReviewState.OPTIONS, ref="SR-1", recommendation="Share", chosen_because="Large"
    )
    case = case_of(review.service)
    cost(review.service, councils[0], 100_000_50, fy=2025, confidence="high")
    answers_apart(review, councils)
    shown = reader.get(address(review)).json()
    words = "’s starting cost of revenues, and how far it can be relied on"
    assert shown["outlook"]["stops"] == [
        {"text": f"Enter Brockvale{words}", "who": "An officer of Brockvale"},
        {"text": f"Enter Carrick{words}", "who": "An officer of Carrick"},
    ]
    assert shown["outlook"]["next_states"] == ["recommended"]
    assert shown["starting_costs"] == [
        {"council": "ashmere", "fy": 2025, "amount": "100000.50", "confidence": "high"},
        {"council": "brockvale", "fy": None, "amount": None, "confidence": None},
        {"council": "carrick", "fy": None, "amount": None, "confidence": None},
    ]
    assert (shown["business_case"], shown["programme"], shown["ref"]) == (case.pk, "abc", "SR-1")
    readiness = shown["assessments"][0]
    assert readiness["versions"] == {"ashmere": 2, "brockvale": 1, "carrick": 1}
    assert readiness["questions"][3] == {
        "question": "cost",
        "name": "Understanding of cost",
        "councils": [
            {"council": "ashmere", "counts": {"1": 1, "2": 1}, "mean": "1.50", "evidence": ""},
            {"council": "brockvale", "counts": {"3": 2}, "mean": "3.00", "evidence": ""},
            {"council": "carrick", "counts": {"4": 4}, "mean": "4.00", "evidence": ""},
        ],
        "mean": "3.13",
        "gap": "2.50",
        "is_flagged": True,
    }
    assert readiness["questions"][0]["gap"] is None


def test_number_below_five_is_never_given(
    manager: APIClient, programme: Programme, councils: list[Council]
) -> None:
    review = review_of(programme)
    made = [
        ConsultationFactory(review=review, council=council, affected_count=count)
        for council, count in zip(councils, (3, 5, None), strict=True)
    ]
    given = [
        [manager.get(f"/api/v1/consultations/{one.pk}/").json() for one in made],
        manager.get(address(review)).json()["consultations"],
    ]
    assert [[one["people_affected"] for one in each] for each in given] == [
        ["fewer than 5", "5", "not stated"]
    ] * 2
    assert [name for each in given for one in each for name in one if name == "affected_count"] == []


def test_lists_are_filtered(reader: APIClient, programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme, state=ReviewState.SCOPED)
    RedLineFactory(review=review, council=councils[1])
    found = {
        query: reader.get(f"/api/v1/{query}").json()["count"]
        for query in (
            "reviews/?programme=abc",
            "reviews/?state=scoped",
            "reviews/?state=live",
            "red-lines/?council=brockvale",
            "red-lines/?council=carrick",
        )
    }
    assert list(found.values()) == [1, 1, 0, 1, 0]


# Starting and changing


def test_manager_starts_and_changes_a_review(
    manager: APIClient, programme: Programme, councils: list[Council]
) -> None:
    service = ServiceFactory(programme=programme, kind=ServiceKind.WASTE)
    made = manager.post(LIST, {"service": service.pk, "scope": "All", "lead_council": "carrick"})
    assert made.status_code == 201
    review = ServiceReview.objects.get()
    assert (made.json()["id"], made.json()["lead_council"], len(made.json()["tasks"])) == (
        review.pk,
        "carrick",
        8,
    )
    changed = manager.patch(address(review), {"version": 1, "recommendation": "Share it"}).json()
    assert (changed["scope"], changed["recommendation"], changed["version"]) == ("All", "Share it", 2)
    assert errors_of(manager.patch(address(review), {"version": 1, "scope": "Old"}), 409) == []
    assert manager.patch(address(review), {"version": 1, "scope": "Old"}).json()["detail"] == STALE
    channels = AuditEvent.objects.values_list("action", "channel").order_by("pk")
    assert list(channels) == [("start_review", Channel.API), ("update_review", Channel.API)]


def test_start_refuses_strangers_services_and_readers(reader: APIClient, programme: Programme) -> None:
    elsewhere = ServiceFactory(programme=ProgrammeFactory())
    own = ServiceFactory(programme=programme)
    assert [reader.post(LIST, {"service": one.pk}).status_code for one in (elsewhere, own)] == [404, 403]
    assert ServiceReview.objects.count() == 0


def test_change_refuses_with_the_message_of_the_page(manager: APIClient, programme: Programme) -> None:
    UserFactory(email="else@council.example")  # without a role here
    review = review_of(programme)
    before = stored_review(review)
    expected = {
        ("staff_consulted_on", "2026-11-25"): "Actual date must be today or in the past",
        ("scope", "x" * 4_001): "Scope must be 4,000 characters or less",
        ("owner", "nobody@council.example"): "Choose a review owner who has an active account",
        ("owner", "else@council.example"): "Choose a review owner who has an active account",
    }
    for (field, value), message in expected.items():
        said = errors_of(manager.patch(address(review), {"version": 1, field: value}))
        assert said == [(field, message)]
    assert stored_review(review) == before


# Steps


def test_step_is_refused_with_everything_that_stops_it(manager: APIClient, programme: Programme) -> None:
    review = review_of(programme, state=ReviewState.OPTIONS)
    before = stored_review(review)
    words = "’s starting cost of revenues, and how far it can be relied on"
    response = manager.post(address(review, "step/"), {"version": 1, "to": "recommended"})
    assert errors_of(response) == [
        *(("starting_costs", f"Enter {name}{words}") for name in rows.NAMES),
        ("options", "Add at least 2 options, one of them business as usual"),
        ("recommendation", "Write the recommendation"),
    ]
    assert (stored_review(review), AuditEvent.objects.count()) == (before, 0)


def test_steps_lead_from_options_to_a_decision_and_back_from_a_deferral(
    manager: APIClient, programme: Programme
) -> None:
    DecisionFactory(programme=programme, ref="D-014", state="effective")
    review = ready_to_recommend(review_of(programme))
    steps = [
        {"to": "recommended"},
        {"to": "deferred", "reason": "Election", "deferred_until_on": "2027-05-10"},
        {"to": "options", "reason": "The election is over"},
        {"to": "recommended"},
        {"to": "decided_share", "decision_ref": "D-014"},
    ]
    states = [
        manager.post(address(review, "step/"), {"version": version, **step}).json()["state"]
        for version, step in enumerate(steps, 1)
    ]
    assert states == [step["to"] for step in steps]
    assert stored_review(review)["decision_ref"] == "D-014"


def test_step_that_does_not_follow_or_has_not_come_is_refused(
    manager: APIClient, programme: Programme
) -> None:
    tried = {
        ReviewState.PROPOSED: ({}, "to", "A review that is proposed cannot become live. Choose scoped"),
        ReviewState.IMPLEMENTING: (
            {"go_live_on": "2026-11-25"},
            "go_live_on",
            "Actual date must be today or in the past",
        ),
    }
    for state, (sent, field, message) in tried.items():
        review = review_of(programme, state=state)
        said = errors_of(manager.post(address(review, "step/"), {"version": 1, "to": "live", **sent}))
        assert said == [(field, message)]


# Parts


def test_tasks_are_replaced_and_one_is_finished(manager: APIClient, programme: Programme) -> None:
    review = review_of(programme)
    task = ReviewTaskFactory(review=review)
    sent = {"version": 1, "tasks": [{"text": "New", "council": "carrick"}, {"id": task.pk, "text": "Old"}]}
    shown = manager.put(address(review, "tasks/"), sent).json()
    assert [(one["text"], one["council"]) for one in shown["tasks"]] == [("New", "carrick"), ("Old", None)]
    done = manager.post(address(review, "finish-task/"), {"task": task.pk}).json()
    assert [one["done_at"] is not None for one in done["tasks"]] == [False, True]
    wrong = {"version": 2, "tasks": [{"text": "x" * 301}, {"id": ReviewTaskFactory().pk, "text": "Theirs"}]}
    assert errors_of(manager.put(address(review, "tasks/"), wrong)) == [
        ("tasks.0.text", "Task must be 300 characters or less"),
        ("tasks.1.id", "Choose a task of this review, once"),
    ]


def test_answers_are_the_own_councils(programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme)
    officer = client_of(officer_of(councils[0]))
    sent = {
        "council": "ashmere",
        "question_set": "hr_alignment",
        "version": 0,
        "answers": {"pay": {"counts": {"2": 5, "3": 6}, "evidence": "Survey"}},
    }
    saved = officer.put(address(review, "answers/"), sent).json()
    pay = saved["assessments"][1]["questions"][2]["councils"][0]
    assert pay == {"council": "ashmere", "counts": {"2": 5, "3": 6}, "mean": "2.55", "evidence": "Survey"}
    assert officer.put(address(review, "answers/"), sent).json()["detail"] == STALE
    assert officer.put(address(review, "answers/"), sent | {"council": "carrick"}).status_code == 403
    assert review.answers.count() == 2


def test_answers_refuse_unknown_scores_and_questions(manager: APIClient, programme: Programme) -> None:
    review = review_of(programme)
    for question, score, said in (
        ("pay", "6", ("pay", "Score must be between 1 and 5")),
        ("pay", "high", ("answers.pay.counts", "Score must be between 1 and 5")),
        ("weather", "3", ("weather", "There is no question weather in this set")),
    ):
        sent = {"council": "ashmere", "question_set": "hr_alignment", "version": 0}
        answers = {question: {"counts": {score: 1}}}
        assert errors_of(manager.put(address(review, "answers/"), {**sent, "answers": answers})) == [said]
    assert review.answers.count() == 0


def test_red_line_is_declared_and_answered(programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme)
    officer = client_of(officer_of(councils[2]))
    sent = {"review": review.pk, "council": "carrick", "text": "Keep the depot"}
    made = officer.post("/api/v1/red-lines/", sent)
    line = RedLine.objects.get()
    assert (made.status_code, made.json()["is_respected"]) == (201, None)
    edit = f"/api/v1/red-lines/{line.pk}/"
    assert errors_of(officer.patch(edit, {"version": 1, "is_respected": False})) == [
        ("note", "Say why this red line is not respected")
    ]
    saved = officer.patch(edit, {"version": 1, "is_respected": True}).json()
    assert (saved["text"], saved["is_respected"], saved["version"]) == ("Keep the depot", True, 2)
    assert officer.patch(edit, {"version": 1, "note": "Old"}).status_code == 409
    assert officer.post("/api/v1/red-lines/", sent | {"council": "ashmere"}).status_code == 403
    elsewhere = review_of(ProgrammeFactory())
    assert officer.post("/api/v1/red-lines/", sent | {"review": elsewhere.pk}).status_code == 404


def test_consultation_refuses_a_dismissal_that_comes_too_early(
    manager: APIClient, programme: Programme
) -> None:
    review = review_of(programme)
    sent = {
        "review": review.pk,
        "council": "carrick",
        "kind": ConsultationKind.REDUNDANCY,
        "affected_count": 100,
        "started_on": "2027-03-30",
        "first_dismissal_on": "2027-05-13",
    }
    message = "First dismissal must be on or after 14 May 2027, 45 days after consultation started"
    assert errors_of(manager.post("/api/v1/consultations/", sent)) == [("first_dismissal_on", message)]
    assert Consultation.objects.count() == 0
    made = manager.post("/api/v1/consultations/", sent | {"first_dismissal_on": "2027-05-14"})
    assert (made.status_code, made.json()["earliest_dismissal"]) == (201, message)
    edit = f"/api/v1/consultations/{made.json()['id']}/"
    assert errors_of(manager.patch(edit, {"version": 1, "started_on": "2027-04-01"})) == [
        (
            "first_dismissal_on",
            "First dismissal must be on or after 16 May 2027, 45 days after consultation started",
        )
    ]
    assert errors_of(manager.patch(edit, {"version": 1, "ended_on": "2027-03-29"})) == [
        ("ended_on", "End date must be after 30 March 2027")
    ]
    saved = manager.patch(edit, {"version": 1, "affected_count": 3}).json()
    assert (saved["people_affected"], saved["version"]) == ("fewer than 5", 2)
    assert manager.patch(edit, {"version": 1, "affected_count": 4}).status_code == 409


def test_number_below_five_stays_when_it_is_left_out(
    manager: APIClient, programme: Programme, councils: list[Council]
) -> None:
    made = ConsultationFactory(review=review_of(programme), council=councils[0], affected_count=3)
    manager.patch(f"/api/v1/consultations/{made.pk}/", {"version": 1, "started_on": "2027-04-01"})
    made.refresh_from_db()
    assert (made.affected_count, made.version) == (3, 2)


def test_numbers_too_large_for_the_database_are_refused(manager: APIClient, programme: Programme) -> None:
    review, large = review_of(programme), 10**30
    task = manager.post(address(review, "finish-task/"), {"task": large})
    line = manager.post(
        "/api/v1/red-lines/", {"review": large, "council": "ashmere", "text": "Keep the depot"}
    )
    service = manager.post(LIST, {"service": large})
    stale = manager.patch(address(review), {"version": large, "scope": "All"})
    assert [one.status_code for one in (task, line, service, stale)] == [400, 400, 400, 409]
