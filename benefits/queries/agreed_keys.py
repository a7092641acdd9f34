"""What each council would have of a measure if every joint amount were shared by the key of its pool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from benefits.enums import Basis, Measure
from benefits.queries.ledgers import LineFacts
from benefits.queries.scope import Scope
from core.rules.assessment import NotAssessable
from core.rules.words import listed
from programme.models import Programme
from services.enums import KeyBasis
from services.queries.shares import PoolKeys, agreed_pool_keys


@dataclass(frozen=True, slots=True)
class AgreedShares:
    """Pence of each council by the agreed keys with its own, in words which keys those are, and what is own.

    `pence` says why where a key is missing for a year that has amounts.
    """

    pence: Mapping[int, int] | NotAssessable
    keys: str
    unshared: tuple[str, ...]


def read_keys(programme: Programme, scope: Scope) -> PoolKeys | None:
    """The keys in effect of the pools that counted lines belong to; None where none does.

    Four queries, or none.
    """
    return agreed_pool_keys(programme) if any(line.pool_pk for line in scope.lines) else None


def agreed_shares(scope: Scope, keys: PoolKeys | None, measure: Measure, basis: Basis) -> AgreedShares | None:
    """The amounts of a measure over the whole period, each shared by the key of its pool (F-03).

    A line in no pool has no agreed key: each council bears its own, so its own amounts stand here as they
    stand in its share. F-35 compares a council's percent of all net savings and of all one-off cost; with
    its own amounts on both sides only what differs from the key makes a difference, and the points are of
    the same total. None where no line of the measure has a key.
    """
    parts = scope.parts(measure)
    lines = [line for line in scope.lines if line.measure in parts]
    keyed = [line for line in lines if line.pool_pk is not None]
    if keys is None or not keyed:
        return None
    unshared = tuple(line.title for line in lines if line.pool_pk is None)
    return AgreedShares(_shared(scope, keys, parts, basis), _words(keys, keyed), unshared)


def _shared(
    scope: Scope, keys: PoolKeys, parts: Mapping[Measure, int], basis: Basis
) -> dict[int, int] | NotAssessable:
    shared = _own(scope, parts, basis)
    for (line, fy), pence in _totals(scope, parts, basis).items():
        shares = keys.share(line.pool_pk or 0, fy, pence)
        if isinstance(shares, NotAssessable):
            return shares
        for council, share in zip(keys.councils, shares, strict=True):
            shared[council.pk] = shared.get(council.pk, 0) + parts[line.measure] * share
    return shared


def _own(scope: Scope, parts: Mapping[Measure, int], basis: Basis) -> dict[int, int]:
    """What each council has of the lines that are in no pool."""
    found = dict.fromkeys((council.pk for council in scope.councils), 0)
    for (measure, council, held, _fy), amounts in scope.by_cell.items():
        if held == basis and measure in parts:
            own = sum(amount.pence for amount in amounts if amount.line.pool_pk is None)
            found[council] += parts[measure] * own
    return found


def _totals(scope: Scope, parts: Mapping[Measure, int], basis: Basis) -> dict[tuple[LineFacts, int], int]:
    """What all councils together have of each line in a pool in each year."""
    found: dict[tuple[LineFacts, int], int] = defaultdict(int)
    for (measure, _council, held, fy), amounts in scope.by_cell.items():
        if held == basis and measure in parts:
            for amount in amounts:
                if amount.line.pool_pk is not None:
                    found[amount.line, fy] += amount.pence
    return found


def _words(keys: PoolKeys, lines: list[LineFacts]) -> str:
    """Savings and running costs by population; one-off costs by equal."""
    pools = dict.fromkeys(line.pool_pk for line in lines if line.pool_pk is not None)
    return "; ".join(
        f"{keys.names[pool]}: {listed(_bases(keys, pool)) or 'no key'}"
        for pool in pools
        if pool in keys.names
    )


def _bases(keys: PoolKeys, pool: int) -> list[str]:
    labels = (str(KeyBasis(key.basis).label).lower() for key in keys.keys.get(pool, ()))
    return list(dict.fromkeys(labels))
