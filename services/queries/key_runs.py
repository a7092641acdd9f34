"""Kept runs: amounts as they were shared, with the weights used, and true-ups of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from core.rules.calendar import format_date_range
from core.rules.money import format_pounds
from core.rules.rounding import format_percent
from core.rules.suppression import SUPPRESSED
from programme.models import Council, Membership, Programme
from services.enums import KeyBasis
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    ApportionmentShare,
    BusinessCaseLine,
    CostPool,
    TrueUp,
)
from services.queries.few_people import is_private
from services.queries.key_councils import OUTSIDE, weights_in_order
from services.rules.key_record import weight_words
from services.rules.true_up import TrueUpOutcome


@dataclass(frozen=True, slots=True)
class UsedWeight:
    """A council's weight as a run used it, and its exact share in percent."""

    council: str
    weight: str
    percent: Fraction

    @property
    def weight_words(self) -> str:
        """57,341.2, for people."""
        return weight_words(Decimal(self.weight))


@dataclass(frozen=True, slots=True)
class UsedKey:
    """What one key shared of a run: its days, its basis in words, the amount and the weights used.

    The amount is None where it is withheld.
    """

    basis: str
    from_on: date
    to_on: date
    total_pence: int | None
    weights: tuple[UsedWeight, ...]

    @property
    def words(self) -> str:
        """1 April 2027 to 30 June 2027, £12,500.00; [c] where the amount is withheld."""
        total = SUPPRESSED if self.total_pence is None else format_pounds(self.total_pence)
        return f"{format_date_range(self.from_on, self.to_on)}, {total}"


@dataclass(frozen=True, slots=True)
class RunShare:
    """One council's share of a run; None where it is withheld."""

    council: Council
    pence: int | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with each council's share, in the fixed order; amounts are None where they are withheld."""

    run: ApportionmentRun
    total_pence: int | None
    shares: tuple[RunShare, ...]

    @property
    def purpose(self) -> str:
        """What it was for: its own words, or the line of the business case."""
        return self.run.purpose or str(self.run.line or "")


@dataclass(frozen=True, slots=True)
class TrueUpRow:
    """One council in a true-up: driver, estimated and actual share, difference, and what it settles."""

    council: Council
    quantity: Decimal
    estimated_percent: Fraction
    actual_percent: Fraction
    charged_pence: int
    final_pence: int

    @property
    def quantity_words(self) -> str:
        """53,418 of what was counted."""
        return weight_words(self.quantity)

    @property
    def points(self) -> str:
        """+2.9 or −2.9: actual less estimated share in percentage points."""
        difference = self.actual_percent - self.estimated_percent
        text = format_percent(difference).removesuffix("%")
        return f"+{text}" if difference > 0 and not text.startswith("0.0") else text

    @property
    def settlement_pence(self) -> int:
        """What the council still owes; negative where it gets money back."""
        return self.final_pence - self.charged_pence


def visible_runs(user: User) -> QuerySet[ApportionmentRun]:
    """Runs of the programmes that `user` may read."""
    runs = with_privacy(ApportionmentRun.objects.visible_to(user))
    return runs.select_related("pool__programme__partnership", "line__business_case", "entered_by")


def visible_true_ups(user: User) -> QuerySet[TrueUp]:
    """True-ups of the programmes that `user` may read."""
    kept = TrueUp.objects.visible_to(user)
    return kept.select_related("key__pool__programme__partnership", "estimate_run", "final_run", "entered_by")


def with_privacy(runs: QuerySet[ApportionmentRun]) -> QuerySet[ApportionmentRun]:
    """The runs, each with `is_withheld`: whether its amounts would help to find a small staff figure.

    All amounts of an option are withheld where a line of it, in this or an earlier version of the case, is
    about fewer than 5 people or exempt: with the others and the option's totals that line could be worked
    out. So are lines of other options that have the title of a line of such an option (INV-38).
    """
    same_option = Q(option__ref=OuterRef("line__option__ref"))
    small = BusinessCaseLine.objects.filter(
        same_option | Q(option__lines__title=OuterRef("line__title")),
        is_private(),
        business_case__programme=OuterRef("line__business_case__programme"),
        business_case__ref=OuterRef("line__business_case__ref"),
        business_case__number__lte=OuterRef("line__business_case__number"),
    )
    return runs.annotate(is_withheld=Exists(small))


def is_withheld(run: ApportionmentRun) -> bool:
    """Whether the amounts of a run are not to be shown; never of one that is of no business case."""
    return bool(getattr(run, "is_withheld", run.line_id is not None))


