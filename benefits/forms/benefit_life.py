"""Forms of a benefit's life: a step, a reading, evidence, a review, planned values, a handover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.models import User
from benefits.actions.benefit_history import Finding, Reading
from benefits.actions.trajectory import planned_values
from benefits.enums import BenefitStep, Frequency
from benefits.models import Benefit
from benefits.rules.trajectory import Planned, time_words
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from core.rules.calendar import format_fy, month_name, period_start
from programme.models import Council
from programme.queries.people import possible_owners
from services.enums import Confidence

_NUMBER = {"required": "Enter the value", "invalid": "Enter a number"}
_YEAR = 0
PERIODS = (_YEAR, *range(1, 13))


class _SeenForm(forms.Form):
    """A form over a benefit that others may have changed meanwhile."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, benefit: Benefit, **kwargs: Any) -> None:
        self.benefit = benefit
        initial = {"seen_version": benefit.version} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)

    @property
    def seen(self) -> int:
        """The version that was shown."""
        return int(self.cleaned_data["seen_version"] or 0)


class BenefitStepForm(_SeenForm):
    """Why a step is taken, and what was learnt where a benefit is not realised."""

    why = LongTextField(label="Why", required=False)
    lesson = LongTextField(
        label="What was learnt", help_text="It becomes a lesson of the programme", required=False
    )

    def __init__(self, data: Any = None, *, benefit: Benefit, step: BenefitStep) -> None:
        super().__init__(data, benefit=benefit)
        if step != BenefitStep.FAIL:
            self.fields.pop("lesson")


class ReadingForm(forms.Form):
    """A value that was measured."""

    time = forms.ChoiceField(label="Month or year", error_messages={"required": "Choose the month or year"})
    value = forms.DecimalField(
        label="Value", max_digits=14, decimal_places=3, widget=forms.TextInput, error_messages=_NUMBER
    )
    council = forms.ModelChoiceField(
        Council.objects.none(), label="Council", empty_label="All of it", required=False
    )
    note = PlainTextField(label="Note", max_length=500, required=False)

    def __init__(
        self, data: Any = None, *, benefit: Benefit, times: Sequence[tuple[int, int | None]]
    ) -> None:
        super().__init__(data)
        choices = [(time_key(fy, period), time_words(fy, period)) for fy, period in times]
        self.fields["time"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]
        councils = benefit.programme.partnership.councils.order_by("memberships__order_index", "name")
        self.fields["council"].queryset = councils  # type: ignore[attr-defined]
        unit = f", in {benefit.measure_unit}" if benefit.measure_unit else ""
        self.fields["value"].label = f"{benefit.measure_name or 'Value'}{unit}"
        self.fields["value"].is_short = True  # type: ignore[attr-defined]

    def reading(self) -> Reading:
        """What was sent, as the action takes it."""
        fy, _, period = self.cleaned_data["time"].partition("-")
        return Reading(
            int(fy),
            int(period) or None,
            self.cleaned_data["value"],
            self.cleaned_data["council"],
            self.cleaned_data["note"],
        )


class EvidenceForm(forms.Form):
    """Where one can see that a benefit is there."""

    text = PlainTextField(
        label="Evidence", help_text="A document and its place, or a link", max_length=500, required=False
    )


class BenefitReviewForm(_SeenForm):
    """What a review found."""

    reviewed_on = TypedDateField(label="Reviewed on")
    finding = LongTextField(label="What the review found", required=False)
    confidence = forms.ChoiceField(
        label="Confidence", choices=[("", "As before"), *Confidence.choices], required=False
    )
    next_review_on = TypedDateField(label="Next review", required=False)

    def result(self) -> Finding:
        """What was sent, as the action takes it."""
        data = self.cleaned_data
        return Finding(data["reviewed_on"], data["finding"], data["confidence"], data["next_review_on"])


class HandoverForm(forms.Form):
    """To whom a benefit is offered, and what they have to know."""

    to = forms.ModelChoiceField(
        User.objects.none(), label="Next owner", empty_label="Choose a person", required=False
    )
    note = LongTextField(label="What the next owner has to know", required=False)
    review_on = TypedDateField(label="First review by the next owner", required=False)

    def __init__(self, data: Any = None, *, benefit: Benefit) -> None:
        super().__init__(data)
        people = possible_owners(benefit.programme).exclude(pk=benefit.owner_id or 0)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class HandoverAnswerForm(forms.Form):
    """What the next owner says."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("accept", "I answer for this benefit from now on"), ("decline", "I do not take it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    reason = PlainTextField(
        label="Why not", help_text="Only where you do not take it", max_length=500, required=False
    )


class ClosureForm(forms.Form):
    """The day on which a programme closes."""

    closes_on = TypedDateField(
        label="Day on which the programme closes",
        help_text="Leave it empty if the programme is to go on. For example, 31 3 2032",
        required=False,
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)


@dataclass(frozen=True, slots=True)
class TrajectoryRow:
    """A financial year with its boxes: the whole year, then its months."""

    fy: int
    boxes: list[forms.BoundField]

    @property
    def name(self) -> str:
        """2026 to 2027."""
        return format_fy(self.fy)


class TrajectoryForm(_SeenForm):
    """The planned values of a measure: a box for each year and for each month."""

    def __init__(self, data: Any = None, *, benefit: Benefit, years: Sequence[int]) -> None:
        known = {
            box_name(row.fy, row.period or _YEAR): f"{row.value.normalize():f}"
            for row in planned_values(benefit)
        }
        super().__init__(data, benefit=benefit, initial=known)
        self.years = years
        for fy in years:
            for period in PERIODS:
                self.fields[box_name(fy, period)] = _box(fy, period)

    @property
    def heads(self) -> list[str]:
        """The words over the columns."""
        return [
            "Financial year",
            "Whole year",
            *(month_name(period_start(2026, one)) for one in range(1, 13)),
        ]

    @property
    def rows(self) -> list[TrajectoryRow]:
        """A row for each year."""
        return [TrajectoryRow(fy, [self[box_name(fy, period)] for period in PERIODS]) for fy in self.years]

    def entries(self) -> Iterator[Planned]:
        """The values that stand in the boxes."""
        for fy in self.years:
            for period in PERIODS:
                value = self.cleaned_data.get(box_name(fy, period))
                if value is not None:
                    yield Planned(fy, period or None, value)


def box_name(fy: int, period: int) -> str:
    """The name of the box of a month, or of a whole year where it is 0."""
    return f"v-{fy}-{period}"


def time_key(fy: int, period: int | None) -> str:
    """A time as a choice of a form; 0 is the whole year."""
    return f"{fy}-{period or _YEAR}"


def reading_times(benefit: Benefit, over: Sequence[tuple[int, int]]) -> list[tuple[int, int | None]]:
    """Times that a reading can be for, of the months that are over, the latest first."""
    months = list(reversed(over))
    years = [(fy, None) for fy, period in months if period == 12]
    if benefit.frequency == Frequency.YEARLY:
        return [*years]
    if benefit.frequency == Frequency.QUARTERLY:
        return [(fy, period) for fy, period in months if period % 3 == 0]
    return [*months, *years]


def _box(fy: int, period: int) -> forms.DecimalField:
    words = time_words(fy, period or None)
    return forms.DecimalField(
        label=words,
        max_digits=14,
        decimal_places=3,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "app-input app-cell"}),
        error_messages={"invalid": f"{words}: enter a number"},
    )
