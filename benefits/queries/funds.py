"""What a fund holds: paid in, drawn, and what would go back to each council."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from benefits.enums import Outcome
from benefits.models import ActualAmount, Fund, FundClosing, FundContribution, FundDrawdown
from benefits.rules.fund import is_paid_by_key, key_shares, returned_shares
from core.rules.apportionment import Weight
from core.rules.calendar import financial_year
from programme.models import Council, Membership, Programme
from services.enums import LineKind
from services.queries.shares import PoolKeys, agreed_pool_keys


@dataclass(frozen=True, slots=True)
class FundShare:
    """One council's part of a fund: what it paid in, and what it would get back of what is unspent.

    `key_pence` is its share of all that was paid in by the fund's key; None where the fund has none.
    """

    council: Council
    paid_pence: int
    unspent_pence: int
    key_pence: int | None = None


@dataclass(frozen=True, slots=True)
class DrawdownRow:
    """One drawdown; of a cost that was reversed or returned, the money is back in the fund."""

    drawdown: FundDrawdown
    is_given_back: bool


@dataclass(frozen=True, slots=True)
class FundStatement:
    """A fund with everything paid into it and drawn from it."""

    fund: Fund
    contributions: tuple[FundContribution, ...]
    drawdowns: tuple[DrawdownRow, ...]
    shares: tuple[FundShare, ...]
    closed_on: date | None = None
    is_by_key: bool = False

    @property
    def has_key(self) -> bool:
        """Whether a key says what each council was to pay in."""
        return any(share.key_pence is not None for share in self.shares)

    @property
    def goes_back(self) -> str:
        """By which rule what is not spent goes back."""
        if self.is_by_key:
            return "by the key by which it was paid in"
        return "in proportion to what each council paid in"

    def unspent_of(self, council: Council) -> int:
        """One council's part of what is not spent; £0 where it paid nothing in."""
        return next((share.unspent_pence for share in self.shares if share.council == council), 0)

    @property
    def paid_pence(self) -> int:
        """Paid in, less what was paid back."""
        return sum(row.amount_pence for row in self.contributions)

    @property
    def drawn_pence(self) -> int:
        """Drawn for costs that stand."""
        return sum(row.drawdown.amount_pence for row in self.drawdowns if not row.is_given_back)

    @property
    def last_moved_on(self) -> date | None:
        """The last day on which money came in, went back or was drawn; None where it never did."""
        days = [row.paid_on for row in self.contributions]
        return max([*days, *(row.drawdown.drawn_on for row in self.drawdowns)], default=None)

    @property
    def balance_pence(self) -> int:
        """What is in it."""
        return self.paid_pence - self.drawn_pence


def fund_statements(*programmes: Programme) -> list[FundStatement]:
    """Every fund of one or more programmes of a partnership, in their order, councils in their fixed one.

    Five queries, two without a fund, four more where a fund has a key: whatever the number of programmes.
    """
    order = {programme.pk: place for place, programme in enumerate(programmes)}
    funds = list(Fund.objects.filter(programme__in=order).select_related("pool").order_by("ref"))
    funds.sort(key=lambda fund: order[fund.programme_id])
    return _statements(programmes, funds) if funds else []


def fund_statement(fund: Fund) -> FundStatement:
    """One fund. Four queries, and four more where it has a key."""
    return _statements([fund.programme], [fund])[0]


def _statements(programmes: Sequence[Programme], funds: Sequence[Fund]) -> list[FundStatement]:
    paid = FundContribution.objects.filter(fund__in=funds).select_related("council", "entered_by")
    contributions = list(paid.order_by("paid_on", "pk"))
    drawdowns = list(_drawdowns().filter(fund__in=funds).order_by("drawn_on", "pk"))
    closings = dict(
        FundClosing.objects.filter(fund__in=funds).order_by("pk").values_list("fund", "closed_on")
    )
    order = _order_of(programmes[0])
    keys = agreed_pool_keys(*programmes) if any(fund.pool_id for fund in funds) else None
    return [
        _statement(
            fund,
            [row for row in contributions if row.fund_id == fund.pk],
            [row for row in drawdowns if row.fund_id == fund.pk],
            _Rule(order, keys),
            closings.get(fund.pk),
        )
        for fund in funds
    ]


def fund_balance(fund: Fund) -> int:
    """Paid in less drawn for costs that stand. Two queries; lock the fund before relying on it."""
    paid = fund.contributions.aggregate(total=Sum("amount_pence"))["total"] or 0
    standing = fund.drawdowns.filter(actual__reversed_by__isnull=True).exclude(
        actual__verification__outcome=Outcome.RETURNED
    )
    return int(paid - (standing.aggregate(total=Sum("amount_pence"))["total"] or 0))


