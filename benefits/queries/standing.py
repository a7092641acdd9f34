"""What stands in the ledgers of a programme now, line by line, for those who enter amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from benefits.enums import EntryKind, Outcome
from benefits.models import ActualAmount, ForecastAmount, PlanAmount, Verification
from benefits.rules.entry import Span, months_of_year
from core.clock import now
from core.errors import StaleEdit
from core.rules.text import stale_edit
from programme.models import Council, PlanVersion, Programme

LineCouncil = tuple[int, int]
"""Keys of a line and a council."""


@dataclass(slots=True)
class Standing:
    """The amounts claimed or verified of one line and council, by financial year and period."""

    by_month: dict[tuple[int, int], list[ActualAmount]] = field(default_factory=lambda: defaultdict(list))

    def rows(self, span: Span) -> list[ActualAmount]:
        """Every amount in the months of a span."""
        return [row for number in span.periods for row in self.by_month.get((span.fy, number), ())]

    def pence(self, span: Span) -> int | None:
        """Their sum; None where nothing is entered."""
        rows = self.rows(span)
        return sum(row.amount_pence for row in rows) if rows else None


@dataclass(slots=True)
class Expected:
    """A plan or a forecast of one line and council: by financial year, the months and the whole year."""

    by_fy: dict[int, dict[int | None, int]] = field(default_factory=lambda: defaultdict(dict))
    explanations: dict[tuple[int, int | None], str] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None

    def months(self, fy: int) -> dict[int, int]:
        """Pence by period; a whole year is spread over its months."""
        return months_of_year(self.by_fy.get(fy, {}), fy, starts_on=self.starts_on, ends_on=self.ends_on)

    def pence(self, span: Span) -> int | None:
        """What the span holds; None where nothing is recorded for any of its months."""
        if span.is_year:
            return sum(self.by_fy[span.fy].values()) if self.by_fy.get(span.fy) else None
        months = self.months(span.fy)
        held = [months[number] for number in span.periods if number in months]
        return sum(held) if held else None


def standing_actuals(
    programme: Programme, councils: Collection[Council] | None = None
) -> Mapping[LineCouncil, Standing]:
    """Amounts that count now: neither returned nor taken back. One query."""
    rows = ActualAmount.objects.filter(line__programme=programme)
    if councils is not None:
        rows = rows.filter(council__in=councils)
    rows = rows.filter(reverses__isnull=True, reversed_by__isnull=True).standing()
    found: dict[LineCouncil, Standing] = defaultdict(Standing)
    for row in rows.select_related("verification").order_by("pk"):
        found[row.line_id, row.council_id].by_month[row.fy, row.period or 0].append(row)
    return found


def is_verified(row: ActualAmount) -> bool:
    """Whether its section 151 officer verified it; `verification` must be read with the row."""
    answer = getattr(row, "verification", None)
    return answer is not None and answer.outcome == Outcome.VERIFIED


def current_forecasts(
    programme: Programme, as_of: date, councils: Collection[Council] | None = None
) -> Mapping[LineCouncil, Expected]:
    """The current forecast of each line and council on a day. One query."""
    rows = ForecastAmount.objects.current(as_of).filter(snapshot__programme=programme)
    if councils is not None:
        rows = rows.filter(council__in=councils)
    found: dict[LineCouncil, Expected] = defaultdict(Expected)
    for row in rows.select_related("line"):
        held = _of_line(found[row.line_id, row.council_id], row)
        held.explanations[row.fy, row.period] = row.explanation
    return found


def current_plans(
    programme: Programme, as_of: date, councils: Collection[Council] | None = None
) -> Mapping[LineCouncil, Expected]:
    """What the plan in effect on a day holds of each line and council. Two queries."""
    version = PlanVersion.objects.effective(as_of).filter(programme=programme, approved_on__lte=as_of).last()
    found: dict[LineCouncil, Expected] = defaultdict(Expected)
    if version is None:
        return found
    rows = PlanAmount.objects.filter(plan_version=version)
    if councils is not None:
        rows = rows.filter(council__in=councils)
    for row in rows.select_related("line"):
        _of_line(found[row.line_id, row.council_id], row)
    return found


def ledger_mark(programme: Programme, council: Council, kind: EntryKind) -> str:
    """What a form has seen of a council's ledger: it changes with every entry and answer. Two queries."""
    if kind == EntryKind.FORECAST:
        rows = ForecastAmount.objects.filter(snapshot__programme=programme, council=council)
        return str(rows.aggregate(last=Max("pk"))["last"] or 0)
    entered = ActualAmount.objects.filter(line__programme=programme, council=council)
    answers = Verification.objects.filter(actual__line__programme=programme, actual__council=council)
    last = [rows.aggregate(last=Max("pk"))["last"] or 0 for rows in (entered, answers)]
    return ".".join(map(str, last))


def crossed(programme: Programme, council: Council, kind: EntryKind) -> StaleEdit:
    """The refusal of a table that was opened before someone else entered something (row 84)."""
    if kind == EntryKind.FORECAST:
        rows = ForecastAmount.objects.filter(snapshot__programme=programme, council=council)
        return stale_edit(rows.aggregate(last=Max("snapshot__entered_at"))["last"] or now())
    entered = ActualAmount.objects.filter(line__programme=programme, council=council)
    found = entered.aggregate(entered=Max("entered_at"), answered=Max("verification__verified_at"))
    moments: list[datetime] = [one for one in found.values() if one is not None]
    return stale_edit(max(moments, default=now()))


def _of_line(held: Expected, row: PlanAmount | ForecastAmount) -> Expected:
    held.starts_on, held.ends_on = row.line.starts_on, row.line.ends_on
    held.by_fy[row.fy][row.period] = row.amount_pence
    return held
