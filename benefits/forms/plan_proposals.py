"""Forms of a proposed plan: its reason, its grid of amounts, its dates, an opinion on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from benefits.actions.amounts import Amount, PlannedDate
from benefits.actions.plan_content import dates_of
from benefits.enums import RebaselineReason
from benefits.models import Line, PlanProposal
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.conflict import Difference, StaleForm
from core.forms.fields import LongTextField
from core.forms.grid import Box
from core.rules.calendar import format_fy
from core.rules.dates import ImpreciseDate, parse_date
from core.rules.ids import number_in
from core.rules.money import format_amount, parse_pounds
from programme.models import Council, Milestone

_REBASELINE = [choice for choice in RebaselineReason.choices if choice[0] != RebaselineReason.FIRST_PLAN]


class ReasonsForm(forms.Form):
    """Why a plan is proposed. A draft may lack it; a submission may not (row 34)."""

    reason_code = forms.ChoiceField(
        choices=[("", "Choose a reason"), *_REBASELINE], label="Reason", required=False
    )
    narrative = LongTextField(
        label="What changes, and why",
        help_text="In at least 50 characters. You can finish it later, before you submit",
        max_length=4_000,
        required=False,
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, number: int, proposal: PlanProposal | None = None) -> None:
        """An empty form for plan version `number`, or the one over `proposal` as it is."""
        initial = {}
        if proposal is not None:
            initial = {
                "reason_code": proposal.reason_code,
                "narrative": proposal.narrative,
                "seen_version": proposal.version,
            }
        super().__init__(data, initial=initial)
        if number == 1:
            self.fields.pop("reason_code")


class WithdrawForm(forms.Form):
    """Why a proposal is taken back."""

    reason = LongTextField(label="Reason", help_text="In at least 10 characters", max_length=500)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)


class OpinionForm(forms.Form):
    """Whether a section 151 officer supports the plan for one council."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    is_in = forms.TypedChoiceField(
        choices=[("", "Choose an answer"), ("in", "In: I support it"), ("out", "Out: I do not support it")],
        coerce=lambda value: value == "in",
        label="Do you support this plan?",
        error_messages={"required": "Choose an answer"},
    )
    reason = LongTextField(
        label="If you do not: why", help_text="In at least 10 characters", max_length=500, required=False
    )

    def __init__(self, data: Any = None, *, councils: Iterable[Council]) -> None:
        """Offer these councils."""
        own = [council.pk for council in councils]
        super().__init__(data, initial={"council": own[0] if len(own) == 1 else None})
        self.fields["council"].queryset = Council.objects.filter(pk__in=own)  # type: ignore[attr-defined]


@dataclass(slots=True)
class LineRow:
    """A line of the programme with a box a year for one council."""

    line: Line
    boxes: list[Box]


@dataclass(slots=True)
class DateRow:
    """A milestone with the box of its date."""

    milestone: Milestone
    planned: ImpreciseDate | None
    box: Box


