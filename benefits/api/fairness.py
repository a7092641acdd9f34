"""Whether any council is worse off, and what is paid between councils, in the API."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.council_payment import (
    confirm_council_payment,
    record_council_payment,
    reverse_council_payment,
)
from benefits.api.inputs import CouncilField, PoundsInput, ReasonSerializer
from benefits.api.reading import programme_of
from benefits.enums import PaymentState
from benefits.fairness_exports import WorseOffRow, worse_off_rows
from benefits.models import CouncilPayment
from benefits.queries.compensation import compensation_balance, holding
from benefits.queries.no_worse_off import NowParts, Standing, no_worse_off_tests
from core.api.fields import PoundsField
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.enums import Channel
from core.rules.assessment import Withheld
from services.enums import TestBasis
from services.models import Compensation
from services.queries.business_cases import visible_cases
from services.rules.no_worse_off import CouncilPosition


class PositionSerializer(serializers.Serializer[Any]):
    """One council in one test; null with the reason in `missing` where it cannot be worked out."""

    standing = serializers.ChoiceField(choices=[one.value for one in Standing])
    basis = serializers.ChoiceField(choices=TestBasis.choices)
    council = serializers.CharField()
    verified = PoundsField(allow_null=True, help_text="of today’s position in cash alone, as the next two")
    claimed = PoundsField(allow_null=True)
    to_come = PoundsField(allow_null=True)
    net = PoundsField(allow_null=True)
    compensation = PoundsField(allow_null=True)
    after = PoundsField(allow_null=True)
    is_passed = serializers.BooleanField(allow_null=True)
    missing = serializers.CharField()


class NoWorseOffSerializer(serializers.Serializer[Any]):
    """Every test, which basis binds in a sentence, and the day of the figures."""

    as_of = serializers.DateField()
    cut_off = serializers.DateField(allow_null=True)
    binding = serializers.CharField()
    outside = serializers.CharField(help_text="Years with amounts outside the appraisal period, if any")
    positions = PositionSerializer(many=True)


class CouncilPaymentSerializer(serializers.ModelSerializer[CouncilPayment]):
    """A payment; a reversal is negative and names the payment that it reverses."""

    payer = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    receiver = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    amount = PoundsField(source="amount_pence")
    is_confirmed = serializers.BooleanField(read_only=True)
    state = serializers.ChoiceField(choices=PaymentState.choices, read_only=True)
    entered_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = CouncilPayment
        fields = (
            "id",
            "compensation",
            "payer",
            "receiver",
            "fy",
            "amount",
            "paid_on",
            "evidence",
            "explanation",
            "reverses",
            "is_confirmed",
            "state",
            "entered_at",
            "entered_by",
        )


class DueSerializer(serializers.Serializer[Any]):
    """What one council owes for one year, null where nothing is agreed, and what it has paid of it."""

    payer = serializers.CharField(source="payer.key")
    fy = serializers.IntegerField(source="year.fy")
    due = PoundsField(source="due_pence", allow_null=True)
    paid = PoundsField(source="year.paid_pence")
    confirmed = PoundsField(source="year.confirmed_pence")
    outstanding = PoundsField(source="outstanding_pence", allow_null=True)


class TrackedSerializer(serializers.Serializer[Any]):
    """One arrangement with what is due and paid."""

    compensation = serializers.IntegerField(source="compensation.pk")
    beneficiary = serializers.CharField(source="compensation.beneficiary.key")
    basis = serializers.ChoiceField(source="compensation.basis", choices=TestBasis.choices)
    is_agreed = serializers.BooleanField()
    due = DueSerializer(many=True, source="rows")
    payments = CouncilPaymentSerializer(many=True)


class BalanceSerializer(serializers.Serializer[Any]):
    """Every arrangement that may be shown; `withheld` says why some are left out."""

    arrangements = TrackedSerializer(many=True, source="tracked")
    withheld = serializers.CharField(source="withheld.reason", default="")


class CouncilPaymentInputSerializer(serializers.Serializer[Any]):
    """What a council paid of what it owes for a year."""

    payer = CouncilField()
    fy = serializers.IntegerField()
    amount = PoundsInput(noun="payment")
    paid_on = serializers.DateField()
    evidence = serializers.CharField(required=False, allow_blank=True, default="")


class ReceiptInputSerializer(serializers.Serializer[Any]):
    """The day on which a payment came."""

    received_on = serializers.DateField()


class NoWorseOffView(APIView):
    """The no-worse-off test."""

    @extend_schema(responses={200: NoWorseOffSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """On the plans and on what has come so far with what is to come, in cash and in present value."""
        result = no_worse_off_tests(programme_of(request, key), person(request))
        shown = {
            "as_of": result.as_of,
            "cut_off": result.cut_off,
            "binding": result.binding_words,
            "outside": result.outside,
            "positions": [_position(row) for row in worse_off_rows(result)],
        }
        return Response(NoWorseOffSerializer(shown).data)


class CompensationBalanceView(APIView):
    """Compensation of a programme."""

    @extend_schema(responses={200: BalanceSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """What is due, paid, confirmed and outstanding, with every payment."""
        return Response(
            BalanceSerializer(compensation_balance(programme_of(request, key), person(request))).data
        )


class CouncilPaymentsView(APIView):
    """Payments under one arrangement."""

    @extend_schema(
        request=CouncilPaymentInputSerializer,
        responses={201: CouncilPaymentSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Record a payment; a finance officer of the council that paid may."""
        user = person(request)
        rows = Compensation.objects.filter(business_case__in=visible_cases(user))
        compensation = get_object_or_404(rows.select_related("business_case__programme"), pk=pk)
        sent = read_sent(CouncilPaymentInputSerializer, request)
        made = record_council_payment(
            compensation,
            by=user,
            payer=sent["payer"],
            fy=sent["fy"],
            pence=sent["amount"],
            paid_on=sent["paid_on"],
            evidence=sent["evidence"],
            channel=Channel.API,
        )
        return Response(CouncilPaymentSerializer(made).data, status=status.HTTP_201_CREATED)


