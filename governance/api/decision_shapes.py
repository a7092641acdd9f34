"""What is sent to take decisions further, and the answer to "Can we start?"."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from benefits.models import PlanProposal
from core.api.publication import WithholdingSerializer
from core.publication import shown
from governance.actions.requirements import Notice
from governance.enums import ApprovalBody, CallInOutcome, CouncilDecisionState, DecisionKind, Urgency
from governance.models import Body, CallIn, DecisionCondition
from governance.queries.readiness import Readiness
from programme.api.changes import CouncilKeyField
from programme.enums import Matter
from programme.models import Agreement
from services.models import ApportionmentKey, BusinessCase, Compensation


class SeenSerializer(serializers.Serializer[Any]):
    """`version` is that of the row as you read it."""

    version = serializers.IntegerField(min_value=1)


class WhySerializer(SeenSerializer):
    """A reason."""

    why = serializers.CharField(allow_blank=True)


class _Row(serializers.PrimaryKeyRelatedField[Any]):
    """A row by its id; whether it belongs to the programme is the action's to say."""

    def __init__(self, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(queryset=rows, allow_null=True, required=False, **kwargs)


class DraftSerializer(serializers.Serializer[Any]):
    """A decision as people write it, with the ids of what it approves."""

    title = serializers.CharField(max_length=300)
    text = serializers.CharField(allow_blank=True, required=False)
    kind = serializers.ChoiceField(choices=DecisionKind.choices, required=False)
    body = _Row(Body.objects.all())
    summary = serializers.CharField(allow_blank=True, required=False)
    reasons = serializers.CharField(allow_blank=True, required=False)
    alternatives_rejected = serializers.CharField(allow_blank=True, required=False)
    conflicts_of_interest = serializers.CharField(allow_blank=True, required=False)
    matter = serializers.ChoiceField(choices=Matter.choices, required=False)
    is_reserved_matter = serializers.BooleanField(required=False)
    is_severable = serializers.BooleanField(required=False)
    is_key = serializers.BooleanField(required=False)
    not_before_on = serializers.DateField(allow_null=True, required=False)
    lapse_after_days = serializers.IntegerField(required=False)
    note = serializers.CharField(allow_blank=True, required=False)
    plan_proposal = _Row(PlanProposal.objects.all())
    business_case = _Row(BusinessCase.objects.all())
    apportionment_key = _Row(ApportionmentKey.objects.select_related("pool"))
    compensation = _Row(Compensation.objects.select_related("business_case"))
    agreement = _Row(Agreement.objects.all())


class DecisionCreateSerializer(DraftSerializer, WithholdingSerializer):
    """A new draft in the programme with this key; what it says may be withheld from its beginning."""

    programme = serializers.CharField()


class DecisionUpdateSerializer(DraftSerializer, SeenSerializer):
    """What to change of a draft; what is left out stays."""

    title = serializers.CharField(max_length=300, required=False)


class TableSerializer(SeenSerializer):
    """The joint body's meeting that has the decision on its agenda."""

    meeting_on = serializers.DateField()
    why = serializers.CharField(allow_blank=True, required=False, default="")


class RecommendSerializer(SeenSerializer):
    """The day on which the joint body recommended it."""

    recommended_on = serializers.DateField()


class ResolveSerializer(SeenSerializer):
    """The day on which the joint committee resolved it; reasons left out are those of the draft."""

    resolved_on = serializers.DateField()
    reasons = serializers.CharField(allow_blank=True, required=False, default="")
    alternatives_rejected = serializers.CharField(allow_blank=True, required=False, default="")


class ImplementSerializer(SeenSerializer):
    """The day on which it was carried out."""

    implemented_on = serializers.DateField()


class DisputeSerializer(SeenSerializer):
    """The day on which the agreement's dispute steps began."""

    disputed_on = serializers.DateField()
    why = serializers.CharField(allow_blank=True, required=False, default="")


class NewVersionSerializer(WhySerializer):
    """Other words, and why; `business_case` replaces the one that it approved."""

    text = serializers.CharField(allow_blank=True)
    business_case = _Row(BusinessCase.objects.all())


class ProceedSerializer(SeenSerializer):
    """Councils that are left out, and the business case that was run again without them."""

    councils = serializers.ListField(child=CouncilKeyField())
    rerun_case = _Row(BusinessCase.objects.all())
    why = serializers.CharField(allow_blank=True, required=False, default="")


class RequireSerializer(SeenSerializer):
    """A council that must decide; `element` names the part of the decision, where parts go different ways."""

    council = CouncilKeyField()
    approval_body = serializers.ChoiceField(choices=ApprovalBody.choices, required=False)
    element = serializers.CharField(allow_blank=True, required=False, max_length=200)
    next_meeting_on = serializers.DateField(allow_null=True, required=False)


class ConditionCreateSerializer(SeenSerializer):
    """A condition of the whole decision, or of one council. `version` is that of the decision."""

    text = serializers.CharField(allow_blank=True)
    council = CouncilKeyField(required=False, allow_null=True)


class ConditionSerializer(serializers.ModelSerializer[DecisionCondition]):
    """Something that must be met before a decision takes effect."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    text = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()

    class Meta:
        model = DecisionCondition
        fields = ("id", "decision", "council", "text", "met_on", "evidence", "version")
        read_only_fields = fields

    def get_text(self, condition: DecisionCondition) -> str:
        """What must be met, or the sentence that stands for it."""
        return str(shown(condition.decision, condition.text))

    def get_evidence(self, condition: DecisionCondition) -> str:
        """What shows that it was met, or the sentence that stands for it."""
        return str(shown(condition.decision, condition.evidence))


class TieSerializer(SeenSerializer):
    """A milestone by its reference; `version` is that of the milestone. False lets it go."""

    milestone = serializers.CharField(max_length=40)
    is_tied = serializers.BooleanField(default=True)


class MeetSerializer(SeenSerializer):
    """The day on which a condition was met, and what shows it."""

    met_on = serializers.DateField()
    evidence = serializers.CharField(allow_blank=True)


class MeetingSerializer(SeenSerializer):
    """When a council decides."""

    next_meeting_on = serializers.DateField(allow_null=True)


class RouteSerializer(SeenSerializer):
    """How a council decides; null follows from who decides."""

    approval_body = serializers.ChoiceField(choices=ApprovalBody.choices)
    is_executive = serializers.BooleanField(allow_null=True, required=False)
    is_key = serializers.BooleanField(allow_null=True, required=False)
    is_private = serializers.BooleanField(required=False)
    private_reason = serializers.CharField(allow_blank=True, required=False)
    is_exempt_from_callin = serializers.BooleanField(required=False)
    callin_exempt_reason = serializers.CharField(allow_blank=True, required=False)
    callin_exempt_agreed_by = serializers.CharField(allow_blank=True, required=False)


class UrgencySerializer(SeenSerializer):
    """A way round 28 days' notice, with each of its steps as far as it was taken."""

    urgency = serializers.ChoiceField(choices=Urgency.choices)
    reason = serializers.CharField(allow_blank=True, required=False)
    scrutiny_chair_told_on = serializers.DateField(allow_null=True, required=False)
    notice_on = serializers.DateField(allow_null=True, required=False)
    agreed_by = serializers.CharField(allow_blank=True, required=False)
    agreed_on = serializers.DateField(allow_null=True, required=False)


class NoticeSerializer(SeenSerializer):
    """A notice that a council published before it decides."""

    published_on = serializers.DateField()
    notice = serializers.ChoiceField(choices=[(one.value, one.value) for one in Notice], default=Notice.KEY)


class RepresentationsSerializer(SeenSerializer):
    """What was said against a private meeting, and the answer."""

    text = serializers.CharField(allow_blank=True)


class OutcomeSerializer(SeenSerializer):
    """What a council decided (SI 2012/2089 reg 12); `text`: the words it approved, where it says them."""

    state = serializers.ChoiceField(
        choices=[one for one in CouncilDecisionState.choices if one[0] != CouncilDecisionState.AWAITING]
    )
    decided_on = serializers.DateField()
    reasons = serializers.CharField(allow_blank=True)
    alternatives_rejected = serializers.CharField(allow_blank=True, required=False)
    conflicts_of_interest = serializers.CharField(allow_blank=True, required=False)
    dispensations = serializers.CharField(allow_blank=True, required=False)
    text = serializers.CharField(allow_blank=True, required=False)
    next_meeting_on = serializers.DateField(allow_null=True, required=False)
    record_url = serializers.URLField(allow_blank=True, required=False, max_length=500)


class PublishSerializer(SeenSerializer):
    """The day on which a council published its decision."""

    published_on = serializers.DateField()
    record_url = serializers.URLField(allow_blank=True, required=False, max_length=500)


class RaiseCallInSerializer(SeenSerializer):
    """A call-in: who signed and why. Only democratic services say when it was received, where not now."""

    signatories = serializers.ListField(child=serializers.CharField(allow_blank=True))
    grounds = serializers.CharField(allow_blank=True)
    scrutiny_meets_on = serializers.DateField(allow_null=True, required=False)
    received_at = serializers.DateTimeField(allow_null=True, required=False)


class CallInSerializer(serializers.ModelSerializer[CallIn]):
    """A call-in of one council's decision; without an outcome it is open."""

    council_decision = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    decision = serializers.PrimaryKeyRelatedField[Any](source="council_decision.decision", read_only=True)
    council = serializers.CharField(source="council_decision.council.key", read_only=True)
    signatories = serializers.SlugRelatedField[Any](slug_field="name", many=True, read_only=True)

    class Meta:
        model = CallIn
        fields = (
            "id",
            "decision",
            "council_decision",
            "council",
            "text_number",
            "raised_at",
            "signatories",
            "grounds",
            "scrutiny_meets_on",
            "scrutiny_met_on",
            "outcome",
            "outcome_text",
            "released_on",
            "version",
        )
        read_only_fields = fields


class SettleCallInSerializer(SeenSerializer):
    """What scrutiny did; a decision that is referred is taken afresh on `next_meeting_on`."""

    outcome = serializers.ChoiceField(choices=CallInOutcome.choices)
    scrutiny_met_on = serializers.DateField()
    outcome_text = serializers.CharField(allow_blank=True, required=False, default="")
    next_meeting_on = serializers.DateField(allow_null=True, required=False, default=None)


class WaitSerializer(serializers.Serializer[Any]):
    """One thing waited for: whose it is, what they do next, and the earliest day for it."""

    kind = serializers.CharField()
    whose = serializers.CharField()
    council = serializers.CharField(help_text="key of the council; empty where it is not a council's")
    what = serializers.CharField()
    earliest_on = serializers.DateField(allow_null=True)


class ReadinessSerializer(serializers.Serializer[Readiness]):
    """The answer to "Can we start?" on a day. Dates are prompts: each monitoring officer decides."""

    ref = serializers.CharField(source="decision.ref")
    programme = serializers.CharField(source="decision.programme.key")
    title = serializers.CharField(source="decision.title")
    state = serializers.CharField(source="decision.state")
    as_of = serializers.DateField()
    can_start = serializers.BooleanField()
    word = serializers.CharField()
    answer = serializers.CharField(source="explanation.answer")
    why = serializers.CharField(source="explanation.why")
    earliest_on = serializers.DateField(allow_null=True)
    missing = serializers.CharField()
    lapses_on = serializers.DateField(allow_null=True)
    waiting_for = serializers.SerializerMethodField()

    @extend_schema_field(WaitSerializer(many=True))
    def get_waiting_for(self, found: Readiness) -> Any:
        """Each thing waited for, in the order in which things must happen."""
        return WaitSerializer(found.waits, many=True).data