class _Boxes:
    """What forms of many boxes share; `data` is None for a first look."""

    def __init__(self, proposal: PlanProposal, data: Mapping[str, str] | None) -> None:
        self.proposal = proposal
        self.data = data
        self.other_errors: list[str] = []
        self.stale: StaleForm | None = None
        self.seen_version = str(proposal.version if data is None else data.get("seen_version", ""))

    @property
    def seen(self) -> int:
        """The version that the person saw; 0 where none was sent."""
        return number_in(self.seen_version)

    def box(self, name: str, label: str, stored: str) -> Box:
        """A box with what was sent, else with what is stored."""
        value = stored if self.data is None else self.data.get(name, stored)
        return Box(name, value, stored, label=label)

    def all_boxes(self) -> list[Box]:
        """Every box in the order of the page."""
        raise NotImplementedError

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its box."""
        found = [("", message) for message in self.other_errors]
        return found + [(box.name, f"{box.label}: {box.error}") for box in self.all_boxes() if box.error]

    def add(self, said: Refusal | Refusals) -> None:
        """Show above the boxes what a rule said of them all."""
        self.other_errors += [
            one.message for one in (said.refusals if isinstance(said, Refusals) else [said])
        ]

    def show_again(self, said: StaleEdit) -> None:
        """Make it ready to be sent again over what someone else has saved: it then replaces that."""
        changed = [box for box in self.all_boxes() if box.is_changed]
        self.stale = StaleForm(
            said.message, [Difference(one.label, one.stored, one.value) for one in changed]
        )
        self.seen_version = str(self.proposal.version)

    def refuse_unread(self) -> None:
        """Refuse where a box could not be read."""
        if self.errors:
            raise Refusals([Refusal(message) for _, message in self.errors])


class AmountsForm(_Boxes):
    """The amounts of one council: a row a line, a box a year; the other councils' stay as they are."""

    def __init__(
        self,
        proposal: PlanProposal,
        council: Council,
        lines: Sequence[Line],
        years: Sequence[int],
        amounts: Sequence[Amount],
        data: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(proposal, data)
        self.council, self.years, self.amounts = council, tuple(years), amounts
        self.rows = [self._row(line) for line in lines]

    def all_boxes(self) -> list[Box]:
        """Every box, line by line."""
        return [box for row in self.rows for box in row.boxes]

    def read(self) -> list[Amount]:
        """The whole table: what was typed, and what is not in the grid as it stands.

        A year that is not changed keeps its months; one that is holds one amount for the year.
        """
        kept = [one for one in self.amounts if not self._is_shown(one)]
        typed = [
            one
            for row in self.rows
            for fy, box in zip(self.years, row.boxes, strict=True)
            for one in self._read(row.line, fy, box)
        ]
        self.refuse_unread()
        return [*kept, *typed]

    def _row(self, line: Line) -> LineRow:
        boxes = []
        for fy in self.years:
            own = self._stored(line, fy)
            stored = format_amount(sum(one.pence for one in own)) if own else ""
            boxes.append(self.box(f"a-{line.pk}-{fy}", f"{line.title}, {format_fy(fy)}", stored))
        return LineRow(line, boxes)

    def _stored(self, line: Line, fy: int) -> list[Amount]:
        own = self.council.pk
        return [one for one in self.amounts if (one.line.pk, one.council.pk, one.fy) == (line.pk, own, fy)]

    def _is_shown(self, amount: Amount) -> bool:
        return amount.council.pk == self.council.pk and amount.fy in self.years

    def _read(self, line: Line, fy: int, box: Box) -> list[Amount]:
        if not box.is_changed:
            return self._stored(line, fy)
        if not box.value.strip():
            return []
        try:
            return [Amount(line, self.council, fy, None, parse_pounds(box.value))]
        except Refusal as refusal:
            box.error = refusal.message
            return []


class DatesForm(_Boxes):
    """The plan date of every milestone; an empty box takes it out of the plan."""

    def __init__(
        self,
        proposal: PlanProposal,
        milestones: Sequence[Milestone],
        data: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(proposal, data)
        self.planned = {one.milestone.pk: one for one in dates_of(proposal)}
        self.rows = [self._row(milestone) for milestone in milestones]

    def all_boxes(self) -> list[Box]:
        """Every box, milestone by milestone."""
        return [row.box for row in self.rows]

    def read(self) -> list[PlannedDate]:
        """The whole table; a date that is not changed stays as exact as it was."""
        found = [one for row in self.rows for one in self._read(row)]
        self.refuse_unread()
        return found

    def _row(self, milestone: Milestone) -> DateRow:
        planned = self.planned.get(milestone.pk)
        day = planned.date if planned else None
        return DateRow(
            milestone, day, self.box(f"d-{milestone.pk}", milestone.title, str(day) if day else "")
        )

    def _read(self, row: DateRow) -> list[PlannedDate]:
        if not row.box.is_changed:
            planned = self.planned.get(row.milestone.pk)
            return [planned] if planned else []
        if not row.box.value.strip():
            return []
        try:
            return [PlannedDate(row.milestone, ImpreciseDate.day(parse_date(row.box.value)))]
        except Refusal as refusal:
            row.box.error = refusal.message
            return []