def true_ups_of(pool: CostPool) -> list[TrueUp]:
    """The true-ups of a pool's years, the latest first. One query."""
    return list(TrueUp.objects.filter(key__pool=pool).select_related("key", "entered_by").order_by("-fy"))


def run_rows(pool: CostPool, runs: Sequence[ApportionmentRun] | None = None) -> list[RunRow]:
    """Runs of a pool with their shares, the latest first; all of them, or those given. Three queries."""
    order = _order(pool.programme)
    shares = ApportionmentShare.objects.select_related("council")
    own = ApportionmentRun.objects.filter(pool=pool).select_related("line__business_case", "entered_by")
    if runs is not None:
        own = own.filter(pk__in=[run.pk for run in runs])
    found = with_privacy(own).prefetch_related(Prefetch("shares", shares)).order_by("-pk")
    return [_run_row(run, order) for run in found]


def used_keys_of(run: ApportionmentRun) -> list[UsedKey]:
    """What each key shared of a run, as it was kept. One query."""
    named = {one["council"] for part in run.weights for one in part["weights"]}
    names = {one.key: str(one) for one in Council.objects.filter(key__in=named)}
    return [_used_key(part, names, is_hidden=is_withheld(run)) for part in run.weights]


def true_up_rows(kept: TrueUp) -> list[TrueUpRow]:
    """The councils of a kept true-up in the fixed order, all from its two runs. Three queries."""
    order = _order(kept.key.pool.programme)
    drivers = kept.drivers.select_related("council")
    shares = ApportionmentShare.objects.filter(run__in=(kept.estimate_run_id, kept.final_run_id))
    pence = {(one.run_id, one.council_id): one.share_pence for one in shares}
    estimated = percents_of(kept.estimate_run)
    quantities = {one.council: one.quantity for one in drivers}
    whole = sum(map(Fraction, quantities.values()))
    return [
        TrueUpRow(
            council,
            quantities[council],
            estimated.get(council.key, Fraction(0)),
            Fraction(quantities[council]) * 100 / whole,
            pence.get((kept.estimate_run_id, council.pk), 0),
            pence.get((kept.final_run_id, council.pk), 0),
        )
        for council in sorted(quantities, key=lambda one: _place(order, one))
    ]


def rows_of_outcome(
    councils: Sequence[Council], actual: Sequence[Decimal], outcome: TrueUpOutcome
) -> list[TrueUpRow]:
    """The councils of a true-up that is not kept yet."""
    return [
        TrueUpRow(*row)
        for row in zip(
            councils,
            actual,
            outcome.estimated_percent,
            outcome.actual_percent,
            outcome.charged_pence,
            outcome.final_pence,
            strict=True,
        )
    ]


def councils_of_key(key: ApportionmentKey) -> list[Council]:
    """The councils that a key names, in the fixed order. Two queries."""
    return [row.council for row in weights_in_order(key)]


def _run_row(run: ApportionmentRun, order: Mapping[int, int]) -> RunRow:
    is_hidden = is_withheld(run)
    shares = sorted(run.shares.all(), key=lambda one: _place(order, one.council))
    return RunRow(
        run,
        None if is_hidden else run.total_pence,
        tuple(RunShare(one.council, None if is_hidden else one.share_pence) for one in shares),
    )


def _used_key(part: Mapping[str, object], names: Mapping[str, str], *, is_hidden: bool) -> UsedKey:
    own: list[dict[str, str]] = part["weights"]  # type: ignore[assignment]
    whole = sum(Fraction(one["weight"]) for one in own)
    driver = str(part.get("driver") or "")
    return UsedKey(
        f"Actual {driver}" if driver else str(KeyBasis(str(part["basis"])).label),
        date.fromisoformat(str(part["from_on"])),
        date.fromisoformat(str(part["to_on"])),
        None if is_hidden else int(str(part["total_pence"])),
        tuple(
            UsedWeight(
                names.get(one["council"], one["council"]),
                one["weight"],
                Fraction(one["weight"]) * 100 / whole,
            )
            for one in own
        ),
    )


def percents_of(run: ApportionmentRun) -> dict[str, Fraction]:
    """Each council's share in percent by the weights of the one key of a run."""
    own = run.weights[0]["weights"]
    whole = sum(Fraction(one["weight"]) for one in own)
    return {one["council"]: Fraction(one["weight"]) * 100 / whole for one in own}


def _order(programme: Programme) -> dict[int, int]:
    memberships = Membership.objects.filter(partnership=programme.partnership_id)
    return dict(memberships.values_list("council", "order_index"))


def _place(order: Mapping[int, int], council: Council) -> tuple[int, str]:
    return order.get(council.pk, OUTSIDE), council.name
