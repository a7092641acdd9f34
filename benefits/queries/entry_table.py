"""The table in which amounts are entered: a line a row, months, quarters or years as columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from benefits.enums import EntryKind, Every
from benefits.models import Line
from benefits.policies import can_manage, enters_for
from benefits.queries.periods import closed_months
from benefits.queries.scope import appraisal_fys
from benefits.queries.standing import (
    Expected,
    LineCouncil,
    Standing,
    current_forecasts,
    current_plans,
    is_verified,
    ledger_mark,
    standing_actuals,
)
from benefits.rules.entry import Span, spans_of
from benefits.rules.periods import Closed
from core.clock import now
from core.rules.calendar import financial_year
from programme.models import Council, Programme
from programme.queries.partners import entering_councils

NOT_OVER, CLOSED, VERIFIED = "not over", "closed", "verified"


@dataclass(frozen=True, slots=True)
class EntryCell:
    """What stands for one line in one column; `locked` says why it cannot be typed over, else empty."""

    span: Span
    pence: int | None
    planned_pence: int | None
    locked: str = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of the programme with its cells."""

    line: Line
    cells: tuple[EntryCell, ...]

    @property
    def total(self) -> int:
        """What stands in all its columns."""
        return sum(cell.pence or 0 for cell in self.cells)

    @property
    def planned(self) -> int | None:
        """What is planned for all its columns; None without a plan."""
        planned = [cell.planned_pence for cell in self.cells if cell.planned_pence is not None]
        return sum(planned) if planned else None


@dataclass(frozen=True, slots=True)
class EntryTable:
    """The amounts of one council in one ledger, as someone may change them; `mark` is what was seen."""

    programme: Programme
    council: Council
    kind: EntryKind
    every: Every
    fy: int
    spans: tuple[Span, ...]
    rows: tuple[EntryLine, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What one council's cells are read from."""

    held: Mapping[LineCouncil, Standing] | Mapping[LineCouncil, Expected]
    plans: Mapping[LineCouncil, Expected]
    closed: Mapping[tuple[int, int, int], Closed]
    kind: EntryKind
    user: User
    as_of: date

    def cell(self, line: Line, council: Council, span: Span) -> EntryCell:
        at = line.pk, council.pk
        held, plan = self.held.get(at), self.plans.get(at)
        if plan is not None:
            plan.starts_on, plan.ends_on = line.starts_on, line.ends_on
        return EntryCell(
            span,
            held.pence(span) if held else None,
            plan.pence(span) if plan else None,
            self._locked(council, span, held),
        )

    def _locked(self, council: Council, span: Span, held: Standing | Expected | None) -> str:
        if self.kind == EntryKind.FORECAST:
            return ""
        if isinstance(held, Standing) and any(is_verified(row) for row in held.rows(span)):
            return VERIFIED
        if span.ends_on > self.as_of:
            return NOT_OVER
        closed = (self.closed.get((council.pk, span.fy, period)) for period in span.periods)
        is_closed = any(one is not None and not one.is_open_to(self.user.pk, self.as_of) for one in closed)
        return CLOSED if is_closed else ""


def entered_councils(programme: Programme, user: User, kind: EntryKind) -> list[Council]:
    """The councils whose amounts `user` may enter; of forecasts all for the manager. Three queries."""
    councils = entering_councils(programme)
    if kind == EntryKind.FORECAST and can_manage(user, programme):
        return councils
    return enters_for(user, councils)


def entry_years(programme: Programme, kind: EntryKind, as_of: date) -> tuple[int, ...]:
    """The years offered: of forecasts the appraisal period, of actual amounts those begun. No queries."""
    this_fy = financial_year(as_of)
    years = appraisal_fys(programme, {this_fy})
    return years if kind == EntryKind.FORECAST else tuple(fy for fy in years if fy <= this_fy)


def entry_table(
    programme: Programme,
    council: Council,
    *,
    kind: EntryKind,
    every: Every,
    fy: int,
    user: User,
    as_of: date,
) -> EntryTable:
    """The table of one council as `user` may type in it. Eight queries at most, whatever the size."""
    years = entry_years(programme, kind, as_of) if every == Every.YEAR else (fy,)
    spans = spans_of(every, years)
    ledger = _ledger(programme, [council], kind, user, as_of)
    rows = tuple(
        EntryLine(line, tuple(ledger.cell(line, council, span) for span in spans))
        for line in entry_lines(programme)
    )
    return EntryTable(programme, council, kind, every, fy, spans, rows, ledger_mark(programme, council, kind))


def entry_lines(programme: Programme) -> Sequence[Line]:
    """The lines of a programme in their order. One query."""
    return list(programme.lines.select_related("benefit", "programme").order_by("order_index", "pk"))


def _ledger(
    programme: Programme, councils: Collection[Council], kind: EntryKind, user: User, as_of: date
) -> _Ledger:
    plans = current_plans(programme, as_of, councils)
    if kind == EntryKind.FORECAST:
        held = current_forecasts(programme, as_of, councils)
        return _Ledger(held, plans, {}, kind, user, as_of)
    closed = closed_months(councils, before=now())
    return _Ledger(standing_actuals(programme, councils), plans, closed, kind, user, as_of)
