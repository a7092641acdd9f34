"""The months that councils have closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from accounts.models import User
from benefits.models import CloseException, PeriodClose
from benefits.policies import closes_for, signs_for
from benefits.rules.entry import month_span
from benefits.rules.periods import Closed, Exemption
from core.clock import london_date
from programme.models import Council, Programme
from programme.queries.partners import entering_councils


@dataclass(frozen=True, slots=True)
class CloseRow:
    """A closed month with its exceptions, and whether the person may add one."""

    close: PeriodClose
    exceptions: tuple[CloseException, ...]
    can_except: bool

    @property
    def month(self) -> str:
        """October 2026."""
        return str(month_span(self.close.fy, self.close.period))

    @property
    def closed_on(self) -> date:
        """The day on which it was closed, in London."""
        return london_date(self.close.entered_at)


@dataclass(frozen=True, slots=True)
class Closes:
    """The closed months of the councils of a programme, the latest first, and whose months one may close."""

    rows: tuple[CloseRow, ...]
    own: tuple[Council, ...]


def closed_months(
    councils: Collection[Council], *, before: datetime | None = None
) -> Mapping[tuple[int, int, int], Closed]:
    """Closed months by council, financial year and period; closed `before` a moment. Two queries."""
    rows = _closes(councils)
    if before is not None:
        rows = rows.filter(entered_at__lte=before)
    return {(row.council_id, row.fy, row.period): _closed(row) for row in rows}


def closed_month(council: Council, fy: int, period: int | None, *, before: datetime) -> Closed | None:
    """The month, where the council had closed it before a moment. Two queries at most."""
    rows = _closes([council]).filter(fy=fy, period=period or 0, entered_at__lte=before)
    found = rows.first()
    return _closed(found) if found else None


def close_list(programme: Programme, user: User, *, council: Council | None = None) -> Closes:
    """What the councils of a programme have closed, as `user` may add to it. Five queries at most."""
    councils = entering_councils(programme)
    signs = signs_for(user)
    shown = [one for one in councils if council in (None, one)]
    rows = tuple(
        CloseRow(row, tuple(row.exceptions.all()), row.council_id in signs) for row in _closes(shown)
    )
    return Closes(rows, tuple(closes_for(user, councils)))


def _closes(councils: Iterable[Council]) -> QuerySet[PeriodClose]:
    rows = PeriodClose.objects.filter(council__in=councils).select_related("council", "entered_by")
    return rows.prefetch_related("exceptions__user", "exceptions__entered_by").order_by(
        "-fy", "-period", "council__name"
    )


def _closed(row: PeriodClose) -> Closed:
    exemptions = tuple(Exemption(one.user_id, one.until_on) for one in row.exceptions.all())
    return Closed(row.council.short_name, row.fy, row.period, london_date(row.entered_at), exemptions)
