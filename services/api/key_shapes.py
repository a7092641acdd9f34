"""Shapes of pools, keys, runs and true-ups in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import IdField, PoundsField
from core.errors import Refusal
from core.rules.money import parse_pounds
from services.enums import KeyBasis
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    ApportionmentShare,
    CostPool,
    KeyWeight,
    TrueUp,
    TrueUpDriver,
)
from services.queries.key_runs import is_withheld
from services.rules.key_record import weight_text
from services.rules.true_up import DEFAULT_TOLERANCE_POINTS

FIRST_FY, LAST_FY = 1974, 2200


class WeightField(serializers.CharField):
    """A number in plain text, without zeros at its end."""

    def to_representation(self, value: Any) -> str:
        """57341.2 of a stored weight."""
        return weight_text(value)


class AmountInput(serializers.CharField):
    """Pounds in text, read as the pages read them."""

    def to_internal_value(self, data: Any) -> int:  # type: ignore[override]
        """Pence; refuses as rows 1 to 4, 7 and 8."""
        try:
            return parse_pounds(super().to_internal_value(data), noun="amount")
        except Refusal as said:
            raise serializers.ValidationError(said.message, code=said.code) from said


extend_schema_field({"type": "string", "example": "624420.00"})(AmountInput)


class FyInput(serializers.IntegerField):
    """The starting year of a financial year."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=FIRST_FY, max_value=LAST_FY, **kwargs)


class PoolSerializer(serializers.ModelSerializer[CostPool]):
    """What one key at a time shares."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = CostPool
        fields = ("id", "programme", "ref", "name", "description", "order_index", "version", "updated_at")


class PoolCreateSerializer(serializers.Serializer[Any]):
    """A new pool of the programme with this key."""

    programme = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True, default="")


class PoolUpdateSerializer(serializers.Serializer[Any]):
    """What a pool is called and what is in it, and the version that was read."""

    name = serializers.CharField(allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True, default="")
    version = serializers.IntegerField(min_value=1)


class KeyWeightSerializer(serializers.ModelSerializer[KeyWeight]):
    """One council's weight."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    weight = WeightField()

    class Meta:
        model = KeyWeight
        fields = ("council", "weight")


class KeySerializer(serializers.ModelSerializer[ApportionmentKey]):
    """A key: the weights by which a pool is shared from one day to another, both included."""

    programme = serializers.CharField(source="pool.programme.key", read_only=True)
    weights = KeyWeightSerializer(many=True)

    class Meta:
        model = ApportionmentKey
        fields = (
            "id",
            "programme",
            "pool",
            "basis",
            "effective_from_on",
            "effective_to_on",
            "as_at_on",
            "driver_source",
            "review_on",
            "decision_ref",
            "note",
            "weights",
            "version",
            "updated_at",
        )


class KeyValuesSerializer(serializers.Serializer[Any]):
    """What a key holds. `weights` are numbers in text by the key of each council.

    `successor_reason` says why a council stays in it past its abolition, where its successors are not known.
    """

    basis = serializers.ChoiceField(choices=KeyBasis.choices)
    effective_from_on = serializers.DateField()
    effective_to_on = serializers.DateField(required=False, allow_null=True, default=None)
    weights = serializers.DictField(child=serializers.CharField())
    decision_ref = serializers.CharField(required=False, allow_blank=True, default="")
    as_at_on = serializers.DateField(required=False, allow_null=True, default=None)
    driver_source = serializers.CharField(required=False, allow_blank=True, default="")
    review_on = serializers.DateField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, allow_blank=True, default="")
    successor_reason = serializers.CharField(required=False, allow_blank=True, default="")


class KeyCreateSerializer(KeyValuesSerializer):
    """A new key of a pool."""

    pool = IdField()


class KeyUpdateSerializer(KeyValuesSerializer):
    """Everything that a key is to hold, and the version that was read."""

    version = serializers.IntegerField(min_value=1)


class KeyEndSerializer(serializers.Serializer[Any]):
    """The last day of a key, and the version that was read."""

    effective_to_on = serializers.DateField()
    version = serializers.IntegerField(min_value=1)


class ShareSerializer(serializers.ModelSerializer[ApportionmentShare]):
    """One council's share of an amount."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    share = PoundsField(source="share_pence", allow_null=True)

    class Meta:
        model = ApportionmentShare
        fields = ("council", "share")


class UsedWeightSerializer(serializers.Serializer[Any]):
    """A council's weight as it was used."""

    council = serializers.CharField()
    weight = serializers.CharField()


