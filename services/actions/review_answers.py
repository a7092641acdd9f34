"""Record what one council says of itself in a service review (domain.md 2.11, F-34)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from accounts.models import User
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text, stale_edit
from programme.models import Council
from services.actions.review_saving import record_of_review, save_changes
from services.enums import QuestionSet
from services.models import AssessmentAnswer, ServiceReview
from services.policies import check_edit_council, check_review_open, powers_of
from services.queries.review_assessment import answers_version
from services.queries.review_partners import check_partner
from services.rules.review_reference import questions

SCORES = (1, 2, 3, 4, 5)
MOST_RESPONSES = 9_999
EVIDENCE_LIMIT = 500

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """How many people gave each score, 1 to 5, and what shows it; one officer's answer counts 1."""

    counts: Mapping[int, int] = field(default_factory=dict)
    evidence: str = ""


@transaction.atomic
def save_answers(
    review: ServiceReview,
    *,
    by: User,
    council: Council,
    question_set: QuestionSet,
    seen_version: int,
    answers: Mapping[str, QuestionAnswer],
    channel: str = Channel.PAGE,
) -> None:
    """Make `answers`, by code of the question, the council's answers; what is left out stays as it is.

    `seen_version` is `answers_version` as it was read: 0 before the first answer. Refuses a number of people
    that is not whole or too large, scores but 1 to 5, unknown questions, texts as row 85, and stale edits.
    """
    check_edit_council(powers_of(by, review.service.programme), council)
    check_partner(review.service.programme, council)
    check_review_open(review)
    given = _checked(question_set, answers)
    there = list(review.answers.filter(council=council, question_set=question_set))
    if answers_version(there) != seen_version:
        raise stale_edit(max((row.updated_at for row in there), default=now()))
    rows = {(row.question, row.score): row for row in there}
    codes = _write(review, by, council, question_set, given, rows)
    if codes:
        _record(review, by, council, question_set, channel, given, rows, codes)


def _checked(question_set: QuestionSet, answers: Mapping[str, QuestionAnswer]) -> dict[str, QuestionAnswer]:
    known = {question.code for question in questions(question_set)}
    said: list[Refusal] = []
    clean = {}
    for code, answer in answers.items():
        if code not in known:
            said.append(Refusal(f"There is no question {code} in this set", code, "F-34"))
            continue
        said += _count_refusals(code, answer)
        try:
            evidence = check_text(answer.evidence, "Evidence", EVIDENCE_LIMIT, f"{code}_evidence")
        except Refusal as refusal:
            said.append(refusal)
            continue
        if evidence and not any(answer.counts.values()):
            words = "Enter how many people gave each score, or leave the evidence empty"
            said.append(Refusal(words, f"{code}_evidence", "F-34"))
        clean[code] = QuestionAnswer(dict(answer.counts), evidence)
    if said:
        raise Refusals(said)
    return clean


def _count_refusals(code: str, answer: QuestionAnswer) -> list[Refusal]:
    said = [
        Refusal("Score must be between 1 and 5", code, "F-34")
        for score in answer.counts
        if score not in SCORES
    ]
    words = f"Number of people must be a whole number from 0 to {MOST_RESPONSES:,}"
    said += [
        Refusal(words, f"{code}_{score}", "F-34")
        for score, count in answer.counts.items()
        if not 0 <= count <= MOST_RESPONSES
    ]
    return said


def _write(
    review: ServiceReview,
    by: User,
    council: Council,
    question_set: QuestionSet,
    given: Mapping[str, QuestionAnswer],
    rows: Mapping[Key, AssessmentAnswer],
) -> list[str]:
    """Write what differs; gives the codes of the questions that changed. A score is never deleted, only 0."""
    codes = []
    for code, answer in given.items():
        is_changed = False
        for score in SCORES:
            count = answer.counts.get(score, 0)
            evidence = answer.evidence if count else ""
            row = rows.get((code, score))
            if (count, evidence) == ((row.responses, row.evidence) if row else (0, "")):
                continue
            is_changed = True
            if row:
                values = {"responses": count, "evidence": evidence}
                save_changes(copy(row), by=by, values=values)
            else:
                _add(review, by, council, question_set, (code, score), count, evidence)
        if is_changed:
            codes.append(code)
    return codes


def _add(
    review: ServiceReview,
    by: User,
    council: Council,
    question_set: QuestionSet,
    key: Key,
    count: int,
    evidence: str,
) -> None:
    code, score = key
    try:
        with transaction.atomic():
            AssessmentAnswer.objects.create(
                review=review,
                council=council,
                question_set=question_set,
                question=code,
                score=score,
                responses=count,
                evidence=evidence,
                created_by=by,
                updated_by=by,
            )
    except IntegrityError as error:
        raise stale_edit(now()) from error


def _record(
    review: ServiceReview,
    by: User,
    council: Council,
    question_set: QuestionSet,
    channel: str,
    given: Mapping[str, QuestionAnswer],
    rows: Mapping[Key, AssessmentAnswer],
    codes: list[str],
) -> None:
    names = {question.code: question.name for question in questions(question_set)}
    old = {
        code: {score: rows[code, score].responses for score in SCORES if (code, score) in rows}
        for code in codes
    }
    about = {"council": str(council), "question_set": question_set.value}
    record_of_review(
        review,
        by=by,
        action="save_review_answers",
        channel=channel,
        before=about | {names[code]: _counts_in_words(old[code]) for code in codes},
        after=about | {names[code]: _counts_in_words(given[code].counts) for code in codes},
    )


def _counts_in_words(counts: Mapping[int, int]) -> str:
    """3 gave 4, 2 gave 5: how many people gave each score."""
    return ", ".join(f"{count} gave {score}" for score, count in sorted(counts.items()) if count)
