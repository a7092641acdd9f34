"""Shared posts in the API: read, record, change and end them, and what a council publishes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.signed_in import person
from core.api.fields import IdField, PoundsField
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.dates import parse_date
from programme.enums import LegalBasis
from programme.models import Council, Programme
from programme.views.context import visible_programme
from services.actions.shared_posts import (
    PostTerms,
    create_shared_post,
    end_shared_post,
    post_terms,
    update_shared_post,
)
from services.api.key_shapes import AmountInput, WeightField
from services.api.keys import numbers_of
from services.api.review_input import council_field
from services.enums import PostTerm, PostTier
from services.models import Service, SharedPost, SharedPostShare
from services.queries.shared_posts import CouncilPosts, PostRow, posts_published_by
from services.rules.shared_post import band_end

_SHARES = Prefetch("shares", SharedPostShare.objects.select_related("council").order_by("pk"))
_ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day to publish for; else today")
# What the API calls amounts that columns hold in pence.
_AMOUNTS = {
    "salary_from": "salary_from_pence",
    "salary_ceiling": "salary_ceiling_pence",
    "budget": "budget_pence",
}


class PostShareSerializer(serializers.ModelSerializer[SharedPostShare]):
    """What one council bears of a post, in percent."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    percent = WeightField()

    class Meta:
        model = SharedPostShare
        fields = ("council", "percent")


class SharedPostSerializer(serializers.ModelSerializer[SharedPost]):
    """A post that councils share. Its salary is a band of £5,000; null is below £50,000. It names nobody."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    service = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    employed_by = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    fte = WeightField()
    salary_from = PoundsField(source="salary_from_pence", allow_null=True)
    salary_to = serializers.SerializerMethodField()
    salary_ceiling = PoundsField(source="salary_ceiling_pence", allow_null=True)
    budget = PoundsField(source="budget_pence", allow_null=True)
    shares = PostShareSerializer(many=True)

    class Meta:
        model = SharedPost
        fields = (
            "id",
            "programme",
            "ref",
            "title",
            "tier",
            "grade",
            "department",
            "team",
            "service",
            "term",
            "contact",
            "employed_by",
            "legal_basis",
            "salary_from",
            "salary_to",
            "salary_ceiling",
            "bonuses",
            "fte",
            "responsibilities",
            "budget",
            "staff_count",
            "starts_on",
            "ends_on",
            "shares",
            "version",
            "updated_at",
        )

    def get_salary_to(self, post: SharedPost) -> str:
        """The last pound of its band."""
        return str(PoundsField().to_representation(band_end(post.salary_from_pence)))


class PostTermsSerializer(serializers.Serializer[Any]):
    """What is recorded of a post. `shares` are percentages in text by the key of each council."""

    title = serializers.CharField(allow_blank=True)
    tier = serializers.ChoiceField(choices=PostTier.choices)
    employed_by = council_field()
    starts_on = serializers.DateField()
    shares = serializers.DictField(child=serializers.CharField())
    legal_basis = serializers.ChoiceField(choices=LegalBasis.choices, required=False)
    salary_from = AmountInput(required=False, allow_null=True)
    salary_ceiling = AmountInput(required=False, allow_null=True)
    fte = serializers.DecimalField(max_digits=3, decimal_places=2, required=False)
    service = serializers.CharField(required=False, allow_null=True)
    grade = serializers.CharField(required=False, allow_blank=True)
    department = serializers.CharField(required=False, allow_blank=True)
    team = serializers.CharField(required=False, allow_blank=True)
    term = serializers.ChoiceField(choices=PostTerm.choices, required=False)
    contact = serializers.CharField(required=False, allow_blank=True)
    bonuses = serializers.CharField(required=False, allow_blank=True)
    responsibilities = serializers.CharField(required=False, allow_blank=True)
    budget = AmountInput(required=False, allow_null=True)
    staff_count = serializers.IntegerField(required=False, allow_null=True)


class SharedPostCreateSerializer(PostTermsSerializer):
    """A new post of the programme with this key. The service is named by its reference."""

    programme = serializers.CharField()


class SharedPostUpdateSerializer(PostTermsSerializer):
    """What to change of a post; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(required=False, allow_blank=True)
    tier = serializers.ChoiceField(choices=PostTier.choices, required=False)
    employed_by = council_field(required=False)
    starts_on = serializers.DateField(required=False)
    shares = serializers.DictField(child=serializers.CharField(), required=False)


