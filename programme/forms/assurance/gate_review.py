"""Forms of a gate review: what was judged, and the eight lessons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms

from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from programme.actions.assurance.gate_reviews import REVIEWERS_LIMIT, GateReviewTerms, answers_of, terms_of
from programme.enums import ConfidenceScale, Gate, LessonAnswer
from programme.forms.agreement import BoxRow
from programme.models import GateReview
from programme.rules.assurance.checklist import EVIDENCE_LIMIT, Given, checklist
from programme.rules.delivery_confidence import FIVE_POINTS

OPEN_TO_ALL = "Everyone who can open the programme reads this. Leave out what is exempt or confidential"


class GateReviewForm(forms.Form):
    """What is recorded of a review."""

    gate = forms.TypedChoiceField(
        label="Gate",
        choices=[("", "Choose a gate"), *Gate.choices],
        coerce=int,
        error_messages={"required": "Choose the gate"},
    )
    held_on = TypedDateField(label="Date of the review")
    reviewers = PlainTextField(
        label="Reviewers",
        max_length=REVIEWERS_LIMIT,
        help_text="Names, with where each comes from",
        error_messages={"required": "Name the reviewers"},
    )
    scale = forms.ChoiceField(
        label="Scale", choices=ConfidenceScale.choices, help_text="Three points are Green, Amber and Red"
    )
    delivery_confidence = forms.ChoiceField(
        label="Delivery confidence",
        choices=[
            ("", "Choose a point of the scale"),
            *((one.point.value, f"{one.point.value}. {one.meaning}") for one in FIVE_POINTS),
        ],
        error_messages={"required": "Choose the delivery confidence"},
    )
    summary = LongTextField(label="Summary", help_text=OPEN_TO_ALL)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, review: GateReview | None = None) -> None:
        """A new review, or one as it is."""
        initial = asdict(terms_of(review)) | {"seen_version": review.version} if review else {}
        super().__init__(data, initial=initial)

    def to_terms(self) -> GateReviewTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return GateReviewTerms(**{name: data[name] for name in GateReviewTerms.__dataclass_fields__})


class ChecklistForm(forms.Form):
    """All eight lessons, each with its answer and its evidence."""

    heads = ("Lesson", "Answer", "Evidence")
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, review: GateReview) -> None:
        """The answers of the review as they are."""
        given = answers_of(review)
        initial: dict[str, Any] = {"seen_version": review.version}
        for code, one in given.items():
            initial |= {f"{code}.answer": one.answer, f"{code}.evidence": one.evidence}
        super().__init__(data, initial=initial)
        for lesson in checklist():
            self.fields[f"{lesson.code}.answer"] = forms.ChoiceField(
                label=f"Answer to lesson {lesson.number}",
                choices=[("", "Choose an answer"), *LessonAnswer.choices],
                required=False,
            )
            self.fields[f"{lesson.code}.evidence"] = PlainTextField(
                label=f"Evidence for lesson {lesson.number}",
                max_length=EVIDENCE_LIMIT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def rows(self) -> list[BoxRow]:
        """A row a lesson: its question, the answer, the evidence."""
        return [
            BoxRow(
                f"{lesson.number}. {lesson.question}",
                (self[f"{lesson.code}.answer"], self[f"{lesson.code}.evidence"]),
            )
            for lesson in checklist()
        ]

    def answers(self) -> Mapping[str, Given]:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return {
            lesson.code: Given(data[f"{lesson.code}.answer"], data[f"{lesson.code}.evidence"])
            for lesson in checklist()
        }
