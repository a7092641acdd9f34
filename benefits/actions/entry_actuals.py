"""Claim many amounts at once, as a table, a file or a request of the API holds them: all or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from benefits.actions.actual import lock_actuals
from benefits.actions.amounts import Amount
from benefits.actions.commentary import compared
from benefits.actions.store_actuals import Claimed, check_claims, store_claims, store_reversals
from benefits.actions.typed import Seen, Typed, councils_of, lock_ledger
from benefits.enums import EntryKind
from benefits.models import ActualAmount
from benefits.policies import check_enter_amounts
from benefits.queries.commentary_limits import limits_of
from benefits.queries.periods import closed_months
from benefits.queries.standing import (
    Expected,
    LineCouncil,
    Standing,
    crossed,
    current_plans,
    is_verified,
    standing_actuals,
)
from benefits.rules.commentary import Limits, check_commentary
from benefits.rules.entry import split_over_span
from benefits.rules.ledger import check_actual_entry, check_not_abolished, check_partner
from benefits.rules.periods import Closed, check_open_to
from core.clock import london_date, now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_reason
from programme.models import Council, Programme
from programme.queries.partners import ruled_partners
from programme.rules.membership import Partner

VERIFIED = "This amount is verified. The section 151 officer reverses it before it can change"


@dataclass(frozen=True, slots=True)
class EnteredActuals:
    """What was written: new claims, and rows that take back what stood before."""

    claims: tuple[ActualAmount, ...]
    reversals: tuple[ActualAmount, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """What one typed amount does to the ledger of actual amounts."""

    typed: Typed
    taken_back: tuple[ActualAmount, ...]
    amounts: tuple[Amount, ...]

    @property
    def months(self) -> set[int]:
        """Its periods in which anything is written."""
        return {row.period or 0 for row in self.taken_back} | {one.period or 0 for one in self.amounts}


@dataclass(slots=True)
class _Ledger:
    """What the checks of actual amounts are made against."""

    by: User
    day: date
    standing: Mapping[LineCouncil, Standing]
    plans: Mapping[LineCouncil, Expected]
    closed: Mapping[tuple[int, int, int], Closed]
    partners: Mapping[int, Partner]
    limits: Limits
    refusals: list[Refusal] = field(default_factory=list)

    def check(self, change: _Change) -> None:
        """Gather every reason why a change cannot be made, each bound to its place."""
        checks: tuple[Callable[[_Change], None], ...] = (
            self._check_claims,
            self._check_partner,
            self._check_periods,
            self._check_taken_back,
            self._check_explained,
        )
        for check in checks:
            try:
                check(change)
            except Refusal as said:
                self.refusals.append(Refusal(said.message, change.typed.place or said.field, said.code))
                return

    def _check_claims(self, change: _Change) -> None:
        for amount in change.amounts:
            check_actual_entry(amount.entry, as_of=self.day)

    def _check_partner(self, change: _Change) -> None:
        for amount in change.amounts:
            partner = self.partners.get(amount.council.pk)
            check_partner(amount.entry, partner)
            check_not_abolished(amount.entry, partner)

    def _check_periods(self, change: _Change) -> None:
        for period in sorted(change.months):
            closed = self.closed.get((change.typed.council.pk, change.typed.span.fy, period))
            check_open_to(closed, person=self.by.pk, day=self.day)

    def _check_taken_back(self, change: _Change) -> None:
        if any(is_verified(row) for row in change.taken_back):
            raise Refusal(VERIFIED, "amount")
        if change.taken_back:
            check_reason(change.typed.explanation, "Explain why an amount entered before is changed")

    def _check_explained(self, change: _Change) -> None:
        typed = change.typed
        planned = self.plans.get(typed.at)
        if planned is None or typed.pence is None:
            return
        plan = planned.pence(typed.span) or 0
        figure = compared(change.amounts[0], typed.span, typed.pence, plan, self.limits)
        check_commentary(figure, typed.explanation, "explanation")


@transaction.atomic
def enter_actuals(
    programme: Programme,
    *,
    by: User,
    typed: Sequence[Typed],
    seen: Sequence[Seen] = (),
    entered_at: datetime | None = None,
    channel: Channel = Channel.PAGE,
) -> EnteredActuals:
    """Claim what was typed where it differs from what stands; an amount that changes is taken back first.

    An amount of several months is shared among them. Raises Refusals that name every place that cannot be
    taken, and then stores nothing; StaleEdit where the ledger is not as it was `seen`.
    """
    changes, moment = _checked(programme, by=by, typed=typed, seen=seen, entered_at=entered_at)
    reversals = store_reversals(_taken_back(changes), by=by, moment=moment, channel=channel)
    try:
        claims = store_claims(_claims(changes), by=by, moment=moment, channel=channel)
    except Refusal as said:
        raise Refusals([said]) from said
    return EnteredActuals(tuple(claims), tuple(reversals))


@transaction.atomic
def try_actuals(programme: Programme, *, by: User, typed: Sequence[Typed]) -> None:
    """Refuse as `enter_actuals` would, without the writing; the caller rolls back.

    What is taken back is written, as it is no longer held against its budget.
    """
    changes, moment = _checked(programme, by=by, typed=typed)
    store_reversals(_taken_back(changes), by=by, moment=moment, channel=Channel.IMPORT)
    try:
        check_claims(_claims(changes))
    except Refusal as said:
        raise Refusals([said]) from said


def _checked(
    programme: Programme,
    *,
    by: User,
    typed: Sequence[Typed],
    seen: Sequence[Seen] = (),
    entered_at: datetime | None = None,
) -> tuple[list[_Change], datetime]:
    """The changes that the typed amounts make, each checked behind the lock, and the moment of the write."""
    councils = councils_of(typed)
    lock_ledger(programme, councils, seen, EntryKind.ACTUAL)
    moment = entered_at or now()
    for council in councils:
        check_enter_amounts(by, council, as_of=london_date(moment))
    ledger = _ledger(programme, councils, by, moment)
    changes = _locked(programme, _changes(typed, ledger), typed, ledger)
    for change in changes:
        ledger.check(change)
    if ledger.refusals:
        raise Refusals(ledger.refusals)
    return changes, moment


def _ledger(programme: Programme, councils: Collection[Council], by: User, moment: datetime) -> _Ledger:
    day = london_date(moment)
    return _Ledger(
        by,
        day,
        standing_actuals(programme, councils),
        current_plans(programme, day, councils),
        closed_months(councils, before=moment),
        ruled_partners(programme),
        limits_of(programme),
    )


def _changes(typed: Iterable[Typed], ledger: _Ledger) -> list[_Change]:
    return [change for one in typed if (change := _change(one, ledger.standing)) is not None]


def _locked(
    programme: Programme, changes: list[_Change], typed: Sequence[Typed], ledger: _Ledger
) -> list[_Change]:
    """The changes as they are once nobody else can verify, return or reverse what they take back.

    Reads the ledger again behind the lock; refuses a row that has come since.
    """
    keys = {row.pk for change in changes for row in change.taken_back}
    if not keys:
        return changes
    lock_actuals(keys)
    ledger.standing = standing_actuals(programme, councils_of(typed))
    again = _changes(typed, ledger)
    for change in again:
        if not keys.issuperset(row.pk for row in change.taken_back):
            raise crossed(programme, change.typed.council, EntryKind.ACTUAL)
    return again


def _change(typed: Typed, standing: Mapping[LineCouncil, Standing]) -> _Change | None:
    """What has to be written; None where the same stands already."""
    held = standing.get(typed.at) or Standing()
    if held.pence(typed.span) == typed.pence:
        return None
    rows = held.rows(typed.span)
    if not rows:
        return _Change(typed, (), _amounts(typed))
    kept = rows[-1]
    told = replace(
        typed,
        ledger_code=typed.ledger_code or kept.ledger_code,
        evidence=typed.evidence or kept.evidence,
    )
    return _Change(told, tuple(rows), _amounts(typed))


def _amounts(typed: Typed) -> tuple[Amount, ...]:
    """The amount of each month."""
    if typed.pence is None:
        return ()
    line = typed.line
    months = split_over_span(typed.pence, typed.span, starts_on=line.starts_on, ends_on=line.ends_on)
    return tuple(
        Amount(line, typed.council, typed.span.fy, period, pence, typed.explanation)
        for period, pence in months.items()
    )


def _taken_back(changes: Iterable[_Change]) -> list[tuple[ActualAmount, str]]:
    """The rows to take back, with the line and council that are known already, and why."""
    found = []
    for change in changes:
        for row in change.taken_back:
            row.line, row.council = change.typed.line, change.typed.council
            found.append((row, change.typed.explanation))
    return found


def _claims(changes: Iterable[_Change]) -> list[Claimed]:
    return [
        Claimed(amount, change.typed.ledger_code, change.typed.evidence, change.typed.place)
        for change in changes
        for amount in change.amounts
    ]
