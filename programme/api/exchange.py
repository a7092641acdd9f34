"""Milestones out of files in the API, as the pages take them, with a dry run."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
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
from programme.actions.milestone_file import LONGEST_NAME, store_milestone_edits
from programme.exchange.edit_rows import MilestoneEdit, StaleMilestone, read_milestone_edits
from programme.policies import check_update_some_milestone
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
