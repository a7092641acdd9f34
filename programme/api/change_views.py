"""Changes of partnerships and councils that other routes take in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from core.errors import Refusal
from programme.actions.membership import record_abolition, record_council_joined, record_council_left
from programme.actions.programme import NewProgramme, create_programme
from programme.api.changes import (
    JoinSerializer,
    LeaveSerializer,
    LeavingAskedSerializer,
    LeavingItemSerializer,
    ProgrammeCreateSerializer,
    SuccessionSerializer,
)
from programme.api.serializers import CouncilSerializer, MembershipSerializer, ProgrammeSerializer
from programme.models import Membership, Partnership
from programme.queries.leaving import leaving_of
from programme.queries.partners import creatable_partnerships


class StartsProgrammes:
    """The route that starts a programme."""

    @extend_schema(request=ProgrammeCreateSerializer, responses={201: ProgrammeSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Start a programme: its partnership's programme manager may, or an administrator."""
        sent = read_sent(ProgrammeCreateSerializer, request)
        key, user = sent.pop("partnership", None), person(request)
        partnership = _partnership_for(user, key) if key else None
        made = create_programme(NewProgramme(**sent, partnership=partnership), by=user, channel=Channel.API)
        return Response(ProgrammeSerializer(made).data, status=status.HTTP_201_CREATED)


class ChangesMembers:
    """The routes by which councils join and leave a partnership."""

    @extend_schema(request=JoinSerializer, responses={201: MembershipSerializer, **PROBLEMS})
    @action(detail=True, methods=["post"])
    def join(self, request: Request, **kwargs: Any) -> Response:
        """Record a council that joined: it has no plan and no entries before that day."""
        partnership: Partnership = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(JoinSerializer, request)
        row = record_council_joined(
            partnership,
            sent["council"],
            by=person(request),
            joined_on=sent["joined_on"],
            channel=Channel.API,
        )
        return Response(MembershipSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=LeaveSerializer, responses={200: MembershipSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, **kwargs: Any) -> Response:
        """Record a council that left: its history stays, later entries are refused."""
        partnership: Partnership = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(LeaveSerializer, request)
        rows = Membership.objects.select_related("partnership", "council")
        row = rows.filter(partnership=partnership, council=sent["council"]).first()
        if row is None:
            raise Refusal(f"{sent['council']} is not a partner now", "council", "76")
        saved = record_council_left(
            row,
            by=person(request),
            left_on=sent["left_on"],
            why=sent["why"],
            seen_version=sent["version"],
            channel=Channel.API,
        )
        return Response(MembershipSerializer(saved).data)


class ShowsLeaving:
    """The route that says what must be settled when a council leaves."""

    @extend_schema(
        parameters=[LeavingAskedSerializer], responses={200: LeavingItemSerializer(many=True), **PROBLEMS}
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def leaving(self, request: Request, **kwargs: Any) -> Response:
        """What must be settled by its last day, in order; the keys must be replaced before it is recorded."""
        partnership: Partnership = self.get_object()  # type: ignore[attr-defined]
        asked = LeavingAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        rows = Membership.objects.select_related("partnership", "council")
        row = get_object_or_404(rows, partnership=partnership, council=sent["council"])
        items = [one for group in leaving_of(row, sent["left_on"], person(request)) for one in group.items]
        return Response(LeavingItemSerializer(items, many=True).data)


class RecordsSuccession:
    """The route that says when a council ends and who takes over."""

    @extend_schema(request=SuccessionSerializer, responses={200: CouncilSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["put"])
    def succession(self, request: Request, **kwargs: Any) -> Response:
        """Record vesting day and all the successors of a council; those named before are replaced."""
        council = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(SuccessionSerializer, request)
        rows = sent["successors"]
        weights = {row["council"]: row["weight"] for row in rows}
        if len(weights) < len(rows):
            raise Refusal("A successor is named twice. Keep one", "successors", "15")
        saved = record_abolition(
            council,
            by=person(request),
            abolished_on=sent["abolished_on"],
            weights=weights,
            seen_version=sent["version"],
            channel=Channel.API,
        )
        return Response(CouncilSerializer(saved).data)


def _partnership_for(user: User, key: str) -> Partnership:
    """A partnership that the person may read or start a programme in."""
    readable = Partnership.objects.visible_to(user).values("pk")
    creatable = creatable_partnerships(user).values("pk")
    return get_object_or_404(Partnership, Q(pk__in=readable) | Q(pk__in=creatable), key=key)
