"""Service reviews in the API: read, start, change, take a step on, and record their parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.publication import withholding_of
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.views.assurance.lessons import visible_lesson
from services.actions.review import ReviewDetails, details_of, start_review, update_review
from services.actions.review_answers import QuestionAnswer, save_answers
from services.actions.review_consultations import record_consultation, update_consultation
from services.actions.review_lessons import use_lesson_in_review
from services.actions.review_red_lines import declare_red_line, update_red_line
from services.actions.review_steps import StepGiven, step_review
from services.actions.review_tasks import TaskGiven, finish_task, save_tasks
from services.api.review_input import (
    AnswersSerializer,
    ConsultationCreateSerializer,
    ConsultationUpdateSerializer,
    FinishTaskSerializer,
    LessonNamedSerializer,
    RedLineCreateSerializer,
    RedLineUpdateSerializer,
    ReviewCreateSerializer,
    ReviewStepSerializer,
    ReviewTasksSerializer,
    ReviewUpdateSerializer,
)
from services.api.review_shapes import ConsultationSerializer, RedLineSerializer, ReviewSerializer
from services.enums import QuestionSet, ReviewState
from services.models import Consultation, RedLine, ReviewTask, Service, ServiceReview
from services.queries.consultations import record_shown
from services.queries.reviews import review_row, rows_of, with_parts
from services.rules.consultation_record import ConsultationRecord

SAVED = {200: ReviewSerializer, **PROBLEMS, **CONFLICT}


class ReviewFilter(filters.FilterSet):
    """Reviews of a programme, a service, in one state."""

    programme = filters.CharFilter(field_name="service__programme__key")

    class Meta:
        model = ServiceReview
        fields = ("programme", "service", "state")


class PartFilter(filters.FilterSet):
    """Parts of the reviews of a programme, of one council."""

    programme = filters.CharFilter(field_name="review__service__programme__key")
    council = filters.CharFilter(field_name="council__key")


class ReviewViewSet(VisibleViewSet):
    """Service reviews: where each stands, what stops its next step and who must act."""

    queryset = ServiceReview.objects.select_related(
        "service__programme__partnership", "owner", "lead_council"
    )
    serializer_class = ReviewSerializer
    filterset_class = ReviewFilter
    ordering_fields = ("ref", "started_on")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The reviews that this person may see."""
        reviews = self.filter_queryset(with_parts(self.get_queryset()))
        page = self.paginate_queryset(reviews)
        return self.get_paginated_response(
            ReviewSerializer(rows_of(page or []), many=True, context={"request": request}).data
        )

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One review."""
        return _shown(request, self.get_object())

    @extend_schema(request=ReviewCreateSerializer, responses={201: ReviewSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Start a review of a service; its tasks come from the template of its kind."""
        sent = read_sent(ReviewCreateSerializer, request)
        user = person(request)
        services = Service.objects.visible_to(user).select_related("programme__partnership")
        service = get_object_or_404(services, pk=sent.pop("service"))
        made = start_review(service, by=user, details=ReviewDetails(**sent), channel=Channel.API)
        return _shown(request, made, status.HTTP_201_CREATED)

    @extend_schema(request=ReviewUpdateSerializer, responses=SAVED)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what a review says of itself; what is left out stays."""
        review = self.get_object()
        sent = read_sent(ReviewUpdateSerializer, request)
        seen = sent.pop("version")
        details = replace(details_of(review), **sent)
        update_review(review, by=person(request), seen_version=seen, details=details, channel=Channel.API)
        return _shown(request, review)

    @extend_schema(request=LessonNamedSerializer, responses=SAVED)
    @action(detail=True, methods=["post"], url_path="use-lesson")
    def use_lesson(self, request: Request, pk: str) -> Response:
        """Use a lesson in the review; a second time changes nothing."""
        review: ServiceReview = self.get_object()
        lesson = visible_lesson(request, read_sent(LessonNamedSerializer, request)["lesson"])
        use_lesson_in_review(review, by=person(request), lesson=lesson, channel=Channel.API)
        return _shown(request, review)

    @extend_schema(request=ReviewStepSerializer, responses=SAVED)
    @action(detail=True, methods=["post"])
    def step(self, request: Request, **kwargs: Any) -> Response:
        """Take a review to its next state; refuses, each with what to do, what stops it."""
        review = self.get_object()
        sent = read_sent(ReviewStepSerializer, request)
        seen, to = sent.pop("version"), ReviewState(sent.pop("to"))
        step_review(
            review,
            by=person(request),
            seen_version=seen,
            to=to,
            given=StepGiven(**sent),
            channel=Channel.API,
        )
        return _shown(request, review)

    @extend_schema(request=ReviewTasksSerializer, responses=SAVED)
    @action(detail=True, methods=["put"])
    def tasks(self, request: Request, **kwargs: Any) -> Response:
        """Replace the tasks of a review."""
        review = self.get_object()
        sent = read_sent(ReviewTasksSerializer, request)
        tasks = [TaskGiven(one["text"], one.get("id"), one.get("council")) for one in sent["tasks"]]
        save_tasks(review, by=person(request), seen_version=sent["version"], tasks=tasks, channel=Channel.API)
        return _shown(request, review)

    @extend_schema(request=FinishTaskSerializer, responses={200: ReviewSerializer, **PROBLEMS})
    @action(detail=True, methods=["post"], url_path="finish-task")
    def finish_task(self, request: Request, **kwargs: Any) -> Response:
        """Mark a task as done, or as not done after all."""
        review = self.get_object()
        sent = read_sent(FinishTaskSerializer, request)
        tasks = ReviewTask.objects.select_related("review__service__programme", "council")
        task = get_object_or_404(tasks, review=review, pk=sent["task"])
        finish_task(task, by=person(request), is_done=sent["is_done"], channel=Channel.API)
        return _shown(request, review)

    @extend_schema(request=AnswersSerializer, responses=SAVED)
    @action(detail=True, methods=["put"])
    def answers(self, request: Request, **kwargs: Any) -> Response:
        """Record one council's answers to one set of questions."""
        review = self.get_object()
        sent = read_sent(AnswersSerializer, request)
        save_answers(
            review,
            by=person(request),
            council=sent["council"],
            question_set=QuestionSet(sent["question_set"]),
            seen_version=sent["version"],
            answers={code: QuestionAnswer(**one) for code, one in sent["answers"].items()},
            channel=Channel.API,
        )
        return _shown(request, review)


