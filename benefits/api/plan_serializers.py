"""Shapes of plan versions and proposed plans in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from benefits.api.inputs import CouncilField, PoundsInput
from benefits.enums import RebaselineReason
from benefits.models import PlanProposal, ProposalAmount, ProposalDate
from benefits.queries.plan_changes import PlanChanges, plan_changes
from benefits.queries.plan_route import RouteRow, route_rows
from benefits.queries.plans import waits_in_words
from benefits.rules.plan_change import Outlook
from core.api.fields import ImpreciseDateField, PoundsField
from core.rules.assessment import NotAssessable
from core.rules.money import pounds_plain
from programme.models import PlanVersion

REASONS = ", ".join(value for value in RebaselineReason.values if value != RebaselineReason.FIRST_PLAN)


class PlanVersionSerializer(serializers.ModelSerializer[PlanVersion]):
    """An approved plan. Nothing changes it: its amounts are at `plan-amounts`."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    entered_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = PlanVersion
        fields = (
            "id",
            "programme",
            "number",
            "approved_on",
            "effective_on",
            "reason",
            "narrative",
            "date_count",
            "amount_count",
            "content_hash",
            "entered_by",
            "entered_at",
        )


class PlanProposalSerializer(serializers.ModelSerializer[PlanProposal]):
    """A proposed plan. It becomes `plan_version` when the councils’ decision on it takes effect."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    based_on = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    plan_version = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    created_by = serializers.StringRelatedField[Any]()
    submitted_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = PlanProposal
        fields = (
            "id",
            "programme",
            "number",
            "based_on",
            "reason_code",
            "narrative",
            "state",
            "created_by",
            "created_at",
            "submitted_by",
            "submitted_at",
            "content_hash",
            "decision_ref",
            "ended_reason",
            "plan_version",
            "version",
        )


class AmountChangeSerializer(serializers.Serializer[Any]):
    """An amount that changes; null where there was no plan."""

    line = serializers.CharField(source="line.ref")
    council = serializers.CharField(source="council.key")
    fy = serializers.IntegerField()
    original = PoundsField(source="original_pence", allow_null=True)
    before = PoundsField(source="before_pence", allow_null=True)
    after = PoundsField(source="after_pence")
    difference = serializers.CharField(source="words")


class DateChangeSerializer(serializers.Serializer[Any]):
    """A milestone whose plan date changes; null where it has none."""

    milestone = serializers.CharField(source="milestone.ref")
    original = serializers.CharField(allow_null=True)
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    difference = serializers.CharField(source="words")


class PlanOutlookSerializer(serializers.Serializer[Any]):
    """What a plan comes to over the appraisal period; `npv` is null where it cannot be worked out."""

    net = PoundsField(source="net_pence")
    payback = serializers.CharField()
    npv = serializers.SerializerMethodField()

    @extend_schema_field(PoundsField(allow_null=True))
    def get_npv(self, outlook: Outlook) -> str | None:
        """Net present value; the proposal’s `npv_basis` says in which prices and by which rates."""
        return None if isinstance(outlook.npv, NotAssessable) else pounds_plain(outlook.npv)


class WorthSerializer(serializers.Serializer[Any]):
    """Net benefit and payback of one council; `council` is null for all together."""

    council = serializers.CharField(source="council.key", allow_null=True, default=None)
    original = PlanOutlookSerializer(allow_null=True)
    before = PlanOutlookSerializer(allow_null=True)
    after = PlanOutlookSerializer()


class OpinionSerializer(serializers.Serializer[Any]):
    """Whether a council’s section 151 officer supports the plan; `is_in` is null without an answer."""

    council = serializers.CharField(source="council.key")
    is_affected = serializers.BooleanField()
    is_in = serializers.BooleanField(source="opinion.is_in", allow_null=True, default=None)
    reason = serializers.CharField(source="opinion.reason", default="")
    entered_by = serializers.CharField(source="opinion.entered_by", allow_null=True, default=None)


class ProposalDecisionSerializer(serializers.Serializer[Any]):
    """A decision on the plan."""

    ref = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    waits = serializers.CharField()


class RouteStepSerializer(serializers.Serializer[Any]):
    """A step on the way to the day on which a proposed plan takes effect."""

    step = serializers.CharField(source="step.text")
    is_done = serializers.BooleanField(source="step.is_done")
    waits_for = serializers.SerializerMethodField()

    def get_waits_for(self, row: RouteRow) -> str:
        """What is missing; empty once the step is taken."""
        return "" if row.step.is_done else row.step.waits


class PlanProposalDetailSerializer(PlanProposalSerializer):
    """A proposed plan beside the one it would replace and the original."""

    waits_for = serializers.SerializerMethodField()
    decisions = serializers.SerializerMethodField()
    amounts_changed = serializers.SerializerMethodField()
    dates_changed = serializers.SerializerMethodField()
    worth = serializers.SerializerMethodField()
    npv_basis = serializers.SerializerMethodField()
    route = serializers.SerializerMethodField()
    opinions = serializers.SerializerMethodField()

    class Meta(PlanProposalSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *PlanProposalSerializer.Meta.fields,
            "waits_for",
            "decisions",
            "amounts_changed",
            "dates_changed",
            "worth",
            "npv_basis",
            "route",
            "opinions",
        )

    def to_representation(self, instance: PlanProposal) -> dict[str, Any]:
        """The proposal, its changes read once."""
        self.changes: PlanChanges = plan_changes(instance)
        return super().to_representation(instance)

    def get_waits_for(self, proposal: PlanProposal) -> str:
        """Where it stands and what it waits for, in sentences."""
        return waits_in_words(proposal, self.changes.decisions)

    @extend_schema_field(ProposalDecisionSerializer(many=True))
    def get_decisions(self, proposal: PlanProposal) -> Any:
        """Decisions on it, the latest last."""
        return ProposalDecisionSerializer(self.changes.decisions, many=True).data

    @extend_schema_field(AmountChangeSerializer(many=True))
    def get_amounts_changed(self, proposal: PlanProposal) -> Any:
        """Line by line, councils in order."""
        return AmountChangeSerializer(self.changes.changes, many=True).data

    @extend_schema_field(DateChangeSerializer(many=True))
    def get_dates_changed(self, proposal: PlanProposal) -> Any:
        """Milestones in order."""
        return DateChangeSerializer(self.changes.moved, many=True).data

    @extend_schema_field(WorthSerializer(many=True))
    def get_worth(self, proposal: PlanProposal) -> Any:
        """All councils together, then each."""
        return WorthSerializer(self.changes.worth, many=True).data

    def get_npv_basis(self, proposal: PlanProposal) -> str:
        """The prices and rates of the net present values, or why there are none."""
        return self.changes.npv_basis

    @extend_schema_field(RouteStepSerializer(many=True))
    def get_route(self, proposal: PlanProposal) -> Any:
        """What is done and what is missing before the plan takes effect."""
        return RouteStepSerializer(route_rows(proposal, self.changes), many=True).data

    @extend_schema_field(OpinionSerializer(many=True))
    def get_opinions(self, proposal: PlanProposal) -> Any:
        """Councils in order."""
        return OpinionSerializer(self.changes.answers, many=True).data


class ProposalAmountSerializer(serializers.ModelSerializer[ProposalAmount]):
    """An amount that a proposed plan holds."""

    line = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    amount = PoundsField(source="amount_pence")

    class Meta:
        model = ProposalAmount
        fields = ("line", "council", "fy", "period", "amount")


class ProposalDateSerializer(serializers.ModelSerializer[ProposalDate]):
    """A milestone date that a proposed plan holds."""

    milestone = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    date = ImpreciseDateField()

    class Meta:
        model = ProposalDate
        fields = ("milestone", "date")


class ProposeSerializer(serializers.Serializer[Any]):
    """A new proposal of the programme with this key."""

    programme = serializers.CharField()
    reason_code = serializers.CharField(required=False, allow_blank=True, default="", help_text=REASONS)
    narrative = serializers.CharField(required=False, allow_blank=True, default="")


class ReasonsSerializer(serializers.Serializer[Any]):
    """Another reason or explanation; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    reason_code = serializers.CharField(required=False, allow_blank=True, help_text=REASONS)
    narrative = serializers.CharField(required=False, allow_blank=True)


