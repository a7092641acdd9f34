"""Reads of the services floor."""

from __future__ import annotations

from django.db.models import Prefetch
from django_filters import rest_framework as filters

from core.api.views import VisibleViewSet
from programme.api.views import OfProgrammeFilter
from services.api.serializers import ServiceSerializer
from services.models import Service, ServiceCost, ServiceCouncil


class ServiceFilter(OfProgrammeFilter):
    """Services of a programme, a council, in one state."""

    council = filters.CharFilter(field_name="provisions__council__key", distinct=True)

    class Meta:
        model = Service
        fields = ("programme", "council", "status")


class ServiceViewSet(VisibleViewSet):
    """Services, each council's cost by year, and reviews."""

    queryset = Service.objects.select_related("programme", "lead_council").prefetch_related(
        Prefetch("provisions", ServiceCouncil.objects.select_related("council")),
        Prefetch("provisions__costs", ServiceCost.objects.select_related("source")),
        "reviews",
    )
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilter
    ordering_fields = ("order_index", "name")
