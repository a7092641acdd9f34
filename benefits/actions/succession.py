"""Pass what is planned and forecast for a council after its abolition to its successors (INV-44)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from accounts.models import User
from benefits.actions.amounts import Amount
from benefits.actions.forecast import record_forecast
from benefits.actions.plan_content import amounts_of, save_amounts
from benefits.actions.plan_proposal import propose_plan
from benefits.enums import EntryKind, RebaselineReason
from benefits.models import ForecastAmount, ForecastSnapshot, PlanProposal
from benefits.policies import check_propose
from benefits.queries.standing import LineCouncil
from benefits.queries.succession import LedgerPassing, Succession, successions_of
from benefits.rules.succession import Times, add_times
from core.actions import audit
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import format_date
from programme.models import Council, Programme
from programme.rules.membership import Abolition, check_successor_chosen


@transaction.atomic
def propose_succession(
    programme: Programme, council: Council, *, by: User, channel: str = Channel.PAGE
) -> PlanProposal:
    """A draft of the next plan version, in which the successors bear what is open of the council.

    Every version before it keeps the council's history. Refuses a council without successors (row 77), and
    one of which nothing is planned after its abolition.
    """
    check_propose(by, programme)
    found = _succession(programme, council, EntryKind.PLAN)
    proposal = propose_plan(
        programme,
        by=by,
        reason_code=RebaselineReason.LEGISLATIVE,
        narrative=_words(found, "planned"),
        channel=channel,
    )
    amounts = _passed(amounts_of(proposal), found.plan, found)
    return save_amounts(proposal, by=by, seen_version=proposal.version, amounts=amounts, channel=channel)


@transaction.atomic
def pass_forecast(
    programme: Programme, council: Council, *, by: User, channel: str = Channel.PAGE
) -> ForecastSnapshot:
    """A forecast in which the successors expect what was expected of the council after its abolition.

    The forecasts before it stay. Refuses as `propose_succession` does.
    """
    check_propose(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    found = _succession(programme, council, EntryKind.FORECAST)
    lines = [one.line.pk for one in found.forecast.lines]
    rows = ForecastAmount.objects.current(today()).filter(
        snapshot__programme=programme, line__in=lines, council__in=[council, *found.successors]
    )
    held = [
        Amount(row.line, row.council, row.fy, row.period, row.amount_pence, row.explanation)
        for row in rows.select_related("line", "council").order_by("pk")
    ]
    snapshot = record_forecast(
        programme,
        by=by,
        as_at_on=today(),
        commentary=_words(found, "forecast"),
        amounts=_passed(held, found.forecast, found, keeps_nothing=True),
        may_outlast=True,
        channel=Channel(channel),
    )
    _audit(snapshot, found, by=by, channel=channel)
    return snapshot


def _succession(programme: Programme, council: Council, kind: EntryKind) -> Succession:
    found = next((one for one in successions_of(programme, as_of=today()) if one.council == council), None)
    if found is None:
        raise Refusal(f"{council} is not to be abolished", "council")
    abolition = Abolition(str(council), found.vesting_on, tuple(found.weights.values()))
    check_successor_chosen(abolition, found.vesting_on)
    ledger = found.plan if kind == EntryKind.PLAN else found.forecast
    if not ledger.lines:
        vesting = format_date(found.vesting_on)
        raise Refusal(f"Nothing of {council} is in the {kind.label.lower()} from {vesting} on", "council")
    return found


def _passed(
    held: Sequence[Amount], ledger: LedgerPassing, found: Succession, *, keeps_nothing: bool = False
) -> list[Amount]:
    """All amounts after the succession; £0 is kept where `keeps_nothing`, so that it replaces what stood."""
    passing = {one.line.pk: one for one in ledger.lines}
    by_place: dict[LineCouncil, list[Amount]] = defaultdict(list)
    for amount in held:
        by_place[amount.line.pk, amount.council.pk].append(amount)
    for pk, one in passing.items():
        own = by_place[pk, found.council.pk]
        by_place[pk, found.council.pk] = _kept(own, one.passed.kept, keeps_nothing)
        for successor in found.successors:
            taken = one.passed.taken[successor.key]
            joined_on = found.joined[successor.key]
            by_place[pk, successor.pk] = _taken(
                by_place[pk, successor.pk], taken, own, (successor, joined_on)
            )
    return [amount for amounts in by_place.values() for amount in amounts]


def _kept(own: Sequence[Amount], kept: Times, keeps_nothing: bool) -> list[Amount]:
    """The council's amounts as they stay; months of the year that holds vesting day come from its year."""
    had = {(one.fy, one.period): one for one in own}
    rows = [(had.get((fy, period)) or had[fy, None], period, pence) for (fy, period), pence in kept.items()]
    return [
        replace(held, period=period, pence=pence)
        for held, period, pence in rows
        if pence or keeps_nothing or not held.pence
    ]


def _taken(
    own: Sequence[Amount], taken: Times, passing: Sequence[Amount], joining: tuple[Council, date | None]
) -> list[Amount]:
    """The successor's amounts of a line with what it takes on; its own year has no month before it joined."""
    line, (successor, joined_on) = passing[0].line, joining
    starts_on = max((day for day in (line.starts_on, joined_on) if day), default=None)
    had: Mapping[tuple[int, int | None], Amount] = {(one.fy, one.period): one for one in own}
    reasons = {(one.fy, one.period): one.explanation for one in passing}
    times = add_times(
        {time: one.pence for time, one in had.items()}, taken, starts_on=starts_on, ends_on=line.ends_on
    )
    return [
        replace(had[fy, period], pence=pence)
        if (fy, period) in had
        else Amount(line, successor, fy, period, pence, _reason(reasons, fy, period))
        for (fy, period), pence in times.items()
    ]


def _reason(reasons: Mapping[tuple[int, int | None], str], fy: int, period: int | None) -> str:
    """Why the amount is what it is: of its month, else of the year that it was spread from."""
    return reasons.get((fy, period)) or reasons.get((fy, None), "")


def _words(found: Succession, what: str) -> str:
    said = f"{found.council} is abolished on {format_date(found.vesting_on)}"
    return f"{said}. What is {what} for it from that day on passes by recorded weights to {found.shares}."


def _audit(snapshot: ForecastSnapshot, found: Succession, *, by: User, channel: str) -> None:
    audit.record(
        snapshot,
        by=by,
        action="pass_forecast",
        channel=channel,
        scope=snapshot.programme.key,
        after={
            "council": found.council.key,
            "vesting_on": found.vesting_on.isoformat(),
            "weights": {key: str(weight) for key, weight in found.weights.items()},
            "amounts": _plain(found.forecast, found.successors),
        },
        why=snapshot.commentary,
    )


def _plain(ledger: LedgerPassing, successors: Iterable[Council]) -> list[dict[str, object]]:
    keys = [one.key for one in successors]
    return [
        {
            "line": row.line.ref,
            "fy": row.fy,
            "held": row.held_pence,
            "kept": row.kept_pence,
            "taken": dict(zip(keys, row.taken_pence, strict=True)),
        }
        for row in ledger.years
    ]
