"""What is sent to the API of service reviews."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import User
from core.api.fields import IdField
from core.api.publication import WithholdingSerializer
from programme.models import Council
from services.actions.review_answers import EVIDENCE_LIMIT, MOST_RESPONSES
from services.actions.review_consultations import MOST_AFFECTED
from services.enums import ConsultationKind, QuestionSet, ReviewState


def council_field(**kwargs: Any) -> serializers.SlugRelatedField[Any]:
    """A council by its key."""
    return serializers.SlugRelatedField(slug_field="key", queryset=Council.objects.all(), **kwargs)


class ReviewDetailsSerializer(serializers.Serializer[Any]):
    """What a review says of itself; what is left out stays. The owner is named by email address."""

    chosen_because = serializers.CharField(required=False, allow_blank=True)
    scope = serializers.CharField(required=False, allow_blank=True)
    owner = serializers.SlugRelatedField(
        slug_field="email",
        queryset=User.objects.filter(is_active=True),
        required=False,
        allow_null=True,
        error_messages={"does_not_exist": "Choose a review owner who has an active account"},
    )
    lead_council = council_field(required=False, allow_null=True)
    is_sensitive = serializers.BooleanField(required=False)
    started_on = serializers.DateField(required=False, allow_null=True)


class ReviewCreateSerializer(ReviewDetailsSerializer):
    """A new review of a service."""

    service = IdField()


class ReviewUpdateSerializer(ReviewDetailsSerializer):
    """What to change of a review; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    equality_impact_done = serializers.BooleanField(required=False)
    staff_consulted_on = serializers.DateField(required=False, allow_null=True)
    recommendation = serializers.CharField(required=False, allow_blank=True)


class ReviewStepSerializer(serializers.Serializer[Any]):
    """The next state and what is said with it. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    to = serializers.ChoiceField(choices=ReviewState.choices)
    reason = serializers.CharField(required=False, allow_blank=True)
    decision_ref = serializers.CharField(required=False, allow_blank=True)
    deferred_until_on = serializers.DateField(required=False, allow_null=True)
    go_live_on = serializers.DateField(required=False, allow_null=True)


class TaskGivenSerializer(serializers.Serializer[Any]):
    """One task as it is to be; `id` of one that is there already."""

    id = IdField(required=False, allow_null=True)
    text = serializers.CharField(allow_blank=True)
    council = council_field(required=False, allow_null=True)


class ReviewTasksSerializer(serializers.Serializer[Any]):
    """All tasks of a review, in order; one that is not named goes. `version` is that of the review."""

    version = serializers.IntegerField(min_value=1)
    tasks = TaskGivenSerializer(many=True)


class FinishTaskSerializer(serializers.Serializer[Any]):
    """A task of the review that is done, or is not done after all."""

    task = IdField()
    is_done = serializers.BooleanField(default=True)


class AnswerGivenSerializer(serializers.Serializer[Any]):
    """How many people gave each score, 1 to 5, and what shows it."""

    counts = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=MOST_RESPONSES), allow_empty=True
    )
    evidence = serializers.CharField(required=False, allow_blank=True, max_length=EVIDENCE_LIMIT, default="")

    def validate_counts(self, counts: dict[str, int]) -> dict[int, int]:
        """Scores are whole numbers; the rule says which."""
        if any(not score.isascii() or not score.isdigit() or len(score) > 3 for score in counts):
            raise serializers.ValidationError("Score must be between 1 and 5")
        return {int(score): count for score, count in counts.items()}


class AnswersSerializer(serializers.Serializer[Any]):
    """One council's answers to one set, by code of the question; a question left out stays as it is.

    `version` is that of the council's answers as you read them, 0 before the first.
    """

    council = council_field()
    question_set = serializers.ChoiceField(choices=QuestionSet.choices)
    version = serializers.IntegerField(min_value=0)
    answers = serializers.DictField(child=AnswerGivenSerializer())


class RedLineCreateSerializer(serializers.Serializer[Any]):
    """A red line of a council in a review."""

    review = IdField()
    council = council_field()
    text = serializers.CharField()


class RedLineUpdateSerializer(serializers.Serializer[Any]):
    """What to change of a red line; what is left out stays."""

    version = serializers.IntegerField(min_value=1)
    text = serializers.CharField(required=False)
    is_respected = serializers.BooleanField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)


class ConsultationUpdateSerializer(serializers.Serializer[Any]):
    """What to change of a consultation; what is left out stays."""

    version = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=ConsultationKind.choices, required=False)
    affected_count = serializers.IntegerField(
        min_value=0, max_value=MOST_AFFECTED, required=False, allow_null=True
    )
    started_on = serializers.DateField(required=False)
    ended_on = serializers.DateField(required=False, allow_null=True)
    first_dismissal_on = serializers.DateField(required=False, allow_null=True)
    transfer_on = serializers.DateField(required=False, allow_null=True)
    establishment = serializers.CharField(required=False, allow_blank=True)


class ConsultationCreateSerializer(WithholdingSerializer):
    """A consultation of a council in a review; it may be withheld from its beginning."""

    review = IdField()
    council = council_field()
    kind = serializers.ChoiceField(choices=ConsultationKind.choices)
    affected_count = serializers.IntegerField(
        min_value=0, max_value=MOST_AFFECTED, required=False, allow_null=True
    )
    started_on = serializers.DateField()
    ended_on = serializers.DateField(required=False, allow_null=True)
    first_dismissal_on = serializers.DateField(required=False, allow_null=True)
    transfer_on = serializers.DateField(required=False, allow_null=True)
    establishment = serializers.CharField(required=False, allow_blank=True)


class LessonNamedSerializer(serializers.Serializer[Any]):
    """The id of the lesson that a review uses."""

    lesson = IdField()
