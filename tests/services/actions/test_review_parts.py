"""What councils record in a review: self-assessment, red lines and consultations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent
from programme.models import Council, Programme
from services.actions.review_answers import QuestionAnswer, save_answers
from services.actions.review_consultations import record_consultation, update_consultation
from services.actions.review_red_lines import declare_red_line, update_red_line
from services.enums import ConsultationKind, QuestionSet, ReviewState
from services.models import AssessmentAnswer, Consultation, RedLine, ServiceReview
from services.queries.consultations import record_of
from services.rules.consultation_record import ConsultationRecord
from tests.factories import ProgrammeFactory, UserFactory, councils_of, role
from tests.services.review_rows import manager_of, officer_of, review_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
REDUNDANCY = ConsultationRecord(ConsultationKind.REDUNDANCY, 100, date(2027, 3, 30))


@pytest.fixture
def programme() -> Iterator[Programme]:
    with time_machine.travel(NOW, tick=False):
        yield ProgrammeFactory(key="abc")


@pytest.fixture
def councils(programme: Programme) -> list[Council]:
    return councils_of(programme)


@pytest.fixture
def review(programme: Programme) -> ServiceReview:
    return review_of(programme)


@pytest.fixture
def officer(councils: list[Council]) -> User:
    """The lead officer of the first council."""
    return officer_of(councils[0])


def said_of(error: pytest.ExceptionInfo[Any]) -> list[tuple[str | None, str, str]]:
    every = error.value.refusals if isinstance(error.value, Refusals) else [error.value]
    return [(one.field, one.message, one.code) for one in every]


# Self-assessment


def save(
    review: ServiceReview, by: User, council: Council, answers: dict[str, QuestionAnswer], seen: int = 0
) -> None:
    save_answers(
        review,
        by=by,
        council=council,
        question_set=QuestionSet.READINESS,
        seen_version=seen,
        answers=answers,
    )


def answers_of(review: ServiceReview) -> list[tuple[str, int, int, str, int]]:
    return list(review.answers.values_list("question", "score", "responses", "evidence", "version"))


def test_answers_are_stored_by_score_with_their_evidence(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    save(review, officer, councils[0], {"cost": QuestionAnswer({3: 4, 5: 2}, "Ledger of 2025")})
    assert answers_of(review) == [
        ("cost", 3, 4, "Ledger of 2025", 1),
        ("cost", 5, 2, "Ledger of 2025", 1),
    ]
    event = AuditEvent.objects.get(action="save_review_answers")
    about = {"council": str(councils[0]), "question_set": "readiness"}
    assert (event.before, event.after) == (
        about | {"Understanding of cost": ""},
        about | {"Understanding of cost": "4 gave 3, 2 gave 5"},
    )


def test_answers_changed_keep_other_questions_and_count_versions_up(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    save(
        review,
        officer,
        councils[0],
        {"cost": QuestionAnswer({3: 1}), "trust": QuestionAnswer({2: 1})},
    )
    save(review, officer, councils[0], {"cost": QuestionAnswer({4: 1})}, seen=2)
    assert answers_of(review) == [("cost", 3, 0, "", 2), ("cost", 4, 1, "", 1), ("trust", 2, 1, "", 1)]
    save(review, officer, councils[0], {"cost": QuestionAnswer({4: 1})}, seen=4)
    assert AuditEvent.objects.filter(action="save_review_answers").count() == 2


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_answers_of_another_version_are_stale(
    review: ServiceReview, officer: User, councils: list[Council], seen: int
) -> None:
    given = {"cost": QuestionAnswer({3: 1}), "trust": QuestionAnswer({2: 1})}
    save(review, officer, councils[0], given)
    with pytest.raises(StaleEdit, match="Someone changed this at 10:42am"):
        save(review, officer, councils[0], {"cost": QuestionAnswer({5: 1})}, seen=seen)
    assert AssessmentAnswer.objects.filter(score=5).count() == 0


def test_councils_answer_at_the_same_time_without_a_clash(
    review: ServiceReview, councils: list[Council]
) -> None:
    for council in councils[:2]:
        save(review, officer_of(council), council, {"cost": QuestionAnswer({3: 1})})
    assert list(review.answers.values_list("council", flat=True)) == [one.pk for one in councils[:2]]


def test_answers_refuse_at_once_what_may_not_be_answered(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    given = {
        "cost": QuestionAnswer({0: 1, 3: -1}),
        "trust": QuestionAnswer({3: 10_000}, "x" * 501),
        "ict": QuestionAnswer({}, "Shown by nothing"),
        "weather": QuestionAnswer({3: 1}),
    }
    with pytest.raises(Refusals) as said:
        save(review, officer, councils[0], given)
    number = "Number of people must be a whole number from 0 to 9,999"
    words = "Enter how many people gave each score, or leave the evidence empty"
    assert said_of(said) == [
        ("cost", "Score must be between 1 and 5", "F-34"),
        ("cost_3", number, "F-34"),
        ("trust_3", number, "F-34"),
        ("trust_evidence", "Evidence must be 500 characters or less", "85"),
        ("ict_evidence", words, "F-34"),
        ("weather", "There is no question weather in this set", "F-34"),
    ]
    assert answers_of(review) == []


def test_only_its_own_officers_and_the_manager_answer_for_a_council(
    review: ServiceReview, officer: User, programme: Programme, councils: list[Council]
) -> None:
    given = {"cost": QuestionAnswer({3: 1})}
    with pytest.raises(PermissionDenied, match=f"Only an officer of {councils[1]}"):
        save(review, officer, councils[1], given)
    save(review, manager_of(programme), councils[1], given)
    assert [row[:3] for row in answers_of(review)] == [("cost", 3, 1)]


# Red lines


def test_red_line_is_declared_then_answered(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    line = declare_red_line(review, by=officer, council=councils[0], text=" Keep the counter. ")
    assert (line.text, line.is_respected, line.version) == ("Keep the counter.", None, 1)
    update_red_line(
        line, by=officer, seen_version=1, text=line.text, is_respected=False, note="It closes in option 2"
    )
    line.refresh_from_db()
    assert (line.is_respected, line.note, line.version) == (False, "It closes in option 2", 2)
    event = AuditEvent.objects.latest("pk")
    about = {"council": str(councils[0]), "red_line": "Keep the counter."}
    assert (event.object_id, event.before, event.after) == (
        review.pk,
        about | {"is_respected": None, "note": ""},
        about | {"is_respected": False, "note": "It closes in option 2"},
    )


def test_red_line_refuses_no_text_and_no_without_a_note(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    with pytest.raises(Refusals) as said:
        declare_red_line(review, by=officer, council=councils[0], text="  ")
    assert said_of(said) == [("text", "Enter the red line", "2.5")]
    line = declare_red_line(review, by=officer, council=councils[0], text="Keep the counter")
    with pytest.raises(Refusal) as said_of_no:
        update_red_line(line, by=officer, seen_version=1, text=line.text, is_respected=False, note="")
    assert said_of(said_of_no) == [("note", "Say why this red line is not respected", "2.5")]
    assert RedLine.objects.get().is_respected is None


def test_red_line_belongs_to_its_council_and_to_a_review_that_goes_on(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    with pytest.raises(PermissionDenied):
        declare_red_line(review, by=officer, council=councils[1], text="Not ours")
    review.state = ReviewState.DECIDED_NOT_SHARE
    review.save()
    with pytest.raises(PermissionDenied, match="This review is decided not to share"):
        declare_red_line(review, by=officer, council=councils[0], text="Too late")
    assert RedLine.objects.count() == 0


def test_red_line_of_an_older_version_is_stale(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    line = declare_red_line(review, by=officer, council=councils[0], text="Keep the counter")
    stale = RedLine.objects.get()
    update_red_line(line, by=officer, seen_version=1, text="Keep it", is_respected=None, note="")
    with pytest.raises(StaleEdit):
        update_red_line(stale, by=officer, seen_version=1, text="Close it", is_respected=None, note="")
    assert RedLine.objects.get().text == "Keep it"


# Consultations


def test_consultation_is_recorded_and_its_small_number_is_nowhere_in_the_history(
    review: ServiceReview, councils: list[Council]
) -> None:
    lead = UserFactory()
    role(lead, RoleName.HR_LEAD, partnership=review.service.programme.partnership)
    few = replace(REDUNDANCY, affected_count=3)
    made = record_consultation(review, by=lead, council=councils[0], record=few)
    update_consultation(made, by=lead, seen_version=1, record=replace(few, affected_count=4))
    update_consultation(made, by=lead, seen_version=2, record=replace(few, affected_count=120))
    assert Consultation.objects.get().affected_count == 120
    shown = [(event.before, event.after) for event in AuditEvent.objects.order_by("pk")]
    about = {"council": str(councils[0])}
    fewer = about | {"affected_count": "fewer than 5"}
    assert shown == [
        (
            {},
            fewer
            | {
                "kind": "redundancy",
                "started_on": "2027-03-30",
                "ended_on": None,
                "first_dismissal_on": None,
                "transfer_on": None,
                "establishment": "",
            },
        ),
        (fewer, fewer),
        (fewer, about | {"affected_count": "120"}),
    ]


def test_consultation_refuses_a_dismissal_inside_the_minimum(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    early = replace(REDUNDANCY, first_dismissal_on=date(2027, 5, 13))
    with pytest.raises(Refusals) as said:
        record_consultation(review, by=officer, council=councils[0], record=early)
    assert said_of(said) == [
        (
            "first_dismissal_on",
            "First dismissal must be on or after 14 May 2027, 45 days after consultation started",
            "80",
        )
    ]
    assert (Consultation.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_consultation_changed_so_that_the_dismissal_comes_too_early_is_refused(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    small = replace(REDUNDANCY, affected_count=20, first_dismissal_on=date(2027, 4, 29))
    made = record_consultation(review, by=officer, council=councils[0], record=small)
    with pytest.raises(Refusals) as said:
        update_consultation(made, by=officer, seen_version=1, record=replace(small, affected_count=100))
    assert [code for _, _, code in said_of(said)] == ["80"]
    assert record_of(Consultation.objects.get()) == small


def test_consultation_refuses_dates_outside_the_programme_and_strange_numbers(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    past = replace(REDUNDANCY, started_on=date(2019, 1, 1))
    with pytest.raises(Refusals) as said:
        record_consultation(review, by=officer, council=councils[0], record=past)
    assert said_of(said) == [("started_on", "Date must be between 1 April 2026 and 31 March 2032", "13")]
    negative = replace(REDUNDANCY, affected_count=-1)
    with pytest.raises(Refusal) as said_of_number:
        record_consultation(review, by=officer, council=councils[0], record=negative)
    assert said_of(said_of_number) == [
        ("affected_count", "Number of people must be a whole number from 0 to 999,999", "80")
    ]


def test_consultation_of_another_council_or_an_older_version_is_refused(
    review: ServiceReview, officer: User, councils: list[Council]
) -> None:
    with pytest.raises(PermissionDenied, match=f"Only an officer of {councils[1]}, the HR lead"):
        record_consultation(review, by=officer, council=councils[1], record=REDUNDANCY)
    made = record_consultation(review, by=officer, council=councils[0], record=REDUNDANCY)
    stale = Consultation.objects.get()
    update_consultation(made, by=officer, seen_version=1, record=replace(REDUNDANCY, affected_count=50))
    with pytest.raises(StaleEdit):
        update_consultation(stale, by=officer, seen_version=1, record=replace(REDUNDANCY, affected_count=9))
    assert Consultation.objects.get().affected_count == 50


def test_council_that_is_no_partner_is_refused(review: ServiceReview, programme: Programme) -> None:
    manager, elsewhere = manager_of(programme), councils_of(ProgrammeFactory())[0]
    expected = [("council", f"{elsewhere} is not a partner in this programme", "76")]
    with pytest.raises(Refusal) as answered:
        save(review, manager, elsewhere, {"cost": QuestionAnswer({3: 1})})
    with pytest.raises(Refusal) as declared:
        declare_red_line(review, by=manager, council=elsewhere, text="Ours")
    with pytest.raises(Refusal) as consulted:
        record_consultation(review, by=manager, council=elsewhere, record=REDUNDANCY)
    assert [said_of(one) for one in (answered, declared, consulted)] == [expected] * 3
