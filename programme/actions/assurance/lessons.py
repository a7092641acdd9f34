"""Keep lessons: record one, change it, use it in a later review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.references import next_reference
from core.rules.text import check_text
from programme.enums import Gate
from programme.models import GateReview, Lesson, LessonUse, Milestone, Programme
from programme.policies import check_record_gates, check_record_lesson
from programme.queries.assurance.lesson_places import service_kinds, service_reviews

_ONE_PLACE = "A lesson was learnt in one place. Choose a gate review, a milestone or a service review"


@dataclass(frozen=True, slots=True)
class LessonTerms:
    """What was learnt, on what evidence, what to change, what it concerns, and where it was learnt."""

    text: str
    evidence: str = ""
    recommended_change: str = ""
    gate: int | None = None
    service_kind: str = ""
    gate_review: GateReview | None = None
    milestone: Milestone | None = None
    review_ref: str = ""


@transaction.atomic
def record_lesson(
    programme: Programme, *, by: User, terms: LessonTerms, channel: Channel = Channel.PAGE
) -> Lesson:
    """A lesson of the programme, under the next reference."""
    check_record_lesson(by, programme)
    values = _checked(programme, terms)
    lesson = add_lesson(programme, by=by, values=values)
    _record(lesson, by, "record_lesson", channel, after=_plain(values))
    return lesson


def add_lesson(programme: Programme, *, by: User, values: Mapping[str, Any]) -> Lesson:
    """A row for a lesson, after the others: policy, rules and audit are those of the action that adds it."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    taken = programme.lessons.values_list("ref", flat=True)
    last = programme.lessons.aggregate(last=Max("order_index"))["last"]
    return Lesson.objects.create(
        programme=programme,
        ref=next_reference("LN-", taken),
        order_index=0 if last is None else last + 1,
        created_by=by,
        updated_by=by,
        **values,
    )


@transaction.atomic
def update_lesson(
    lesson: Lesson, *, by: User, seen_version: int, terms: LessonTerms, channel: Channel = Channel.PAGE
) -> Lesson:
    """The lesson with other terms; refuses a stale edit (row 84). No change leaves no trace."""
    check_record_lesson(by, lesson.programme)
    check_seen(lesson, seen_version)
    values = _checked(lesson.programme, terms)
    changed = {name: value for name, value in values.items() if value != getattr(lesson, name)}
    if not changed:
        return lesson
    before = _plain({name: getattr(lesson, name) for name in changed}) | {"version": seen_version}
    write_next(lesson, changed, by=by, seen_version=seen_version)
    saved = Lesson.objects.select_related("programme__partnership", "gate_review", "milestone", "source").get(
        pk=lesson.pk
    )
    after = _plain(changed) | {"version": saved.version}
    _record(saved, by, "update_lesson", channel, before=before, after=after)
    return saved


@transaction.atomic
def use_lesson_at_gate(
    lesson: Lesson, *, by: User, review: GateReview, channel: Channel = Channel.PAGE
) -> LessonUse:
    """That a gate review uses the lesson, which `by` may see; a second time changes nothing."""
    check_record_gates(by, review.programme)
    return record_use(lesson, by=by, programme=review.programme, gate_review=review, channel=channel)


def record_use(
    lesson: Lesson,
    *,
    by: User,
    programme: Programme,
    gate_review: GateReview | None = None,
    review_ref: str = "",
    channel: Channel = Channel.PAGE,
) -> LessonUse:
    """The use itself, once; who may record it is for the action that calls this, in its transaction."""
    use, is_new = LessonUse.objects.get_or_create(
        lesson=lesson,
        programme=programme,
        gate_review=gate_review,
        review_ref=review_ref,
        defaults={"used_by": by},
    )
    if is_new:
        where = {"programme": programme.key, "review": gate_review.ref if gate_review else review_ref}
        audit.record(lesson, by=by, action="use_lesson", channel=channel, scope=programme.key, after=where)
    return use


def lesson_terms(lesson: Lesson) -> LessonTerms:
    """What the lesson says now."""
    names = LessonTerms.__dataclass_fields__
    return LessonTerms(**{name: getattr(lesson, name) for name in names})


def _checked(programme: Programme, terms: LessonTerms) -> dict[str, Any]:
    text = check_text(terms.text, "What was learnt", field="text")
    if not text:
        raise Refusal("Enter what was learnt", "text")
    if terms.gate is not None and terms.gate not in Gate.values:
        raise Refusal("Choose a gate from 0 to 5", "gate")
    if terms.service_kind and terms.service_kind not in dict(service_kinds()):
        raise Refusal("Choose a kind of service from the list", "service_kind")
    return {
        "text": text,
        "evidence": check_text(terms.evidence, "Evidence", field="evidence"),
        "recommended_change": check_text(
            terms.recommended_change, "Recommended change", field="recommended_change"
        ),
        "gate": terms.gate,
        "service_kind": terms.service_kind,
        **_checked_place(programme, terms),
    }


def _checked_place(programme: Programme, terms: LessonTerms) -> dict[str, Any]:
    """The one place where it was learnt, of this programme."""
    places = [terms.gate_review, terms.milestone, terms.review_ref]
    if sum(bool(place) for place in places) > 1:
        raise Refusal(_ONE_PLACE, "learnt")
    for row in (terms.gate_review, terms.milestone):
        if row is not None and row.programme_id != programme.pk:
            raise Refusal(f"{row} is not of this programme", "learnt")
    if terms.review_ref and terms.review_ref not in {place.ref for place in service_reviews([programme.pk])}:
        raise Refusal(f"There is no service review {terms.review_ref} in this programme", "learnt")
    return {
        "gate_review": terms.gate_review,
        "milestone": terms.milestone,
        "review_ref": terms.review_ref,
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    rows = (GateReview, Milestone)
    return {name: value.ref if isinstance(value, rows) else value for name, value in values.items()}


def _record(
    lesson: Lesson,
    by: User,
    action: str,
    channel: Channel,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    scope = lesson.programme.key
    audit.record(lesson, by=by, action=action, channel=channel, scope=scope, before=before, after=after)
