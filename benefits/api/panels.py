"""The panels of savings in the API: the same queries as their pages."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benefits.api import panel_shapes as shapes
from benefits.api.reading import programme_of
from benefits.enums import Every, Measure, Sums
from benefits.filters import OverTimeFilter
from benefits.panel_charts import causes_steps
from benefits.panel_sentences import (
    causes_sentence,
    delivery_sentence,
    measures_sentence,
    over_time_sentence,
    realisation_sentence,
)
from benefits.panels import Panels
from benefits.queries.causes import Causes
from benefits.queries.delivery import DeliverySplit
from benefits.queries.ledgers import read_ledgers
from benefits.queries.realisation import Realisation
from benefits.queries.scope import scope_of
from core.api.views import PROBLEMS
from core.clock import today
from core.rules.assessment import NotApplicable, NotAssessable
from programme.queries.milestones import known_on

CHOICE = [
    OpenApiParameter("council", str, description="the key of one council"),
    OpenApiParameter("service", str, description="the reference of one service, or no-one-service"),
    OpenApiParameter("kind", str, enum=[one.value for one in Measure], description="one kind of line"),
    OpenApiParameter("year", str, description="one financial year, for example 2026-27"),
]
WAY = [
    OpenApiParameter("every", str, enum=Every.values, description="how long a period is"),
    OpenApiParameter("sums", str, enum=Sums.values, description="running sums, or each period alone"),
]


def panels_of(request: Request, key: str) -> Panels:
    """The panels of a programme as asked for; refuses a choice that its ledgers do not hold."""
    programme = programme_of(request, key)
    as_of = known_on(programme, today())
    ledgers = read_ledgers(programme, as_of=as_of)
    form = OverTimeFilter(request.query_params, programme=programme, ledgers=ledgers)
    choice = form.choice()
    if form.errors:
        said = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
        raise serializers.ValidationError(said)
    return Panels(programme, scope_of(programme, ledgers, choice, as_of), *form.way())


def _common(panels: Panels, sentence: str, missing: NotAssessable | NotApplicable | None) -> dict[str, Any]:
    reason = missing.reason if missing else ""
    return {"sentence": sentence, "measure": panels.choice.measure.value, "not_assessable": reason}


class OverTimeView(APIView):
    """Savings over time."""

    @extend_schema(
        responses={200: shapes.OverTimeSerializer, **PROBLEMS},
        parameters=[*CHOICE, *WAY],
        operation_id="programme_savings_over_time",
    )
    def get(self, request: Request, key: str) -> Response:
        """Plans, forecast, claimed, verified and banked, period by period."""
        panels = panels_of(request, key)
        found = panels.over_time
        missing = found.scope.no_forecast(panels.choice.measure, found.scope.councils)
        shown = {
            **_common(panels, over_time_sentence(found), missing),
            "every": found.every,
            "sums": found.sums,
            "periods": found.periods,
            "total": {basis.value: figure for basis, figure in found.total.items()},
        }
        return Response(shapes.OverTimeSerializer(shown).data)


class CausesView(APIView):
    """Why the forecast differs from what was first promised."""

    @extend_schema(
        responses={200: shapes.CausesSerializer, **PROBLEMS},
        parameters=CHOICE,
        operation_id="programme_savings_causes",
    )
    def get(self, request: Request, key: str) -> Response:
        """The steps from the original plan to the forecast, and every line."""
        panels = panels_of(request, key)
        found = panels.causes
        missing = found.no_forecast if isinstance(found, Causes) else found
        shown = {
            **_common(panels, causes_sentence(found), missing),
            "steps": causes_steps(found) if isinstance(found, Causes) else [],
            "lines": found.lines if isinstance(found, Causes) else [],
        }
        return Response(shapes.CausesSerializer(shown).data)


class ConfidenceView(APIView):
    """How sure the savings are."""

    @extend_schema(
        responses={200: shapes.ConfidenceSerializer, **PROBLEMS},
        parameters=CHOICE,
        operation_id="programme_savings_confidence",
    )
    def get(self, request: Request, key: str) -> Response:
        """Delivered, on track and at risk, by council and benefit."""
        panels = panels_of(request, key)
        found = panels.delivery
        if not isinstance(found, DeliverySplit):
            nothing: dict[str, Any] = {
                "councils": [],
                "total": None,
                "benefits": [],
                "forecast": found,
                "weighed": found,
            }
            shown = {**_common(panels, delivery_sentence(found), found), **nothing}
            return Response(shapes.ConfidenceSerializer(shown).data)
        shown = {
            **_common(panels, delivery_sentence(found), found.no_forecast),
            "councils": [{"council": one.key, "delivery": delivery} for one, delivery in found.by_council],
            "total": found.total,
            "benefits": found.benefits,
            "forecast": found.forecast,
            "weighed": found.weighted,
        }
        return Response(shapes.ConfidenceSerializer(shown).data)


class RealisationView(APIView):
    """How much of each plan is realised."""

    @extend_schema(
        responses={200: shapes.RealisationSerializer, **PROBLEMS},
        parameters=CHOICE,
        operation_id="programme_savings_realisation",
    )
    def get(self, request: Request, key: str) -> Response:
        """By council, service, class and benefit."""
        panels = panels_of(request, key)
        found = panels.realisation
        missing = None if isinstance(found, Realisation) else found
        shown = {
            **_common(panels, realisation_sentence(found), missing),
            "fy": found.fy if isinstance(found, Realisation) else None,
            "rows": found.rows if isinstance(found, Realisation) else [],
            "households": panels.households,
        }
        return Response(shapes.RealisationSerializer(shown).data)


class MeasuresView(APIView):
    """The measures of a programme over time."""

    @extend_schema(
        responses={200: shapes.TrendsSerializer, **PROBLEMS},
        parameters=CHOICE,
        operation_id="programme_savings_measures",
    )
    def get(self, request: Request, key: str) -> Response:
        """Each measure from its starting value to its target."""
        found = panels_of(request, key).measures
        shown = {"sentence": measures_sentence(found), "trends": found.trends}
        return Response(shapes.TrendsSerializer(shown).data)
