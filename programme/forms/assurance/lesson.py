"""The form of a lesson."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from core.forms.fields import LongTextField
from programme.actions.assurance.lessons import LessonTerms, lesson_terms
from programme.enums import Gate
from programme.forms.assurance.gate_review import OPEN_TO_ALL
from programme.models import GateReview, Lesson, Milestone, Programme
from programme.queries.assurance.lesson_places import service_kinds, service_reviews

_GATE, _MILESTONE, _REVIEW = "gate", "milestone", "review"


class LessonForm(forms.Form):
    """What was learnt and what to change, what it concerns, and where it was learnt."""

    text = LongTextField(
        label="What was learnt",
        help_text=f"What happened, and what follows from it. {OPEN_TO_ALL}",
        error_messages={"required": "Enter what was learnt"},
    )
    evidence = LongTextField(label="Evidence", required=False)
    recommended_change = LongTextField(label="Recommended change", required=False)
    gate = forms.TypedChoiceField(
        label="Gate that it concerns",
        choices=[("", "No gate in particular"), *Gate.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Later reviews at this gate are offered the lesson",
    )
    service_kind = forms.ChoiceField(
        label="Kind of service that it concerns",
        required=False,
        help_text="Later reviews of such a service are offered the lesson",
    )
    learnt = forms.ChoiceField(label="Where it was learnt", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, programme: Programme, lesson: Lesson | None = None) -> None:
        """A new lesson of the programme, or one as it is. Three queries for the places."""
        self.places = _places(programme)
        initial: dict[str, Any] = {}
        if lesson:
            terms = lesson_terms(lesson)
            names = ("text", "evidence", "recommended_change", "gate", "service_kind")
            initial = {name: getattr(terms, name) for name in names}
            initial |= {"learnt": _place_of(terms), "seen_version": lesson.version}
        super().__init__(data, initial=initial)
        kinds = cast(forms.ChoiceField, self.fields["service_kind"])
        kinds.choices = [("", "No kind in particular"), *service_kinds()]
        learnt = cast(forms.ChoiceField, self.fields["learnt"])
        learnt.choices = [
            ("", "The programme as a whole"),
            *((name, label) for name, (label, _) in self.places.items()),
        ]
        words = "Choose a place from the list"
        learnt.error_messages["invalid_choice"] = words

    def to_terms(self) -> LessonTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        kind, _, _ = data["learnt"].partition(":")
        found = self.places[data["learnt"]][1] if data["learnt"] else None
        return LessonTerms(
            data["text"],
            data["evidence"],
            data["recommended_change"],
            data["gate"],
            data["service_kind"],
            gate_review=cast("GateReview | None", found) if kind == _GATE else None,
            milestone=cast("Milestone | None", found) if kind == _MILESTONE else None,
            review_ref=str(found) if kind == _REVIEW else "",
        )


def _places(programme: Programme) -> dict[str, tuple[str, object]]:
    """What a lesson may have been learnt at, by the name it has in the form: its label, and what it is."""
    found: dict[str, tuple[str, object]] = {}
    for review in programme.gate_reviews.all():
        found[f"{_GATE}:{review.pk}"] = (f"Gate review {review}", review)
    for place in service_reviews([programme.pk]):
        found[f"{_REVIEW}:{place.ref}"] = (place.title, place.ref)
    for milestone in programme.milestones.order_by("order_index"):
        found[f"{_MILESTONE}:{milestone.pk}"] = (f"Milestone {milestone.ref} {milestone.title}", milestone)
    return found


def _place_of(terms: LessonTerms) -> str:
    if terms.gate_review:
        return f"{_GATE}:{terms.gate_review.pk}"
    if terms.milestone:
        return f"{_MILESTONE}:{terms.milestone.pk}"
    return f"{_REVIEW}:{terms.review_ref}" if terms.review_ref else ""
