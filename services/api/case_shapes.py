"""What is shown and sent of business cases, their options and their lines. Money is pounds in text."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import PoundsField
from core.api.publication import WithholdingSerializer
from core.errors import Refusal
from programme.models import Council
from services.enums import CaseSectionName, CaseStage, Confidence, CostType, LineKind, PaybackOrigin
from services.models import BusinessCase, CaseOption
from services.rules.case_entry import parse_horizon


class CaseOptionSerializer(serializers.ModelSerializer[CaseOption]):
    """One way forward; exactly one is business as usual, at most one is preferred."""

    variant_of = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    without_council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = CaseOption
        fields = (
            "id",
            "ref",
            "name",
            "description",
            "kind",
            "is_bau",
            "is_preferred",
            "variant_of",
            "without_council",
        )


class BusinessCaseSerializer(serializers.ModelSerializer[BusinessCase]):
    """One version of a business case with its options and five cases; its lines have an address of their own.

    `version` goes back with a change; `number` is the version that councils read.
    """

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    service = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    options = CaseOptionSerializer(many=True, read_only=True)
    sections = serializers.SerializerMethodField()

    class Meta:
        model = BusinessCase
        fields = (
            "id",
            "programme",
            "ref",
            "number",
            "title",
            "summary",
            "service",
            "stage",
            "state",
            "base_fy",
            "horizon_years",
            "price_basis",
            "payback_origin",
            "discount_version",
            "deflator_version",
            "bias_version",
            "sections",
            "options",
            "version",
            "updated_at",
        )

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_sections(self, case: BusinessCase) -> dict[str, str]:
        """The text of each of the five cases by its name."""
        return {section.name: section.text for section in case.sections.all()}


class HorizonInput(serializers.Field[int, Any, int, Any]):
    """Years of an appraisal period; refuses as row 30."""

    def to_internal_value(self, data: Any) -> int:
        """A whole number from 1 to 60."""
        try:
            return parse_horizon(data)
        except Refusal as said:
            raise serializers.ValidationError(said.message, code=said.code) from None

    def to_representation(self, value: int) -> int:
        """The number."""
        return value


extend_schema_field({"type": "integer", "minimum": 1, "maximum": 60})(HorizonInput)


class CaseInputSerializer(serializers.Serializer[Any]):
    """What a case says of itself. `service` is a reference, null for the whole programme."""

    title = serializers.CharField()
    summary = serializers.CharField(required=False, allow_blank=True)
    stage = serializers.ChoiceField(choices=CaseStage.choices)
    service = serializers.CharField(required=False, allow_null=True)
    base_fy = serializers.IntegerField()
    horizon_years = HorizonInput(required=False)
    payback_origin = serializers.ChoiceField(choices=PaybackOrigin.choices, required=False)


class CaseCreateSerializer(CaseInputSerializer):
    """A new draft of a programme."""

    programme = serializers.CharField()
    ref = serializers.CharField()


class CaseUpdateSerializer(CaseInputSerializer):
    """What to change of a draft; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(required=False)
    stage = serializers.ChoiceField(choices=CaseStage.choices, required=False)
    base_fy = serializers.IntegerField(required=False)
    sections = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        required=False,
        help_text="texts by name: strategic, economic, commercial, financial, management",
    )

    def validate_sections(self, sections: dict[str, str]) -> dict[str, str]:
        """The names are those of the five cases."""
        if not set(sections) <= set(CaseSectionName.values):
            raise serializers.ValidationError(f"Name one of: {', '.join(CaseSectionName.values)}")
        return sections


class VersionSerializer(serializers.Serializer[Any]):
    """The version of the case that you read."""

    version = serializers.IntegerField(min_value=1)


class OptionInputSerializer(VersionSerializer):
    """A further option. `variant_of` is a reference, `without_council` a key; `version` is the case's."""

    ref = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField(required=False, allow_blank=True)
    kind = serializers.CharField()
    is_preferred = serializers.BooleanField(required=False)
    variant_of = serializers.CharField(required=False, allow_null=True)
    without_council = serializers.SlugRelatedField[Council](
        slug_field="key", queryset=Council.objects.all(), required=False, allow_null=True
    )


class OptionUpdateSerializer(OptionInputSerializer):
    """What to change of an option; what is left out stays."""

    ref = serializers.CharField(required=False)
    name = serializers.CharField(required=False)
    kind = serializers.CharField(required=False)


class LineAmountSerializer(serializers.Serializer[Any]):
    """An amount of a council (null: joint) in one financial year; the line's kind fixes its sign."""

    council = serializers.CharField(allow_null=True)
    fy = serializers.IntegerField()
    amount = PoundsField()


class LineWithheldSerializer(serializers.Serializer[Any]):
    """Amounts of a council (null: joint) that are not shown, and why."""

    council = serializers.CharField(allow_null=True)
    reason = serializers.CharField()


