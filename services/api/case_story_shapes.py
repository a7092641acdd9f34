"""What is shown and sent of a case as a whole: progress, steps, statements, scores, comparisons."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.fields import PoundsField
from services.enums import CaseState, CaseStep, Position, ReviewOutcome


class CaseStepSerializer(serializers.Serializer[Any]):
    """A step to take. `version` is the one you read; a return or withdrawal needs a comment."""

    step = serializers.ChoiceField(choices=CaseStep.choices)
    version = serializers.IntegerField(min_value=1)
    comment = serializers.CharField(required=False, allow_blank=True, default="")


class CaseStatementInputSerializer(serializers.Serializer[Any]):
    """What the section 151 officer of a council (its key) says of the version that you read."""

    council = serializers.CharField()
    position = serializers.ChoiceField(choices=Position.choices)
    text = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(min_value=1)


class CaseStatementSerializer(serializers.Serializer[Any]):
    """A council and its statement; the rest is null until its officer has made one."""

    council = serializers.CharField()
    position = serializers.ChoiceField(choices=Position.choices, allow_null=True)
    text = serializers.CharField(allow_null=True)
    stated_by = serializers.CharField(allow_null=True)
    stated_at = serializers.DateTimeField(allow_null=True)


class CaseReviewSerializer(serializers.Serializer[Any]):
    """What a reviewer said."""

    outcome = serializers.ChoiceField(choices=ReviewOutcome.choices)
    comment = serializers.CharField(allow_blank=True)
    reviewed_by = serializers.CharField()
    reviewed_at = serializers.DateTimeField()


class CaseVersionSerializer(serializers.Serializer[Any]):
    """One version of the case."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=CaseState.choices)
    issued_at = serializers.DateTimeField(allow_null=True)
    content_hash = serializers.CharField(allow_blank=True)


class CaseProgressSerializer(serializers.Serializer[Any]):
    """Where a version stands: its next step (empty: none), all that stops it, and who must act.

    Statements that do not support the case come first among `objections`.
    """

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=CaseState.choices)
    next_step = serializers.CharField(allow_blank=True)
    stops = serializers.ListField(child=serializers.CharField())
    who_must_act = serializers.CharField(allow_blank=True)
    objections = CaseStatementSerializer(many=True)
    statements = CaseStatementSerializer(many=True)
    reviews = CaseReviewSerializer(many=True)
    versions = CaseVersionSerializer(many=True)


class CaseCheckSerializer(serializers.Serializer[Any]):
    """The hash kept at issue, and whether the content still gives it; null for a version not issued."""

    content_hash = serializers.CharField(allow_blank=True)
    holds = serializers.BooleanField(allow_null=True)


class CriterionInputSerializer(serializers.Serializer[Any]):
    """A criterion; without `ref` it is a new one."""

    ref = serializers.CharField(required=False, allow_blank=True, default="")
    name = serializers.CharField(allow_blank=True)
    weight_percent = serializers.IntegerField()
    description = serializers.CharField(required=False, allow_blank=True, default="")


class CriteriaInputSerializer(serializers.Serializer[Any]):
    """Every criterion of the case, in order; one left out goes with its scores."""

    version = serializers.IntegerField(min_value=1)
    criteria = CriterionInputSerializer(many=True)


class ScoreInputSerializer(serializers.Serializer[Any]):
    """Your score of an option on a criterion, by references; null without a reason takes it back."""

    criterion = serializers.CharField()
    option = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(required=False, allow_blank=True, default="")
    version = serializers.IntegerField(required=False, allow_null=True, default=None)


class ScoresInputSerializer(serializers.Serializer[Any]):
    """Your scores; what is left out stays."""

    scores = ScoreInputSerializer(many=True)


class CriterionSerializer(serializers.Serializer[Any]):
    """A criterion and its weight."""

    ref = serializers.CharField()
    name = serializers.CharField()
    weight_percent = serializers.IntegerField()
    description = serializers.CharField(allow_blank=True)


class ScoreCellSerializer(serializers.Serializer[Any]):
    """An option on a criterion: mean, what it adds, spread between people and their number."""

    criterion = serializers.CharField(source="criterion.ref")
    mean = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    adds = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True, source="contribution")
    spread = serializers.IntegerField()
    people = serializers.IntegerField()


class RankedOptionSerializer(serializers.Serializer[Any]):
    """An option with its weighted score and rank, null until everything is scored."""

    option = serializers.CharField(source="option.ref")
    name = serializers.CharField()
    rank = serializers.IntegerField(allow_null=True)
    score = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    criteria = ScoreCellSerializer(many=True, source="cells")


class GivenScoreSerializer(serializers.Serializer[Any]):
    """A score that a person gave."""

    criterion = serializers.CharField(source="criterion.ref")
    option = serializers.CharField(source="option.ref")
    person = serializers.CharField(source="scored_by.name")
    score = serializers.IntegerField()
    reason = serializers.CharField()
    version = serializers.IntegerField()


class ScorePageSerializer(serializers.Serializer[Any]):
    """Options, best first, what would change the first place, and every score."""

    criteria = CriterionSerializer(many=True)
    options = RankedOptionSerializer(many=True, source="rows")
    sentence = serializers.CharField()
    scores = GivenScoreSerializer(many=True)


class CaseChangeSerializer(serializers.Serializer[Any]):
    """One difference in words."""

    part = serializers.CharField()
    item = serializers.CharField()
    what = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class CaseMoneyChangeSerializer(serializers.Serializer[Any]):
    """One difference in pounds; null where there is no figure or it is withheld, and then why."""

    part = serializers.CharField()
    item = serializers.CharField()
    what = serializers.CharField()
    year = serializers.CharField(allow_blank=True)
    before = PoundsField(allow_null=True)
    after = PoundsField(allow_null=True)
    difference = PoundsField(allow_null=True)
    withheld = serializers.CharField(allow_blank=True)


class CaseComparisonSerializer(serializers.Serializer[Any]):
    """Every difference from the older version to the newer."""

    older = serializers.IntegerField(source="older.number")
    newer = serializers.IntegerField(source="newer.number")
    totals = CaseMoneyChangeSerializer(many=True)
    amounts = CaseMoneyChangeSerializer(many=True)
    changes = CaseChangeSerializer(many=True)
