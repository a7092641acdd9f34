"""Owner and next review of many benefits in one request: all of them or none."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.bulk_profile import BenefitChange, change_benefits
from benefits.api.reading import programme_of
from benefits.api.serializers import BenefitSerializer
from benefits.models import Benefit
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from core.errors import Refusal, Refusals
from programme.models import Programme

MOST_CHANGES = 1_000


class BenefitChangeSerializer(serializers.Serializer[Any]):
    """One benefit by its reference, the version you read, and what to change; what is left out stays."""

    benefit = serializers.CharField()
    version = serializers.IntegerField(min_value=1)
    owner = serializers.CharField(required=False, help_text="their e-mail address")
    review_on = serializers.DateField(required=False)


class BenefitChangesSerializer(serializers.Serializer[Any]):
    """Changes of benefits of one programme."""

    programme = serializers.CharField()
    changes: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=BenefitChangeSerializer(), allow_empty=False, max_length=MOST_CHANGES
    )


class ChangesBenefits:
    """The route that changes many benefits at once."""

    @extend_schema(
        request=BenefitChangesSerializer,
        responses={200: BenefitSerializer(many=True), **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=False, methods=["post"])
    @idempotent
    def bulk(self, request: Request) -> Response:
        """Change owner and next review of many benefits: all of them or none, each error by its row.

        The answer holds those that were changed; one that is so already is left.
        """
        sent = read_sent(BenefitChangesSerializer, request)
        programme = programme_of(request, sent["programme"])
        done = change_benefits(
            programme, by=person(request), changes=_changes(programme, sent["changes"]), channel=Channel.API
        )
        rows = Benefit.objects.filter(pk__in=[one.pk for one in done]).select_related(
            "programme", "owner", "sro", "service", "counted_in", "lesson", "source"
        )
        shown = rows.prefetch_related("councils", "risks", "shares__council", "trajectory")
        return Response(BenefitSerializer(shown.order_by("order_index", "pk"), many=True).data)


def _changes(programme: Programme, sent: list[dict[str, Any]]) -> list[BenefitChange]:
    """What was sent with the rows that it names; refuses references that the programme does not have."""
    benefits = {one.ref: one for one in programme.benefits.all()}
    unknown = [
        Refusal(f"There is no {one['benefit']} in this programme", f"changes.{number}.benefit")
        for number, one in enumerate(sent)
        if one["benefit"] not in benefits
    ]
    if unknown:
        raise Refusals(unknown)
    emails = {one["owner"].lower() for one in sent if "owner" in one}
    people = {user.email: user for user in User.objects.filter(email__in=emails)}
    return [
        BenefitChange(
            benefits[one["benefit"]],
            one["version"],
            people.get(one.get("owner", "").lower()),
            one.get("review_on"),
            has_unknown_owner="owner" in one and one["owner"].lower() not in people,
            place=f"changes.{number}",
        )
        for number, one in enumerate(sent)
    ]
