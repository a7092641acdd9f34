"""Pools of a programme with their keys, past and to come, and what must be done about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Prefetch, QuerySet

from accounts.models import User
from core.rules.calendar import format_date, fy_end, fy_start
from programme.models import Council, Programme
from programme.rules.membership import is_flagged_after
from services.enums import CaseState
from services.models import ApportionmentKey, ApportionmentRun, BusinessCaseAmount, CostPool, KeyWeight
from services.policies import Powers
from services.queries.decision_choices import DecisionChoice, decisions_of
from services.queries.key_councils import KeyCouncil, key_councils
from services.rules.key_record import CouncilWeight, KeyPeriod, waits_words, weight_words
from services.rules.key_tasks import KeyState, KeyTask, key_tasks


@dataclass(frozen=True, slots=True)
class CouncilShare:
    """One council's weight in a key and its exact share in percent; None where the key does not name it."""

    council: Council
    weight: Decimal | None
    percent: Fraction | None

    @property
    def weight_words(self) -> str:
        """57,341.2, or nothing where the key does not name the council."""
        return "" if self.weight is None else weight_words(self.weight)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key with each council's share, the decision that agrees it, and whether it has shared anything."""

    key: ApportionmentKey
    shares: tuple[CouncilShare, ...]
    decision: DecisionChoice | None
    is_used: bool
    as_of: date

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for its decision, so that no money is shared by it."""
        return self.decision is not None and not self.decision.is_in_force

    @property
    def is_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.key.effective_to_on is not None and self.key.effective_to_on < self.as_of

    @property
    def is_current(self) -> bool:
        """Whether it applies on the day of the page."""
        return self.key.effective_from_on <= self.as_of and not self.is_ended and not self.is_proposed

    @property
    def named(self) -> list[CouncilShare]:
        """The shares of the councils that the key names, those with 0 among them."""
        return [share for share in self.shares if share.weight is not None]

    @property
    def state(self) -> str:
        """Applies now, Proposed, Not started or Ended."""
        if self.is_ended:
            return "Ended"
        if self.is_proposed:
            return "Proposed"
        return "Applies now" if self.is_current else "Not started"

    @property
    def period(self) -> str:
        """1 April 2026 to 31 March 2027, or From 1 April 2026."""
        first, last = self.key.effective_from_on, self.key.effective_to_on
        return f"{format_date(first)} to {format_date(last)}" if last else f"From {format_date(first)}"


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A pool with its keys in the order of their days, and what must be done about them."""

    pool: CostPool
    keys: tuple[KeyRow, ...]
    tasks: tuple[KeyTask, ...]
    line_count: int

    @property
    def current(self) -> KeyRow | None:
        """The key that applies on the day of the page."""
        return next((row for row in self.keys if row.is_current), None)

    @property
    def following(self) -> KeyRow | None:
        """The next key that does not apply yet."""
        return next((row for row in self.keys if not row.is_current and not row.is_ended), None)


