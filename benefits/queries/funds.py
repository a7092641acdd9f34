"""What a fund holds: paid in, drawn, and what would go back to each council."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from benefits.models import ActualAmount, Fund, FundContribution, FundDrawdown
from benefits.rules.fund import unspent_shares
from programme.models import Council, Membership, Programme
from services.enums import LineKind


@dataclass(frozen=True, slots=True)
class FundShare:
    """One council's part of a fund: what it paid in, and what it would get back of what is unspent."""

    council: Council
    paid_pence: int
    unspent_pence: int


@dataclass(frozen=True, slots=True)
class DrawdownRow:
    """One drawdown; of a cost that was reversed, the money is back in the fund."""

    drawdown: FundDrawdown
    is_given_back: bool


@dataclass(frozen=True, slots=True)
class FundStatement:
    """A fund with everything paid into it and drawn from it."""

    fund: Fund
    contributions: tuple[FundContribution, ...]
    drawdowns: tuple[DrawdownRow, ...]
    shares: tuple[FundShare, ...]

    @property
    def paid_pence(self) -> int:
        """Paid in, less what was paid back."""
        return sum(row.amount_pence for row in self.contributions)

    @property
    def drawn_pence(self) -> int:
        """Drawn for costs that stand."""
        return sum(row.drawdown.amount_pence for row in self.drawdowns if not row.is_given_back)

    @property
    def balance_pence(self) -> int:
        """What is in it."""
        return self.paid_pence - self.drawn_pence


def fund_statements(programme: Programme) -> list[FundStatement]:
    """Every fund of a programme, councils in their fixed order. Four queries, two without a fund."""
    funds = list(programme.funds.order_by("ref"))
    if not funds:
        return []
    paid = FundContribution.objects.filter(fund__in=funds).select_related("council", "entered_by")
    drawn = _drawdowns().filter(fund__in=funds)
    contributions, drawdowns = list(paid.order_by("paid_on", "pk")), list(drawn.order_by("drawn_on", "pk"))
    order = _order_of(programme)
    return [
        _statement(
            fund,
            [row for row in contributions if row.fund_id == fund.pk],
            [row for row in drawdowns if row.fund_id == fund.pk],
            order,
        )
        for fund in funds
    ]


def fund_statement(fund: Fund) -> FundStatement:
    """One fund. Three queries."""
    paid = fund.contributions.select_related("council", "entered_by").order_by("paid_on", "pk")
    drawn = _drawdowns().filter(fund=fund).order_by("drawn_on", "pk")
    return _statement(fund, list(paid), list(drawn), _order_of(fund.programme))


def fund_balance(fund: Fund) -> int:
    """Paid in less drawn for costs that stand. Two queries; lock the fund before relying on it."""
    paid = fund.contributions.aggregate(total=Sum("amount_pence"))["total"] or 0
    standing = fund.drawdowns.filter(actual__reversed_by__isnull=True)
    return int(paid - (standing.aggregate(total=Sum("amount_pence"))["total"] or 0))


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
        "actual__line", "actual__council", "actual__reversed_by", "entered_by"
    )


def _order_of(programme: Programme) -> dict[int, int]:
    rows = Membership.objects.filter(partnership=programme.partnership_id)
    keys = rows.order_by("order_index", "council__name").values_list("council", flat=True)
    return {key: place for place, key in enumerate(keys)}


def _statement(
    fund: Fund, paid: list[FundContribution], drawn: list[FundDrawdown], order: dict[int, int]
) -> FundStatement:
    rows = tuple(DrawdownRow(row, hasattr(row.actual, "reversed_by")) for row in drawn)
    balance = sum(row.amount_pence for row in paid)
    balance -= sum(row.drawdown.amount_pence for row in rows if not row.is_given_back)
    return FundStatement(fund, tuple(paid), rows, _shares(paid, balance, order))


def _shares(paid: list[FundContribution], balance: int, order: dict[int, int]) -> tuple[FundShare, ...]:
    by_council: dict[Council, int] = {}
    for row in sorted(paid, key=lambda row: order.get(row.council_id, len(order))):
        by_council[row.council] = by_council.get(row.council, 0) + row.amount_pence
    back = unspent_shares(balance, list(by_council.values()))
    return tuple(
        FundShare(council, pence, unspent)
        for (council, pence), unspent in zip(by_council.items(), back, strict=True)
    )