class SharedPostEndSerializer(serializers.Serializer[Any]):
    """The last day of a post, null where it goes on. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    ends_on = serializers.DateField(allow_null=True)


class PublishedPostSerializer(serializers.Serializer[Any]):
    """A shared post as one council publishes it: its own share in percent, and the note beside it."""

    id = IdField(source="post.pk")
    ref = serializers.CharField(source="published_ref")
    title = serializers.CharField(source="post.title")
    tier = serializers.IntegerField(source="post.tier")
    share = WeightField()
    note = serializers.CharField()
    must_name = serializers.BooleanField(source="is_named")


class CouncilPostsSerializer(serializers.Serializer[Any]):
    """The shared posts that a council publishes for a day under the Transparency Code, each once."""

    council = serializers.CharField()
    on = serializers.DateField()
    organisation_chart = PublishedPostSerializer(many=True)
    senior_salaries = PublishedPostSerializer(many=True)


class SharedPostFilter(filters.FilterSet):
    """Shared posts of a programme, of an employer, of a tier."""

    programme = filters.CharFilter(field_name="programme__key")
    employed_by = filters.CharFilter(field_name="employed_by__key")

    class Meta:
        model = SharedPost
        fields = ("programme", "employed_by", "tier")


class SharedPostViewSet(VisibleViewSet):
    """Posts that councils share."""

    queryset = SharedPost.objects.select_related(
        "programme__partnership", "service", "employed_by"
    ).prefetch_related(_SHARES)
    serializer_class = SharedPostSerializer
    filterset_class = SharedPostFilter
    ordering_fields = ("tier", "starts_on")

    @extend_schema(
        request=SharedPostCreateSerializer,
        responses={201: SharedPostSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Record a shared post."""
        sent = read_sent(SharedPostCreateSerializer, request)
        programme = visible_programme(person(request), sent.pop("programme"))
        terms = PostTerms(**_as_terms(sent, programme, person(request)))
        made = create_shared_post(programme, by=person(request), terms=terms, channel=Channel.API)
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(
        request=SharedPostUpdateSerializer, responses={200: SharedPostSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a shared post; what is left out stays."""
        post: SharedPost = self.get_object()
        sent = read_sent(SharedPostUpdateSerializer, request)
        seen = sent.pop("version")
        terms = replace(post_terms(post), **_as_terms(sent, post.programme, person(request)))
        saved = update_shared_post(
            post, by=person(request), seen_version=seen, terms=terms, channel=Channel.API
        )
        return self._shown(saved)

    @extend_schema(
        request=SharedPostEndSerializer, responses={200: SharedPostSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Say which is the last day of a post."""
        post: SharedPost = self.get_object()
        sent = read_sent(SharedPostEndSerializer, request)
        saved = end_shared_post(
            post,
            by=person(request),
            seen_version=sent["version"],
            ends_on=sent["ends_on"],
            channel=Channel.API,
        )
        return self._shown(saved)

    def _shown(self, post: SharedPost, code: int = status.HTTP_200_OK) -> Response:
        rows: QuerySet[Any] = self.get_queryset()
        return Response(self.get_serializer(rows.get(pk=post.pk)).data, status=code)


class CouncilPostsView(APIView):
    """What one council publishes of the posts it shares."""

    @extend_schema(parameters=[_ON], responses={200: CouncilPostsSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Its organisation chart and its senior salaries, as far as posts are shared."""
        user = person(request)
        council = get_object_or_404(Council.objects.visible_to(user), key=key)
        asked = request.query_params.get("on", "")
        on = parse_date(asked) if asked else today()
        return Response(
            CouncilPostsSerializer(_published(posts_published_by(council, user=user, on=on))).data
        )


def _published(posts: CouncilPosts) -> dict[str, Any]:
    def shown(row: PostRow) -> dict[str, Any]:
        return {
            "post": row.post,
            "published_ref": row.published_ref,
            "share": row.percent_of(posts.council),
            "note": row.note,
            "is_named": row.is_named,
        }

    return {
        "council": posts.council.key,
        "on": posts.on,
        "organisation_chart": [shown(row) for row in posts.chart],
        "senior_salaries": [shown(row) for row in posts.salaries],
    }


def _as_terms(sent: dict[str, Any], programme: Programme, user: User) -> dict[str, Any]:
    """What was sent under the names of the terms, with its service as a row of the programme."""
    terms = {_AMOUNTS.get(name, name): value for name, value in sent.items()}
    if "shares" in sent:
        terms["shares"] = numbers_of("shares", sent["shares"], user)
    if "service" in sent:
        ref = sent["service"]
        terms["service"] = Service.objects.filter(programme=programme, ref=ref).first() if ref else None
        if ref and terms["service"] is None:
            raise Refusal(f"There is no service {ref} in this programme", "service")
    return terms
