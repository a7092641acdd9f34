"""The benefits map and objectives in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from benefits.actions.benefits_map import (
    add_link,
    add_map_step,
    add_objective,
    remove_link,
    remove_thing,
    rename_thing,
)
from benefits.api.map_shapes import (
    BenefitLinkInputSerializer,
    BenefitLinkSerializer,
    MapStepInputSerializer,
    MapStepSerializer,
    ObjectiveInputSerializer,
    ObjectiveSerializer,
    SeenThingSerializer,
    TitleSerializer,
)
from benefits.api.reading import programme_of
from benefits.enums import MapStepKind
from benefits.models import BenefitLink, MapStep
from benefits.queries.benefits_map import Thing
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from programme.api.views import OfProgrammeFilter
from programme.models import Objective, Programme

_MADE = status.HTTP_201_CREATED
_GONE = status.HTTP_204_NO_CONTENT
_ROWS = {
    "milestone": "milestones",
    "step": "map_steps",
    "benefit": "benefits",
    "objective": "objectives",
}


class MapStepViewSet(VisibleViewSet):
    """Business changes and outcomes of benefits maps."""

    queryset = MapStep.objects.select_related("programme__partnership")
    serializer_class = MapStepSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("order_index", "title")

    @extend_schema(
        request=MapStepInputSerializer,
        responses={201: MapStepSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a change or an outcome."""
        sent = read_sent(MapStepInputSerializer, request)
        programme = programme_of(request, sent["programme"])
        kind = MapStepKind(sent["kind"])
        made = add_map_step(
            programme, by=person(request), kind=kind, title=sent["title"], channel=Channel.API
        )
        return Response(MapStepSerializer(made).data, status=_MADE)

    @extend_schema(request=TitleSerializer, responses={200: MapStepSerializer, **PROBLEMS, **CONFLICT})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change its title."""
        return Response(MapStepSerializer(_renamed(self.get_object(), request)).data)

    @extend_schema(request=SeenThingSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it away, where nothing is linked to it."""
        return _removed(self.get_object(), request)


class ObjectiveViewSet(VisibleViewSet):
    """What programmes are for."""

    queryset = Objective.objects.select_related("programme__partnership")
    serializer_class = ObjectiveSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("order_index", "title")

    @extend_schema(
        request=ObjectiveInputSerializer,
        responses={201: ObjectiveSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add an objective."""
        sent = read_sent(ObjectiveInputSerializer, request)
        programme = programme_of(request, sent["programme"])
        made = add_objective(programme, by=person(request), title=sent["title"], channel=Channel.API)
        return Response(ObjectiveSerializer(made).data, status=_MADE)

    @extend_schema(request=TitleSerializer, responses={200: ObjectiveSerializer, **PROBLEMS, **CONFLICT})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change its title."""
        return Response(ObjectiveSerializer(_renamed(self.get_object(), request)).data)

    @extend_schema(request=SeenThingSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it away, where nothing is linked to it."""
        return _removed(self.get_object(), request)


class BenefitLinkViewSet(VisibleViewSet):
    """Links of benefits maps: what leads to what."""

    queryset = BenefitLink.objects.select_related(
        "programme__partnership",
        "from_milestone",
        "from_step",
        "from_benefit",
        "to_step",
        "to_benefit",
        "to_objective",
    )
    serializer_class = BenefitLinkSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("entered_at",)

    @extend_schema(
        request=BenefitLinkInputSerializer,
        responses={201: BenefitLinkSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a link; one that makes a loop is refused."""
        sent = read_sent(BenefitLinkInputSerializer, request)
        programme = programme_of(request, sent["programme"])
        start, end = _named(programme, sent, "from_", "start"), _named(programme, sent, "to_", "end")
        made = add_link(programme, by=person(request), start=start, end=end, channel=Channel.API)
        return Response(BenefitLinkSerializer(made).data, status=_MADE)

    @extend_schema(responses={**NOTHING, **PROBLEMS})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take a link away."""
        remove_link(self.get_object(), by=person(request), channel=Channel.API)
        return Response(status=_GONE)


def _named(programme: Programme, sent: dict[str, Any], side: str, field: str) -> Thing:
    """The one thing that is named on one side of a link."""
    given = [(name.removeprefix(side), ref) for name, ref in sent.items() if name.startswith(side)]
    if len(given) != 1:
        raise Refusal("Choose what leads" if side == "from_" else "Choose where it leads", field)
    ((kind, ref),) = given
    row: Thing | None = getattr(programme, _ROWS[kind]).filter(ref=ref).first()
    if row is None:
        raise Refusal(f"There is no {ref} in this programme", field)
    return row


def _renamed(row: Any, request: Request) -> Any:
    sent = read_sent(TitleSerializer, request)
    return rename_thing(
        row, by=person(request), seen_version=sent["version"], title=sent["title"], channel=Channel.API
    )


def _removed(row: Any, request: Request) -> Response:
    seen_version = read_sent(SeenThingSerializer, request)["version"]
    remove_thing(row, by=person(request), seen_version=seen_version, channel=Channel.API)
    return Response(status=_GONE)
