"""Shapes of a benefit's life in the API: steps, readings, evidence, reviews, planned values, handovers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from benefits.api.inputs import CouncilField
from benefits.enums import BenefitStep
from benefits.models import (
    BenefitEvidence,
    BenefitHandover,
    BenefitReview,
    BenefitTransition,
    MeasureReading,
)
from services.enums import Confidence


class BenefitStepSerializer(serializers.Serializer[Any]):
    """A step to take: `why` where it asks for a reason, `lesson` where a benefit is not realised."""

    version = serializers.IntegerField(min_value=1)
    step = serializers.ChoiceField(choices=BenefitStep.choices)
    why = serializers.CharField(required=False, allow_blank=True, default="")
    lesson = serializers.CharField(required=False, allow_blank=True, default="")


class ReadingInputSerializer(serializers.Serializer[Any]):
    """A value at the end of a month (1 is April), or of a year where `period` is left out."""

    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    period = serializers.IntegerField(
        min_value=1, max_value=12, required=False, allow_null=True, default=None
    )
    value = serializers.DecimalField(14, 3)
    council = CouncilField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, allow_blank=True, default="")


class EvidenceInputSerializer(serializers.Serializer[Any]):
    """A document reference or a link."""

    text = serializers.CharField(allow_blank=True)


class ReviewInputSerializer(serializers.Serializer[Any]):
    """What a review found. `version` is that of the benefit you read."""

    version = serializers.IntegerField(min_value=1)
    reviewed_on = serializers.DateField()
    finding = serializers.CharField(allow_blank=True)
    confidence = serializers.ChoiceField(
        choices=Confidence.choices, required=False, allow_blank=True, default=""
    )
    next_review_on = serializers.DateField(required=False, allow_null=True, default=None)


class PlannedValueSerializer(serializers.Serializer[Any]):
    """The value planned for the end of a month (1 is April), or for a year where `period` is left out."""

    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    period = serializers.IntegerField(
        min_value=1, max_value=12, required=False, allow_null=True, default=None
    )
    value = serializers.DecimalField(14, 3)


class TrajectoryInputSerializer(serializers.Serializer[Any]):
    """Every planned value, in place of those there are. `version` is that of the benefit you read."""

    version = serializers.IntegerField(min_value=1)
    entries = PlannedValueSerializer(many=True)


class HandoverInputSerializer(serializers.Serializer[Any]):
    """To whom a benefit is offered, by their e-mail address, and when they review it first."""

    to = serializers.EmailField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    review_on = serializers.DateField(allow_null=True)


class OfBenefitSerializer(serializers.ModelSerializer[Any]):
    """A row that belongs to one benefit: the benefit by its id and reference."""

    ref = serializers.SlugRelatedField[Any](slug_field="ref", source="benefit", read_only=True)
    entered_by = serializers.StringRelatedField[Any]()


class MeasureReadingSerializer(OfBenefitSerializer):
    """A value that was measured; the last one for a time and council counts."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = MeasureReading
        fields = (
            *("id", "benefit", "ref", "council", "fy", "period", "value", "note"),
            *("entered_at", "entered_by"),
        )


class BenefitEvidenceSerializer(OfBenefitSerializer):
    """Where one can see that a benefit is there."""

    class Meta:
        model = BenefitEvidence
        fields = ("id", "benefit", "ref", "text", "entered_at", "entered_by")


class BenefitReviewSerializer(OfBenefitSerializer):
    """What a review of a benefit found."""

    class Meta:
        model = BenefitReview
        fields = (
            *("id", "benefit", "ref", "reviewed_on", "finding", "confidence", "next_review_on"),
            *("entered_at", "entered_by"),
        )


class BenefitTransitionSerializer(serializers.ModelSerializer[BenefitTransition]):
    """A step that a benefit took; `agreed` holds measure and target as they were approved."""

    ref = serializers.SlugRelatedField[Any](slug_field="ref", source="benefit", read_only=True)
    by = serializers.StringRelatedField[Any]()

    class Meta:
        model = BenefitTransition
        fields = ("id", "benefit", "ref", "step", "from_state", "to_state", "at", "by", "why", "agreed")


class BenefitHandoverSerializer(serializers.ModelSerializer[BenefitHandover]):
    """A benefit that its owner offered to the next one, and what they answered."""

    ref = serializers.SlugRelatedField[Any](slug_field="ref", source="benefit", read_only=True)
    from_owner = serializers.StringRelatedField[Any]()
    to_owner = serializers.StringRelatedField[Any]()
    offered_by = serializers.StringRelatedField[Any]()
    answered_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = BenefitHandover
        fields = (
            *("id", "benefit", "ref", "from_owner", "to_owner", "note", "review_on", "state"),
            *("offered_at", "offered_by", "answered_at", "answered_by", "answer"),
        )
