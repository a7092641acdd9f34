"""What may be counted twice, its resolution, and shares by ledger code, in the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.actions.double_counts import Resolution, resolve_double_count
from benefits.api.reading import programme_of
from benefits.enums import DoubleCountKind, DoubleCountOutcome
from benefits.models import Benefit, DoubleCountAnswer
from benefits.queries.double_counts import double_counts, find_flag
from core.api.fields import PoundsField
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from programme.models import Programme
from programme.queries.milestones import known_on


class FlagClaimSerializer(serializers.Serializer[Any]):
    """One claimant: a benefit, or a line without one, named by `claimant` where claims are taken back."""

    claimant = serializers.CharField(source="choice")
    title = serializers.CharField()
    programme = serializers.CharField(source="programme.key")
    benefit = serializers.CharField(source="benefit.ref", default=None, allow_null=True)
    claimed = PoundsField(source="pence")
    percent = serializers.IntegerField()
    reason = serializers.CharField()
    said_at_entry = serializers.CharField()


class DoubleCountAnswerSerializer(serializers.ModelSerializer[DoubleCountAnswer]):
    """What was said of a flag."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    entered_by = serializers.StringRelatedField[Any]()
    doubtful = PoundsField(source="doubtful_pence")

    class Meta:
        model = DoubleCountAnswer
        fields = (
            "id",
            "kind",
            "council",
            "flag_text",
            "doubtful",
            "outcome",
            "why",
            "entered_at",
            "entered_by",
        )


class FlagSerializer(serializers.Serializer[Any]):
    """A flag; `seen` is the mark of its facts, sent back where it is resolved."""

    ref = serializers.CharField()
    kind = serializers.ChoiceField(source="flag.kind", choices=DoubleCountKind.choices)
    council = serializers.CharField(source="council.key", default=None, allow_null=True)
    fy = serializers.IntegerField(source="flag.fy")
    ledger_code = serializers.CharField(source="flag.code")
    text = serializers.CharField()
    claims = FlagClaimSerializer(many=True)
    doubtful = PoundsField(source="doubtful_pence")
    is_open = serializers.BooleanField()
    answer = DoubleCountAnswerSerializer(allow_null=True)
    seen = serializers.CharField(source="flag.mark")


class StandingAnswerSerializer(serializers.Serializer[Any]):
    """An answer, and whether it still stands."""

    answer = DoubleCountAnswerSerializer()
    standing = serializers.CharField()


class DoubleCountsSerializer(serializers.Serializer[Any]):
    """Every flag of a programme, those to resolve first, and what was answered."""

    sentence = serializers.CharField()
    doubtful = PoundsField(source="doubtful_pence")
    flags = FlagSerializer(many=True)
    answers = StandingAnswerSerializer(many=True)


class CodeShareSerializer(serializers.Serializer[Any]):
    """Who claims which share of one code of a council in one year, and what is left."""

    council = serializers.CharField(source="council.key")
    fy = serializers.IntegerField()
    ledger_code = serializers.CharField(source="code")
    claims = FlagClaimSerializer(many=True)
    total_percent = serializers.IntegerField()
    left_percent = serializers.IntegerField()


class BenefitPercentSerializer(serializers.Serializer[Any]):
    """What part of the effect a benefit claims from now on."""

    benefit = serializers.CharField()
    percent = serializers.IntegerField()


class ResolveFlagSerializer(serializers.Serializer[Any]):
    """How a flag is resolved: `benefit` and `counted_in` where it is linked, `percents` where attribution
    changes, `claimant` where its claims are taken back. Benefits by their references.
    """

    seen = serializers.CharField()
    outcome = serializers.ChoiceField(choices=DoubleCountOutcome.choices)
    reason = serializers.CharField(allow_blank=True)
    benefit = serializers.CharField(required=False, allow_blank=True, default="")
    counted_in = serializers.CharField(required=False, allow_blank=True, default="")
    percents = BenefitPercentSerializer(many=True, required=False)
    claimant = serializers.CharField(required=False, allow_blank=True, default="")


class DoubleCountsView(APIView):
    """What may be counted twice."""

    @extend_schema(responses={200: DoubleCountsSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Flags and answers of a programme."""
        programme = programme_of(request, key)
        found = double_counts(programme, as_of=known_on(programme, today()))
        return Response(DoubleCountsSerializer(found).data)


class CodeSharesView(APIView):
    """Attribution by ledger code."""

    @extend_schema(responses={200: CodeShareSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Who claims which share of each code, council and year."""
        programme = programme_of(request, key)
        found = double_counts(programme, as_of=known_on(programme, today()))
        return Response(CodeShareSerializer(found.shares, many=True).data)


class ResolveView(APIView):
    """The answer to one flag."""

    @extend_schema(
        request=ResolveFlagSerializer,
        responses={201: DoubleCountAnswerSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str, ref: str) -> Response:
        """Resolve a flag: the section 151 officer of its council, or the programme manager, may."""
        programme = programme_of(request, key)
        if find_flag(programme, ref) is None:
            raise Http404
        sent = read_sent(ResolveFlagSerializer, request)
        made = resolve_double_count(
            programme,
            by=person(request),
            ref=ref,
            seen=sent["seen"],
            resolution=_resolution(programme, sent),
            channel=Channel.API,
        )
        return Response(DoubleCountAnswerSerializer(made).data, status=status.HTTP_201_CREATED)


def _resolution(programme: Programme, sent: dict[str, Any]) -> Resolution:
    benefits = {one.ref: one for one in Benefit.objects.filter(programme=programme)}
    percents = {
        _named(benefits, one["benefit"], "percents").pk: one["percent"] for one in sent.get("percents", [])
    }
    return Resolution(
        DoubleCountOutcome(sent["outcome"]),
        sent["reason"],
        benefit=_named(benefits, sent["benefit"], "benefit") if sent["benefit"] else None,
        parent=_named(benefits, sent["counted_in"], "counted_in") if sent["counted_in"] else None,
        percents=percents,
        claimant=sent["claimant"].replace("-", " "),
    )


def _named(benefits: dict[str, Benefit], ref: str, field: str) -> Benefit:
    if ref not in benefits:
        raise Refusal(f"There is no benefit {ref} in this programme", field)
    return benefits[ref]