class UsedKeySerializer(serializers.Serializer[Any]):
    """What one key shared of an amount: its days, its basis or what was counted, and the weights used."""

    key = serializers.IntegerField()
    basis = serializers.CharField()
    driver = serializers.CharField(required=False)
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    total = PoundsField(source="total_pence", allow_null=True)
    weights = UsedWeightSerializer(many=True)


class RunSerializer(serializers.ModelSerializer[ApportionmentRun]):
    """An amount as it was shared. It never changes.

    Amounts are null, and `is_withheld` is true, where they are of an option with a line about fewer than 5
    people.
    """

    programme = serializers.CharField(source="pool.programme.key", read_only=True)
    is_withheld = serializers.SerializerMethodField()
    total = PoundsField(source="total_pence", allow_null=True)
    shares = ShareSerializer(many=True)
    weights = UsedKeySerializer(many=True)

    class Meta:
        model = ApportionmentRun
        fields = (
            "id",
            "programme",
            "pool",
            "key",
            "line",
            "purpose",
            "fy",
            "is_withheld",
            "total",
            "shares",
            "weights",
            "entered_at",
        )

    def get_is_withheld(self, run: ApportionmentRun) -> bool:
        """Whether its amounts are not shown."""
        return is_withheld(run)

    def to_representation(self, instance: ApportionmentRun) -> dict[str, Any]:
        """The run, without its amounts where they are withheld."""
        shown: dict[str, Any] = super().to_representation(instance)
        if shown["is_withheld"]:
            shown["total"] = None
            for part in (*shown["shares"], *shown["weights"]):
                part["share" if "share" in part else "total"] = None
        return shown


class RunCreateSerializer(serializers.Serializer[Any]):
    """An amount of a pool and financial year to be shared and kept."""

    pool = IdField()
    fy = FyInput()
    total = AmountInput()
    purpose = serializers.CharField(allow_blank=True)


class TrueUpDriverSerializer(serializers.ModelSerializer[TrueUpDriver]):
    """What was counted for one council."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    quantity = WeightField()

    class Meta:
        model = TrueUpDriver
        fields = ("council", "quantity")


class TrueUpSerializer(serializers.ModelSerializer[TrueUp]):
    """A year's estimated shares beside what was really done, and the two runs that keep them."""

    programme = serializers.CharField(source="key.pool.programme.key", read_only=True)
    tolerance_pp = WeightField()
    drivers = TrueUpDriverSerializer(many=True)
    estimate = RunSerializer(source="estimate_run")
    final = RunSerializer(source="final_run")

    class Meta:
        model = TrueUp
        fields = (
            "id",
            "programme",
            "key",
            "fy",
            "driver",
            "driver_source",
            "tolerance_pp",
            "result",
            "drivers",
            "estimate",
            "final",
            "entered_at",
        )


class CountedSerializer(serializers.Serializer[Any]):
    """What was shared by a key and counted for each council, by its key; tolerance in percentage points."""

    key = IdField()
    total = AmountInput()
    driver = serializers.CharField(allow_blank=True)
    drivers = serializers.DictField(child=serializers.CharField())
    driver_source = serializers.CharField(required=False, allow_blank=True, default="")
    tolerance_pp = serializers.DecimalField(
        max_digits=5, decimal_places=2, required=False, default=DEFAULT_TOLERANCE_POINTS
    )


class TrueUpCreateSerializer(CountedSerializer):
    """The actual drivers of a year, by the key of each council; the tolerance is in percentage points."""

    fy = FyInput()


class PassingSerializer(serializers.Serializer[Any]):
    """An amount of a council that is abolished: what it keeps, and what each successor takes on."""

    line = serializers.CharField()
    fy = serializers.IntegerField()
    amount = PoundsField()
    kept = PoundsField()
    passed = serializers.DictField(child=PoundsField())


class SuccessionSerializer(serializers.Serializer[Any]):
    """A council that is abolished, and its amounts of a case that reach over its vesting day."""

    council = serializers.CharField()
    vesting_on = serializers.DateField()
    successors = serializers.ListField(child=serializers.CharField())
    amounts = PassingSerializer(many=True)


class SuccessionsSerializer(serializers.Serializer[Any]):
    """The version of a case, and what passes to successors in it."""

    version = serializers.IntegerField()
    successions = SuccessionSerializer(many=True)


class PassSerializer(serializers.Serializer[Any]):
    """The version of the case that was read."""

    version = serializers.IntegerField(min_value=1)
