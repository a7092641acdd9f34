"""Enter many amounts at once, as a table, a file or a request of the API holds them: all or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from benefits.actions.actual import lock_actuals, store_claim, store_reversal
from benefits.actions.amounts import Amount, partners_of
from benefits.actions.commentary import compared
from benefits.actions.forecast import record_forecast
from benefits.enums import EntryKind
from benefits.models import ActualAmount, ForecastSnapshot, Line
from benefits.policies import check_enter_amounts
from benefits.queries.periods import closed_months
from benefits.queries.standing import (
    Expected,
    Place,
    Standing,
    crossed,
    current_forecasts,
    current_plans,
    is_verified,
    ledger_mark,
    standing_actuals,
)
from benefits.rules.commentary import check_commentary
from benefits.rules.entry import Span, split_over_span
from benefits.rules.ledger import check_actual_entry, check_forecast_entries, check_partner, check_reason
from benefits.rules.periods import Closed, check_open_to
from core.clock import london_date, now
from core.enums import Channel
from core.errors import Refusal, Refusals
from programme.models import Council, Programme
from programme.rules.membership import Partner, check_partner_period

VERIFIED = "This amount is verified. The section 151 officer reverses it before it can change"


@dataclass(frozen=True, slots=True)
class Typed:
    """An amount typed for a line, a council and some months; None takes out what is there.

    `place` is the name of its box or cell, to which refusals are bound.
    """

    line: Line
    council: Council
    span: Span
    pence: int | None
    explanation: str = ""
    ledger_code: str = ""
    evidence: str = ""
    place: str = ""

    @property
    def at(self) -> Place:
        """Keys of its line and council."""
        return self.line.pk, self.council.pk


@dataclass(frozen=True, slots=True)
class Seen:
    """The ledger of a council as a form has shown it."""

    council: Council
    mark: str


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
    standing: Mapping[Place, Standing]
    plans: Mapping[Place, Expected]
    closed: Mapping[tuple[int, int, int], Closed]
    partners: Mapping[int, Partner]
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
            check_partner(amount.entry, self.partners.get(amount.council.pk))

    def _check_periods(self, change: _Change) -> None:
        for period in sorted(change.months):
            closed = self.closed.get((change.typed.council.pk, change.typed.span.fy, period))
            check_open_to(closed, person=self.by.pk, day=self.day)

    def _check_taken_back(self, change: _Change) -> None:
        if any(is_verified(row) for row in change.taken_back):
            raise Refusal(VERIFIED, "amount")
        if change.taken_back:
            check_reason(change.typed.explanation, "an amount entered before is changed")

    def _check_explained(self, change: _Change) -> None:
        typed = change.typed
        planned = self.plans.get(typed.at)
        if planned is None or typed.pence is None:
            return
        figure = compared(change.amounts[0], typed.span, typed.pence, planned.pence(typed.span) or 0)
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
    moment = entered_at or now()
    _lock(programme, seen, EntryKind.ACTUAL)
    councils = _councils(typed)
    for council in councils:
        check_enter_amounts(by, council, as_of=london_date(moment))
    ledger = _ledger(programme, councils, by, moment)
    changes = _locked(programme, _changes(typed, ledger), typed, ledger)
    for change in changes:
        ledger.check(change)
    if ledger.refusals:
        raise Refusals(ledger.refusals)
    reversals = [
        store_reversal(row, by=by, reason=change.typed.explanation, moment=moment, channel=channel)
        for change in changes
        for row in change.taken_back
    ]
    claims = [one for change in changes for one in _claim(change, by, moment, channel)]
    return EnteredActuals(tuple(claims), tuple(reversals))


@transaction.atomic
def enter_forecast(
    programme: Programme,
    *,
    by: User,
    as_at_on: date,
    commentary: str,
    typed: Sequence[Typed],
    seen: Sequence[Seen] = (),
    entered_at: datetime | None = None,
    channel: Channel = Channel.PAGE,
) -> ForecastSnapshot | None:
    """A snapshot of every line and council of which anything typed differs from the current forecast.

    It holds what was not changed of them too. An amount of several months is shared among them; one taken
    out counts £0. None where nothing changes. Refuses as `enter_actuals` does.
    """
    _lock(programme, seen, EntryKind.FORECAST)
    councils = _councils(typed)
    held = current_forecasts(programme, as_at_on, councils)
    partners = partners_of(programme)
    _refuse_any([said for one in typed if (said := _refused(one, partners)) is not None])
    amounts: list[Amount] = []
    for at in dict.fromkeys(one.at for one in typed):
        own = [one for one in typed if one.at == at]
        amounts += _new_forecast(own, held.get(at) or Expected())
    if not amounts:
        return None
    return record_forecast(
        programme,
        by=by,
        as_at_on=as_at_on,
        commentary=commentary,
        amounts=amounts,
        entered_at=entered_at,
        channel=channel,
    )


def _lock(programme: Programme, seen: Sequence[Seen], kind: EntryKind) -> None:
    """Let nobody else enter amounts of the programme until the end; refuse a table that was crossed."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    for one in seen:
        if ledger_mark(programme, one.council, kind) != one.mark:
            raise crossed(programme, one.council, kind)


