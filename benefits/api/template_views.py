"""Profiles of the usual benefits in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benefits.rules.templates import templates
from core.api.views import PROBLEMS


class BenefitTemplateSerializer(serializers.Serializer[Any]):
    """What the profile of a usual benefit starts with, and where the advice comes from."""

    key = serializers.CharField()
    name = serializers.CharField()
    advice_from = serializers.CharField(source="source")
    values = serializers.DictField(child=serializers.CharField(allow_blank=True))


class BenefitTemplatesView(APIView):
    """Profiles of the usual benefits."""

    @extend_schema(responses={200: BenefitTemplateSerializer(many=True), **PROBLEMS})
    def get(self, request: Request) -> Response:
        """Every template, in the order of the page."""
        return Response(BenefitTemplateSerializer(templates(), many=True).data)
