"""Open a fund, pay into it, and draw from it for a one-off cost (INV-28)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from benefits.actions.partners import check_day
from benefits.enums import Outcome
from benefits.models import (
    ActualAmount,
    Fund,
    FundClosing,
    FundContribution,
    FundDrawdown,
    Verification,
)
from benefits.policies import check_enter_amounts, check_manage
from benefits.queries.funds import closed_on, drawn_for, fund_balance, fund_statement
from benefits.rules.fund import (
    check_closing,
    check_closing_day,
    check_contribution,
    check_cost_covered,
    check_open,
    check_own_share,
    check_withdrawal,
)
from core.actions import audit
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.models import Council, Programme
from programme.queries.partners import ruled_partners
from programme.rules.membership import check_before_vesting, check_partner_period
from services.enums import LineKind
from services.models import CostPool


@transaction.atomic
def open_fund(
    programme: Programme,
    *,
    by: User,
    name: str,
    pool: CostPool | None = None,
    channel: Channel = Channel.PAGE,
) -> Fund:
    """A new fund of the programme, empty; the key of `pool` says what each council pays in."""
    check_manage(by, programme)
    if pool is not None and pool.programme_id != programme.pk:
        raise Refusal("Choose a pool of this programme", "pool")
    text = check_text(name, "Name", 200)
    if not text:
        raise Refusal("Enter the name", "name")
    Programme.objects.select_for_update().get(pk=programme.pk)
    taken = set(programme.funds.values_list("ref", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"FUND-{number}" not in taken)
    fund = Fund.objects.create(
        programme=programme, ref=f"FUND-{number}", name=text, pool=pool, created_by=by, updated_by=by
    )
    audit.record(
        fund,
        by=by,
        action="open_fund",
        channel=channel,
        scope=programme.key,
        after={"ref": fund.ref, "name": fund.name, "pool": pool.ref if pool else ""},
    )
    return fund


@transaction.atomic
def record_contribution(
    fund: Fund,
    *,
    by: User,
    council: Council,
    pence: int,
    paid_on: date,
    explanation: str = "",
    channel: Channel = Channel.PAGE,
) -> FundContribution:
    """What a council paid into a fund; negative where it was paid back.

    Never more than its own part of what is not spent, so that the fund stays at £0 or more (row 75).
    """
    check_enter_amounts(by, council)
    _check_partner(fund.programme, council, pence, paid_on)
    check_day(paid_on, "Payment date", "paid_on")
    locked = _lock(fund)
    check_open(closed_on(locked))
    words = check_text(explanation, "Explanation", 500)
    check_contribution(pence, words, fund_balance(locked))
    if pence < 0:
        check_own_share(pence, str(council), fund_statement(locked).unspent_of(council))
    row = FundContribution.objects.create(
        fund=locked,
        council=council,
        amount_pence=pence,
        paid_on=paid_on,
        explanation=words,
        entered_by=by,
        entered_at=now(),
    )
    audit.record(
        row,
        by=by,
        action="record_contribution",
        channel=channel,
        scope=fund.programme.key,
        after={
            "fund": fund.ref,
            "council": council.key,
            "amount_pence": pence,
            "paid_on": paid_on.isoformat(),
        },
        why=words,
    )
    return row


@transaction.atomic
def record_drawdown(
    fund: Fund,
    *,
    by: User,
    actual: ActualAmount,
    pence: int,
    drawn_on: date,
    channel: Channel = Channel.PAGE,
) -> FundDrawdown:
    """What a fund paid of one actual one-off cost; never more than the fund holds or the cost was."""
    check_enter_amounts(by, actual.council)
    check_day(drawn_on, "Withdrawal date", "drawn_on")
    locked = _lock(fund)
    check_open(closed_on(locked))
    ActualAmount.objects.select_for_update().get(pk=actual.pk)
    _check_cost(locked, actual)
    check_withdrawal(pence, fund_balance(locked))
    check_cost_covered(pence, actual.amount_pence, drawn_for(actual))
    row = FundDrawdown.objects.create(
        fund=locked, actual=actual, amount_pence=pence, drawn_on=drawn_on, entered_by=by, entered_at=now()
    )
    audit.record(
        row,
        by=by,
        action="record_drawdown",
        channel=channel,
        scope=fund.programme.key,
        after={
            "fund": fund.ref,
            "actual": actual.pk,
            "line": actual.line.ref,
            "council": actual.council.key,
            "amount_pence": pence,
            "drawn_on": drawn_on.isoformat(),
        },
    )
    return row


@transaction.atomic
def close_fund(fund: Fund, *, by: User, on: date, channel: Channel = Channel.PAGE) -> FundClosing:
    """Pay what is not spent back to the councils to the penny, and take no more in or out of the fund.

    Each payment back is a row of the fund. Of a cost that is reversed later the money is in the fund again,
    and closing it once more pays that back too. Refuses a day before the last on which money moved.
    """
    check_manage(by, fund.programme)
    check_day(on, "Date paid back", "closed_on")
    statement = fund_statement(_lock(fund))
    check_closing(statement.balance_pence, statement.closed_on)
    check_closing_day(on, statement.last_moved_on)
    words, moment = f"Not spent: paid back {statement.goes_back}", now()
    back = [share for share in statement.shares if share.unspent_pence]
    for share in back:
        FundContribution.objects.create(
            fund=fund,
            council=share.council,
            amount_pence=-share.unspent_pence,
            paid_on=on,
            explanation=words,
            entered_by=by,
            entered_at=moment,
        )
    closing = FundClosing.objects.create(
        fund=fund, closed_on=on, returned_pence=statement.balance_pence, entered_by=by, entered_at=moment
    )
    audit.record(
        closing,
        by=by,
        action="close_fund",
        channel=channel,
        scope=fund.programme.key,
        after={
            "fund": fund.ref,
            "closed_on": on.isoformat(),
            "returned_pence": {share.council.key: share.unspent_pence for share in back},
        },
        why=words,
    )
    return closing


def _lock(fund: Fund) -> Fund:
    """The fund, locked, so that two withdrawals cannot both take what is left."""
    return Fund.objects.select_for_update().get(pk=fund.pk)


def _check_partner(programme: Programme, council: Council, pence: int, paid_on: date) -> None:
    """Refuse a payment by a council that is no partner on that day; one that left can be paid back."""
    partner = ruled_partners(programme).get(council.pk)
    first_on, last_on = (paid_on, paid_on) if pence > 0 else (date.min, date.max)
    check_partner_period(str(council), partner, first_on, last_on, field="paid_on")
    check_before_vesting(partner, first_on, field="paid_on")


def _check_cost(fund: Fund, actual: ActualAmount) -> None:
    is_cost = actual.line.kind == LineKind.ONE_OFF_COST and actual.amount_pence > 0
    if actual.line.programme_id != fund.programme_id or not is_cost or actual.reverses_id is not None:
        raise Refusal("Choose an actual one-off cost of this programme", "actual", "INV-28")
    if ActualAmount.objects.filter(reverses=actual).exists():
        raise Refusal("This cost has been reversed. Choose another", "actual", "INV-28")
    if Verification.objects.filter(actual=actual, outcome=Outcome.RETURNED).exists():
        raise Refusal("This cost was returned. Choose another", "actual", "INV-28")