class PlannedAmountSerializer(serializers.Serializer[Any]):
    """A planned amount of a month (1 is April), or of the whole year where `period` is left out."""

    line = serializers.CharField()
    council = CouncilField()
    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    period = serializers.IntegerField(
        min_value=1, max_value=12, required=False, allow_null=True, default=None
    )
    amount = PoundsInput()


class AmountsInputSerializer(serializers.Serializer[Any]):
    """Every amount of the proposed plan, in place of all that it held. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    amounts = PlannedAmountSerializer(many=True)


class PlannedDateSerializer(serializers.Serializer[Any]):
    """The plan date of a milestone."""

    milestone = serializers.CharField()
    date = serializers.DateField()


class DatesInputSerializer(serializers.Serializer[Any]):
    """The dates that the proposed plan gives these milestones; a date that stays keeps how exact it is.

    They take the place of all that it held. `version` is the one you read.
    """

    version = serializers.IntegerField(min_value=1)
    dates = PlannedDateSerializer(many=True)


class StepSerializer(serializers.Serializer[Any]):
    """`version` is the one you read."""

    version = serializers.IntegerField(min_value=1)


class WithdrawSerializer(StepSerializer):
    """Why the proposal is taken back."""

    reason = serializers.CharField(allow_blank=True)


class OpinionInputSerializer(serializers.Serializer[Any]):
    """Whether the section 151 officer of this council supports the plan; if not, why."""

    council = CouncilField()
    is_in = serializers.BooleanField()
    reason = serializers.CharField(required=False, allow_blank=True, default="")
