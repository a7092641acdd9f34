"""Amounts out of a file, or out of rows that were pasted: read, checked, and shown before they are stored.

A row is a line, a council and a financial year, as in our own download. An empty cell says nothing: nothing
is ever taken out by a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.actions.entry_actuals import enter_actuals, try_actuals
from benefits.actions.entry_forecast import enter_forecast
from benefits.actions.typed import Seen, Typed
from benefits.entry_files import COUNCIL, KIND, LINE, MONTHS, TITLE, YEAR
from benefits.enums import EntryKind
from benefits.models import Line
from benefits.queries.entry_table import entry_lines
from benefits.queries.standing import (
    Expected,
    LineCouncil,
    Standing,
    current_forecasts,
    ledger_mark,
    standing_actuals,
)
from benefits.rules.entry import Span, month_span
from core.clock import today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.imports.cells import fy_of, pounds_of, text_of
from core.imports.files import LIMIT_ROWS, Uploaded
from core.imports.tables import ImportColumn, ImportedTable, ImportRow, read_table
from core.rules.calendar import format_fy
from core.rules.money import format_pounds
from programme.models import Council, Programme
from programme.queries.partners import entering_councils

QUARTERS = tuple(f"Quarter {number}" for number in range(1, 5))
WHOLE_YEAR = "Whole year"
ROWS_A_STEP = 2_000
_MONTHS = {f"m{number}": number for number in range(1, 13)}
_LONGER = {f"q{number}": (3 * number - 2, 3 * number) for number in range(1, 5)} | {"year": (1, 12)}
Progress = Callable[[int, int], None]


def no_progress(done: int, rows: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said once for a whole file: why, and the day of a forecast."""

    why: str = ""
    as_at_on: Any = None


@dataclass(frozen=True, slots=True)
class Preview:
    """An amount that a file would change, and what stands now."""

    typed: Typed
    before: int | None


@dataclass(frozen=True, slots=True)
class AmountImport:
    """What was read of a file, and what it would change; `seen` is the ledger it was compared with."""

    table: ImportedTable
    typed: tuple[Typed, ...]
    changes: tuple[Preview, ...]
    seen: tuple[Seen, ...]

    @property
    def mark(self) -> str:
        """What a form keeps of the ledger it has shown."""
        return " ".join(f"{one.council.key}:{one.mark}" for one in self.seen)


def read_amounts(
    programme: Programme,
    kind: EntryKind,
    uploaded: Uploaded,
    *,
    by: User,
    councils: Sequence[Council],
    told: Told,
    most_rows: int = LIMIT_ROWS,
    progress: Progress = no_progress,
    is_tried: bool = True,
) -> AmountImport:
    """What a file would change; stores nothing. Refuses the file as rows 81 and 82 say.

    What is wrong with a cell, by itself or as the action would refuse it, is among the table's problems; the
    second only where it `is_tried`. `progress` hears how many rows are read, of how many.
    """
    table = read_table(uploaded, _columns(), ignored=(TITLE, KIND), most_rows=most_rows)
    reader = _Reader(programme, kind, table, councils, told, progress)
    typed = reader.typed()
    named = [one for one in councils if any(row.council == one for row in typed)]
    seen = tuple(Seen(one, ledger_mark(programme, one, kind)) for one in named)
    changes = _changes(programme, kind, typed, named, told)
    if is_tried and not table.problems:
        try:
            _try(programme, kind, by=by, typed=typed, told=told)
        except Refusals as said:
            reader.refuse(said.refusals)
        except Refusal as said:
            reader.refuse([said])
    return AmountImport(table, tuple(typed), changes, seen)


def store_amounts(
    programme: Programme, kind: EntryKind, read: AmountImport, *, by: User, told: Told, mark: str
) -> int:
    """Store what was read and checked, and shown before with this `mark`; how many amounts changed."""
    read.table.check()
    known = dict(part.rpartition(":")[::2] for part in mark.split())
    seen = [Seen(one.council, known.get(one.council.key, "")) for one in read.seen]
    _store(programme, kind, by=by, typed=read.typed, told=told, seen=seen)
    return len(read.changes)


@transaction.atomic
def _try(programme: Programme, kind: EntryKind, *, by: User, typed: Sequence[Typed], told: Told) -> None:
    """Refuse as storing it would, and leave nothing behind."""
    if kind == EntryKind.ACTUAL:
        try_actuals(programme, by=by, typed=typed)
    else:
        _store(programme, kind, by=by, typed=typed, told=told, seen=())
    transaction.set_rollback(True)


def _store(
    programme: Programme,
    kind: EntryKind,
    *,
    by: User,
    typed: Sequence[Typed],
    told: Told,
    seen: Sequence[Seen],
) -> None:
    if kind == EntryKind.ACTUAL:
        enter_actuals(programme, by=by, typed=typed, seen=seen, channel=Channel.IMPORT)
        return
    enter_forecast(
        programme,
        by=by,
        as_at_on=told.as_at_on or today(),
        commentary=told.why,
        typed=typed,
        seen=seen,
        channel=Channel.IMPORT,
    )


