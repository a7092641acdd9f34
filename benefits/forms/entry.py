"""The table of entry as a form: a box a cell that can be typed over, everything typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from benefits.actions.typed import Seen, Typed
from benefits.enums import EntryKind, Every
from benefits.queries.entry_table import EntryCell, EntryLine, EntryTable
from benefits.rules.entry import Span
from core.errors import Refusal, Refusals, StaleEdit
from core.forms.conflict import Difference, StaleForm
from core.forms.grid import Box
from core.rules.calendar import format_date, format_fy, month_name, quarter
from core.rules.dates import parse_date
from core.rules.money import format_amount, parse_pounds


@dataclass(frozen=True, slots=True)
class Column:
    """The header of a column: its id and its words."""

    span: Span
    words: str

    @property
    def anchor(self) -> str:
        """The id of the header cell."""
        return f"col-{self.span.key}"


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell with its box; without one where it cannot be typed over."""

    cell: EntryCell
    box: Box | None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A line with its cells."""

    row: EntryLine
    cells: tuple[FormCell, ...]

    @property
    def anchor(self) -> str:
        """The id of its header cell."""
        return f"row-{self.row.line.pk}"


class EntryForm:
    """The table with what was sent; `data` is None for a first look."""

    def __init__(self, table: EntryTable, data: Mapping[str, str] | None = None, *, as_of: date) -> None:
        self.table, self.data = table, data
        self.seen = table.mark if data is None else data.get("seen", "")
        self.why = self._text_box("why", "Explanation" if self.is_actual else "Commentary")
        self.as_at = self._text_box("as_at_on", "Forecast as at", format_date(as_of))
        self.stale: StaleForm | None = None
        self.other_errors: list[str] = []
        self.columns = [Column(span, column_words(table.every, span)) for span in table.spans]
        self.rows = [self._row(row) for row in table.rows]

    @property
    def is_actual(self) -> bool:
        """Whether actual amounts are entered, not a forecast."""
        return self.table.kind == EntryKind.ACTUAL

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its box, in the order of the page."""
        found = [("", message) for message in self.other_errors]
        for row in self.rows:
            for cell in row.cells:
                if cell.box and cell.box.error:
                    label = f"{row.row.line.title}, {cell.cell.span}"
                    found.append((cell.box.name, f"{label}: {cell.box.error}"))
        return found + [(box.name, box.error) for box in (self.why, self.as_at) if box.error]

    @property
    def seen_ledger(self) -> Seen:
        """What this form has shown of the ledger."""
        return Seen(self.table.council, self.seen)

    def typed(self) -> list[Typed]:
        """Every box that was changed; refuses (and marks) each that cannot be read."""
        found = [
            one
            for row in self.rows
            for cell in row.cells
            if cell.box and cell.box.is_changed and (one := self._typed(row, cell.cell, cell.box))
        ]
        self._refuse_unread()
        return found

    def as_at_on(self) -> date:
        """The day of a forecast; refuses one that cannot be read (rows 9 and 10)."""
        try:
            return parse_date(self.as_at.value)
        except Refusal as said:
            self.as_at.error = said.message
            raise

    def add(self, said: Refusal | Refusals) -> None:
        """Mark the boxes that a rule named; what names none stands above the table."""
        boxes = {cell.box.name: cell.box for row in self.rows for cell in row.cells if cell.box}
        boxes |= {"commentary": self.why, "explanation": self.why, "reason": self.why, "as_at_on": self.as_at}
        for refusal in said.refusals if isinstance(said, Refusals) else [said]:
            box = boxes.get(refusal.field or "")
            if box is None:
                self.other_errors.append(refusal.message)
            elif not box.error:
                box.error = refusal.message

    def show_again(self, said: StaleEdit) -> None:
        """Make it ready to be sent again over what someone else has entered: it then corrects that."""
        changed = [(row, cell) for row in self.rows for cell in row.cells if cell.box and cell.box.is_changed]
        self.stale = StaleForm(
            said.message,
            [
                Difference(f"{row.row.line.title}, {cell.cell.span}", cell.box.stored, cell.box.value)
                for row, cell in changed
                if cell.box
            ],
        )
        self.seen = self.table.mark

    def _text_box(self, name: str, label: str, stored: str = "") -> Box:
        return Box(name, stored if self.data is None else self.data.get(name, stored), stored, label=label)

    def _row(self, row: EntryLine) -> FormRow:
        anchor = f"row-{row.line.pk}"
        return FormRow(row, tuple(FormCell(cell, self._box(row, cell, anchor)) for cell in row.cells))

    def _box(self, row: EntryLine, cell: EntryCell, anchor: str) -> Box | None:
        if cell.locked:
            return None
        name = f"a-{row.line.pk}-{cell.span.key}"
        stored = "" if cell.pence is None else format_amount(cell.pence)
        value = stored if self.data is None else self.data.get(name, stored)
        return Box(name, value, stored, labelled=f"{anchor} col-{cell.span.key}")

    def _typed(self, row: FormRow, cell: EntryCell, box: Box) -> Typed | None:
        text = box.value.strip()
        try:
            pence = parse_pounds(text, brackets_negative=True) if text else None
        except Refusal as said:
            box.error = said.message
            return None
        return Typed(
            row.row.line, self.table.council, cell.span, pence, explanation=self.why.value, place=box.name
        )

    def _refuse_unread(self) -> None:
        if self.errors:
            raise Refusals([Refusal(message) for _, message in self.errors])


def column_words(every: Every, span: Span) -> str:
    """April 2026, Quarter 1, or 2026 to 2027."""
    if every == Every.QUARTER:
        return f"Quarter {quarter(span.starts_on)}"
    if every == Every.YEAR:
        return format_fy(span.fy)
    return f"{month_name(span.starts_on)} {span.starts_on.year}"
