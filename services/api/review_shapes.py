"""Shapes of service reviews and their parts in the API."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import PoundsField
from core.api.publication import ShownField
from core.rules.assessment import NotAssessable
from core.rules.rounding import round_to
from services.enums import Confidence, QuestionSet, ReviewState
from services.models import Consultation, RedLine, ReviewTask
from services.queries.establishments import establishments_seen
from services.queries.review_story import ConsultationRow, consultation_row


class MeanField(serializers.Field[Any, Any, Any, Any]):
    """A mean or a gap as text with two decimals; null where it is not assessable."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Fraction | NotAssessable) -> str | None:
        """2.55 of 28/11."""
        return str(round_to(value, 2)) if isinstance(value, Fraction) else None


extend_schema_field({"type": "string", "nullable": True, "example": "2.55"})(MeanField)


class StopSerializer(serializers.Serializer[Any]):
    """One thing to do, and who has to do it."""

    text = serializers.CharField()
    who = serializers.CharField()


class OutlookSerializer(serializers.Serializer[Any]):
    """What comes next, what stops it, what else remains, and who must act."""

    next_states = serializers.ListField(child=serializers.ChoiceField(choices=ReviewState.choices))
    stops = StopSerializer(many=True)
    remains = StopSerializer(many=True)
    who = serializers.ListField(child=serializers.CharField())


class StartingCostSerializer(serializers.Serializer[Any]):
    """What one partner spends before any change; nulls where it is not stated."""

    council = serializers.CharField(source="council.key")
    fy = serializers.IntegerField(source="cost.fy", default=None, allow_null=True)
    amount = PoundsField(source="cost.amount_pence", default=None, allow_null=True)
    confidence = serializers.ChoiceField(
        choices=Confidence.choices, source="cost.confidence", default=None, allow_null=True
    )


class ReviewTaskSerializer(serializers.ModelSerializer[ReviewTask]):
    """One thing that a review has to settle."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    done_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = ReviewTask
        fields = ("id", "text", "council", "done_at", "done_by")


class RedLineSerializer(serializers.ModelSerializer[RedLine]):
    """What a council will not give up; `is_respected` is null until it is answered."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = RedLine
        fields = ("id", "review", "council", "text", "is_respected", "note", "version")


class ConsultationSerializer(serializers.ModelSerializer[Consultation]):
    """A consultation. 1 to 4 people are only ever given as "fewer than 5".

    Of one that is exempt or confidential the place, the people and the days of dismissal and transfer are
    withheld: /exempt-items/consultations/ opens them.
    """

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    establishment = ShownField()
    people_affected = serializers.SerializerMethodField()
    first_dismissal_on = serializers.SerializerMethodField()
    transfer_on = serializers.SerializerMethodField()
    earliest_dismissal = serializers.SerializerMethodField()
    counted_with = serializers.SerializerMethodField()

    class Meta:
        model = Consultation
        fields = (
            "id",
            "review",
            "council",
            "kind",
            "people_affected",
            "started_on",
            "ended_on",
            "first_dismissal_on",
            "transfer_on",
            "establishment",
            "earliest_dismissal",
            "counted_with",
            "publication_class",
            "exempt_paragraph",
            "public_interest_reason",
            "version",
        )

    def get_people_affected(self, row: Consultation) -> str:
        """The number of people as it may be shown."""
        return consultation_row(row).people

    @extend_schema_field(OpenApiTypes.DATE)
    def get_first_dismissal_on(self, row: Consultation) -> date | None:
        """The first dismissal that is planned; null where it is withheld."""
        return consultation_row(row).first_dismissal_on

    @extend_schema_field(OpenApiTypes.DATE)
    def get_transfer_on(self, row: Consultation) -> date | None:
        """The day of transfer; null where it is withheld."""
        return consultation_row(row).transfer_on

    def get_earliest_dismissal(self, row: Consultation) -> str:
        """In words, with the days after the start; empty where none is set."""
        return self._row(row).minimum_words

    def get_counted_with(self, row: Consultation) -> list[str]:
        """Other proposals of the council at the same place, that the minimum time counts."""
        return [one.named() for one in self._row(row).added.counted]

    def _row(self, row: Consultation) -> ConsultationRow:
        """The consultation with what counts beside it; one query for all that are answered together."""
        context = cast("dict[str, Any]", self.context)
        if "establishments" not in context:
            context["establishments"] = establishments_seen(context["request"].user)
        return consultation_row(row, added=context["establishments"].beside(row))


class AnswerCellSerializer(serializers.Serializer[Any]):
    """One council's answers to one question: how many people gave each score, and their mean."""

    council = serializers.CharField(source="council.key")
    counts = serializers.DictField(child=serializers.IntegerField())
    mean = MeanField()
    evidence = serializers.CharField()


class QuestionRowSerializer(serializers.Serializer[Any]):
    """One question with every council's answers; a gap of 2 or more is flagged."""

    question = serializers.CharField(source="question.code")
    name = serializers.CharField(source="question.name")
    councils = AnswerCellSerializer(source="cells", many=True)
    mean = MeanField(source="result.mean")
    gap = MeanField(source="result.gap")
    is_flagged = serializers.BooleanField(source="result.is_flagged")


class AssessmentSerializer(serializers.Serializer[Any]):
    """One question set of a review; `versions` go back, by council, with a change of answers."""

    question_set = serializers.ChoiceField(choices=QuestionSet.choices)
    versions = serializers.DictField(child=serializers.IntegerField())
    questions = QuestionRowSerializer(source="rows", many=True)


class ReviewSerializer(serializers.Serializer[Any]):
    """A service review: what it says of itself, what stops its next step and who must act."""

    id = serializers.IntegerField(source="review.pk")
    programme = serializers.CharField(source="programme.key")
    service = serializers.IntegerField(source="review.service_id")
    service_name = serializers.CharField(source="review.service.name")
    ref = serializers.CharField(source="review.ref")
    state = serializers.ChoiceField(choices=ReviewState.choices, source="review.state")
    outlook = OutlookSerializer()
    owner = serializers.EmailField(source="review.owner.email", default=None, allow_null=True)
    lead_council = serializers.CharField(source="review.lead_council.key", default=None, allow_null=True)
    is_sensitive = serializers.BooleanField(source="review.is_sensitive")
    chosen_because = serializers.CharField(source="review.chosen_because")
    scope = serializers.CharField(source="review.scope")
    started_on = serializers.DateField(source="review.started_on", allow_null=True)
    equality_impact_done = serializers.BooleanField(source="review.equality_impact_done")
    staff_consulted_on = serializers.DateField(source="review.staff_consulted_on", allow_null=True)
    recommendation = serializers.CharField(source="review.recommendation")
    outcome_reason = serializers.CharField(source="review.outcome_reason")
    deferred_until_on = serializers.DateField(source="review.deferred_until_on", allow_null=True)
    go_live_on = serializers.DateField(source="review.go_live_on", allow_null=True)
    decision = serializers.CharField(source="review.decision_ref")
    business_case = serializers.IntegerField(source="case.pk", default=None, allow_null=True)
    starting_costs = StartingCostSerializer(source="costs.rows", many=True)
    tasks = ReviewTaskSerializer(source="review.tasks", many=True)
    red_lines = RedLineSerializer(source="review.red_lines", many=True)
    consultations = ConsultationSerializer(source="review.consultations", many=True)
    assessments = AssessmentSerializer(many=True)
    version = serializers.IntegerField(source="review.version")
