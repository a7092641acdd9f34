"""Lessons in the API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.fields import IdField
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from programme.actions.assurance.lessons import (
    LessonTerms,
    lesson_terms,
    record_lesson,
    update_lesson,
    use_lesson_at_gate,
)
from programme.enums import Gate
from programme.models import GateReview, Lesson, LessonUse, Milestone, Programme
from programme.views.assurance.places import visible_review
from programme.views.context import visible_programme


class LessonUseSerializer(serializers.ModelSerializer[LessonUse]):
    """A later review that used a lesson: a gate review by its id, or a service review by its references."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = LessonUse
        fields = ("programme", "gate_review", "review_ref", "used_at")


class LessonSerializer(serializers.ModelSerializer[Lesson]):
    """What was learnt. `uses` are those in programmes that you can open."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    milestone = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    gate_review = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    source = serializers.StringRelatedField()  # type: ignore[assignment, var-annotated]
    uses = LessonUseSerializer(many=True, read_only=True)

    class Meta:
        model = Lesson
        fields = (
            "id",
            "programme",
            "ref",
            "text",
            "evidence",
            "recommended_change",
            "gate",
            "service_kind",
            "gate_review",
            "milestone",
            "review_ref",
            "uses",
            "source",
            "version",
            "updated_at",
        )


class LessonTermsSerializer(serializers.Serializer[Any]):
    """What was learnt, what it concerns, and the one place where it was learnt.

    Gate review and milestone are named by their references, a service review by those of its service and
    its own: S-1/SR-1.
    """

    text = serializers.CharField(allow_blank=True)
    evidence = serializers.CharField(required=False, allow_blank=True)
    recommended_change = serializers.CharField(required=False, allow_blank=True)
    gate = serializers.ChoiceField(choices=Gate.choices, required=False, allow_null=True)
    service_kind = serializers.CharField(required=False, allow_blank=True)
    gate_review = serializers.CharField(required=False, allow_null=True)
    milestone = serializers.CharField(required=False, allow_null=True)
    review_ref = serializers.CharField(required=False, allow_blank=True)


class LessonCreateSerializer(LessonTermsSerializer):
    """A new lesson of the programme with this key."""

    programme = serializers.CharField()


class LessonUpdateSerializer(LessonTermsSerializer):
    """What to change of a lesson; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    text = serializers.CharField(required=False, allow_blank=True)


class LessonUsedSerializer(serializers.Serializer[Any]):
    """The id of the gate review that uses the lesson."""

    gate_review = IdField()


class LessonFilter(filters.FilterSet):
    """Lessons of a programme or a partnership, about a gate or a kind of service, with these words."""

    programme = filters.CharFilter(field_name="programme__key")
    partnership = filters.CharFilter(field_name="programme__partnership__key")
    q = filters.CharFilter(method="with_words")

    class Meta:
        model = Lesson
        fields = ("programme", "partnership", "gate", "service_kind", "q")

    def with_words(self, lessons: QuerySet[Lesson], name: str, value: str) -> QuerySet[Lesson]:
        """Lessons that say every one of the words."""
        for word in value.split():
            lessons = lessons.filter(
                Q(text__icontains=word) | Q(evidence__icontains=word) | Q(recommended_change__icontains=word)
            )
        return lessons


class LessonViewSet(VisibleViewSet):
    """Lessons of programmes."""

    queryset = Lesson.objects.select_related("programme__partnership", "source", "gate_review", "milestone")
    serializer_class = LessonSerializer
    filterset_class = LessonFilter
    ordering_fields = ("order_index",)

    def get_queryset(self) -> QuerySet[Any]:
        """The lessons that this person may see, with the uses that they may see."""
        uses = LessonUse.objects.visible_to(person(self.request)).select_related("programme")
        return super().get_queryset().prefetch_related(Prefetch("uses", uses))

    @extend_schema(
        request=LessonCreateSerializer,
        responses={201: LessonSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a lesson."""
        sent = read_sent(LessonCreateSerializer, request)
        programme = visible_programme(person(request), sent.pop("programme"))
        terms = LessonTerms(**_with_rows(sent, programme))
        made = record_lesson(programme, by=person(request), terms=terms, channel=Channel.API)
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(request=LessonUpdateSerializer, responses={200: LessonSerializer, **PROBLEMS, **CONFLICT})
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a lesson; what is left out stays."""
        lesson: Lesson = self.get_object()
        sent = read_sent(LessonUpdateSerializer, request)
        seen = sent.pop("version")
        terms = replace(lesson_terms(lesson), **_with_rows(sent, lesson.programme))
        saved = update_lesson(lesson, by=person(request), seen_version=seen, terms=terms, channel=Channel.API)
        return self._shown(saved)

    @extend_schema(request=LessonUsedSerializer, responses={200: LessonSerializer, **PROBLEMS})
    @action(detail=True, methods=["post"])
    def use(self, request: Request, pk: str) -> Response:
        """Use the lesson in a gate review; a second time changes nothing."""
        lesson: Lesson = self.get_object()
        review = visible_review(request, read_sent(LessonUsedSerializer, request)["gate_review"])
        use_lesson_at_gate(lesson, by=person(request), review=review, channel=Channel.API)
        return self._shown(lesson)

    def _shown(self, lesson: Lesson, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=lesson.pk)).data, status=code)


def _with_rows(sent: dict[str, Any], programme: Programme) -> dict[str, Any]:
    """What was sent with its gate review and milestone as rows of the programme."""
    found = dict(sent)
    for name, model in (("gate_review", GateReview), ("milestone", Milestone)):
        if ref := sent.get(name):
            row = model.objects.filter(programme=programme, ref=ref).first()
            if row is None:
                raise Refusal(f"There is no {name.replace('_', ' ')} {ref} in this programme", name)
            found[name] = row
        elif name in sent:
            found[name] = None
    return found