class LineFieldsSerializer(serializers.Serializer[Any]):
    """What a line says of itself."""

    ref = serializers.CharField()
    title = serializers.CharField()
    option = serializers.CharField(help_text="reference of the option")
    kind = serializers.ChoiceField(choices=LineKind.choices)
    cost_type = serializers.ChoiceField(choices=[("", "None"), *CostType.choices])
    pool = serializers.CharField(allow_null=True, help_text="reference of the pool")
    key_text = serializers.CharField(allow_blank=True)
    price_basis = serializers.CharField()
    confidence = serializers.ChoiceField(choices=Confidence.choices)
    evidence = serializers.CharField(allow_blank=True)
    assumptions = serializers.CharField(allow_blank=True)
    low_percent = serializers.IntegerField()
    high_percent = serializers.IntegerField()
    bias_category = serializers.CharField(allow_blank=True)
    bias_mitigation_percent = serializers.IntegerField(allow_null=True)
    bias_basis = serializers.CharField(allow_blank=True)
    staff_count = serializers.IntegerField(allow_null=True)
    term_years = serializers.IntegerField(allow_null=True)
    override_reason = serializers.CharField(allow_blank=True)


class CaseLineSerializer(LineFieldsSerializer):
    """A line with its amounts, as far as you may see them."""

    id = serializers.IntegerField()
    annual = PoundsField(allow_null=True)
    whole_life = PoundsField(allow_null=True)
    amounts = LineAmountSerializer(many=True)
    withheld = LineWithheldSerializer(many=True)


class CaseLinesSerializer(serializers.Serializer[Any]):
    """The lines of a case; `version` goes back with a change."""

    version = serializers.IntegerField()
    base_fy = serializers.IntegerField()
    horizon_years = serializers.IntegerField()
    lines = CaseLineSerializer(many=True)


class AmountInputSerializer(serializers.Serializer[Any]):
    """An amount to store, as pounds in text; null takes it out.

    `months`, where they are given, are the twelve from April on and must add up to the year.
    """

    council = serializers.CharField(allow_null=True, required=False, default=None)
    fy = serializers.IntegerField(min_value=1900, max_value=2300)
    amount = serializers.CharField(allow_null=True, required=False)
    months = serializers.ListField(
        child=serializers.CharField(), required=False, min_length=12, max_length=12
    )


class LineInputSerializer(WithholdingSerializer):
    """A line by its reference: one that is there is changed, another added. What is left out stays.

    For each council named in `amounts` (null: joint), the years that are not named are taken out. A new line
    may be withheld from its beginning; of one that is there /exempt-items/lines/ says so.
    """

    ref = serializers.CharField()
    title = serializers.CharField(required=False, allow_blank=True)
    option = serializers.CharField(required=False)
    kind = serializers.CharField(required=False, allow_blank=True)
    cost_type = serializers.CharField(required=False, allow_blank=True)
    pool = serializers.CharField(required=False, allow_null=True)
    key_text = serializers.CharField(required=False, allow_blank=True)
    price_basis = serializers.CharField(required=False, allow_blank=True)
    confidence = serializers.CharField(required=False, allow_blank=True)
    evidence = serializers.CharField(required=False, allow_blank=True)
    assumptions = serializers.CharField(required=False, allow_blank=True)
    low_percent = serializers.IntegerField(required=False)
    high_percent = serializers.IntegerField(required=False)
    bias_category = serializers.CharField(required=False, allow_blank=True)
    bias_mitigation_percent = serializers.IntegerField(required=False, allow_null=True)
    bias_basis = serializers.CharField(required=False, allow_blank=True)
    staff_count = serializers.IntegerField(required=False, allow_null=True)
    annual = serializers.CharField(required=False, allow_null=True)
    term_years = serializers.IntegerField(required=False, allow_null=True)
    whole_life = serializers.CharField(required=False, allow_null=True)
    override_reason = serializers.CharField(required=False, allow_blank=True)
    amounts = AmountInputSerializer(many=True, required=False)


class LinesInputSerializer(VersionSerializer):
    """Lines to change or add, all of them or none. Lines that are not named stay."""

    lines = LineInputSerializer(many=True)


class LinesFileSerializer(VersionSerializer, WithholdingSerializer):
    """A CSV or XLSX file of lines; with `dry_run` it is checked and nothing is stored.

    New lines may be withheld from their beginning.
    """

    file = serializers.FileField()
    dry_run = serializers.BooleanField(required=False, default=False)


class ImportedSerializer(serializers.Serializer[Any]):
    """What a file changes: how many lines, and how many of them are new; the version of the case after it."""

    changed_lines = serializers.IntegerField()
    new_lines = serializers.IntegerField()
    version = serializers.IntegerField()
