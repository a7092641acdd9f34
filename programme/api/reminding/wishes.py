"""One's own wishes about reminder mails, and one's absences, in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS
from core.enums import Channel
from core.errors import Refusal
from programme.actions.reminding.absences import end_absence, record_absence
from programme.actions.reminding.wishes import set_wishes
from programme.models import Absence, ReminderWish
from programme.policies import check_record_absences
from programme.queries.people import people_to_record, possible_delegates
from programme.queries.reminding.absences_recorded import absences_of_colleagues
from programme.queries.reminding.subscriptions import subscribed_keys


class ReminderWishesSerializer(serializers.Serializer[Any]):
    """Rules of which you want no mail, weekdays without mail (0 is Monday), and the keys of the programmes
    whose monthly bulletins you get; left out, those stay as they are. `version` is the one you read, 0
    before the first time."""

    unwanted = serializers.ListField(child=serializers.CharField(), max_length=100)
    quiet_days = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=4), max_length=10
    )
    bulletins = serializers.ListField(child=serializers.CharField(), max_length=1_000, required=False)
    version = serializers.IntegerField(min_value=0)


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    """Days on which somebody is away, the e-mail address of who is told in their place, and of who recorded
    it where they did not themselves."""

    person = serializers.CharField(source="user.email")
    delegate = serializers.CharField(source="delegate.email")
    recorded_by = serializers.SlugRelatedField[Any](slug_field="email", read_only=True, allow_null=True)

    class Meta:
        model = Absence
        fields = ("id", "person", "from_on", "to_on", "delegate", "recorded_by")


class AbsenceInputSerializer(serializers.Serializer[Any]):
    """Days away, both included, and the e-mail addresses of who is told, and of who is away where that is
    not you: a colleague of whom you are the programme manager, or anybody where you administer."""

    person = serializers.EmailField(required=False)
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    delegate = serializers.EmailField()


class ReminderWishesView(APIView):
    """Your own wishes."""

    @extend_schema(responses={200: ReminderWishesSerializer, **PROBLEMS})
    def get(self, request: Request) -> Response:
        """What you asked for."""
        user = person(request)
        return Response(_wishes(ReminderWish.objects.filter(user=user).first(), user))

    @extend_schema(
        request=ReminderWishesSerializer,
        responses={200: ReminderWishesSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def put(self, request: Request) -> Response:
        """Ask for this from now on; notices that the law asks for come in any case."""
        sent, user = read_sent(ReminderWishesSerializer, request), person(request)
        seen_version = sent.pop("version")
        saved = set_wishes(by=user, seen_version=seen_version, channel=Channel.API, **sent)
        return Response(_wishes(saved, user))


class AbsencesView(APIView):
    """Your own absences that have not ended early."""

    @extend_schema(
        parameters=[OpenApiParameter("of_colleagues", bool)],
        responses={200: AbsenceSerializer(many=True), **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """Your own, the latest first; or those of colleagues, of whom you may record that they are away."""
        user = person(request)
        if request.query_params.get("of_colleagues") == "true":
            return Response(AbsenceSerializer(absences_of_colleagues(user), many=True).data)
        rows = Absence.objects.filter(user=user, ended_at__isnull=True)
        rows = rows.select_related("user", "delegate", "recorded_by")
        return Response(AbsenceSerializer(rows, many=True).data)

    @extend_schema(
        request=AbsenceInputSerializer,
        responses={201: AbsenceSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Be away, and name who is told."""
        sent, user = read_sent(AbsenceInputSerializer, request), person(request)
        away = _away(user, sent.pop("person", user.email))
        delegate = _delegate(away, sent.pop("delegate"))
        made = record_absence(by=user, person=away, delegate=delegate, channel=Channel.API, **sent)
        return Response(AbsenceSerializer(made).data, status=status.HTTP_201_CREATED)


class AbsenceEndView(APIView):
    """Ends an absence."""

    @extend_schema(request=None, responses={**NOTHING, **PROBLEMS}, parameters=[KEY_PARAMETER])
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Be back earlier, or take it back."""
        user = person(request)
        mine = Absence.objects.filter(user=user, ended_at__isnull=True)
        found = mine.filter(pk=pk).first() or get_object_or_404(absences_of_colleagues(user), pk=pk)
        end_absence(found, by=user, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _wishes(wish: ReminderWish | None, user: User) -> dict[str, Any]:
    return {
        "unwanted": wish.unwanted if wish else [],
        "quiet_days": wish.quiet_days if wish else [],
        "bulletins": sorted(subscribed_keys(user)),
        "version": wish.version if wish else 0,
    }


def _away(user: User, email: str) -> User:
    if email.lower() == user.email:
        return user
    check_record_absences(user)
    found = people_to_record(user).filter(email=email.lower()).first()
    if found is None:
        raise Refusal("Choose a colleague who works in one of your programmes", "person")
    return found


def _delegate(user: User, email: str) -> User:
    found = possible_delegates(user).filter(email=email.lower()).first()
    if found is None:
        raise Refusal("Choose a colleague who works in one of your programmes", "delegate")
    return found
