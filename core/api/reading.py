"""How routes that write read what was sent."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


def read_sent(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, in the shape given; anything it cannot read is refused field by field."""
    sent = shape(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)
