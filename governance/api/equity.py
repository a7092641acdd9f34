"""The equity panel in the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.actions.equity import record_posts_removed
from benefits.enums import EquitySubject
from benefits.models import EquityNote
from benefits.rules.equity import EquityRow
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.publication import ShownField, WithholdingSerializer, withholding_of
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.clock import today
from core.enums import Channel
from core.rules.rounding import Exact, round_to
from core.rules.suppression import Suppressed
from governance.actions.equity import explain_difference
from governance.equity_tables import PanelShare, count_rows, panel_sentences, panel_shares
from governance.queries.equity import equity_panel
from programme.api.changes import CouncilKeyField
from programme.models import Programme


class EquityNoteSerializer(serializers.ModelSerializer[EquityNote]):
    """An explanation of a difference; of one that is exempt or confidential the text is withheld."""

    text = ShownField()
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    entered_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = EquityNote
        fields = (
            "id",
            "council",
            "subject",
            "text",
            "publication_class",
            "exempt_paragraph",
            "public_interest_reason",
            "entered_at",
            "entered_by",
        )


class PanelShareSerializer(serializers.Serializer[Any]):
    """One council’s share of one thing, in percent with two decimals; null with the reason in `missing`."""

    subject = serializers.ChoiceField(choices=EquitySubject.choices)
    taken_from = serializers.CharField()
    council = serializers.CharField()
    share = serializers.CharField(allow_null=True)
    compared_with = serializers.CharField()
    other_share = serializers.CharField(allow_null=True)
    difference_points = serializers.CharField(allow_null=True)
    is_flagged = serializers.BooleanField(allow_null=True)
    is_explained = serializers.BooleanField(
        allow_null=True,
        help_text="false also where the figure has moved by more than 5 points since; null where not flagged",
    )
    missing = serializers.CharField()
    explanations = EquityNoteSerializer(many=True)


class PanelCountSerializer(serializers.Serializer[Any]):
    """A number of one council; null where it is not stated, or withheld as [c]."""

    subject = serializers.ChoiceField(choices=EquitySubject.choices)
    council = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    is_withheld = serializers.BooleanField()


class EquityPanelSerializer(serializers.Serializer[Any]):
    """The panel with the sentences that it opens with."""

    as_of = serializers.DateField()
    sentences = serializers.ListField(child=serializers.CharField())
    shares = PanelShareSerializer(many=True)
    counts = PanelCountSerializer(many=True)


class EquityNoteInputSerializer(WithholdingSerializer):
    """Why a council’s share differs; it may be withheld from its beginning."""

    council = CouncilKeyField()
    subject = serializers.ChoiceField(choices=EquitySubject.choices)
    text = serializers.CharField(allow_blank=True)


class PostsInputSerializer(serializers.Serializer[Any]):
    """How many posts a council has removed so far."""

    council = CouncilKeyField()
    posts = serializers.IntegerField()
    as_at_on = serializers.DateField()
    evidence = serializers.CharField(allow_blank=True)


class PostsSerializer(serializers.Serializer[Any]):
    """That a number is recorded; the number itself is not repeated."""

    id = serializers.IntegerField(source="pk")
    council = serializers.CharField(source="council.key")
    as_at_on = serializers.DateField()


class EquityView(APIView):
    """The equity panel."""

    @extend_schema(responses={200: EquityPanelSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """What each council gets, bears and does, beside what was agreed."""
        panel = equity_panel(_programme(request, key), today=today())
        shown = {
            "as_of": panel.as_of,
            "sentences": panel_sentences(panel),
            "shares": [_share(row) for row in panel_shares(panel)],
            "counts": [
                {
                    "subject": row.subject,
                    "council": council.key,
                    "number": None if isinstance(count, Suppressed) else count,
                    "is_withheld": isinstance(count, Suppressed),
                }
                for row, council, count in count_rows(panel)
            ],
        }
        return Response(EquityPanelSerializer(shown).data)


class EquityNotesView(APIView):
    """Explanations of differences."""

    @extend_schema(
        request=EquityNoteInputSerializer,
        responses={201: EquityNoteSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Explain a difference; an officer of that council or the programme manager may."""
        programme = _programme(request, key)
        sent = read_sent(EquityNoteInputSerializer, request)
        withholding = withholding_of(sent)
        made = explain_difference(
            programme, by=person(request), withholding=withholding, channel=Channel.API, **sent
        )
        return Response(EquityNoteSerializer(made).data, status=status.HTTP_201_CREATED)


class PostsRemovedView(APIView):
    """Posts removed."""

    @extend_schema(
        request=PostsInputSerializer,
        responses={201: PostsSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """State how many posts a council has removed so far; an officer of that council may."""
        programme = _programme(request, key)
        sent = read_sent(PostsInputSerializer, request)
        made = record_posts_removed(programme, by=person(request), channel=Channel.API, **sent)
        return Response(PostsSerializer(made).data, status=status.HTTP_201_CREATED)


def _programme(request: Request, key: str) -> Programme:
    programmes = Programme.objects.visible_to(person(request)).select_related("partnership")
    return get_object_or_404(programmes, key=key)


def _share(row: PanelShare) -> dict[str, Any]:
    compared = row.row.comparison
    return {
        "subject": compared.subject,
        "taken_from": row.row.when,
        "council": row.council.key,
        "share": _number(row, lambda share: share.share_percent),
        "compared_with": compared.compared_with,
        "other_share": _number(row, lambda share: share.other_percent),
        "difference_points": _number(row, lambda share: share.difference_points),
        "is_flagged": row.share.is_flagged if isinstance(row.share, EquityRow) else None,
        "is_explained": row.is_explained,
        "missing": "" if isinstance(row.share, EquityRow) else row.share.reason,
        "explanations": row.notes,
    }


def _number(row: PanelShare, value: Callable[[EquityRow], Exact]) -> str | None:
    return str(round_to(value(row.share), 2)) if isinstance(row.share, EquityRow) else None
