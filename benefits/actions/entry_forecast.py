"""Enter many amounts of a forecast at once over the one that is current: all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from benefits.actions.amounts import Amount
from benefits.actions.forecast import record_forecast
from benefits.actions.typed import Seen, Typed, councils_of, lock_ledger
from benefits.enums import EntryKind
from benefits.models import ForecastSnapshot
from benefits.queries.standing import Expected, LineCouncil, current_forecasts
from benefits.rules.entry import split_over_span
from benefits.rules.ledger import check_forecast_entries
from core.enums import Channel
from core.errors import Refusal, Refusals
from programme.models import Programme
from programme.queries.partners import ruled_partners
from programme.rules.membership import Partner, check_before_vesting, check_partner_period


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
    councils = councils_of(typed)
    lock_ledger(programme, councils, seen, EntryKind.FORECAST)
    held = current_forecasts(programme, as_at_on, councils)
    partners = ruled_partners(programme)
    _refuse_any([said for one in typed if (said := _refused(one, partners)) is not None])
    amounts: list[Amount] = []
    by_place: dict[LineCouncil, list[Typed]] = {}
    for one in typed:
        by_place.setdefault(one.at, []).append(one)
    for at, own in by_place.items():
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
        may_outlast=True,
        channel=channel,
    )


def _refused(typed: Typed, partners: Mapping[int, Partner]) -> Refusal | None:
    """Why a forecast amount cannot be, bound to its place."""
    if typed.pence is None:
        return None
    amount = Amount(typed.line, typed.council, typed.span.fy, None, typed.pence, typed.explanation)
    try:
        check_forecast_entries([amount.entry])
        partner, span = partners.get(typed.council.pk), typed.span
        check_partner_period(typed.council.short_name, partner, span.starts_on, span.ends_on)
        check_before_vesting(partner, span.starts_on)
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
