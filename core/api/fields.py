"""How values of the product look in the API: pounds as text, dates known to a month, named sources."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.models.fields import ImpreciseDates
from core.rules.ids import LARGEST_ID
from core.rules.money import pounds_plain


class IdField(serializers.IntegerField):
    """The id of a row: 1 up to the largest that a row can have."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class PoundsField(serializers.IntegerField):
    """Whole pence, shown as pounds with two decimals in text, so that no reader rounds them."""

    def to_representation(self, value: Any) -> str:  # type: ignore[override]
        """624420.00 of 62442000 pence."""
        return pounds_plain(int(value))


extend_schema_field({"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$", "example": "624420.00"})(
    PoundsField
)


class ImpreciseDateSerializer(serializers.Serializer[Any]):
    """A date that may be known only to a month, season or year: its first and last day, and its words."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()
    precision = serializers.CharField()
    text = serializers.CharField()


class ImpreciseDateField(serializers.Field[Any, Any, Any, Any]):
    """The date of a row whose columns start with this field's name; null where it is not stated."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, value: ImpreciseDates) -> dict[str, Any] | None:
        """First and last day, precision and words of the date."""
        stated = value.get_date(str(self.field_name))
        return None if stated is None else asdict(stated)


extend_schema_field(ImpreciseDateSerializer(allow_null=True))(ImpreciseDateField)