def _councils(typed: Iterable[Typed]) -> list[Council]:
    return list({one.council.pk: one.council for one in typed}.values())


def _ledger(programme: Programme, councils: Collection[Council], by: User, moment: datetime) -> _Ledger:
    day = london_date(moment)
    return _Ledger(
        by,
        day,
        standing_actuals(programme, councils),
        current_plans(programme, day, councils),
        closed_months(councils, before=moment),
        partners_of(programme),
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
    ledger.standing = standing_actuals(programme, _councils(typed))
    again = _changes(typed, ledger)
    for change in again:
        if not keys.issuperset(row.pk for row in change.taken_back):
            raise crossed(programme, change.typed.council, EntryKind.ACTUAL)
    return again


def _change(typed: Typed, standing: Mapping[Place, Standing]) -> _Change | None:
    """What has to be written; None where the same stands already."""
    held = standing.get(typed.at) or Standing()
    if held.pence(typed.span) == typed.pence:
        return None
    rows = held.rows(typed.span)
    kept = rows[-1] if rows else None
    told = replace(
        typed,
        ledger_code=typed.ledger_code or (kept.ledger_code if kept else ""),
        evidence=typed.evidence or (kept.evidence if kept else ""),
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


def _claim(change: _Change, by: User, moment: datetime, channel: Channel) -> list[ActualAmount]:
    typed = change.typed
    try:
        return [
            store_claim(
                amount,
                by=by,
                ledger_code=typed.ledger_code,
                evidence=typed.evidence,
                moment=moment,
                channel=channel,
            )
            for amount in change.amounts
        ]
    except Refusal as said:
        raise Refusals([Refusal(said.message, typed.place or said.field, said.code)]) from said


def _refused(typed: Typed, partners: Mapping[int, Partner]) -> Refusal | None:
    """Why a forecast amount cannot be, bound to its place."""
    if typed.pence is None:
        return None
    amount = Amount(typed.line, typed.council, typed.span.fy, None, typed.pence, typed.explanation)
    try:
        check_forecast_entries([amount.entry])
        partner, span = partners.get(typed.council.pk), typed.span
        check_partner_period(typed.council.short_name, partner, span.starts_on, span.ends_on)
    except Refusal as said:
        return Refusal(said.message, typed.place or said.field, said.code)
    return None


def _refuse_any(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise Refusals(refusals)


def _new_forecast(typed: Sequence[Typed], held: Expected) -> list[Amount]:
    """Every amount of one line and council with what was typed; none where that changes nothing."""
    changed = [one for one in typed if held.pence(one.span) != one.pence]
    if not changed:
        return []
    line, council = changed[0].line, changed[0].council
    held.starts_on, held.ends_on = line.starts_on, line.ends_on
    for one in changed:
        _put(held, one)
    return [
        Amount(line, council, fy, period, pence, held.explanations.get((fy, period), ""))
        for fy, year in sorted(held.by_fy.items())
        for period, pence in sorted(year.items(), key=lambda item: item[0] or 0)
    ]


def _put(held: Expected, typed: Typed) -> None:
    """Lay one typed amount over what is held of its line and council."""
    fy = typed.span.fy
    if typed.span.is_year:
        held.by_fy[fy] = {None: typed.pence or 0}
        held.explanations[fy, None] = typed.explanation
        return
    months: dict[int | None, int] = dict(held.months(fy).items())
    split = split_over_span(
        typed.pence or 0, typed.span, starts_on=typed.line.starts_on, ends_on=typed.line.ends_on
    )
    whole = held.explanations.get((fy, None), "")
    for period in typed.span.periods:
        months[period] = split.get(period, 0)
        held.explanations[fy, period] = typed.explanation
    if None in held.by_fy.get(fy, {}):
        held.explanations |= {(fy, period): whole for period in months if period not in typed.span.periods}
    held.by_fy[fy] = months