@dataclass(frozen=True, slots=True)
class AffectedLine:
    """A line of a draft with amounts of a council in years after it left, or that reach over its end."""

    council: Council
    title: str
    case_id: int
    case: str
    years: tuple[int, ...]
    why: str
    has_successors: bool


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The pools of a programme, and lines of drafts that ask for a council that has left."""

    pools: tuple[PoolRow, ...]
    lines: tuple[AffectedLine, ...]

    @property
    def has_tasks(self) -> bool:
        """Whether anything must be done."""
        return bool(self.lines) or any(row.tasks for row in self.pools)


def visible_pools(user: User) -> QuerySet[CostPool]:
    """Pools of the programmes that `user` may read."""
    return CostPool.objects.visible_to(user).select_related("programme__partnership")


def visible_keys(user: User) -> QuerySet[ApportionmentKey]:
    """Keys of the programmes that `user` may read."""
    return ApportionmentKey.objects.visible_to(user).select_related(
        "pool__programme__partnership", "updated_by"
    )


def key_page(programme: Programme, *, powers: Powers, as_of: date) -> KeyPage:
    """Every pool of a programme, and lines of drafts with amounts of councils that left. Ten queries."""
    pools = CostPool.objects.filter(programme=programme)
    councils, rows = _pool_rows(programme, pools, as_of)
    return KeyPage(
        pools=tuple(rows),
        lines=tuple(affected_lines(programme, councils, powers)),
    )


def pool_row(pool: CostPool, *, as_of: date) -> PoolRow:
    """One pool with its keys and what must be done about them. Nine queries."""
    _, rows = _pool_rows(pool.programme, CostPool.objects.filter(pk=pool.pk), as_of)
    return rows[0]


def keys_with_weights(keys: QuerySet[ApportionmentKey]) -> QuerySet[ApportionmentKey]:
    """The keys, each with its weights and their councils, in two more queries."""
    return keys.prefetch_related(Prefetch("weights", KeyWeight.objects.select_related("council")))


def _pool_rows(
    programme: Programme, pools: QuerySet[CostPool], as_of: date
) -> tuple[list[KeyCouncil], list[PoolRow]]:
    councils = key_councils(programme)
    decisions = {choice.ref: choice for choice in decisions_of(programme)}
    keys = keys_with_weights(ApportionmentKey.objects.order_by("effective_from_on"))
    found = list(pools.annotate(line_count=Count("lines")).prefetch_related(Prefetch("keys", keys)))
    used = _used(found)
    return councils, [_pool_row(pool, councils, decisions, used, as_of) for pool in found]


def _used(pools: Iterable[CostPool]) -> set[int]:
    runs = ApportionmentRun.objects.filter(pool__in=[pool.pk for pool in pools])
    return {part["key"] for parts in runs.values_list("weights", flat=True).distinct() for part in parts}


def _pool_row(
    pool: CostPool,
    councils: Sequence[KeyCouncil],
    decisions: Mapping[str, DecisionChoice],
    used: set[int],
    as_of: date,
) -> PoolRow:
    keys = list(pool.keys.all())
    line_count: int = getattr(pool, "line_count", 0)
    rows = tuple(
        KeyRow(key, _shares(key, councils), decisions.get(key.decision_ref), key.pk in used, as_of)
        for key in keys
    )
    states = [_state(row, councils) for row in rows]
    return PoolRow(
        pool=pool,
        keys=rows,
        tasks=tuple(key_tasks(states, has_lines=bool(line_count), as_of=as_of)),
        line_count=line_count,
    )


def _shares(key: ApportionmentKey, councils: Sequence[KeyCouncil]) -> tuple[CouncilShare, ...]:
    own = {row.council_id: row.weight for row in key.weights.all()}
    whole = sum(map(Fraction, own.values()))
    known = [one.council for one in councils]
    named = [row.council for row in key.weights.all() if row.council not in known]
    return tuple(
        CouncilShare(council, own.get(council.pk), _percent(own.get(council.pk), whole))
        for council in (*known, *sorted(named, key=lambda council: council.name))
    )


def _percent(weight: Decimal | None, whole: Fraction | int) -> Fraction | None:
    return Fraction(weight) * 100 / whole if weight is not None and whole else None


def _state(row: KeyRow, councils: Sequence[KeyCouncil]) -> KeyState:
    key, waits = row.key, ""
    if row.is_proposed and row.decision:
        waits = waits_words(key.effective_from_on, row.decision.ref, row.decision.state)
    own = {row.council_id: row.weight for row in key.weights.all()}
    weights = tuple(
        CouncilWeight(
            one.council.key,
            str(one.council),
            own.get(one.council.pk),
            one.partner,
            one.abolition,
            one.is_needed,
        )
        for one in councils
    )
    period = KeyPeriod(key.effective_from_on, key.effective_to_on)
    return KeyState(key.pk, period, weights, key.review_on, waits)


def affected_lines(
    programme: Programme, councils: Sequence[KeyCouncil], powers: Powers
) -> list[AffectedLine]:
    """Lines of drafts that ask for councils which are no more then, as far as the person may see them."""
    ending = {
        one.council.pk: one
        for one in councils
        if (one.partner.left_on or one.abolition) and powers.sees_draft_of(one.council)
    }
    amounts = BusinessCaseAmount.objects.filter(
        council__in=ending,
        line__business_case__programme=programme,
        line__business_case__state=CaseState.DRAFT,
        amount_pence__gt=0,
    ).select_related("line__business_case")
    found: dict[tuple[int, int], list[BusinessCaseAmount]] = {}
    for amount in amounts.order_by("line__business_case", "line__order_index", "fy"):
        if _asks_too_late(ending[amount.council_id or 0], amount.fy):
            found.setdefault((amount.council_id or 0, amount.line_id), []).append(amount)
    return [_affected(ending[council], own) for (council, _), own in found.items()]


def _asks_too_late(one: KeyCouncil, fy: int) -> bool:
    """Whether the council has left before the year begins, or ends before the year does."""
    has_left = one.partner.left_on is not None and fy_start(fy) > one.partner.left_on
    return has_left or is_flagged_after(one.abolition, fy_end(fy))


def _affected(one: KeyCouncil, amounts: Sequence[BusinessCaseAmount]) -> AffectedLine:
    line = amounts[0].line
    if one.partner.left_on:
        why = f"{one.council} left on {format_date(one.partner.left_on)}"
    else:
        vesting = one.abolition.vesting_on if one.abolition else date.max
        why = f"{one.council} is due to be abolished on {format_date(vesting)}"
    return AffectedLine(
        one.council,
        str(line),
        line.business_case_id,
        str(line.business_case),
        tuple(amount.fy for amount in amounts),
        why,
        has_successors=one.partner.left_on is None,
    )
