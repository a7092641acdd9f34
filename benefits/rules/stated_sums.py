"""Sums of figures that sources state for one council, for some, or for all: never split, never twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benefits.rules.qualifier import Bound, bound_of, bound_of_sum
from core.rules.assessment import NotAssessable

Councils = frozenset[str]


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """A figure as stated for `councils` together; `pence` is None where the source gives no amount."""

    councils: Councils
    pence: int | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class StatedSum:
    """Pence, and what the sum says of the true amount: exact, floor, ceiling, approximate."""

    pence: int
    bound: Bound


def stated_sum(amounts: Iterable[StatedAmount], councils: Councils) -> StatedSum | NotAssessable:
    """The sum stated for exactly `councils`, or else that of parts which make them up without overlap.

    A figure for more councils than asked is never divided between them. Not assessable where an amount is
    not stated, or no parts make up the councils.
    """
    groups = _by_councils(amounts)
    parts = [councils] if councils in groups else _cover(councils, _widest_first(groups, councils))
    if parts is None:
        return NotAssessable("No figure is stated for these councils on their own")
    chosen = [amount for part in parts for amount in groups[part]]
    if not chosen:
        return NotAssessable("No figure is stated")
    pence = [amount.pence for amount in chosen if amount.pence is not None]
    if len(pence) < len(chosen):
        return NotAssessable("An amount is not stated")
    return StatedSum(sum(pence), bound_of_sum(bound_of(amount.qualifier) for amount in chosen))


def _by_councils(amounts: Iterable[StatedAmount]) -> Mapping[Councils, Sequence[StatedAmount]]:
    groups: dict[Councils, list[StatedAmount]] = defaultdict(list)
    for amount in amounts:
        groups[amount.councils].append(amount)
    return groups


def _widest_first(groups: Mapping[Councils, Sequence[StatedAmount]], councils: Councils) -> list[Councils]:
    inside = [group for group in groups if group and group < councils]
    return sorted(inside, key=lambda group: (-len(group), sorted(group)))


def _cover(councils: Councils, parts: Sequence[Councils]) -> list[Councils] | None:
    """The first of `parts`, in their order, that make up `councils` exactly; None where none do."""
    if not councils:
        return []
    for index, part in enumerate(parts):
        if part <= councils:
            rest = _cover(councils - part, parts[index + 1 :])
            if rest is not None:
                return [part, *rest]
    return None
