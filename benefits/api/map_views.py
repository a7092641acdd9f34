"""The benefits map, objectives, templates and the end of a programme in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.actions.benefits_map import (
    add_link,
    add_map_step,
    add_objective,
    remove_link,
    remove_thing,
    rename_thing,
)
from benefits.actions.closure import close_programme, plan_closure
from benefits.api.reading import programme_of
from benefits.enums import MapStepKind
from benefits.models import BenefitLink, MapStep
from benefits.queries.benefits_map import Thing
from benefits.queries.closure import HandoverRow, handover_list
from benefits.rules.templates import templates
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


class MapStepSerializer(serializers.ModelSerializer[MapStep]):
    """A business change or an outcome of the benefits map."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = MapStep
        fields = ("id", "programme", "ref", "kind", "title", "version")


class ObjectiveSerializer(serializers.ModelSerializer[Objective]):
    """One thing that a programme is for."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = Objective
        fields = ("id", "programme", "ref", "title", "version")


class BenefitLinkSerializer(serializers.ModelSerializer[BenefitLink]):
    """A link of the map, its two ends by their references; the others are null."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    from_milestone = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    from_step = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    from_benefit = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    to_step = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    to_benefit = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    to_objective = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)

    class Meta:
        model = BenefitLink
        fields = (
            *("id", "programme", "from_milestone", "from_step", "from_benefit"),
            *("to_step", "to_benefit", "to_objective"),
        )


class MapStepInputSerializer(serializers.Serializer[Any]):
    """A business change or an outcome of the programme with this key."""

    programme = serializers.CharField()
    kind = serializers.ChoiceField(choices=MapStepKind.choices)
    title = serializers.CharField(allow_blank=True)


class ObjectiveInputSerializer(serializers.Serializer[Any]):
    """An objective of the programme with this key."""

    programme = serializers.CharField()
    title = serializers.CharField(allow_blank=True)


class TitleSerializer(serializers.Serializer[Any]):
    """Another title. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(allow_blank=True)


class SeenThingSerializer(serializers.Serializer[Any]):
    """The version that you read."""

    version = serializers.IntegerField(min_value=1)


class BenefitLinkInputSerializer(serializers.Serializer[Any]):
    """What leads to what, by references: one of the first three, and one of the last three."""

    programme = serializers.CharField()
    from_milestone = serializers.CharField(required=False)
    from_step = serializers.CharField(required=False)
    from_benefit = serializers.CharField(required=False)
    to_step = serializers.CharField(required=False)
    to_benefit = serializers.CharField(required=False)
    to_objective = serializers.CharField(required=False)


class MapStepViewSet(VisibleViewSet):
    """Business changes and outcomes of benefits maps."""

    queryset = MapStep.objects.select_related("programme__partnership")
    serializer_class = MapStepSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("order_index", "title")

    @extend_schema(request=MapStepInputSerializer, responses={201: MapStepSerializer, **PROBLEMS})
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

    @extend_schema(request=ObjectiveInputSerializer, responses={201: ObjectiveSerializer, **PROBLEMS})
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

    @extend_schema(request=BenefitLinkInputSerializer, responses={201: BenefitLinkSerializer, **PROBLEMS})
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


class HandoverRowSerializer(serializers.Serializer[HandoverRow]):
    """An open benefit, and what it needs before its programme closes."""

    benefit = serializers.IntegerField(source="benefit.pk")
    ref = serializers.CharField(source="benefit.ref")
    title = serializers.CharField(source="benefit.title")
    owner = serializers.CharField(source="benefit.owner", allow_null=True)
    review_on = serializers.DateField(source="benefit.review_on", allow_null=True)
    offered_to = serializers.CharField(source="offered.to_owner", allow_null=True, default=None)
    needs = serializers.ListField(child=serializers.CharField())


class ClosureSerializer(serializers.Serializer[Any]):
    """Where a programme stands on its way to its end, and the handover list of its benefits."""

    state = serializers.CharField()
    closes_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()
    handover = HandoverRowSerializer(many=True)


class ClosureInputSerializer(serializers.Serializer[Any]):
    """The day on which a programme closes; null: it goes on. `version` is that of the programme you read."""

    version = serializers.IntegerField(min_value=1)
    closes_on = serializers.DateField(allow_null=True)


class ClosureView(APIView):
    """The end of a programme."""

    @extend_schema(responses={200: ClosureSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Its state, its day, and what each open benefit still needs."""
        return _closure(programme_of(request, key))

    @extend_schema(request=ClosureInputSerializer, responses={200: ClosureSerializer, **PROBLEMS, **CONFLICT})
    def put(self, request: Request, key: str) -> Response:
        """Choose the day."""
        programme = programme_of(request, key)
        sent = read_sent(ClosureInputSerializer, request)
        return _closure(
            plan_closure(
                programme,
                by=person(request),
                seen_version=sent["version"],
                closes_on=sent["closes_on"],
                channel=Channel.API,
            )
        )


class CloseView(APIView):
    """The last step of a programme."""

    @extend_schema(request=SeenThingSerializer, responses={200: ClosureSerializer, **PROBLEMS, **CONFLICT})
    def post(self, request: Request, key: str) -> Response:
        """Close it; every open benefit has an owner and a review date after it."""
        programme = programme_of(request, key)
        seen_version = read_sent(SeenThingSerializer, request)["version"]
        closed = close_programme(
            programme, by=person(request), seen_version=seen_version, channel=Channel.API
        )
        return _closure(closed)


def _closure(programme: Programme) -> Response:
    shown = {
        "state": programme.state,
        "closes_on": programme.closes_on,
        "version": programme.version,
        "handover": handover_list(programme),
    }
    return Response(ClosureSerializer(shown).data)
