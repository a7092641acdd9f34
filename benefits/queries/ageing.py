"""How long the claims of each council have waited for an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from benefits.models import ActualAmount
from benefits.queries.bearers import with_bearers
from benefits.rules.ageing import Waiting, ageing_sentence, banded
from core.clock import london_date
from core.rules.calendar import bank_holidays, working_days_between
from programme.models import Council, Programme
from programme.queries.partners import entering_councils


@dataclass(frozen=True, slots=True)
class CouncilAgeing:
    """The claims of one council, or of all (None), by band of age; the oldest in working days."""

    council: Council | None
    bands: tuple[Waiting, ...]
    oldest_days: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """Councils in their fixed order, then all of them together."""

    rows: tuple[CouncilAgeing, ...]
    total: CouncilAgeing

    @property
    def sentence(self) -> str:
        """What a councillor can read aloud."""
        return ageing_sentence(self.total.bands, self.total.oldest_days)


def claims_ageing(programme: Programme, *, as_of: date) -> Ageing:
    """Claims that wait for an answer on `as_of`, by age from the day of entry. Two queries."""
    waits: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = ActualAmount.objects.waiting().filter(line__programme=programme)
    for council, entered_at, pence in rows.values_list("council", "entered_at", "amount_pence"):
        waits[council].append((waited_days(london_date(entered_at), as_of), pence))
    every = [claim for claims in waits.values() for claim in claims]
    councils = with_bearers(entering_councils(programme), waits)
    return Ageing(tuple(_row(one, waits[one.pk]) for one in councils), _row(None, every))


def waited_days(entered_on: date, until: date) -> int:
    """Working days since the day of entry."""
    return max(0, working_days_between(entered_on, until, bank_holidays()))


def _row(council: Council | None, claims: list[tuple[int, int]]) -> CouncilAgeing:
    return CouncilAgeing(council, banded(claims), max((days for days, _ in claims), default=0))
