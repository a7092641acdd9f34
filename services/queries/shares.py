"""Each council's share of joint amounts: by the keys in force, or as a kept run shared them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.rules.apportionment import Weight, prepare_key
from core.rules.assessment import NotAssessable
from programme.enums import MemberStatus
from programme.models import Council, Membership, Programme
from services.models import ApportionmentKey, ApportionmentShare, BusinessCase, CostPool
from services.queries.decision_choices import decisions_of_each
from services.rules.key_periods import DatedKey, YearKeys, keys_of_year

_KEY_COLUMNS = ("pk", "basis", "effective_from_on", "effective_to_on", "weights__council", "weights__weight")


@dataclass(frozen=True, slots=True)
class PoolKeys:
    """Every pool of a programme with its keys, ready to share many amounts.

    `councils` is the order of all shares and weights: the partners in the order of the programme, with
    former partners that a key still names in their places, then any other council of a key by name.
    """

    councils: tuple[Council, ...]
    names: Mapping[int, str]
    keys: Mapping[int, tuple[DatedKey, ...]]
    _years: dict[tuple[int, int], YearKeys | NotAssessable] = field(default_factory=dict, repr=False)

    def year(self, pool_id: int, fy: int) -> YearKeys | NotAssessable:
        """The keys that share a pool in a financial year, or what is missing."""
        found = self._years.get((pool_id, fy))
        if found is None:
            found = keys_of_year(self.names[pool_id], self.keys[pool_id], fy)
            self._years[pool_id, fy] = found
        return found

    def share(self, pool_id: int, fy: int, pence: int) -> tuple[int, ...] | NotAssessable:
        """Each council's share of an amount of a pool and year, in the order of `councils` (F-03).

        The shares sum to `pence` exactly. Not assessable where no key shares the whole year: the reason says
        which days, as in "No key shares Running costs in 2028 to 2029".
        """
        year = self.year(pool_id, fy)
        return year if isinstance(year, NotAssessable) else year.split(pence)

    def weights(self, pool_id: int, fy: int) -> tuple[Weight, ...]:
        """Weights of the one key of a pool and year, in the order of `councils`; empty without one key."""
        year = self.year(pool_id, fy)
        return () if isinstance(year, NotAssessable) else year.weights


def pool_keys(
    programme: Programme, *, also: Iterable[int] = (), members: Sequence[Membership] | None = None
) -> PoolKeys:
    """The keys of every pool of a programme. Two queries; a third where a key names an outsider.

    `also` holds primary keys of councils that must be among `councils`, such as those with own amounts;
    `members` the partnership's memberships in their order where they are read already.
    """
    return _keys_of([programme], also, members)


def _keys_of(
    programmes: Sequence[Programme], also: Iterable[int] = (), members: Sequence[Membership] | None = None
) -> PoolKeys:
    columns = [f"keys__{name}" for name in _KEY_COLUMNS]
    pools = CostPool.objects.filter(programme__in=programmes).order_by("programme", "order_index", "ref")
    rows = list(pools.values_list("pk", "name", *columns))
    holders = {council for *_, council, weight in rows if council and weight}
    if members is None:
        members = _members(programmes[0].partnership_id)
    councils = _in_order(members, holders | set(also))
    return PoolKeys(
        councils=tuple(councils),
        names={pool: name for pool, name, *_ in rows},
        keys=_dated_keys(rows, [council.pk for council in councils]),
    )


def agreed_pool_keys(*programmes: Programme) -> PoolKeys:
    """The same of one or more programmes of a partnership, without keys whose decision is not in effect yet.

    Two queries more, whatever the number of programmes.
    """
    keys = _keys_of(programmes)
    named = ApportionmentKey.objects.filter(pool__programme__in=programmes)
    refs = list(named.values_list("pk", "pool__programme", "decision_ref"))
    decisions = decisions_of_each(programmes) if refs else {}
    waiting = {(key, one.ref) for key, own in decisions.items() for one in own if not one.is_in_force}
    waits = {key for key, programme, ref in refs if (programme, ref) in waiting}
    agreed = {
        pool: tuple(key for key in found if key.key_id not in waits) for pool, found in keys.keys.items()
    }
    return PoolKeys(keys.councils, keys.names, agreed)


def kept_shares(case: BusinessCase) -> dict[tuple[int, int], dict[int, int]]:
    """Each council's share of the joint amounts of an issued case as its runs keep them. One query.

    By (line, financial year), then by council, all primary keys; the latest run of an amount counts.
    """
    found: dict[tuple[int, int], tuple[int, dict[int, int]]] = {}
    shares = ApportionmentShare.objects.filter(run__line__business_case=case).order_by("run", "pk")
    columns = shares.values_list("run", "run__line", "run__fy", "council", "share_pence")
    for run, line, fy, council, pence in columns:
        if line is None:
            continue
        if found.get((line, fy), (None,))[0] != run:
            found[line, fy] = (run, {})
        found[line, fy][1][council] = pence
    return {amount: own for amount, (_, own) in found.items()}


def _members(partnership_id: int) -> list[Membership]:
    memberships = Membership.objects.filter(partnership=partnership_id).select_related("council")
    return list(memberships.order_by("order_index", "council__name"))


def _in_order(rows: Sequence[Membership], wanted: set[int]) -> list[Council]:
    members = [row.council for row in rows if row.status == MemberStatus.ACTIVE or row.council_id in wanted]
    outside = wanted - {council.pk for council in members}
    return members + (list(Council.objects.filter(pk__in=outside).order_by("name")) if outside else [])


def _dated_keys(
    rows: Sequence[tuple[int, str, int, str, date, date | None, int, Decimal]], councils: Sequence[int]
) -> dict[int, tuple[DatedKey, ...]]:
    """The keys of each pool, in the order of their first days, from rows of pool, key and weight."""
    weights: dict[int, dict[int, Decimal]] = {}
    for *_, key, _basis, _from, _to, council, weight in rows:
        if key is not None and council is not None:
            weights.setdefault(key, {})[council] = weight
    by_pool: dict[int, dict[int, DatedKey]] = {pool: {} for pool, *_ in rows}
    for pool, _name, key, basis, from_on, to_on, *_ in rows:
        own = weights.get(key, {})
        if any(own.values()) and key not in by_pool[pool]:
            in_order = tuple(own.get(council, Decimal(0)) for council in councils)
            by_pool[pool][key] = DatedKey(key, basis, from_on, to_on, in_order, prepare_key(in_order))
    return {pool: tuple(sorted(keys.values(), key=lambda key: key.from_on)) for pool, keys in by_pool.items()}
