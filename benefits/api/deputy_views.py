"""Deputies of section 151 officers in the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import RoleHeld, User
from accounts.signed_in import person
from benefits.actions.deputy import end_deputy, name_deputy
from benefits.api.inputs import CouncilField, EmptySerializer
from benefits.policies import check_name_deputy
from benefits.queries.deputies import deputies_visible_to, state_of
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS, VisibleViewSet
from core.clock import today
from core.enums import Channel
from core.errors import Refusal


class DeputyInputSerializer(serializers.Serializer[Any]):
    """Who stands in for the section 151 officer of a council, by their e-mail address, on which days."""

    council = CouncilField()
    user = serializers.EmailField()
    from_on = serializers.DateField()
    to_on = serializers.DateField()


class DeputySerializer(serializers.ModelSerializer[RoleHeld]):
    """A deputy of a council's section 151 officer; both days count."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    user = serializers.StringRelatedField[Any]()
    given_by = serializers.StringRelatedField[Any]()
    state = serializers.SerializerMethodField()

    class Meta:
        model = RoleHeld
        fields = ("id", "council", "user", "from_on", "to_on", "given_by", "state")

    def get_state(self, held: RoleHeld) -> str:
        """Now, Later or Over; or that it ended with the role of the officer who named them."""
        return state_of(held, today())


class DeputyViewSet(VisibleViewSet):
    """Deputies of the partner councils' section 151 officers."""

    queryset = RoleHeld.objects.none()
    serializer_class = DeputySerializer
    filterset_fields = ("council__key",)
    ordering_fields = ("from_on", "to_on")

    def get_queryset(self) -> QuerySet[RoleHeld]:
        """Deputies of the councils whose programmes this person may read."""
        return deputies_visible_to(person(self.request))

    @extend_schema(
        request=DeputyInputSerializer,
        responses={201: DeputySerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Name a deputy; the section 151 officer of that council may."""
        sent = read_sent(DeputyInputSerializer, request)
        council, by = sent["council"], person(request)
        check_name_deputy(by, council)
        user = User.objects.filter(email=sent["user"].lower()).first()
        if user is None:
            raise Refusal(f"Choose an officer of {council} who has an active account", "user")
        made = name_deputy(
            council, by=by, user=user, from_on=sent["from_on"], to_on=sent["to_on"], channel=Channel.API
        )
        return Response(DeputySerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=EmptySerializer,
        responses={200: DeputySerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def end(self, request: Request, **kwargs: Any) -> Response:
        """End a deputy early: today is the last day; one that was to begin later never does."""
        ended = end_deputy(self.get_object(), by=person(request), channel=Channel.API)
        return Response(DeputySerializer(ended).data)
