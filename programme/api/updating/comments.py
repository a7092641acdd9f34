"""Comments on milestones in the API."""

from __future__ import annotations

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.actions.updating.comments import add_comment, withdraw_comment
from programme.models import Milestone, MilestoneComment


class MilestoneCommentSerializer(serializers.ModelSerializer[MilestoneComment]):
    """A comment in plain text; withdrawn, it has no text any more. `mentioned` are told by e-mail."""

    milestone = serializers.IntegerField(source="milestone_id")
    by: Any = serializers.StringRelatedField(source="entered_by")
    at = serializers.DateTimeField(source="entered_at")
    mentioned: Any = serializers.StringRelatedField(many=True)
    is_withdrawn = serializers.BooleanField()

    class Meta:
        model = MilestoneComment
        fields = ("id", "milestone", "at", "by", "text", "mentioned", "is_withdrawn")


class CommentSerializer(serializers.Serializer[Any]):
    """A new comment; @ before a name, or an e-mail address, names a person."""

    text = serializers.CharField()


class CommentFilter(filters.FilterSet):
    """Comments on one milestone, or on those of one programme."""

    milestone = filters.NumberFilter(field_name="milestone")
    programme = filters.CharFilter(field_name="milestone__programme__key")


class TakesComments:
    """The route by which a milestone is commented on."""

    @extend_schema(
        request=CommentSerializer,
        responses={201: MilestoneCommentSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def comments(self, request: Request, **kwargs: Any) -> Response:
        """Comment on the milestone; whom the text names is told by e-mail."""
        milestone: Milestone = self.get_object()  # type: ignore[attr-defined]
        text = read_sent(CommentSerializer, request)["text"]
        made = add_comment(milestone, by=person(request), text=text, channel=Channel.API)
        return Response(MilestoneCommentSerializer(made).data, status=status.HTTP_201_CREATED)


class MilestoneCommentViewSet(VisibleViewSet):
    """What people say about milestones."""

    queryset = MilestoneComment.objects.select_related("entered_by").prefetch_related("mentioned")
    serializer_class = MilestoneCommentSerializer
    filterset_class = CommentFilter
    ordering_fields = ("entered_at",)

    @extend_schema(
        request=None,
        responses={200: MilestoneCommentSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take a comment of one's own back: its text goes, the audit trail keeps it."""
        comment: MilestoneComment = self.get_object()
        saved = withdraw_comment(comment, by=person(request), channel=Channel.API)
        return Response(MilestoneCommentSerializer(saved).data)
