"""Services in the API: read, add, change, compare, rank and import."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.parsers import JsonParser
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.publication import without_hidden
from core.rules.assessment import Withheld
from core.rules.dates import ImpreciseDate
from core.rules.money import parse_pounds
from programme.api.views import OfProgrammeFilter
from programme.models import Council, Programme
from services.actions.service import (
    create_service,
    remove_cost,
    remove_measure,
    save_cost,
    save_measure,
    save_provision,
    update_service,
)
from services.actions.service_import import check_catalogue, from_file, from_rows, import_catalogue
from services.api.serializers import (
    CandidatesSerializer,
    CatalogueImportedSerializer,
    ContractSerializer,
    ServiceComparisonSerializer,
    ServiceSerializer,
)
from services.api.service_input import (
    CatalogueImportSerializer,
    CostUpdateSerializer,
    MeasureUpdateSerializer,
    PartUpdateSerializer,
    ServiceCreateSerializer,
    ServiceUpdateSerializer,
)
from services.models import Service, ServiceCouncil
from services.queries.candidates import MONTHS_OFFERED, sharing_candidates
from services.queries.comparison import service_comparison
from services.queries.contracts import contract_timeline
from services.queries.provisions import with_provisions
from services.queries.service_import import preview
from services.rules.candidates import DEFAULT_MONTHS
from services.rules.service_entry import fte_to_show

SAVED = {200: ServiceSerializer, **PROBLEMS, **CONFLICT}


class ServiceFilter(OfProgrammeFilter):
    """Services of a programme, a council, in one state."""

    council = filters.CharFilter(field_name="provisions__council__key", distinct=True)

    class Meta:
        model = Service
        fields = ("programme", "council", "status", "kind")


class ServiceViewSet(VisibleViewSet):
    """Services, each council's part, costs and measures by year, and reviews."""

    queryset = with_provisions(
        Service.objects.select_related("programme__partnership", "lead_council", "updated_by")
    ).prefetch_related("reviews")
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilter
    ordering_fields = ("order_index", "name")

    @extend_schema(request=ServiceCreateSerializer, responses={201: ServiceSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Add a service to a programme."""
        sent = _with_days(read_sent(ServiceCreateSerializer, request))
        programme = _programme(request, sent.pop("programme"))
        made = create_service(programme, by=person(request), values=sent, channel=Channel.API)
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(request=ServiceUpdateSerializer, responses=SAVED)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what all councils share of a service; what is left out stays."""
        service = self.get_object()
        sent = _with_days(read_sent(ServiceUpdateSerializer, request))
        seen = sent.pop("version")
        update_service(service, by=person(request), seen_version=seen, values=sent, channel=Channel.API)
        return self._shown(service)

    @extend_schema(request=PartUpdateSerializer, responses=SAVED)
    @action(detail=True, methods=["post"])
    def councils(self, request: Request, **kwargs: Any) -> Response:
        """Record one council's part in a service, or change it; what is left out stays.

        So do posts that are withheld, where null is sent for them.
        """
        service = self.get_object()
        sent = read_sent(PartUpdateSerializer, request)
        seen, council = sent.pop("version"), sent.pop("council")
        part = service.provisions.filter(council=council).first()
        hidden = ("fte",) if part and isinstance(fte_to_show(part.fte), Withheld) else ()
        sent = without_hidden(sent, hidden)
        save_provision(
            service, council, by=person(request), seen_version=seen, values=sent, channel=Channel.API
        )
        return self._shown(service)

    @extend_schema(request=CostUpdateSerializer, responses=SAVED)
    @action(detail=True, methods=["post"])
    def costs(self, request: Request, **kwargs: Any) -> Response:
        """Record what a council spends in a financial year, change it, or with null take it away."""
        service = self.get_object()
        sent = read_sent(CostUpdateSerializer, request)
        part = _part(service, sent.pop("council"))
        pence = _pence(sent.pop("amount"))
        by, seen, fy = person(request), sent.pop("version"), sent.pop("fy")
        if pence is None:
            cost = get_object_or_404(part.costs.select_related("source"), fy=fy)
            cost.provision = part
            remove_cost(cost, by=by, seen_version=seen, channel=Channel.API)
        else:
            values = {**sent, "amount_pence": pence}
            save_cost(part, by=by, seen_version=seen, fy=fy, values=values, channel=Channel.API)
        return self._shown(service)

    @extend_schema(request=MeasureUpdateSerializer, responses=SAVED)
    @action(detail=True, methods=["post"])
    def measures(self, request: Request, **kwargs: Any) -> Response:
        """Record a measure of a council and year, change it, or with null take it away."""
        service = self.get_object()
        sent = read_sent(MeasureUpdateSerializer, request)
        part = _part(service, sent.pop("council"))
        by, seen = person(request), sent.pop("version")
        name, fy = sent.pop("name"), sent.pop("fy")
        if sent["value"] is None:
            measure = get_object_or_404(part.measures.select_related("source"), name=name, fy=fy)
            measure.provision = part
            remove_measure(measure, by=by, seen_version=seen, channel=Channel.API)
        else:
            save_measure(part, by=by, seen_version=seen, name=name, fy=fy, values=sent, channel=Channel.API)
        return self._shown(service)

    @extend_schema(
        responses={200: ServiceComparisonSerializer, **PROBLEMS},
        parameters=[
            OpenApiParameter("fy", int, description="2026 is 2026 to 2027"),
            OpenApiParameter("measure", str),
        ],
    )
    @action(detail=True, methods=["get"], filterset_class=None, pagination_class=None)
    def comparison(self, request: Request, **kwargs: Any) -> Response:
        """The service across its councils, in one year and by one volume of work."""
        service = self.get_object()
        fy, measure = request.query_params.get("fy", ""), request.query_params.get("measure", "")
        year = int(fy) if fy.isascii() and fy.isdecimal() and len(fy) == 4 else None
        found = service_comparison(service.programme, service=service, fy=year, measure=measure)
        return Response(ServiceComparisonSerializer(found.services[0]).data)

    def _shown(self, service: Service, code: int = status.HTTP_200_OK) -> Response:
        fresh = self.get_queryset().get(pk=service.pk)
        return Response(ServiceSerializer(fresh).data, status=code)


class ComparisonView(APIView):
    """Every service of a programme across councils."""

    @extend_schema(responses={200: ServiceComparisonSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Unit cost and cost per head of every service, each in its latest well-stated year."""
        found = service_comparison(_programme(request, key))
        return Response(ServiceComparisonSerializer(found.services, many=True).data)


class ContractsView(APIView):
    """When the contracts of a programme's services end."""

    @extend_schema(responses={200: ContractSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Every contract, soonest end first."""
        timeline = contract_timeline(_programme(request, key), as_of=today())
        return Response(ContractSerializer(timeline.rows, many=True).data)


class CandidatesView(APIView):
    """Services ranked by how well they lend themselves to sharing."""

    @extend_schema(
        responses={200: CandidatesSerializer, **PROBLEMS},
        parameters=[OpenApiParameter("months", int, enum=MONTHS_OFFERED)],
    )
    def get(self, request: Request, key: str) -> Response:
        """The ranking, with reasons and what is not stated."""
        asked = request.query_params.get("months", "")
        months = next((one for one in MONTHS_OFFERED if str(one) == asked), DEFAULT_MONTHS)
        found = sharing_candidates(_programme(request, key), as_of=today(), months=months)
        return Response(CandidatesSerializer(found).data)


class CatalogueImportView(APIView):
    """Import of a whole service catalogue."""

    parser_classes = (JsonParser, MultiPartParser)

    @extend_schema(
        request=CatalogueImportSerializer, responses={200: CatalogueImportedSerializer, **PROBLEMS}
    )
    def post(self, request: Request, key: str) -> Response:
        """Add and change what a file or rows say, all of it or nothing; with `dry_run` only say what."""
        programme, by = _programme(request, key), person(request)
        sent = read_sent(CatalogueImportSerializer, request)
        reading = from_rows(sent.get("rows") or []) if "file" not in sent else from_file(sent["file"])
        if sent["dry_run"]:
            done = check_catalogue(programme, reading, by=by)
            done.table.check()
        else:
            done = import_catalogue(programme, reading, by=by, channel=Channel.API)
        shown = {
            "dry_run": sent["dry_run"],
            "added": done.added,
            "changed": done.changed,
            "changes": preview(done.writes).rows,
        }
        return Response(CatalogueImportedSerializer(shown).data)


def _programme(request: Request, key: str) -> Programme:
    programmes = Programme.objects.visible_to(person(request)).select_related("partnership")
    return get_object_or_404(programmes, key=key)


def _part(service: Service, council: Council) -> ServiceCouncil:
    """The council's part in a service, which there must be (404)."""
    part = get_object_or_404(service.provisions.select_related("council"), council=council)
    part.service = service
    return part


def _with_days(sent: dict[str, Any]) -> dict[str, Any]:
    """Days of the service as the action takes them."""
    for name in ("since", "planned"):
        if f"{name}_on" in sent:
            day = sent.pop(f"{name}_on")
            sent[name] = ImpreciseDate.day(day) if day else None
    return sent


def _pence(amount: str | None) -> int | None:
    if amount is None:
        return None
    try:
        return parse_pounds(amount, noun="cost", minimum=0)
    except Refusal as said:
        raise Refusal(said.message, "amount", said.code) from None
