"""Lessons: those that a person may see, where each was learnt and used, and which a review is offered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from core.clock import london_date
from core.rules.words import count_of
from programme.enums import Gate
from programme.models import GateReview, Lesson, LessonUse, Programme
from programme.policies import record_lesson_in
from programme.queries.assurance.lesson_places import ServiceReviewPlace, kind_label, service_reviews
from programme.rules.assurance.lesson import Concern, is_offered

EVERY_REVIEW = "Every review"
_PLACES = ("programme__partnership", "gate_review", "milestone", "source")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a lesson names, and its page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Used:
    """A later review that used a lesson: its page, its programme, when and by whom."""

    place: Place
    programme: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson, where it was learnt, where it was used, of what the person may see, and what they may do."""

    lesson: Lesson
    learnt: Place
    used: tuple[Used, ...]
    can_change: bool = False

    @property
    def concern_words(self) -> str:
        """What it is about, in words."""
        return concern_words(self.lesson)

    @property
    def used_words(self) -> str:
        """Used in 2 reviews; Not used yet."""
        return f"Used in {count_of(len(self.used), 'review')}" if self.used else "Not used yet"

    @property
    def used_elsewhere(self) -> list[str]:
        """The other programmes that used it, each once, the first one first."""
        own = str(self.lesson.programme)
        return list(dict.fromkeys(one.programme for one in self.used if one.programme != own))


def concern_words(lesson: Lesson) -> str:
    """Gate 3: investment decision; Revenues and benefits; Every review."""
    gate = str(Gate(lesson.gate).label) if lesson.gate is not None else ""
    kind = kind_label(lesson.service_kind) if lesson.service_kind else ""
    return "; ".join(part for part in (gate, kind) if part) or EVERY_REVIEW


def concern_of(lesson: Lesson) -> Concern:
    """What the lesson is about."""
    return Concern(lesson.gate, lesson.service_kind)


def lesson_rows(lessons: QuerySet[Lesson], user: User) -> list[LessonRow]:
    """The lessons as `user` may see them: a use in a programme that they may not open is not shown.

    Four queries.
    """
    found = list(lessons.select_related(*_PLACES))
    uses = list(
        LessonUse.objects.visible_to(user)
        .filter(lesson__in=[lesson.pk for lesson in found])
        .select_related("programme", "gate_review", "used_by")
    )
    programmes = {lesson.programme_id: lesson.programme for lesson in found}
    reviews = _reviews_by_ref([*programmes, *(use.programme_id for use in uses)])
    may_change = record_lesson_in(user, list(programmes.values()))
    by_lesson: dict[int, list[Used]] = defaultdict(list)
    for use in uses:
        place, on = _place(use, use.programme, reviews, with_programme=True), london_date(use.used_at)
        by_lesson[use.lesson_id].append(Used(place, str(use.programme), on, str(use.used_by)))
    return [
        LessonRow(
            lesson,
            _learnt(lesson, reviews),
            tuple(by_lesson[lesson.pk]),
            lesson.programme_id in may_change,
        )
        for lesson in found
    ]


def lessons_for_gate(review: GateReview, user: User) -> list[Lesson]:
    """What a gate review is offered, not used in it yet and not learnt there. One query."""
    others = Lesson.objects.exclude(gate_review=review).exclude(uses__gate_review=review)
    return _offered(others, user, review.programme, Concern(gate=review.gate))


def lessons_for_service(programme: Programme, review_ref: str, kind: str, user: User) -> list[Lesson]:
    """What a service review of this kind is offered, not used in it yet and not learnt there. One query."""
    used = Q(uses__programme=programme, uses__review_ref=review_ref)
    own = Q(programme=programme, review_ref=review_ref)
    others = Lesson.objects.exclude(own).exclude(pk__in=Lesson.objects.filter(used).values("pk"))
    return _offered(others, user, programme, Concern(service_kind=kind))


def lessons_used_at_gate(review: GateReview, user: User) -> list[Lesson]:
    """The lessons that a gate review used, of those that `user` may see. One query."""
    return list(
        Lesson.objects.visible_to(user)
        .filter(uses__gate_review=review)
        .select_related("programme")
        .order_by("uses__used_at")
    )


def lessons_used_in_service(programme: Programme, review_ref: str, user: User) -> list[Lesson]:
    """The lessons that a service review used, of those that `user` may see. One query."""
    return list(
        Lesson.objects.visible_to(user)
        .filter(uses__programme=programme, uses__review_ref=review_ref)
        .select_related("programme")
        .order_by("uses__used_at")
    )


def _offered(lessons: QuerySet[Lesson], user: User, programme: Programme, review: Concern) -> list[Lesson]:
    """Of these lessons, of which `user` may see some, those that a review about `review` is offered."""
    seen = lessons.visible_to(user).select_related("programme")  # type: ignore[attr-defined]
    rows = [
        lesson
        for lesson in seen
        if is_offered(
            concern_of(lesson),
            review,
            same_partnership=lesson.programme.partnership_id == programme.partnership_id,
        )
    ]
    return sorted(rows, key=lambda lesson: _nearness(lesson, programme))


def _nearness(lesson: Lesson, programme: Programme) -> tuple[bool, bool, str, int]:
    """What is about this kind of review first; then what is near."""
    is_near = lesson.programme.partnership_id == programme.partnership_id
    return concern_of(lesson).is_general, not is_near, lesson.programme.name, lesson.order_index


def _reviews_by_ref(programmes: Sequence[int]) -> dict[tuple[int, str], ServiceReviewPlace]:
    return {(place.programme_id, place.ref): place for place in service_reviews(set(programmes))}


def _learnt(lesson: Lesson, reviews: dict[tuple[int, str], ServiceReviewPlace]) -> Place:
    milestone = lesson.milestone
    if milestone is not None:
        return Place(f"Milestone {milestone.ref} {milestone.title}", milestone.get_absolute_url())
    if lesson.gate_review is None and not lesson.review_ref:
        return Place("The programme as a whole", lesson.programme.get_absolute_url())
    return _place(lesson, lesson.programme, reviews)


def _place(
    row: Lesson | LessonUse,
    programme: Programme,
    reviews: dict[tuple[int, str], ServiceReviewPlace],
    *,
    with_programme: bool = False,
) -> Place:
    """The gate review or the service review that a row names; one that is gone is named without a page."""
    if row.gate_review is not None:
        title, url = f"Gate review {row.gate_review}", row.gate_review.get_absolute_url()
    else:
        found = reviews.get((programme.pk, row.review_ref))
        title, url = (found.title, found.url) if found else (f"Service review {row.review_ref}", "")
    return Place(f"{title}, {programme}" if with_programme else title, url)
