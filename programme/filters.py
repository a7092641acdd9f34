"""What a list of milestones is narrowed to, kept in the address of the page and of its CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms

from programme.queries.milestones import MilestoneRow
from programme.rules.worklist import Section

NOT_LISTED = "Select a {} from the list"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The rows that meet a choice, and how many there would be in each state."""

    rows: list[MilestoneRow]
    total: int
    counts: dict[Section, int]


class MilestoneFilter(forms.Form):
    """State, phase, council and owner; choices come from the rows themselves, so that none is empty."""

    state = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    phase = forms.ChoiceField(required=False)
    council = forms.ChoiceField(required=False)
    owner = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, rows: Sequence[MilestoneRow]) -> None:
        """Offer what the rows hold."""
        super().__init__(data, auto_id="filter-%s")
        self.rows = rows
        milestones = [row.milestone for row in rows]
        self._offer("state", [(section.value, section.value) for section in Section])
        phases = sorted({m.phase for m in milestones if m.phase}, key=lambda phase: phase.order_index)
        self._offer("phase", [(phase.ref, phase.label) for phase in phases])
        councils = sorted({council for row in rows for council in row.councils}, key=str)
        self._offer("council", [(council.key, str(council)) for council in councils])
        owners = sorted({m.owner for m in milestones if m.owner}, key=str)
        self._offer("owner", [(str(owner.pk), str(owner)) for owner in owners])

    def narrowed(self) -> Narrowed:
        """The rows that meet the choice; a limit that is not in the list is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        rows = [row for row in self.rows if _admits(row, chosen)]
        state = chosen.get("state", "")
        return Narrowed(
            rows=[row for row in rows if not state or row.section == state],
            total=len(rows),
            counts={section: sum(row.section == section for row in rows) for section in Section},
        )

    @property
    def is_narrow(self) -> bool:
        """Whether any limit is set."""
        return any(self.cleaned_data.values())

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", "All"), *choices]
        field.error_messages["invalid_choice"] = NOT_LISTED.format(name)


def _admits(row: MilestoneRow, chosen: dict[str, str]) -> bool:
    """Whether the row meets every limit but the state. A milestone of all partners is every council's."""
    milestone = row.milestone
    phase, council, owner = (chosen.get(name, "") for name in ("phase", "council", "owner"))
    return (
        (not phase or (milestone.phase is not None and milestone.phase.ref == phase))
        and (not council or not row.councils or council in {own.key for own in row.councils})
        and (not owner or str(milestone.owner_id) == owner)
    )
