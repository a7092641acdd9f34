"""Shapes of budgets, reductions and funds in the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from benefits.models import BudgetLine, BudgetReduction, Fund, FundContribution, FundDrawdown
from benefits.queries.funds import FundStatement, fund_statement
from core.api.fields import PoundsField
from core.rules.money import pounds_plain


class BudgetLineSerializer(serializers.ModelSerializer[BudgetLine]):
    """The budget of one ledger code in one year."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    budget = PoundsField(source="budget_pence")

    class Meta:
        model = BudgetLine
        fields = ("id", "council", "ledger_code", "fy", "name", "budget", "version", "updated_at")


class BudgetReductionSerializer(serializers.ModelSerializer[BudgetReduction]):
    """What was taken out of a budget for a saving; `withdrawn_at` is null while it stands."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", source="line.programme", read_only=True)
    line = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    council = serializers.SlugRelatedField[Any](
        slug_field="key", source="budget_line.council", read_only=True
    )
    ledger_code = serializers.CharField(source="budget_line.ledger_code")
    fy = serializers.IntegerField(source="budget_line.fy")
    amount = PoundsField(source="amount_pence")
    entered_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = BudgetReduction
        fields = (
            "id",
            "programme",
            "line",
            "council",
            "ledger_code",
            "fy",
            "amount",
            "not_same_reason",
            "entered_at",
            "entered_by",
            "withdrawn_at",
            "withdrawn_reason",
        )


class ContributionSerializer(serializers.ModelSerializer[FundContribution]):
    """What a council paid into a fund."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    amount = PoundsField(source="amount_pence")

    class Meta:
        model = FundContribution
        fields = ("id", "council", "amount", "paid_on", "explanation", "entered_at")


class DrawdownSerializer(serializers.ModelSerializer[FundDrawdown]):
    """What a fund paid of one actual one-off cost."""

    amount = PoundsField(source="amount_pence")

    class Meta:
        model = FundDrawdown
        fields = ("id", "actual", "amount", "drawn_on", "entered_at")


class FundShareSerializer(serializers.Serializer[Any]):
    """What a council paid in, and what it would get back of the balance."""

    council = serializers.CharField(source="council.key")
    paid = PoundsField(source="paid_pence")
    unspent = PoundsField(source="unspent_pence")
    by_key = PoundsField(source="key_pence", allow_null=True)


class FundSerializer(serializers.ModelSerializer[Fund]):
    """A fund of a programme."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    pool = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True, allow_null=True)

    class Meta:
        model = Fund
        fields = ("id", "programme", "ref", "name", "pool")


class FundDetailSerializer(FundSerializer):
    """A fund with its entries, its balance and each council's share of it."""

    paid = serializers.SerializerMethodField()
    drawn = serializers.SerializerMethodField()
    balance = serializers.SerializerMethodField()
    closed_on = serializers.SerializerMethodField()
    contributions = serializers.SerializerMethodField()
    drawdowns = serializers.SerializerMethodField()
    shares = serializers.SerializerMethodField()

    class Meta(FundSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *FundSerializer.Meta.fields,
            "paid",
            "drawn",
            "balance",
            "closed_on",
            "contributions",
            "drawdowns",
            "shares",
        )

    def to_representation(self, instance: Fund) -> dict[str, Any]:
        """The fund, its statement read once."""
        self.statement: FundStatement = fund_statement(instance)
        return super().to_representation(instance)

    def get_paid(self, fund: Fund) -> str:
        """Paid in, less what was paid back."""
        return pounds_plain(self.statement.paid_pence)

    def get_drawn(self, fund: Fund) -> str:
        """Drawn for costs that stand."""
        return pounds_plain(self.statement.drawn_pence)

    def get_balance(self, fund: Fund) -> str:
        """What is in it."""
        return pounds_plain(self.statement.balance_pence)

    def get_closed_on(self, fund: Fund) -> date | None:
        """When it was closed; null while it is open."""
        return self.statement.closed_on

    @extend_schema_field(ContributionSerializer(many=True))
    def get_contributions(self, fund: Fund) -> Any:
        """Payments in the order of days."""
        return ContributionSerializer(self.statement.contributions, many=True).data

    @extend_schema_field(DrawdownSerializer(many=True))
    def get_drawdowns(self, fund: Fund) -> Any:
        """Withdrawals in the order of days."""
        return DrawdownSerializer([row.drawdown for row in self.statement.drawdowns], many=True).data

    @extend_schema_field(FundShareSerializer(many=True))
    def get_shares(self, fund: Fund) -> Any:
        """Councils in their fixed order."""
        return FundShareSerializer(self.statement.shares, many=True).data
