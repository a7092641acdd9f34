"""A year end: every pool of a programme with its estimate, what was counted, and what the councils settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch

from core.rules.calendar import financial_year
from programme.models import Council, Membership, Programme
from services.enums import TrueUpResult
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    ApportionmentShare,
    CostPool,
    TrueUp,
    TrueUpDriver,
)
from services.queries.key_councils import OUTSIDE
from services.queries.key_runs import TrueUpRow, percents_of
from services.queries.keys import keys_with_weights
from services.rules.key_periods import covers_year
from services.rules.true_up import is_year_over

NO_KEY = "No one key shares the whole year"
NOT_OVER = "The year is not over"


@dataclass(frozen=True, slots=True)
class YearEndPool:
    """A pool at a year end. Without a key that shares the whole year, or before its end, it cannot be run.

    `rows` are those of the true-up that is kept; `shared_pence` are the amounts that the key has shared for
    the year so far, one by one.
    """

    pool: CostPool
    key: ApportionmentKey | None
    councils: tuple[Council, ...]
    estimated: tuple[Fraction, ...]
    true_up: TrueUp | None
    rows: tuple[TrueUpRow, ...]
    shared_pence: tuple[int, ...]
    is_over: bool

    @property
    def total_pence(self) -> int | None:
        """What the true-up shared, or the sum of what was shared so far; None where nothing was."""
        if self.true_up is not None:
            return self.true_up.final_run.total_pence
        return sum(self.shared_pence) if self.shared_pence else None

    @property
    def word(self) -> str:
        """Estimate kept, actual shares adopted, not run yet, or why it cannot be run."""
        if self.true_up is not None:
            return str(self.true_up.get_result_display())
        if self.key is None:
            return NO_KEY
        return "Not run yet" if self.is_over else NOT_OVER

    @property
    def can_run(self) -> bool:
        """Whether it waits for its true-up."""
        return self.key is not None and self.true_up is None and self.is_over

    @property
    def moved_pence(self) -> int:
        """What passes from councils that bore too little to those that bore too much."""
        return sum(row.settlement_pence for row in self.rows if row.settlement_pence > 0)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a council owes for the year by all its true-ups; negative where it gets money back."""

    council: Council
    pence: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The year end of a programme: its pools in order, and what each council settles in all."""

    fy: int
    fys: tuple[int, ...]
    pools: tuple[YearEndPool, ...]
    settled: tuple[Settled, ...]

    @property
    def waiting(self) -> list[YearEndPool]:
        """Pools that wait for their true-up."""
        return [one for one in self.pools if one.can_run]

    @property
    def sentence(self) -> str:
        """What the year end has come to, as a councillor can read it aloud."""
        done = [one for one in self.pools if one.true_up is not None]
        adopted = [one for one in done if one.true_up and one.true_up.result == TrueUpResult.ADOPT]
        said = f"{len(done)} of {len(self.pools)} pools have had their true-up"
        if not done:
            return f"{said}."
        kept = len(done) - len(adopted)
        return f"{said}: {kept} kept the estimate and {len(adopted)} adopted what was counted."


def year_end(programme: Programme, fy: int, *, as_of: date) -> YearEnd:
    """The pools of a programme at the end of a financial year. Nine queries, whatever their number."""
    keys = keys_with_weights(ApportionmentKey.objects.order_by("effective_from_on"))
    own = CostPool.objects.filter(programme=programme).order_by("order_index", "ref")
    pools = list(own.prefetch_related(Prefetch("keys", keys)))
    order = dict(
        Membership.objects.filter(partnership=programme.partnership_id).values_list("council", "order_index")
    )
    kept = {one.key.pool_id: one for one in _true_ups(pools, fy)}
    facts = _YearFacts(fy, is_year_over(fy, as_of), _shared(pools, fy), order)
    rows = tuple(_pool(pool, kept.get(pool.pk), facts) for pool in pools)
    return YearEnd(fy, _years(pools, as_of), rows, _settled(rows, order))


def settlements_by_year(programme: Programme) -> dict[int, dict[int, int]]:
    """What each council settles by adopted true-ups: pence by financial year and council. Two queries.

    Positive is owed, negative is got back; each year sums to 0.
    """
    adopted = TrueUp.objects.filter(key__pool__programme=programme, result=TrueUpResult.ADOPT)
    signs: dict[int, tuple[int, int]] = {}
    for fy, estimate, final in adopted.values_list("fy", "estimate_run", "final_run"):
        signs[estimate], signs[final] = (fy, -1), (fy, 1)
    shares = ApportionmentShare.objects.filter(run__in=signs).values_list("run", "council", "share_pence")
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for run, council, pence in shares if signs else ():
        fy, sign = signs[run]
        found[fy][council] += sign * pence
    return {fy: dict(own) for fy, own in sorted(found.items())}


def _true_ups(pools: Sequence[CostPool], fy: int) -> list[TrueUp]:
    shares = ApportionmentShare.objects.all()
    rows = TrueUp.objects.filter(key__pool__in=pools, fy=fy).select_related(
        "key", "estimate_run", "final_run", "entered_by"
    )
    return list(
        rows.prefetch_related(
            Prefetch("drivers", TrueUpDriver.objects.select_related("council")),
            Prefetch("estimate_run__shares", shares),
            Prefetch("final_run__shares", shares),
        )
    )


@dataclass(frozen=True, slots=True)
class _YearFacts:
    """The year, whether it is over, what each key has shared of it, and the places of the councils."""

    fy: int
    is_over: bool
    shared: Mapping[int, Sequence[int]]
    order: Mapping[int, int]


def _shared(pools: Sequence[CostPool], fy: int) -> dict[int, list[int]]:
    """The amounts that each key has shared for the year, without lines of business cases."""
    runs = ApportionmentRun.objects.filter(pool__in=pools, fy=fy, line__isnull=True, key__isnull=False)
    found: dict[int, list[int]] = defaultdict(list)
    for key, pence in runs.order_by("pk").values_list("key", "total_pence"):
        found[key or 0].append(pence)
    return found


def _years(pools: Iterable[CostPool], as_of: date) -> tuple[int, ...]:
    """Years that have begun, from the first day of the first key, the latest first."""
    firsts = [key.effective_from_on for pool in pools for key in pool.keys.all()]
    this = financial_year(as_of)
    return tuple(range(this, min(map(financial_year, firsts), default=this) - 1, -1))


def _pool(pool: CostPool, kept: TrueUp | None, facts: _YearFacts) -> YearEndPool:
    key = kept.key if kept else _key_of_year(pool.keys.all(), facts.fy)
    mine = next((one for one in pool.keys.all() if key is not None and one.pk == key.pk), None)
    weights = sorted(mine.weights.all(), key=lambda row: _place(facts.order, row.council)) if mine else []
    whole = sum(Fraction(row.weight) for row in weights)
    return YearEndPool(
        pool=pool,
        key=mine,
        councils=tuple(row.council for row in weights),
        estimated=tuple(Fraction(row.weight) * 100 / whole for row in weights) if whole else (),
        true_up=kept,
        rows=_rows(kept, facts.order) if kept else (),
        shared_pence=tuple(facts.shared.get(key.pk, ())) if key else (),
        is_over=facts.is_over,
    )


def _key_of_year(keys: Iterable[ApportionmentKey], fy: int) -> ApportionmentKey | None:
    return next((key for key in keys if covers_year(key.effective_from_on, key.effective_to_on, fy)), None)


def _rows(kept: TrueUp, order: Mapping[int, int]) -> tuple[TrueUpRow, ...]:
    estimated = percents_of(kept.estimate_run)
    charged, final = (
        {share.council_id: share.share_pence for share in run.shares.all()}
        for run in (kept.estimate_run, kept.final_run)
    )
    drivers = sorted(kept.drivers.all(), key=lambda row: _place(order, row.council))
    whole = sum(Fraction(row.quantity) for row in drivers)
    return tuple(
        TrueUpRow(
            row.council,
            row.quantity,
            estimated.get(row.council.key, Fraction(0)),
            Fraction(row.quantity) * 100 / whole,
            charged.get(row.council_id, 0),
            final.get(row.council_id, 0),
        )
        for row in drivers
    )


def _settled(pools: Iterable[YearEndPool], order: Mapping[int, int]) -> tuple[Settled, ...]:
    sums: dict[Council, int] = defaultdict(int)
    for pool in pools:
        for row in pool.rows:
            sums[row.council] += row.settlement_pence
    return tuple(Settled(one, sums[one]) for one in sorted(sums, key=lambda one: _place(order, one)))


def _place(order: Mapping[int, int], council: Council) -> tuple[int, str]:
    return order.get(council.pk, OUTSIDE), council.name
