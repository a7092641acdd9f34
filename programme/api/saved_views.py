"""Saved views of lists in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.actions.saved_view import change_view, remove_view, save_view
from programme.api.views import OfProgrammeFilter
from programme.enums import SavedPage
from programme.models import SavedView
from programme.views.context import visible_programme


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """The filters of a list under a name; `query` is the part of its address behind the question mark."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True, allow_null=True)
    owner = serializers.CharField(source="created_by.email", read_only=True)

    class Meta:
        model = SavedView
        fields = ("id", "programme", "page", "name", "query", "is_shared", "owner", "version")


class SavedViewInputSerializer(serializers.Serializer[Any]):
    """A new view of a list of the programme with this key; its manager may share it.

    The lists `all` (milestones of all programmes) and `portfolio` have no programme.
    """

    programme = serializers.CharField(required=False, allow_null=True, default=None)
    page = serializers.ChoiceField(choices=SavedPage.choices)
    name = serializers.CharField(allow_blank=True)
    query = serializers.CharField(allow_blank=True)
    is_shared = serializers.BooleanField(required=False, default=False)


class SavedViewUpdateSerializer(serializers.Serializer[Any]):
    """Another name, or shared or not; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    name = serializers.CharField(required=False, allow_blank=True)
    is_shared = serializers.BooleanField(required=False)


class SavedViewSeenSerializer(serializers.Serializer[Any]):
    """The version that you read."""

    version = serializers.IntegerField(min_value=1)


class SavedViewViewSet(VisibleViewSet):
    """One’s own views, and those that a programme shares."""

    queryset = SavedView.objects.select_related("programme__partnership", "created_by")
    serializer_class = SavedViewSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("name",)

    @extend_schema(request=SavedViewInputSerializer, responses={201: SavedViewSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Keep filters under a name."""
        sent = read_sent(SavedViewInputSerializer, request)
        key = sent.pop("programme")
        programme = visible_programme(person(request), key) if key else None
        page = SavedPage(sent.pop("page"))
        made = save_view(programme, by=person(request), page=page, channel=Channel.API, **sent)
        return Response(SavedViewSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=SavedViewUpdateSerializer, responses={200: SavedViewSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Rename a view, share it, or share it no more."""
        view: SavedView = self.get_object()
        sent = read_sent(SavedViewUpdateSerializer, request)
        saved = change_view(
            view,
            by=person(request),
            seen_version=sent["version"],
            name=sent.get("name", view.name),
            is_shared=sent.get("is_shared", view.is_shared),
            channel=Channel.API,
        )
        return Response(SavedViewSerializer(saved).data)

    @extend_schema(request=SavedViewSeenSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take a view away."""
        seen_version = read_sent(SavedViewSeenSerializer, request)["version"]
        view: SavedView = self.get_object()
        remove_view(view, by=person(request), seen_version=seen_version, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)
