"""Each council's share beside the share it was to have (F-35)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal
from core.rules.apportionment import Weight
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.text import check_reason
from core.rules.words import listed

FLAG_OVER_POINTS = 5
MOST_POSTS = 100_000


@dataclass(frozen=True, slots=True)
class EquityRow:
    """A council's share and the share it is compared with, exact, in percent and percentage points."""

    council: str
    share_percent: Fraction
    other_percent: Fraction
    difference_points: Fraction
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class ExplainedShare:
    """A difference as it stood when somebody explained it, in percentage points.

    `basis` and `is_by_key` say which: on the plan, the forecast or what is verified, beside agreed keys or
    beside another measure.
    """

    basis: str
    is_by_key: bool
    points: Decimal

    def covers(self, other: ExplainedShare, limit_points: Weight = FLAG_OVER_POINTS) -> bool:
        """Whether it is the same difference as another, and within the limit of where that stands."""
        is_same = (self.basis, self.is_by_key) == (other.basis, other.is_by_key)
        return is_same and abs(self.points - other.points) <= Fraction(limit_points)


def is_explained(now: Iterable[ExplainedShare], explained: Collection[ExplainedShare]) -> bool:
    """Whether every difference of `now` was explained where it stands, or within the limit of it."""
    return all(any(one.covers(difference) for one in explained) for difference in now)


def shares_percent(
    amounts: Mapping[str, Weight | None], noun: str
) -> dict[str, Fraction] | NotAssessable | NotApplicable:
    """Each council's exact percent of the total, in the order given.

    `noun` names the measure in the reason, for example "One-off cost". Not assessable where any council's
    amount is missing: a split is never assumed.
    """
    missing = [council for council, amount in amounts.items() if amount is None]
    if missing or not amounts:
        whose = f": not stated for {listed(missing)}" if missing else ""
        return NotAssessable(f"{noun} is not split between the councils{whose}")
    stated = {council: Fraction(amount) for council, amount in amounts.items() if amount is not None}
    total = sum(stated.values())
    if total <= 0:
        return NotApplicable(f"{noun} is not above 0 in total, so it has no shares")
    return {council: amount * 100 / total for council, amount in stated.items()}


def shared_by_year(
    amounts: Mapping[int, Weight], weights: Mapping[int, Mapping[str, Weight | None]]
) -> dict[str, Fraction | None]:
    """What each council would have if the amount of every year were shared by the weights of that year.

    Exact, and adds up to the amounts. None for a council whose weight is not stated in a year that has one.
    """
    found: dict[str, Fraction | None] = {council: Fraction(0) for own in weights.values() for council in own}
    for fy, amount in amounts.items():
        if amount:
            for council, part in _parts(Fraction(amount), weights[fy]).items():
                before = found[council]
                found[council] = None if before is None or part is None else before + part
    return found


def _parts(amount: Fraction, weights: Mapping[str, Weight | None]) -> dict[str, Fraction | None]:
    stated = {council: Fraction(weight) for council, weight in weights.items() if weight is not None}
    whole = sum(stated.values())
    if whole <= 0:
        return dict.fromkeys(weights)
    return {council: amount * stated[council] / whole if council in stated else None for council in weights}


def compare_shares(
    measured: Mapping[str, Weight | None],
    other: Mapping[str, Weight | None],
    *,
    measured_noun: str,
    other_noun: str,
    flag_over_points: Weight = FLAG_OVER_POINTS,
) -> list[EquityRow] | NotAssessable | NotApplicable:
    """Shares of `measured` beside shares of `other`: an agreed key's weights, or another measure (F-35).

    The order is that of `measured`; a council that only one of them names is missing from the other. A
    difference of more than `flag_over_points` percentage points either way is flagged.
    """
    councils = list(dict.fromkeys([*measured, *other]))
    shares = shares_percent({council: measured.get(council) for council in councils}, measured_noun)
    if not isinstance(shares, dict):
        return shares
    others = shares_percent({council: other.get(council) for council in councils}, other_noun)
    if not isinstance(others, dict):
        return others
    return [_row(council, shares[council], others[council], flag_over_points) for council in councils]


def check_explanation(text: str) -> None:
    """Refuse an explanation of fewer than 10 characters."""
    check_reason(text, "Explain the difference", "text")


def check_posts(posts: int) -> None:
    """Refuse a number of posts below 0 or beyond any council."""
    if not 0 <= posts <= MOST_POSTS:
        raise Refusal(f"Posts must be a whole number from 0 to {MOST_POSTS:,}", "posts")


def _row(council: str, share: Fraction, other: Fraction, flag_over_points: Weight) -> EquityRow:
    difference = share - other
    return EquityRow(council, share, other, difference, abs(difference) > Fraction(flag_over_points))
