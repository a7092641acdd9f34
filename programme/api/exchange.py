"""Milestones and plans out of files in the API, as the pages take them, with a dry run."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.files import FileSerializer
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.enums import Channel
from core.imports.tables import ImportRow
from programme.actions.milestone_file import LONGEST_NAME, store_milestone_edits
from programme.actions.plan_import import import_plan, try_plan
from programme.exchange.edit_rows import MilestoneEdit, StaleMilestone, read_milestone_edits
from programme.exchange.plan_source import check_matching, open_plan
from programme.policies import check_plan, check_update_some_milestone
from programme.queries.history import FieldChange
from programme.views.context import visible_programme


class MilestoneFieldChangeSerializer(serializers.Serializer[FieldChange]):
    """One field, in words, from what to what."""

    field = serializers.CharField(source="label")
    before = serializers.CharField()
    after = serializers.CharField()


class MilestoneRowChangeSerializer(serializers.Serializer[MilestoneEdit]):
    """What one row of the file changes of its milestone."""

    row = serializers.IntegerField(source="row.number")
    milestone = serializers.CharField(source="milestone.ref")
    changes = MilestoneFieldChangeSerializer(many=True)


class StaleMilestoneSerializer(serializers.Serializer[StaleMilestone]):
    """A row that is not taken, because someone else changed its milestone since; what they changed."""

    row = serializers.IntegerField(source="row.number")
    milestone = serializers.CharField(source="milestone.ref")
    message = serializers.CharField()
    changed_by_others = serializers.ListField(child=serializers.CharField(), source="theirs")


class MilestonesImportedSerializer(serializers.Serializer[Any]):
    """What the file changed, or would change, and the rows that were not taken."""

    dry_run = serializers.BooleanField()
    changes = MilestoneRowChangeSerializer(many=True)
    not_taken = StaleMilestoneSerializer(many=True)


class MilestoneImportView(APIView):
    """Milestones out of an edited file."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": FileSerializer},
        responses={200: MilestonesImportedSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Change milestones as a file says, each error by its cell; or say what would change.

        Rows whose milestone someone else changed since are not taken, and told; the others are.
        """
        user = person(request)
        programme = visible_programme(user, key)
        check_update_some_milestone(user, programme)
        sent = read_sent(FileSerializer, request)
        read = read_milestone_edits(programme, sent["file"], by=user)
        read.table.check()
        if not sent["dry_run"]:
            file_name = str(sent["file"].name)[-LONGEST_NAME:]
            store_milestone_edits(read, by=user, file_name=file_name, channel=Channel.API)
        shown = {"dry_run": sent["dry_run"], "changes": read.edits, "not_taken": read.stale}
        return Response(MilestonesImportedSerializer(shown).data)


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class ColumnsField(serializers.JSONField):
    """For each field the title of its column, as an object of JSON."""

    default_error_messages = {"shape": "Give an object of field names and column titles"}

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """The object; refuses any other value."""
        value = super().to_internal_value(data)
        if not isinstance(value, dict) or not all(isinstance(title, str) for title in value.values()):
            self.fail("shape")
        return value


class PlanFileSerializer(FileSerializer):
    """A plan: CSV, XLSX or Microsoft Project XML, of which all tasks or milestones alone are taken.

    `columns` gives for each field the title of its column; where it is left out the titles are guessed.
    """

    takes = serializers.ChoiceField(choices=["milestones", "tasks"], required=False, default="milestones")
    columns = ColumnsField(required=False, default=dict)


class PlannedMilestoneSerializer(serializers.Serializer[ImportRow]):
    """A milestone that the file adds."""

    row = serializers.IntegerField(source="number")
    title = serializers.CharField(source="values.title")
    phase = serializers.CharField(source="values.phase", allow_null=True, default=None)
    owner = serializers.CharField(source="values.owner.email", allow_null=True, default=None)
    plan_on = serializers.DateField(source="values.plan_on", allow_null=True, default=None)
    forecast_on = serializers.DateField(source="values.forecast_on", allow_null=True, default=None)
    achieved_on = serializers.DateField(source="values.achieved_on", allow_null=True, default=None)


class PlanImportedSerializer(serializers.Serializer[Any]):
    """What the plan added, or would add; `milestones` are references, none in a dry run."""

    dry_run = serializers.BooleanField()
    rows = PlannedMilestoneSerializer(many=True)
    phases = serializers.ListField(child=serializers.CharField())
    left_out = serializers.ListField(child=serializers.CharField())
    milestones = serializers.ListField(child=serializers.CharField())


class PlanImportView(APIView):
    """Milestones out of a plan from elsewhere."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": PlanFileSerializer},
        responses={200: PlanImportedSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Add the milestones of a plan, all or none, each error by its cell; or say what would be added."""
        user = person(request)
        programme = visible_programme(user, key)
        check_plan(user, programme)
        sent = read_sent(PlanFileSerializer, request)
        source = open_plan(programme, sent["file"], all_tasks=sent["takes"] == "tasks")
        matching = check_matching(source, sent["columns"])
        if sent["dry_run"]:
            plan = try_plan(programme, source.sheet, matching, by=user)
            plan.table.check()
        else:
            file_name = str(sent["file"].name)[-LONGEST_NAME:]
            told: dict[str, Any] = {"file_name": file_name, "channel": Channel.API}
            plan = import_plan(programme, source.sheet, matching, by=user, **told)
        shown = {
            "dry_run": sent["dry_run"],
            "rows": plan.table.rows,
            "phases": plan.phases,
            "left_out": [*source.left_out, *plan.left_out],
            "milestones": [one.ref for one in plan.made],
        }
        return Response(PlanImportedSerializer(shown).data)