def closed_on(fund: Fund) -> date | None:
    """The day on which a fund was closed last; None while it is open. One query."""
    return fund.closings.order_by("-pk").values_list("closed_on", flat=True).first()


def drawn_for(actual: ActualAmount) -> int:
    """What any fund paid of one cost so far. One query."""
    return int(actual.drawdowns.aggregate(total=Sum("amount_pence"))["total"] or 0)


def costs_to_draw(programme: Programme) -> list[ActualAmount]:
    """Actual one-off costs that stand and that no fund has paid in full, newest first. One query."""
    rows = (
        ActualAmount.objects.standing()
        .filter(line__programme=programme, line__kind=LineKind.ONE_OFF_COST, amount_pence__gt=0)
        .filter(reverses__isnull=True, reversed_by__isnull=True)
        .select_related("line", "council")
        .annotate(drawn_pence=Sum("drawdowns__amount_pence"))
        .order_by("-fy", "-period", "line__order_index", "pk")
    )
    return [row for row in rows if (row.drawn_pence or 0) < row.amount_pence]


def _drawdowns() -> QuerySet[FundDrawdown]:
    return FundDrawdown.objects.select_related(
        "actual__line", "actual__council", "actual__reversed_by", "actual__verification", "entered_by"
    )


def _order_of(programme: Programme) -> dict[int, int]:
    rows = Membership.objects.filter(partnership=programme.partnership_id)
    keys = rows.order_by("order_index", "council__name").values_list("council", flat=True)
    return {key: place for place, key in enumerate(keys)}


@dataclass(frozen=True, slots=True)
class _Rule:
    """The order of the councils, and the keys of the programme where a fund has one."""

    order: Mapping[int, int]
    keys: PoolKeys | None

    def weights(self, fund: Fund, fy: int) -> dict[int, Weight]:
        """The weight of each council in the fund's key of a year; nothing without one key."""
        if self.keys is None or fund.pool_id is None:
            return {}
        weights = self.keys.weights(fund.pool_id, fy)
        return {
            council.pk: weight for council, weight in zip(self.keys.councils, weights, strict=False) if weight
        }

    def councils(self) -> dict[int, Council]:
        """Councils that a key can name."""
        return {council.pk: council for council in self.keys.councils} if self.keys else {}


def _statement(
    fund: Fund,
    paid: list[FundContribution],
    drawn: list[FundDrawdown],
    rule: _Rule,
    closed_on: date | None,
) -> FundStatement:
    rows = tuple(DrawdownRow(row, _is_given_back(row)) for row in drawn)
    balance = sum(row.amount_pence for row in paid)
    balance -= sum(row.drawdown.amount_pence for row in rows if not row.is_given_back)
    shares, is_by_key = _shares(fund, paid, _spent_since(rows), balance, rule)
    return FundStatement(fund, tuple(paid), rows, shares, closed_on, is_by_key)


def _is_given_back(row: FundDrawdown) -> bool:
    verification = getattr(row.actual, "verification", None)
    is_returned = verification is not None and verification.outcome == Outcome.RETURNED
    return is_returned or hasattr(row.actual, "reversed_by")


def _spent_since(rows: Sequence[DrawdownRow]) -> datetime | None:
    """When the first withdrawal that stands was entered."""
    return min((row.drawdown.entered_at for row in rows if not row.is_given_back), default=None)


def _shares(
    fund: Fund, paid: list[FundContribution], since: datetime | None, balance: int, rule: _Rule
) -> tuple[tuple[FundShare, ...], bool]:
    """Councils that paid in, and those that the key names, in their fixed order; and whether by the key.

    What was paid back before anything was spent was never there to spend; what came later was of the share.
    """
    weights = rule.weights(fund, financial_year(paid[0].paid_on)) if paid else {}
    councils = {row.council_id: row.council for row in paid}
    councils |= {pk: council for pk, council in rule.councils().items() if pk in weights}
    pence = dict.fromkeys(sorted(councils, key=lambda pk: rule.order.get(pk, len(rule.order))), 0)
    back = dict.fromkeys(pence, 0)
    for row in paid:
        pence[row.council_id] += row.amount_pence
        if since is not None and row.amount_pence < 0 and row.entered_at >= since:
            back[row.council_id] -= row.amount_pence
    in_order, had = [weights.get(pk, 0) for pk in pence], list(back.values())
    put_in = [pence[pk] + back[pk] for pk in pence]
    unspent = returned_shares(balance, put_in, in_order, had)
    by_key: Sequence[int | None] = key_shares(sum(pence.values()), in_order) or [None] * len(pence)
    shares = tuple(
        FundShare(councils[pk], pence[pk], own, key)
        for pk, own, key in zip(pence, unspent, by_key, strict=True)
    )
    return shares, is_paid_by_key(put_in, in_order)
