"""Texts that may be withheld, in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.actions.publication import WITHHOLDING, Withholding, withholding_asked
from core.enums import PublicationClass
from core.publication import shown


@extend_schema_field(OpenApiTypes.STR)
class ShownField(serializers.Field[Any, Any, Any, Any]):
    """A text of a row with a publication class, or the sentence that it is withheld.

    `item` names the row it belongs to where that is not the row itself: ShownField(item="decision").
    """

    def __init__(self, item: str = "", **kwargs: Any) -> None:
        self.item = item
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> str:
        """What may be shown of the attribute with this field's name, or its source."""
        owner = getattr(instance, self.item) if self.item else instance
        return shown(owner, super().get_attribute(instance) or "").text

    def to_representation(self, value: Any) -> str:
        """The text as it was found."""
        return str(value)


class WithholdingSerializer(serializers.Serializer[Any]):
    """Whether what stands beside the title of a new row is withheld from its beginning, and why."""

    publication_class = serializers.ChoiceField(
        choices=PublicationClass.choices, required=False, default=PublicationClass.OPEN
    )
    exempt_paragraph = serializers.IntegerField(required=False, allow_null=True, default=None)
    public_interest_reason = serializers.CharField(required=False, allow_blank=True, default="")


def withholding_of(sent: dict[str, Any]) -> Withholding | None:
    """Why it is to be withheld; None for what is open. Takes the three values out of `sent`."""
    values: dict[str, Any] = {name: sent.pop(name) for name in WITHHOLDING}
    return withholding_asked(values)
