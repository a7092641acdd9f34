"""Files in the API: amounts and the benefits register, as the pages take them, with a dry run."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.api.reading import programme_of
from benefits.entry_imports import Preview, Told, read_amounts, store_amounts
from benefits.enums import EntryKind
from benefits.policies import NOT_TO_ENTER
from benefits.queries.entry_table import entered_councils
from benefits.register_imports import FieldChange, RowChange, StaleRow, read_register, store_register
from core.api.fields import PoundsField
from core.api.files import FileSerializer
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS


class AmountsFileSerializer(FileSerializer):
    """Amounts in the layout of the download; `why` is for rows without an explanation of their own.

    `mark` is what a dry run answered: another change of the ledger since then is refused.
    """

    why = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)
    as_at_on = serializers.DateField(required=False, allow_null=True, default=None)
    mark = serializers.CharField(required=False, allow_blank=True)


class ImportedAmountSerializer(serializers.Serializer[Preview]):
    """An amount that the file changes, from what to what."""

    line = serializers.CharField(source="typed.line.ref")
    council = serializers.CharField(source="typed.council.key")
    time = serializers.CharField(source="typed.span")
    before = PoundsField(allow_null=True)
    after = PoundsField(source="typed.pence", allow_null=True)


class AmountsImportedSerializer(serializers.Serializer[Any]):
    """What the file changed, or would change."""

    dry_run = serializers.BooleanField()
    mark = serializers.CharField()
    changes = ImportedAmountSerializer(many=True)


class AmountsImportView(APIView):
    """Amounts of one ledger out of a file."""

    kind = EntryKind.ACTUAL
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": AmountsFileSerializer},
        responses={200: AmountsImportedSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Take amounts out of a file, all or none, each error by its cell; or say what would change."""
        user, programme = person(request), programme_of(request, key)
        councils = entered_councils(programme, user, self.kind)
        if not councils:
            raise PermissionDenied(NOT_TO_ENTER[self.kind])
        sent = read_sent(AmountsFileSerializer, request)
        told = Told(sent["why"], sent["as_at_on"])
        read = read_amounts(programme, self.kind, sent["file"], by=user, councils=councils, told=told)
        read.table.check()
        if not sent["dry_run"]:
            mark = sent.get("mark") or read.mark
            store_amounts(programme, self.kind, read, by=user, told=told, mark=mark)
        shown = {"dry_run": sent["dry_run"], "mark": read.mark, "changes": read.changes}
        return Response(AmountsImportedSerializer(shown).data)


class FieldChangeSerializer(serializers.Serializer[FieldChange]):
    """One field, in words, from what to what."""

    field = serializers.CharField(source="title")
    before = serializers.CharField()
    after = serializers.CharField()


class BenefitRowChangeSerializer(serializers.Serializer[RowChange]):
    """What one row of the file changes of its benefit."""

    row = serializers.IntegerField(source="row.number")
    benefit = serializers.CharField(source="benefit.ref")
    changes = FieldChangeSerializer(many=True)


class StaleRowSerializer(serializers.Serializer[StaleRow]):
    """A row that is not taken, because someone else changed its benefit since; what they changed."""

    row = serializers.IntegerField(source="row.number")
    benefit = serializers.CharField(source="benefit.ref")
    message = serializers.CharField()
    changed_by_others = serializers.ListField(child=serializers.CharField(), source="theirs")


class RegisterImportedSerializer(serializers.Serializer[Any]):
    """What the file changed, or would change, and the rows that were not taken."""

    dry_run = serializers.BooleanField()
    changes = BenefitRowChangeSerializer(many=True)
    not_taken = StaleRowSerializer(many=True)


class RegisterImportView(APIView):
    """The benefits register out of a file."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": FileSerializer},
        responses={200: RegisterImportedSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Change benefits as a file says, each error by its cell; or say what would change.

        Rows whose benefit someone else changed since are not taken, and told; the others are.
        """
        user, programme = person(request), programme_of(request, key)
        sent = read_sent(FileSerializer, request)
        read = read_register(programme, sent["file"], by=user)
        read.table.check()
        if not sent["dry_run"]:
            store_register(programme, read, by=user)
        shown = {"dry_run": sent["dry_run"], "changes": read.changes, "not_taken": read.stale}
        return Response(RegisterImportedSerializer(shown).data)
