"""Shapes of an appraisal and of compensation in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import PoundsField
from core.rules.calendar import fy_file_key
from services.api.key_shapes import AmountInput
from services.enums import TestBasis
from services.models import Compensation, CompensationPayment

FIRST_FY, LAST_FY = 1974, 2200

_MISSING = {
    "type": "object",
    "description": "Why there is no value: not_assessable, not_applicable or withheld, with the reason",
    "additionalProperties": {"type": "string"},
}
_ROWS = {
    "type": "array",
    "items": {
        "type": "object",
        "description": "One row: its keys are described in docs/appraisal.md; money is in pounds as text",
        "additionalProperties": {
            "oneOf": [
                {"type": "string", "nullable": True},
                {"type": "integer"},
                _MISSING,
            ]
        },
    },
}


@extend_schema_field(_ROWS)
class RowsField(serializers.ListField):
    """The rows of one table of the appraisal file."""


class FairnessSerializer(serializers.Serializer[Any]):
    """Whether each council is no worse off, what is proposed, and what is agreed."""

    statements = RowsField(help_text="Statements of section 151 officers, those that do not support first")
    no_worse_off = RowsField(help_text="Each council's position in cash and in net present value")
    compensation_proposed = RowsField(help_text="Payments that would leave no council worse off")
    compensation_agreed = RowsField(
        help_text="Payments of stored arrangements, the decision named and where it stands"
    )


class AppraisalSerializer(FairnessSerializer):
    """The whole appraisal: the tables of the file of `manage.py appraise`."""

    case = RowsField(help_text="The case and how it is appraised: one row")
    reference_data = RowsField(help_text="The version of each reference table used, and a newer one")
    measures = RowsField(help_text="Every measure of every option, jointly and by council")
    years = RowsField(help_text="Flows and present values by financial year")
    scenarios = RowsField(help_text="Net present value if assumptions fail")
    switching_values = RowsField(help_text="How far benefits may fall, or costs rise")
    range = RowsField(help_text="P10, P50 and P90 of the simulation")
    distribution = RowsField(help_text="How many runs came out where")
    tax_bases = RowsField(help_text="Band D equivalents of each council")
    not_assessable = RowsField(help_text="What cannot be worked out, and why")


class PaymentSerializer(serializers.ModelSerializer[CompensationPayment]):
    """What a council receives, or pays if negative, in one financial year."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    amount = PoundsField(source="amount_pence")

    class Meta:
        model = CompensationPayment
        fields = ("council", "fy", "amount")


class CompensationSerializer(serializers.ModelSerializer[Compensation]):
    """An arrangement by which councils that gain pay a partner."""

    beneficiary = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    cap = PoundsField(source="cap_pence", allow_null=True)
    payments = PaymentSerializer(many=True)

    class Meta:
        model = Compensation
        fields = ("id", "beneficiary", "basis", "cap", "decision_ref", "note", "payments", "version")


class PaymentInputSerializer(serializers.Serializer[Any]):
    """A payment; start the amount with a minus where the council pays."""

    council = serializers.CharField(help_text="Key of the council")
    fy = serializers.IntegerField(
        min_value=FIRST_FY, max_value=LAST_FY, help_text=f"First calendar year: 2026 for {fy_file_key(2026)}"
    )
    amount = AmountInput()


class CompensationInputSerializer(serializers.Serializer[Any]):
    """The terms of an arrangement."""

    beneficiary = serializers.CharField(help_text="Key of the council that receives it")
    basis = serializers.ChoiceField(choices=TestBasis.choices)
    payments = PaymentInputSerializer(many=True)
    cap = AmountInput(required=False, allow_null=True, default=None)
    decision_ref = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    note = serializers.CharField(required=False, allow_blank=True, default="")


class CompensationUpdateSerializer(CompensationInputSerializer):
    """The same for a change, with the version that was read."""

    version = serializers.IntegerField(min_value=1)
