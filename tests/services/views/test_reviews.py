"""The pages of service reviews: list, story, and the forms that change them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.actions.audit import record
from core.enums import Channel
from programme.models import Council, Programme
from services.actions.review import ReviewDetails, start_review, update_review
from services.enums import ConsultationKind, QuestionSet, ReviewState
from services.models import Consultation, RedLine, ServiceReview
from tests.factories import DecisionFactory, ServiceFactory, sign_in
from tests.pages import text_of
from tests.services import rows
from tests.services.review_rows import (
    ConsultationFactory,
    RedLineFactory,
    ReviewTaskFactory,
    answer,
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
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
LIST = "/programmes/abc/reviews/"


@pytest.fixture
def reader(client: Client, programme: Programme) -> Client:
    return sign_in(client, rows.reader_of(programme))


@pytest.fixture
def manager(programme: Programme) -> Client:
    return sign_in(Client(), manager_of(programme))


def url(name: str, *args: Any) -> str:
    return reverse(f"services:{name}", args=args)


# List


def test_list_says_what_stops_each_review_and_who_must_act(reader: Client, programme: Programme) -> None:
    review_of(programme, state=ReviewState.PROPOSED, ref="SR-1", chosen_because="Large", is_sensitive=True)
    review_of(programme, state=ReviewState.CLOSED, ref="SR-2", name="payroll")
    page = text_of(reader.get(LIST))
    assert (
        "Revenues SR-1 Politically sensitive Proposed Next: scoped Describe the scope of the review "
        "The programme manager Payroll SR-2 Closed The review has ended Nobody"
    ) in page
    assert "Start a review" not in page


def test_empty_list_says_how_a_review_starts(reader: Client, manager: Client) -> None:
    assert "The programme manager starts a review." in text_of(reader.get(LIST))
    assert "Start a review" in text_of(manager.get(LIST))


def test_list_and_story_take_a_fixed_number_of_queries(
    reader: Client, programme: Programme, councils: list[Council], django_assert_num_queries: AssertQueries
) -> None:
    review = filled_review(programme)
    for count in (1, 3):
        for council in councils[:count]:
            ReviewTaskFactory(review=review, council=council)
            RedLineFactory(review=review, council=council)
            ConsultationFactory(review=review, council=council)
        with django_assert_num_queries(16):
            assert reader.get(LIST).status_code == 200
        with django_assert_num_queries(20):
            assert reader.get(url("review_detail", review.pk)).status_code == 200
        filled_review(programme)
        filled_review(programme)


def test_review_out_of_a_case_file_says_so_in_its_history(reader: Client, programme: Programme) -> None:
    review = review_of(programme)
    after = {"started_on": "2026-10-05", "tasks": [[0, "Ask each council", None], [1, "Compare", None]]}
    record(
        review,
        by=rows.reader_of(programme),
        action="import_service_review",
        channel=Channel.IMPORT,
        after=after,
    )
    page = text_of(reader.get(url("review_detail", review.pk)))
    assert "From a file Recorded from a case file Started on: 5 October 2026 Tasks: 2" in page


# Story


def test_story_sums_costs_of_one_year_or_says_why_not(
    reader: Client, programme: Programme, councils: list[Council]
) -> None:
    first, second, third = councils
    alone, all_stated, apart = (review_of(programme, state=ReviewState.BASELINING) for _ in range(3))
    cost(alone.service, first, 100_000_50, fy=2025, confidence="high")
    for council, fy in ((first, 2025), (second, 2025), (third, 2025), (first, 2026)):
        cost(all_stated.service, council, 100_00 if fy == 2025 else 900_00, fy=fy)
    for council, fy in ((first, 2024), (second, 2025), (third, 2025)):
        cost(apart.service, council, 100_00, fy=fy)
    expected = {
        alone: (
            "Ashmere High 2025 to 2026 100,000.50 Brockvale [x] [x] [x] Carrick [x] [x] [x] Together [x]",
            "[x] Brockvale and Carrick not stated, so no sum can be given.",
        ),
        all_stated: ("Together 300.00",),
        apart: ("[x] Costs are of different years: 2024 to 2025 and 2025 to 2026, so no sum can be given.",),
    }
    for review, words in expected.items():
        page = text_of(reader.get(url("review_detail", review.pk)))
        assert [one for one in words if one not in page] == []


def test_story_flags_gaps_of_two_and_says_between_whom(
    reader: Client, programme: Programme, councils: list[Council]
) -> None:
    review = review_of(programme)
    answers_apart(review, councils, evidence="Ledger")
    page = text_of(reader.get(url("review_detail", review.pk)))
    assert "Carrick and Ashmere differ by 2.5 on understanding of cost" in page
    assert "Understanding of cost: Carrick and Ashmere differ by 2.5" in page
    assert "Understanding of cost 1.50 of 2 3.00 of 2 4.00 of 4 2.50 Flagged" in page
    assert "Trust and leadership [x] [x] [x] [x] No" in page
    assert "Understanding of cost: Ashmere Ledger" in page


def test_gap_below_two_is_not_flagged(reader: Client, programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme)
    for council, counts in zip(councils, ({3: 1}, {3: 1}, {4: 9, 5: 1}), strict=True):
        answer(review, council, counts)
    page = text_of(reader.get(url("review_detail", review.pk)))
    assert "No gap between councils is 2 points or more" in page
    assert "Understanding of cost 3.00 of 1 3.00 of 1 4.10 of 10 1.10 No" in page


def test_story_never_shows_a_number_below_five(
    reader: Client, programme: Programme, councils: list[Council]
) -> None:
    review = review_of(programme)
    ConsultationFactory(review=review, council=councils[2], affected_count=3, kind=ConsultationKind.TUPE)
    ConsultationFactory(review=review, council=councils[0], affected_count=100)
    page = text_of(reader.get(url("review_detail", review.pk)))
    page = page.replace("\xa0", " ")
    assert "Carrick Transfer of staff Fewer than 5 30 March 2027, not ended None planned" in page
    words = "First dismissal must be on or after 14 May 2027, 45 days after consultation started"
    assert words in page


def test_story_links_the_case_its_options_and_the_decision(reader: Client, programme: Programme) -> None:
    DecisionFactory(programme=programme, ref="D-014", title="Share revenues")
    review = review_of(programme, state=ReviewState.DECIDED_SHARE, decision_ref="D-014")
    case = case_of(review.service)
    response = reader.get(url("review_detail", review.pk))
    page = text_of(response)
    assert f"{case} As now (business as usual)" in page
    assert "D-014 Share revenues" in page
    assert f'href="{case.get_absolute_url()}"' in response.content.decode()


def test_story_tells_every_change_with_who_and_why(programme: Programme, manager: Client) -> None:
    person = manager_of(programme, "Sam Park")
    service = ServiceFactory(programme=programme)
    review = start_review(service, by=person, details=ReviewDetails(scope="Counter"))
    update_review(review, by=person, seen_version=1, details=ReviewDetails(scope="All", is_sensitive=True))
    page = text_of(manager.get(url("review_detail", review.pk))).replace("\xa0", " ")
    assert (
        "Sam Park On its page Details changed Politically sensitive: from no to yes "
        "Scope: from Counter to All No reason given"
    ) in page
    assert "Sam Park On its page Review started Ref: SR-1 Scope: Counter No reason given" in page


def test_reader_is_offered_no_change(reader: Client, programme: Programme) -> None:
    review = filled_review(programme)
    page = text_of(reader.get(url("review_detail", review.pk)))
    offered = [
        words
        for words in ("Take the next step", "Declare a red line", "Record a consultation", "Answer for")
        if words in page
    ]
    assert offered == []


# Changing it


def test_manager_starts_a_review(manager: Client, programme: Programme, councils: list[Council]) -> None:
    service = ServiceFactory(programme=programme)
    sent = {
        "service": service.pk,
        "chosen_because": "Large",
        "lead_council": councils[1].key,
        "started_on": "5 10 2026",
        "seen_version": 0,
    }
    response = manager.post(url("review_create", "abc"), sent)
    review = ServiceReview.objects.get()
    assert (response.status_code, response.url) == (302, url("review_detail", review.pk))
    assert (review.service, review.chosen_because, review.lead_council, review.started_on) == (
        service,
        "Large",
        councils[1],
        date(2026, 10, 5),
    )


def test_start_refuses_no_service_and_wrong_dates_and_keeps_what_was_typed(
    manager: Client, programme: Programme
) -> None:
    sent = {"chosen_because": "Large enough", "started_on": "31 4 2026", "seen_version": 0}
    response = manager.post(url("review_create", "abc"), sent)
    page = response.content.decode()
    assert (response.status_code, ServiceReview.objects.count()) == (422, 0)
    assert response.context["form"].errors == {
        "service": ["Choose a service"],
        "started_on": ["Enter a real date, for example 30 4 2027"],
    }
    assert "Large enough" in page


def test_update_refuses_a_day_of_consultation_that_has_not_come(
    manager: Client, programme: Programme
) -> None:
    review = review_of(programme)
    before = stored_review(review)
    for typed, message in (
        ("24 11 26", "Year must include 4 numbers"),
        ("25 11 2026", "Actual date must be today or in the past"),
    ):
        sent = {"seen_version": 1, "staff_consulted_on": typed}
        response = manager.post(url("review_update", review.pk), sent)
        assert response.status_code == 422
        assert response.context["form"].errors == {"staff_consulted_on": [message]}
    assert stored_review(review) == before


def test_update_after_someone_else_shows_what_differs_and_can_be_saved_again(
    manager: Client, programme: Programme
) -> None:
    review = review_of(programme, scope="First")
    other = manager_of(programme)
    update_review(review, by=other, seen_version=1, details=ReviewDetails(scope="Theirs"))
    sent = {"seen_version": 1, "scope": "Mine"}
    response = manager.post(url("review_update", review.pk), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone changed this at 10:42am. Review their change before you save" in page
    assert [(one.name, one.saved, one.typed) for one in response.context["stale"].differences] == [
        ("Scope", "Theirs", "Mine")
    ]
    again = response.context["form"].data
    assert manager.post(url("review_update", review.pk), again).status_code == 302
    assert (stored_review(review)["scope"], stored_review(review)["version"]) == ("Mine", 3)


def test_step_page_says_what_stops_it_and_the_step_is_refused_with_all_of_it(
    manager: Client, programme: Programme
) -> None:
    review = review_of(programme, state=ReviewState.OPTIONS)
    address = url("review_step", review.pk)
    page = text_of(manager.get(address))
    words = "’s starting cost of revenues, and how far it can be relied on"
    assert "5 things stop the next step." in page
    assert f"Enter Ashmere{words} An officer of Ashmere Enter Brockvale{words}" in page
    before = stored_review(review)
    response = manager.post(address, {"seen_version": 1, "to": "recommended"})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        *(f"Enter {name}{words}" for name in rows.NAMES),
        "Add at least 2 options, one of them business as usual",
        "Write the recommendation",
    ]
    assert stored_review(review) == before


def test_step_to_recommended_once_nothing_stops_it(manager: Client, programme: Programme) -> None:
    review = ready_to_recommend(review_of(programme))
    address = url("review_step", review.pk)
    assert "Nothing stops the next step." in text_of(manager.get(address))
    assert manager.post(address, {"seen_version": 1, "to": "recommended"}).status_code == 302
    assert (stored_review(review)["state"], stored_review(review)["version"]) == ("recommended", 2)


def test_decision_is_chosen_from_those_of_the_programme(manager: Client, programme: Programme) -> None:
    DecisionFactory(programme=programme, ref="D-014", state="effective")
    review = review_of(programme, state=ReviewState.RECOMMENDED)
    address = url("review_step", review.pk)
    sent = {"seen_version": 1, "to": "decided_share", "decision_ref": "D-099"}
    refused = manager.post(address, sent)
    assert refused.context["form"].errors == {"decision_ref": ["Choose the decision that was taken"]}
    assert manager.post(address, sent | {"decision_ref": "D-014"}).status_code == 302
    assert (stored_review(review)["state"], stored_review(review)["decision_ref"]) == (
        "decided_share",
        "D-014",
    )


def test_review_that_has_ended_cannot_be_opened_for_change(manager: Client, programme: Programme) -> None:
    review = review_of(programme, state=ReviewState.CLOSED)
    names = ("review_update", "review_step", "review_tasks", "red_line_create", "consultation_create")
    assert {name: manager.get(url(name, review.pk)).status_code for name in names} == dict.fromkeys(
        names, 403
    )


def test_tasks_are_changed_on_one_page(manager: Client, programme: Programme) -> None:
    review = review_of(programme)
    first, second = ReviewTaskFactory.create_batch(2, review=review)
    sent = {
        "seen_version": 1,
        "tasks_0_id": first.pk,
        "tasks_0_text": "",
        "tasks_1_id": second.pk,
        "tasks_1_text": "Changed",
        "tasks_1_council": "carrick",
        "tasks_2_text": "New",
    }
    assert manager.post(url("review_tasks", review.pk), sent).status_code == 302
    assert list(review.tasks.values_list("text", "council__key")) == [("Changed", "carrick"), ("New", None)]
    too_long = manager.post(
        url("review_tasks", review.pk), sent | {"seen_version": 2, "tasks_2_text": "x" * 301}
    )
    assert too_long.status_code == 422
    assert too_long.context["form"].errors == {"tasks_2_text": ["Task 3 must be 300 characters or less"]}


def test_task_is_marked_as_done_and_not_done_again(programme: Programme, councils: list[Council]) -> None:
    task = ReviewTaskFactory(review=review_of(programme), council=councils[0], text="Compare ledgers")
    officer = sign_in(Client(), officer_of(councils[0]))
    response = officer.post(url("review_task_done", task.pk), {"done": "yes"})
    assert (response.status_code, response.url) == (302, f"{url('review_detail', task.review_id)}#tasks")
    task.refresh_from_db()
    assert task.done_at == NOW
    assert "Not done after all: Compare ledgers" in text_of(officer.get(url("review_detail", task.review_id)))
    officer.post(url("review_task_done", task.pk), {"done": "no"})
    task.refresh_from_db()
    assert task.done_at is None
    other = sign_in(Client(), officer_of(councils[1]))
    assert other.post(url("review_task_done", task.pk), {"done": "yes"}).status_code == 403


# What councils record


def test_officer_answers_for_the_own_council_only(programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme)
    officer = sign_in(Client(), officer_of(councils[0]))
    address = url("review_answers", review.pk, "ashmere", "readiness")
    sent = {"seen_version": 0, "cost_3": "2", "cost_5": "1", "cost_evidence": "Ledger"}
    assert officer.post(address, sent).status_code == 302
    assert list(review.answers.values_list("council__key", "question", "score", "responses")) == [
        ("ashmere", "cost", 3, 2),
        ("ashmere", "cost", 5, 1),
    ]
    shown = officer.get(address).context["form"]
    assert (shown["cost_3"].value(), shown["cost_1"].value(), shown["seen_version"].value()) == (2, None, 2)
    assert officer.get(url("review_answers", review.pk, "carrick", "readiness")).status_code == 403
    assert officer.get(url("review_answers", review.pk, "ashmere", "weather")).status_code == 404
    assert officer.get(url("review_answers", review.pk, "nowhere", "readiness")).status_code == 404


def test_answers_refuse_what_is_no_number_of_people(programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme)
    officer = sign_in(Client(), officer_of(councils[0]))
    boxes = {"pay_1": "-1", "pay_2": "10000", "pay_3": "2.5", "pay_4": "two"}
    response = officer.post(
        url("review_answers", review.pk, "ashmere", "hr_alignment"), {"seen_version": 0, **boxes}
    )
    assert response.status_code == 422
    words = "Number of people must be a whole number from 0 to 9,999"
    assert response.context["form"].errors == {box: [words] for box in boxes}
    assert review.answers.count() == 0


def test_answers_someone_else_saved_are_shown_beside_what_was_typed(
    programme: Programme, councils: list[Council], manager: Client
) -> None:
    review = review_of(programme)
    answer(review, councils[0], {3: 1})
    response = manager.post(
        url("review_answers", review.pk, "ashmere", "readiness"), {"seen_version": 0, "cost_3": "4"}
    )
    assert response.status_code == 409
    assert [(one.name, one.saved, one.typed) for one in response.context["stale"].differences] == [
        ("Understanding of cost: people who answered 3", "1", "4")
    ]
    assert review.answers.get().responses == 1


def test_red_line_is_declared_and_answered_on_its_page(programme: Programme, councils: list[Council]) -> None:
    review = review_of(programme)
    officer = sign_in(Client(), officer_of(councils[2]))
    refused = officer.post(
        url("red_line_create", review.pk), {"council": "ashmere", "text": "", "seen_version": 0}
    )
    assert refused.context["form"].errors == {
        "council": ["Choose a council"],
        "text": ["Enter the red line"],
    }
    sent = {"council": "carrick", "text": "Keep the depot", "seen_version": 0}
    assert officer.post(url("red_line_create", review.pk), sent).status_code == 302
    line = RedLine.objects.get()
    edit = url("red_line_update", line.pk)
    no = officer.post(edit, {"text": "Keep the depot", "is_respected": "no", "seen_version": 1})
    assert no.context["form"].errors == {"note": ["Say why this red line is not respected"]}
    yes = {"text": "Keep the depot", "is_respected": "yes", "seen_version": 1}
    assert officer.post(edit, yes).status_code == 302
    assert officer.post(edit, yes | {"is_respected": ""}).status_code == 409
    line.refresh_from_db()
    assert (line.is_respected, line.version) == (True, 2)
    assert "Carrick Keep the depot Respected" in text_of(officer.get(url("review_detail", review.pk)))


def test_consultation_refuses_a_dismissal_that_comes_too_early(manager: Client, programme: Programme) -> None:
    review = review_of(programme)
    sent = {
        "council": "carrick",
        "kind": "redundancy",
        "affected_count": "100",
        "started_on": "30 3 2027",
        "ended_on": "30 3 2027",
        "first_dismissal_on": "13 5 2027",
        "seen_version": 0,
    }
    response = manager.post(url("consultation_create", review.pk), sent)
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "first_dismissal_on": [
            "First dismissal must be on or after 14 May 2027, 45 days after consultation started"
        ],
        "ended_on": ["End date must be after 30 March 2027"],
    }
    assert Consultation.objects.count() == 0
    right = sent | {"ended_on": "13 5 2027", "first_dismissal_on": "14 5 2027"}
    assert manager.post(url("consultation_create", review.pk), right).status_code == 302
    assert Consultation.objects.get().first_dismissal_on == date(2027, 5, 14)


def test_number_below_five_is_not_even_in_its_box_and_is_kept(
    manager: Client, programme: Programme, councils: list[Council]
) -> None:
    made = ConsultationFactory(review=review_of(programme), council=councils[0], affected_count=3)
    address = url("consultation_update", made.pk)
    response = manager.get(address)
    assert response.context["form"]["affected_count"].value() is None
    assert "Recorded as fewer than 5. Leave this empty to keep it" in text_of(response)
    sent = {"kind": "redundancy", "started_on": "31 3 2027", "seen_version": 1}
    assert manager.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert (made.affected_count, made.started_on) == (3, date(2027, 3, 31))


# File


def test_file_holds_every_question_and_council(
    reader: Client, programme: Programme, councils: list[Council]
) -> None:
    review = review_of(programme, ref="SR-7")
    answers_apart(review, councils, evidence="=Ledger")
    response = reader.get(url("review_assessment_csv", review.pk))
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert response["Content-Disposition"] == 'attachment; filename="sr-7-self-assessment.csv"'
    assert lines[0] == [
        "Question set",
        "Question",
        "Council",
        *(f"People who answered {score}" for score in range(1, 6)),
        "Mean",
        "Gap between councils",
        "Flagged",
        "Evidence",
        "Source of the question",
    ]
    assert len(lines) == 1 + (12 + 10) * 3
    own = [line for line in lines if line[1] == "Understanding of cost"]
    before, after = ["Readiness to share", "Understanding of cost"], ["2.50", "Yes", "'=Ledger"]
    source = "LGA shared services guide 2011"
    assert own == [
        [*before, "Ashmere", "1", "1", "0", "0", "0", "1.50", *after, source],
        [*before, "Brockvale", "0", "0", "2", "0", "0", "3.00", *after, source],
        [*before, "Carrick", "0", "0", "0", "4", "0", "4.00", *after, source],
    ]
    assert {line[0] for line in lines[1:]} == {one.label for one in QuestionSet}