class RedLineViewSet(VisibleViewSet):
    """Red lines of councils in reviews."""

    queryset = RedLine.objects.select_related("council", "review__service__programme")
    serializer_class = RedLineSerializer
    filterset_class = PartFilter
    ordering_fields = ("id",)

    @extend_schema(request=RedLineCreateSerializer, responses={201: RedLineSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Declare what a council will not give up."""
        sent = read_sent(RedLineCreateSerializer, request)
        made = declare_red_line(
            _review(request, sent["review"]),
            by=person(request),
            council=sent["council"],
            text=sent["text"],
            channel=Channel.API,
        )
        return Response(RedLineSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=RedLineUpdateSerializer, responses={200: RedLineSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say whether a red line is respected, or change its words; what is left out stays."""
        line = self.get_object()
        sent = read_sent(RedLineUpdateSerializer, request)
        saved = update_red_line(
            line,
            by=person(request),
            seen_version=sent["version"],
            text=sent.get("text", line.text),
            is_respected=sent.get("is_respected", line.is_respected),
            note=sent.get("note", line.note),
            channel=Channel.API,
        )
        return Response(RedLineSerializer(saved).data)


class ConsultationViewSet(VisibleViewSet):
    """Consultations of staff and public in reviews."""

    queryset = Consultation.objects.select_related("council", "review__service__programme")
    serializer_class = ConsultationSerializer
    filterset_class = PartFilter
    ordering_fields = ("started_on",)

    @extend_schema(request=ConsultationCreateSerializer, responses={201: ConsultationSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Record a consultation; a redundancy has a minimum time before the first dismissal."""
        sent = read_sent(ConsultationCreateSerializer, request)
        review, council = _review(request, sent.pop("review")), sent.pop("council")
        withholding = withholding_of(sent)
        record = ConsultationRecord(**{"affected_count": None, **sent})
        made = record_consultation(
            review,
            by=person(request),
            council=council,
            record=record,
            withholding=withholding,
            channel=Channel.API,
        )
        return Response(
            ConsultationSerializer(made, context={"request": request}).data, status=status.HTTP_201_CREATED
        )

    @extend_schema(
        request=ConsultationUpdateSerializer, responses={200: ConsultationSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what is recorded of a consultation; what is left out stays."""
        consultation = self.get_object()
        sent = read_sent(ConsultationUpdateSerializer, request)
        seen = sent.pop("version")
        record = replace(record_shown(consultation), **sent)
        saved = update_consultation(
            consultation, by=person(request), seen_version=seen, record=record, channel=Channel.API
        )
        return Response(ConsultationSerializer(saved, context={"request": request}).data)


def _review(request: Request, pk: int) -> ServiceReview:
    """The review, or nothing there (404) for a person who may not see it."""
    reviews = ServiceReview.objects.visible_to(person(request)).select_related("service__programme")
    return get_object_or_404(reviews, pk=pk)


def _shown(request: Request, review: ServiceReview, code: int = status.HTTP_200_OK) -> Response:
    shown = ReviewSerializer(review_row(review), context={"request": request})
    return Response(shown.data, status=code)