class ConfirmPaymentView(APIView):
    """The receipt of a payment."""

    @extend_schema(
        request=ReceiptInputSerializer,
        responses={200: CouncilPaymentSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Say that it came; a finance or section 151 officer of the council that was paid may."""
        payment = _payment(person(request), pk)
        received_on = read_sent(ReceiptInputSerializer, request)["received_on"]
        confirm_council_payment(payment, by=person(request), received_on=received_on, channel=Channel.API)
        return Response(CouncilPaymentSerializer(_payment(person(request), pk)).data)


class ReversePaymentView(APIView):
    """The reversal of a payment."""

    @extend_schema(
        request=ReasonSerializer,
        responses={201: CouncilPaymentSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Take it back by a new row, with the reason; a finance officer of the council that paid may."""
        payment = _payment(person(request), pk)
        reason = read_sent(ReasonSerializer, request)["reason"]
        made = reverse_council_payment(payment, by=person(request), reason=reason, channel=Channel.API)
        return Response(CouncilPaymentSerializer(made).data, status=status.HTTP_201_CREATED)


def _payment(user: User, pk: int) -> CouncilPayment:
    rows = CouncilPayment.objects.visible_to(user).select_related(
        "payer", "receiver", "entered_by", "compensation__business_case__programme__partnership"
    )
    payment = get_object_or_404(rows, pk=pk)
    tracked = holding(payment, user)
    if isinstance(tracked, Withheld):
        raise PermissionDenied(tracked.reason)
    return payment


def _position(row: WorseOffRow) -> dict[str, Any]:
    found = row.position
    known = found if isinstance(found, CouncilPosition) else None
    parts = row.parts if isinstance(row.parts, NowParts) else None
    return {
        "standing": row.test.standing.value,
        "basis": row.test.basis,
        "council": row.council.key,
        "verified": parts.verified_pence if parts else None,
        "claimed": parts.claimed_pence if parts else None,
        "to_come": parts.to_come_pence if parts else None,
        "net": known.net_pence if known else None,
        "compensation": known.compensation_pence if known else None,
        "after": known.after_pence if known else None,
        "is_passed": known.is_passed if known else None,
        "missing": "" if isinstance(found, CouncilPosition) else found.reason,
    }
