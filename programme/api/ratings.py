"""Ratings of programmes in the API: what is worked out, and what is judged beside it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.views import PROBLEMS
from core.clock import today
from programme.api.judgements import JudgementSerializer
from programme.models import Programme
from programme.queries.overview.portfolio import PortfolioRow, portfolio_rows


class RatingSerializer(serializers.Serializer[Any]):
    """A rating and its reason."""

    word = serializers.CharField()
    reason = serializers.CharField()


class NextMilestoneSerializer(serializers.Serializer[Any]):
    """The milestone that comes next; `due_by` is the last day that its date can mean."""

    ref = serializers.CharField()
    title = serializers.CharField()
    due_by = serializers.DateField(source="due.last_on")


class ProgrammeRatingSerializer(serializers.Serializer[Any]):
    """How a programme stands: the worst of its parts, and what its owner judges, null where nothing is.

    `counts` is the rating judged, else the one worked out; `awaited` the decisions that wait for a council.
    """

    programme = serializers.CharField(source="programme.key")
    partnership = serializers.CharField(source="programme.partnership.key")
    seen_on = serializers.DateField(source="rating.standing.seen_on")
    is_running = serializers.BooleanField()
    counts = RatingSerializer()
    worked_out = RatingSerializer(source="rating.computed")
    savings = RatingSerializer(source="rating.parts.Savings")
    milestones = RatingSerializer(source="rating.standing.rating")
    cost = RatingSerializer(source="rating.parts.Cost")
    judged = JudgementSerializer(source="rating.judged", allow_null=True)
    delivery_confidence = JudgementSerializer(source="rating.confidence", allow_null=True)
    late = serializers.IntegerField(source="rating.standing.late")
    next = NextMilestoneSerializer(source="rating.standing.next", allow_null=True)
    awaited = serializers.IntegerField(allow_null=True)


class ShowsRatings:
    """The routes that say how programmes stand today."""

    @extend_schema(responses={200: ProgrammeRatingSerializer, **PROBLEMS}, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def rating(self, request: Request, **kwargs: Any) -> Response:
        """How one programme is rated, and why."""
        programme: Programme = self.get_object()  # type: ignore[attr-defined]
        rows = portfolio_rows(person(request), as_of=today(), only=programme)
        return Response(ProgrammeRatingSerializer(rows[0]).data)

    @extend_schema(responses={200: ProgrammeRatingSerializer(many=True), **PROBLEMS}, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def ratings(self, request: Request) -> Response:
        """The portfolio: every programme that you may read, by name."""
        rows: list[PortfolioRow] = portfolio_rows(person(request), as_of=today())
        return Response(ProgrammeRatingSerializer(rows, many=True).data)
