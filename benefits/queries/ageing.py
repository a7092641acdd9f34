"""Claims that wait for an answer: what each adds to totals, and how long those of each council wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from benefits.enums import BenefitClass
from benefits.models import ActualAmount, Benefit
from benefits.queries.bearers import with_bearers
from benefits.rules.measures import measure_of
from benefits.rules.waiting import (
    AgeBand,
    Apart,
    WaitingClaim,
    ageing_sentence,
    apart,
    banded,
    counted_pence,
    is_cashable_measure,
)
from core.clock import end_of, london_date
from core.rules.calendar import bank_holidays, working_days_between
from programme.models import Council, Programme
from programme.queries.partners import entering_councils


@dataclass(frozen=True, slots=True)
class CouncilAgeing:
    """The claims of one council, or of all (None), in all and by band of age."""

    council: Council | None
    claims: Apart
    bands: tuple[AgeBand, ...]


@dataclass(frozen=True, slots=True)
class Ageing:
    """Councils in their fixed order, then all of them together."""

    rows: tuple[CouncilAgeing, ...]
    total: CouncilAgeing

    @property
    def sentence(self) -> str:
        """What a councillor can read aloud."""
        return ageing_sentence(self.total.bands, self.total.claims)


def waiting_actuals(programme: Programme, *, as_of: date) -> list[ActualAmount]:
    """Claims that wait for an answer on `as_of`, the oldest first, with line and benefit. One query.

    Those of a benefit that is counted in another wait too, and add nothing (INV-18).
    """
    rows = ActualAmount.objects.waiting_at(end_of(as_of)).filter(line__programme=programme)
    return list(rows.select_related("line__benefit").order_by("entered_at", "pk"))


def claims_ageing(programme: Programme, *, as_of: date) -> Ageing:
    """Claims that wait for an answer on `as_of`, by age from the day of entry. Two queries."""
    return ageing_of(entering_councils(programme), waiting_actuals(programme, as_of=as_of), as_of=as_of)


def ageing_of(councils: Iterable[Council], actuals: Iterable[ActualAmount], *, as_of: date) -> Ageing:
    """The same of claims that were read already. No query but for a council that is not among `councils`."""
    waits: dict[int, list[WaitingClaim]] = defaultdict(list)
    for actual in actuals:
        waits[actual.council_id].append(waiting_claim(actual, until=as_of))
    every = [claim for claims in waits.values() for claim in claims]
    shown = with_bearers(councils, waits)
    return Ageing(tuple(_row(one, waits[one.pk]) for one in shown), _row(None, every))


def claims_apart(actuals: Iterable[ActualAmount], *, as_of: date) -> Apart:
    """What claims come to, cashable savings apart from the rest. No query."""
    return apart(waiting_claim(actual, until=as_of) for actual in actuals)


def waiting_claim(actual: ActualAmount, *, until: date) -> WaitingClaim:
    """What a claim adds to totals, and its age on a day. Reads its line and benefit."""
    line, benefit = actual.line, actual.line.benefit
    measure = measure_of(line.kind, is_budgeted=bool(line.is_budgeted))
    pence = counted_pence(
        actual.amount_pence,
        measure,
        is_disbenefit=benefit is not None and benefit.is_disbenefit,
        is_counted=benefit is None or benefit.counted_in_id is None,
    )
    is_cashable = is_cashable_measure(measure) if benefit is None else is_cashable_benefit(benefit)
    return WaitingClaim(pence, waited_days(london_date(actual.entered_at), until), is_cashable)


def is_cashable_benefit(benefit: Benefit) -> bool:
    """Whether its pounds are cashable savings; those of a dis-benefit are not."""
    return benefit.benefit_class == BenefitClass.CASHABLE and not benefit.is_disbenefit


def waited_days(entered_on: date, until: date) -> int:
    """Working days since the day of entry."""
    return max(0, working_days_between(entered_on, until, bank_holidays()))


def _row(council: Council | None, claims: list[WaitingClaim]) -> CouncilAgeing:
    return CouncilAgeing(council, apart(claims), banded(claims))
