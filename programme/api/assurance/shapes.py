"""Shapes of gate reviews and their recommendations in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField
from programme.enums import ConfidenceScale, Gate, GateRecommendationState, GateUrgency, LessonAnswer
from programme.models import GateAnswer, GateRecommendation, GateReview
from programme.rules.delivery_confidence import DeliveryConfidence

_POINTS = [(point.value, point.value) for point in DeliveryConfidence]


class GateAnswerSerializer(serializers.ModelSerializer[GateAnswer]):
    """How far one of the eight lessons is met, and the evidence."""

    class Meta:
        model = GateAnswer
        fields = ("lesson", "answer", "evidence")


class GateReviewSerializer(serializers.ModelSerializer[GateReview]):
    """A gate review. `answers` has all eight lessons by their codes, or none before they are answered."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    answers = GateAnswerSerializer(many=True, read_only=True)

    class Meta:
        model = GateReview
        fields = (
            "id",
            "programme",
            "ref",
            "gate",
            "held_on",
            "reviewers",
            "scale",
            "delivery_confidence",
            "summary",
            "answers",
            "version",
            "updated_at",
        )


class GateReviewTermsSerializer(serializers.Serializer[Any]):
    """What is recorded of a review; three points are Green, Amber and Red."""

    gate = serializers.ChoiceField(choices=Gate.choices)
    held_on = serializers.DateField()
    reviewers = serializers.CharField(allow_blank=True)
    scale = serializers.ChoiceField(choices=ConfidenceScale.choices)
    delivery_confidence = serializers.ChoiceField(choices=_POINTS)
    summary = serializers.CharField(allow_blank=True)


class GateReviewCreateSerializer(GateReviewTermsSerializer):
    """A new review of the programme with this key."""

    programme = serializers.CharField()


class GateReviewUpdateSerializer(GateReviewTermsSerializer):
    """What to change of a review; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    gate = serializers.ChoiceField(choices=Gate.choices, required=False)
    held_on = serializers.DateField(required=False)
    reviewers = serializers.CharField(required=False, allow_blank=True)
    scale = serializers.ChoiceField(choices=ConfidenceScale.choices, required=False)
    delivery_confidence = serializers.ChoiceField(choices=_POINTS, required=False)
    summary = serializers.CharField(required=False, allow_blank=True)


class GateAnswerSentSerializer(serializers.Serializer[Any]):
    """The answer to one lesson, by its code."""

    lesson = serializers.CharField()
    answer = serializers.ChoiceField(choices=LessonAnswer.choices)
    evidence = serializers.CharField(allow_blank=True)


class ChecklistSentSerializer(serializers.Serializer[Any]):
    """The answers to all eight lessons. `version` is that of the review as you read it."""

    version = serializers.IntegerField(min_value=1)
    answers = GateAnswerSentSerializer(many=True)


class RecommendationSerializer(serializers.ModelSerializer[GateRecommendation]):
    """A recommendation of a gate review; `review` is the review's id."""

    programme = serializers.CharField(source="review.programme.key", read_only=True)
    ref = serializers.CharField(read_only=True)
    owner = serializers.SlugRelatedField[Any](slug_field="email", read_only=True)

    class Meta:
        model = GateRecommendation
        fields = (
            "id",
            "programme",
            "review",
            "ref",
            "number",
            "text",
            "urgency",
            "owner",
            "due_on",
            "state",
            "settled_on",
            "settled_because",
            "version",
            "updated_at",
        )


class RecommendationTermsSerializer(serializers.Serializer[Any]):
    """What is recommended. The owner is named by email address."""

    text = serializers.CharField(allow_blank=True)
    urgency = serializers.ChoiceField(choices=GateUrgency.choices)
    owner = serializers.CharField()
    due_on = serializers.DateField()


class RecommendationCreateSerializer(RecommendationTermsSerializer):
    """A new recommendation of the review with this id."""

    review = IdField()


class RecommendationUpdateSerializer(RecommendationTermsSerializer):
    """What to change of an open recommendation; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    text = serializers.CharField(required=False, allow_blank=True)
    urgency = serializers.ChoiceField(choices=GateUrgency.choices, required=False)
    owner = serializers.CharField(required=False)
    due_on = serializers.DateField(required=False)


class SettleSerializer(serializers.Serializer[Any]):
    """Whether it is done or rejected, and in what words. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    state = serializers.ChoiceField(
        choices=[one for one in GateRecommendationState.choices if one[0] != GateRecommendationState.OPEN]
    )
    settled_because = serializers.CharField(allow_blank=True)


class ReopenSerializer(serializers.Serializer[Any]):
    """Why it is opened again. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    why = serializers.CharField(allow_blank=True)
