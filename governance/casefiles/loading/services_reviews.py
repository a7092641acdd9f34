"""Service reviews with their tasks, red lines, answers and consultations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models

from core.enums import PublicationClass
from core.models import Versioned
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from governance.casefiles.plain import plain
from services.enums import ReviewState
from services.models import (
    AssessmentAnswer,
    Consultation,
    RedLine,
    ReviewTask,
    Service,
    ServiceReview,
)

_LINKS = frozenset({"council", "done_by", "reviewed_by", "stated_by"})
_TASK = ("order_index", "text", "council", "done_at", "done_by")
_RED_LINE = ("council", "text", "is_respected", "note")
_ANSWER = ("council", "question_set", "question", "score", "responses", "evidence")
_CONSULTATION = (
    "council", "kind", "affected_count", "started_on", "ended_on", "first_dismissal_on", "transfer_on",
    "establishment",
)  # fmt: skip


def load_reviews(loading: Loading, file: CaseFile, service: Service, entry: Entry) -> None:
    """The reviews of a service, by id."""
    existing = {review.ref: review for review in service.reviews.select_related("owner", "lead_council")}
    for given in entry.entries("reviews"):
        ref = given.text("id")
        review = existing.get(ref) or ServiceReview(service=service, ref=ref)
        label = f"Service review {ref}"
        wanted = Wanted(
            "service review", label, file.key, _values(loading, given), parts=_parts(loading, review, given)
        )
        save_row(loading, review, wanted)
    report_kept(loading, "service review", existing, (given.text("id") for given in entry.entries("reviews")))


def rows_part(
    loading: Loading,
    name: str,
    owner: tuple[models.Model, str],
    rows: Sequence[models.Model],
    fields: Sequence[str],
) -> Part:
    """Small rows of one owner that a file replaces as a whole; `owner` comes with the name of their link."""
    parent, link = owner
    linked = [field for field in fields if field in _LINKS]
    there = list(getattr(parent, name).select_related(*linked)) if parent.pk else []
    there = [row for row in there if not getattr(row, "is_withheld", False)]
    kept = [_plain(row, fields) for row in there]

    def write() -> None:
        if there:
            getattr(parent, name).filter(pk__in=[row.pk for row in there]).delete()
        for row in rows:
            setattr(row, link, parent)
            if isinstance(row, Versioned):
                row.created_by = row.updated_by = loading.by
        if rows:
            getattr(parent, name).bulk_create(rows)

    return Part(name, sorted(kept, key=str), sorted((_plain(row, fields) for row in rows), key=str), write)


def _plain(row: models.Model, fields: Sequence[str]) -> list[Any]:
    return [plain(getattr(row, field)) for field in fields]


def _values(loading: Loading, given: Entry) -> dict[str, Any]:
    return {
        "state": given.text("state") or ReviewState.PROPOSED.value,
        "owner": loading.user(given, "owner"),
        "lead_council": loading.council(given, "lead"),
        "is_sensitive": given.yes("sensitive"),
        "chosen_because": given.text("chosen_because"),
        "scope": given.text("scope"),
        "started_on": given.day("started"),
        "equality_impact_done": given.yes("equality_impact_done"),
        "staff_consulted_on": given.day("staff_consulted"),
        "recommendation": given.text("recommendation"),
        "outcome_reason": given.text("outcome_reason"),
        "deferred_until_on": given.day("deferred_until"),
        "go_live_on": given.day("go_live"),
        "decision_ref": given.text("decision"),
    }


def _parts(loading: Loading, review: ServiceReview, given: Entry) -> list[Part]:
    owner = (review, "review")
    made: list[tuple[str, Sequence[str], list[models.Model]]] = [
        ("tasks", _TASK, _made(given, "tasks", lambda index, one: _task(loading, index, one))),
        ("red_lines", _RED_LINE, _made(given, "red_lines", lambda _, one: _red_line(loading, one))),
        ("answers", _ANSWER, _made(given, "answers", lambda _, one: _answer(loading, one))),
        (
            "consultations",
            _CONSULTATION,
            [_consultation(loading, one) for one in _open_ones(review, given)],
        ),
    ]
    return [rows_part(loading, name, owner, rows, fields) for name, fields, rows in made]


def _open_ones(review: ServiceReview, given: Entry) -> list[Entry]:
    """The consultations of the file that are not withheld here: those stay, an open file holds too little."""
    if not review.pk:
        return given.entries("consultations")
    kept = Consultation.objects.filter(review=review).exclude(publication_class=PublicationClass.OPEN)
    stored = list(kept.values_list("council__key", "kind", "started_on"))
    found = []
    for one in given.entries("consultations"):
        said = (one.text("council"), one.text("kind"), one.day("started"))
        if said in stored:
            stored.remove(said)
        else:
            found.append(one)
    return found


def _made(given: Entry, name: str, make: Callable[[int, Entry], models.Model]) -> list[models.Model]:
    return [make(index, one) for index, one in enumerate(given.entries(name))]


def _task(loading: Loading, index: int, entry: Entry) -> ReviewTask:
    return ReviewTask(
        order_index=index,
        text=entry.text("text"),
        council=loading.council(entry),
        done_at=entry.moment("done_at"),
        done_by=loading.user(entry, "done_by"),
    )


def _red_line(loading: Loading, entry: Entry) -> RedLine:
    return RedLine(
        council=loading.council(entry),
        text=entry.text("text"),
        is_respected=entry.raw("respected"),
        note=entry.text("note"),
    )


def _answer(loading: Loading, entry: Entry) -> AssessmentAnswer:
    responses = entry.integer("responses")
    return AssessmentAnswer(
        council=loading.council(entry),
        question_set=entry.text("set"),
        question=entry.text("question"),
        score=needed(entry.integer("score")),
        responses=1 if responses is None else responses,
        evidence=entry.text("evidence"),
    )


def _consultation(loading: Loading, entry: Entry) -> Consultation:
    return Consultation(
        council=loading.council(entry),
        kind=entry.text("kind"),
        affected_count=entry.integer("affected"),
        started_on=needed(entry.day("started")),
        ended_on=entry.day("ended"),
        first_dismissal_on=entry.day("first_dismissal"),
        transfer_on=entry.day("transfer"),
        establishment=entry.text("establishment"),
    )