def _changes(
    programme: Programme, kind: EntryKind, typed: Sequence[Typed], councils: Sequence[Council], told: Told
) -> tuple[Preview, ...]:
    held: Mapping[LineCouncil, Standing] | Mapping[LineCouncil, Expected]
    if kind == EntryKind.ACTUAL:
        held = standing_actuals(programme, councils)
    else:
        held = current_forecasts(programme, told.as_at_on or today(), councils)
    found = [Preview(one, held[one.at].pence(one.span) if one.at in held else None) for one in typed]
    return tuple(one for one in found if one.before != one.typed.pence)


@dataclass(slots=True)
class _Reader:
    """Turns the rows of a table into typed amounts, and refusals back into problems of cells."""

    programme: Programme
    kind: EntryKind
    table: ImportedTable
    own: Sequence[Council]
    told: Told
    progress: Progress
    places: dict[str, tuple[ImportRow, str]] = field(default_factory=dict)

    def typed(self) -> list[Typed]:
        """One amount a filled cell; what cannot be read is refused in the table."""
        lines = {line.ref.casefold(): line for line in entry_lines(self.programme)}
        names = {
            text.casefold(): one
            for one in entering_councils(self.programme)
            for text in (one.short_name, one.name, one.key)
        }
        found: list[Typed] = []
        rows: dict[tuple[int, int, int], ImportRow] = {}
        for number, row in enumerate(self.table.rows):
            if number % ROWS_A_STEP == 0:
                self.progress(number, len(self.table.rows))
            line, council, fy = self._line(row, lines), self._council(row, names), row.values["fy"]
            if line is None or council is None or fy is None:
                continue
            if (line.pk, council.pk, fy) in rows:
                self.table.refuse(row, "fy", f"There are two entries for {format_fy(fy)}. Keep one")
            rows[line.pk, council.pk, fy] = row
            found += self._amounts(row, line, council, fy)
        return found

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Put each refusal on its cell, or on the first row where it names none."""
        for said in refusals:
            row, name = self.places.get(said.field or "", (self.table.rows[0], "line"))
            self.table.refuse(row, name, said.message)

    def _line(self, row: ImportRow, lines: Mapping[str, Line]) -> Line | None:
        text = row.values["line"]
        if text and text.casefold() not in lines:
            self.table.refuse(row, "line", f"There is no line {text} in this programme")
        return lines.get((text or "").casefold())

    def _council(self, row: ImportRow, names: Mapping[str, Council]) -> Council | None:
        text = row.values["council"]
        found = names.get((text or "").casefold())
        if text and found is None:
            self.table.refuse(row, "council", f"{text} is not a partner in this programme")
        if found is not None and found not in self.own:
            self.table.refuse(row, "council", f"Only an officer of {found} can enter its amounts")
            return None
        return found

    def _amounts(self, row: ImportRow, line: Line, council: Council, fy: int) -> list[Typed]:
        values = row.values
        given = {name: month_span(fy, month) for name, month in _MONTHS.items() if values[name] is not None}
        for name, (first, last) in _LONGER.items():
            if values[name] is None:
                continue
            span = Span(fy, first, last)
            within = [
                one for one, part in given.items() if span.first <= part.first and part.last <= span.last
            ]
            if within:
                self._check_sum(row, name, within)
            else:
                given[name] = span
        return [self._one(row, name, span, line, council) for name, span in given.items()]

    def _check_sum(self, row: ImportRow, name: str, within: Sequence[str]) -> None:
        """Refuse parts that do not add up to the whole that stands beside them (row 17)."""
        parts, whole = sum(row.values[one] for one in within), row.values[name]
        if parts != whole:
            noun, what = ("Quarters", "year") if within[0].startswith("q") else ("Months", "year")
            what = what if name == "year" else "quarter"
            sums = f"{noun} add up to {format_pounds(parts)} but the {what} is {format_pounds(whole)}"
            self.table.refuse(row, name, f"{sums}. Change one of them")

    def _one(self, row: ImportRow, name: str, span: Span, line: Line, council: Council) -> Typed:
        place = f"{row.number}|{name}"
        self.places[place] = (row, name)
        values = row.values
        return Typed(
            line,
            council,
            span,
            values[name],
            explanation=values["explanation"] or self.told.why,
            ledger_code=values["ledger_code"] or "",
            evidence=values["evidence"] or "",
            place=place,
        )


def _columns() -> list[ImportColumn]:
    """Every column that a file may have; line, council and year must be there."""
    amounts = [(f"m{number}", name) for number, name in enumerate(MONTHS, 1)]
    amounts += [(f"q{number}", name) for number, name in enumerate(QUARTERS, 1)]
    texts = (
        ("explanation", "Explanation", 500),
        ("ledger_code", "Ledger code", 40),
        ("evidence", "Evidence", 500),
    )
    return [
        ImportColumn("line", LINE, text_of(LINE, 40), is_required=True),
        ImportColumn("council", COUNCIL, text_of(COUNCIL, 120), is_required=True),
        ImportColumn("fy", YEAR, fy_of, is_required=True),
        *(_optional(name, title) for name, title in [*amounts, ("year", WHOLE_YEAR)]),
        *(ImportColumn(name, title, text_of(title, limit), is_needed=False) for name, title, limit in texts),
    ]


def _optional(name: str, title: str) -> ImportColumn:
    return ImportColumn(name, title, pounds_of("amount", None), is_needed=False)
