"""The steering group's dashboards in the API: the same sentences and figures as the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.views import PROBLEMS
from core.clock import today
from core.exports.cells import plain_text
from core.exports.tables import Table
from governance.dashboards.dashboard import Dashboard
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.files import FILES
from governance.dashboards.panel import Panel
from governance.dashboards.partnership import FILES as PARTNERSHIP_FILES
from governance.dashboards.partnership import PartnershipFacts, partnership_dashboard
from governance.dashboards.programme import steering_dashboard
from programme.models import Partnership, Programme


class DashboardAnswerSerializer(serializers.Serializer[Any]):
    """A question that a member asks, a word, and the sentence that answers it."""

    question = serializers.CharField()
    word = serializers.CharField()
    text = serializers.CharField()
    more = serializers.CharField()


class DashboardFileSerializer(serializers.Serializer[Any]):
    """A table of a panel as its CSV file holds it: money in pounds, dates as ISO text."""

    name = serializers.CharField()
    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class DashboardPanelSerializer(serializers.Serializer[Any]):
    """One panel: what it says, and the figures behind it."""

    key = serializers.CharField()
    title = serializers.CharField()
    sentence = serializers.CharField()
    files = DashboardFileSerializer(many=True)


class SteeringDashboardSerializer(serializers.Serializer[Any]):
    """The dashboard of a programme or a partnership; the meetings are null where none is recorded."""

    as_of = serializers.DateField()
    cut_off = serializers.DateField(allow_null=True)
    last_meeting_on = serializers.DateField(allow_null=True)
    next_meeting_on = serializers.DateField(allow_null=True)
    answers = DashboardAnswerSerializer(many=True)
    since_last_meeting = serializers.ListField(child=serializers.CharField())
    panels = DashboardPanelSerializer(many=True)


class SteeringView(APIView):
    """The steering group's dashboard of one programme."""

    @extend_schema(responses={200: SteeringDashboardSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """What a member of the steering group needs before a meeting."""
        user = person(request)
        programmes = Programme.objects.visible_to(user).select_related("partnership")
        facts = SteeringFacts(get_object_or_404(programmes, key=key), today(), user=user)
        shown = _dashboard(steering_dashboard(facts), {name: make(facts) for name, make in FILES.items()})
        return Response(SteeringDashboardSerializer(shown).data)


class PartnershipSteeringView(APIView):
    """The steering group's dashboard of a partnership."""

    @extend_schema(responses={200: SteeringDashboardSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """All its programmes that one may read: which is worst, and why."""
        user = person(request)
        partnership = get_object_or_404(Partnership.objects.visible_to(user), key=key)
        facts = PartnershipFacts(partnership, today(), user)
        files = {name: make(facts) for name, make in PARTNERSHIP_FILES.items()}
        return Response(SteeringDashboardSerializer(_dashboard(partnership_dashboard(facts), files)).data)


def _dashboard(found: Dashboard, files: Mapping[str, Table[Any]]) -> dict[str, Any]:
    return {
        "as_of": found.as_of,
        "cut_off": found.cut_off,
        "last_meeting_on": found.meetings.since,
        "next_meeting_on": found.meetings.next_on,
        "answers": found.answers,
        "since_last_meeting": found.since,
        "panels": [_panel(panel, files) for panel in found.panels],
    }


def _panel(panel: Panel, files: Mapping[str, Table[Any]]) -> dict[str, Any]:
    names = dict.fromkeys(shown.file for shown in panel.tables)
    return {
        "key": panel.key,
        "title": panel.title,
        "sentence": panel.sentence,
        "files": [_file(name, files[name]) for name in names],
    }


def _file(name: str, table: Table[Any]) -> dict[str, Any]:
    return {
        "name": name,
        "title": table.title,
        "columns": table.titles,
        "rows": [
            [plain_text(column.value(row), column.format) for column in table.columns] for row in table.rows
        ],
    }
