"""A business case as a whole in the API: progress, steps, statements, scores, versions compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from core.rules.assessment import Withheld
from services.actions.case_statement import make_statement
from services.actions.case_steps import take_step
from services.actions.case_versions import start_version
from services.actions.scores import GivenCriterion, GivenScore, save_criteria, save_scores
from services.api.case_story_shapes import (
    CaseCheckSerializer,
    CaseComparisonSerializer,
    CaseProgressSerializer,
    CaseStatementInputSerializer,
    CaseStepSerializer,
    CriteriaInputSerializer,
    ScorePageSerializer,
    ScoresInputSerializer,
)
from services.enums import CaseStep
from services.models import BusinessCase, CaseStatement
from services.policies import powers_of
from services.queries.business_cases import visible_cases
from services.queries.case_compare import MoneyChange, compare_cases
from services.queries.case_content import has_issued_content
from services.queries.case_story import CaseStory, CouncilStatement, case_story
from services.queries.scores import score_page


class CaseProgressView(APIView):
    """Where a version stands."""

    @extend_schema(responses={200: CaseProgressSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """Next step, what stops it, who must act, statements, reviews, and every version."""
        return Response(_progress(_case(request, pk)))


class CaseStepsView(APIView):
    """Steps of a version."""

    @extend_schema(
        request=CaseStepSerializer, responses={200: CaseProgressSerializer, **PROBLEMS, **CONFLICT}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take a step; a new version answers with where that version stands."""
        case, sent = _case(request, pk), read_sent(CaseStepSerializer, request)
        by, step = person(request), CaseStep(sent["step"])
        if step == CaseStep.NEW_VERSION:
            saved = start_version(case, by=by, seen_version=sent["version"], channel=Channel.API)
        else:
            saved = take_step(
                case,
                step,
                by=by,
                seen_version=sent["version"],
                comment=sent["comment"],
                channel=Channel.API,
            )
        return Response(_progress(_case(request, saved.pk)))


class CaseStatementsView(APIView):
    """Statements of the section 151 officers."""

    @extend_schema(
        request=CaseStatementInputSerializer, responses={200: CaseProgressSerializer, **PROBLEMS, **CONFLICT}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Make the statement of one council, or make it again."""
        case, sent = _case(request, pk), read_sent(CaseStatementInputSerializer, request)
        rows = case_story(case).statements
        council = next((row.council for row in rows if row.council.key == sent["council"]), None)
        if council is None:
            raise serializers.ValidationError({"council": "Choose a partner council"})
        make_statement(
            case,
            council,
            by=person(request),
            seen_version=sent["version"],
            position=sent["position"],
            text=sent["text"],
            channel=Channel.API,
        )
        return Response(_progress(_case(request, pk)))


class CaseCheckView(APIView):
    """The fingerprint of an issued version."""

    @extend_schema(responses={200: CaseCheckSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """Whether the content still has the hash of the day it was issued."""
        case = _case(request, pk)
        holds = has_issued_content(case) if case.content_hash else None
        return Response(CaseCheckSerializer({"content_hash": case.content_hash, "holds": holds}).data)


class CaseScoresView(APIView):
    """Scores of the options."""

    @extend_schema(responses={200: ScorePageSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """Ranking, what each criterion adds, what would change the first place, and every score."""
        return Response(ScorePageSerializer(score_page(_case(request, pk))).data)

    @extend_schema(
        request=ScoresInputSerializer, responses={200: ScorePageSerializer, **PROBLEMS, **CONFLICT}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Store your own scores; what is left out stays."""
        case, sent = _case(request, pk), read_sent(ScoresInputSerializer, request)
        given = [
            GivenScore(
                one["criterion"], one["option"], one["score"], one["reason"], seen_version=one["version"]
            )
            for one in sent["scores"]
        ]
        save_scores(case, by=person(request), scores=given, channel=Channel.API)
        return Response(ScorePageSerializer(score_page(case)).data)


class CaseCriteriaView(APIView):
    """Criteria of a draft."""

    @extend_schema(
        request=CriteriaInputSerializer, responses={200: ScorePageSerializer, **PROBLEMS, **CONFLICT}
    )
    def put(self, request: Request, pk: int) -> Response:
        """Set every criterion with its weight; the weights add up to 100."""
        case, sent = _case(request, pk), read_sent(CriteriaInputSerializer, request)
        saved = save_criteria(
            case,
            by=person(request),
            seen_version=sent["version"],
            criteria=[GivenCriterion(**one) for one in sent["criteria"]],
            channel=Channel.API,
        )
        return Response(ScorePageSerializer(score_page(saved)).data)


class CaseCompareView(APIView):
    """Two versions of one case."""

    @extend_schema(responses={200: CaseComparisonSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int, other: int) -> Response:
        """Every difference, from the older version to the newer."""
        case, second = _case(request, pk), _case(request, other)
        if (case.programme_id, case.ref) != (second.programme_id, second.ref):
            raise Http404
        found = compare_cases(case, second, powers_of(person(request), case.programme))
        data = {
            "older": found.older,
            "newer": found.newer,
            "totals": [_money(row) for row in found.totals],
            "amounts": [_money(row) for row in found.amounts],
            "changes": found.words,
        }
        return Response(CaseComparisonSerializer(data).data)


def _case(request: Request, pk: int) -> BusinessCase:
    return get_object_or_404(visible_cases(person(request)), pk=pk)


def _progress(case: BusinessCase) -> Mapping[str, Any]:
    story = case_story(case)
    progress = story.progress
    data = {
        "id": case.pk,
        "version": case.version,
        "state": case.state,
        "next_step": progress.step.value if progress.step else "",
        "stops": list(progress.stops),
        "who_must_act": progress.who,
        "objections": [_statement(CouncilStatement(one.council, one)) for one in story.objections],
        "statements": [_statement(one) for one in story.statements],
        "reviews": _reviews(story),
        "versions": story.versions,
    }
    return CaseProgressSerializer(data).data


def _statement(row: CouncilStatement) -> dict[str, Any]:
    made: CaseStatement | None = row.statement
    return {
        "council": row.council.key,
        "position": made.position if made else None,
        "text": made.text if made else None,
        "stated_by": str(made.stated_by) if made else None,
        "stated_at": made.stated_at if made else None,
    }


def _reviews(story: CaseStory) -> list[dict[str, Any]]:
    return [
        {
            "outcome": one.outcome,
            "comment": one.comment,
            "reviewed_by": str(one.reviewed_by),
            "reviewed_at": one.reviewed_at,
        }
        for one in story.reviews
    ]


def _money(row: MoneyChange) -> dict[str, Any]:
    sides = {"before": row.before, "after": row.after, "difference": row.difference}
    reasons = [side.reason for side in sides.values() if isinstance(side, Withheld)]
    shown = {name: None if isinstance(side, Withheld) else side for name, side in sides.items()}
    words = {"part": row.part, "item": row.item, "what": row.what, "year": row.year}
    return {**words, **shown, "withheld": reasons[0] if reasons else ""}
