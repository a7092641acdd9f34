"""Many milestones as a form of one row each: what was typed, what is wrong, what others saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.forms.fields import add_refusals
from core.rules.ids import ids_in, number_in
from programme.actions.milestone import MilestoneChanged, check_unchanged
from programme.actions.updating.many import MilestoneChange, Outcome
from programme.forms.milestone import MilestoneForm, mark_other_refusals, reviewed
from programme.queries.milestones import MilestoneRow

SEEN = "-seen_version"
_PREFIX = "m-"


def keys_sent(data: Mapping[str, Any]) -> list[int]:
    """Keys of the milestones whose rows were sent."""
    return ids_in(
        name.removeprefix(_PREFIX).removesuffix(SEEN)
        for name in data
        if name.startswith(_PREFIX) and name.endswith(SEEN)
    )


@dataclass(slots=True)
class GridRow:
    """A milestone with its boxes."""

    row: MilestoneRow
    form: MilestoneForm

    @property
    def anchor(self) -> str:
        """The id of its header cell, which is the prefix of its boxes and the place of its refusals."""
        return str(self.form.prefix)

    @property
    def errors(self) -> Iterator[tuple[str, str]]:
        """Every error with the id of its box."""
        ref = self.row.milestone.ref
        for message in self.form.non_field_errors():
            yield "", f"{ref}: {message}"
        for box in self.form.visible_fields():
            for message in box.errors:
                yield box.id_for_label, f"{ref}, {box.label}: {message}"


class MilestoneGrid:
    """The rows of the page; `data` is what was sent, None for a first look."""

    def __init__(self, rows: Sequence[MilestoneRow], data: Any = None) -> None:
        self.rows = [GridRow(row, _form(row, data)) for row in rows]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its box, in the order of the page."""
        return [error for row in self.rows for error in row.errors]

    @property
    def stale(self) -> list[GridRow]:
        """Rows over which someone else saved what this person has typed over as well."""
        return [row for row in self.rows if row.form.conflict]

    def changes(self) -> list[MilestoneChange]:
        """What was typed, by rows that nobody else has changed; every box that is wrong is marked."""
        self._review()
        touched = [row for row in self.rows if not row.form.conflict and row.form.is_touched]
        for one in touched:
            _mark_refused(one.form)
        return [
            MilestoneChange(one.row.milestone, _seen(one.form), one.form.changes(), one.anchor)
            for one in touched
            if one.form.is_valid()
        ]

    def add(self, found: Outcome) -> None:
        """Mark what was refused at the last moment, and what someone else saved at that moment."""
        for one in self.rows:
            if one.anchor in found.refused:
                add_refusals(one.form, found.refused[one.anchor])
            said = found.stale.get(one.anchor)
            if isinstance(said, MilestoneChanged):
                one.form = _over(one.form, said)

    def over(self, rows: Sequence[MilestoneRow]) -> MilestoneGrid:
        """The grid again over the rows as they now are, with what is typed in those that were not saved."""
        again, kept = MilestoneGrid(rows), {one.anchor: one.form for one in self.stale}
        for one in again.rows:
            one.form = kept.get(one.anchor, one.form)
        return again

    def _review(self) -> None:
        """Compare each row with what it has seen; one left alone follows what someone else saved."""
        for one in self.rows:
            try:
                check_unchanged(one.row.milestone, _seen(one.form))
            except MilestoneChanged as said:
                one.form = _over(one.form, said)


def _form(row: MilestoneRow, data: Any) -> MilestoneForm:
    return MilestoneForm(data, milestone=row.milestone, prefix=f"{_PREFIX}{row.pk}")


def _over(form: MilestoneForm, said: MilestoneChanged) -> MilestoneForm:
    """The form again over what someone else saved; as it is now where nothing typed differs from that."""
    again = reviewed(form, said)
    return again if again.is_touched else MilestoneForm(milestone=said.current, prefix=form.prefix)


def _seen(form: MilestoneForm) -> int:
    return number_in(form.typed("seen_version"))


def _mark_refused(form: MilestoneForm) -> None:
    """Say at once what cannot be read, and what the rules refuse of the rest."""
    form.is_valid()
    mark_other_refusals(form)
