"""The appraisal of a business case and compensation in the API: the same queries and actions as the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, NOTHING, PROBLEMS
from core.enums import Channel
from core.rules.assessment import Withheld
from programme.models import Council
from services.actions.compensation import (
    Terms,
    record_compensation,
    update_compensation,
    withdraw_compensation,
)
from services.api.appraisal_shapes import (
    AppraisalSerializer,
    CompensationInputSerializer,
    CompensationSerializer,
    CompensationUpdateSerializer,
    FairnessSerializer,
)
from services.api.case_shapes import VersionSerializer
from services.appraisal_files.formats import plain_tables
from services.enums import TestBasis
from services.models import BusinessCase, Compensation
from services.policies import powers_of
from services.queries.appraisal import CaseAppraisal, appraise_case
from services.queries.appraisal_report import appraisal_report
from services.queries.business_cases import visible_cases
from services.queries.fairness import Payment

_OF_FAIRNESS = ("statements", "no_worse_off", "compensation_proposed", "compensation_agreed")


class CaseAppraisalView(APIView):
    """The appraisal of a version."""

    @extend_schema(responses={200: AppraisalSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """Every measure of every option, jointly and by council, with sensitivity and fairness.

        What other councils have put in a draft, and figures about fewer than 5 people, are withheld with
        the reason.
        """
        case = _case(request, pk)
        return Response(plain_tables(appraisal_report(case, powers_of(person(request), case.programme))))


class CaseFairnessView(APIView):
    """Whether each council is better off."""

    @extend_schema(responses={200: FairnessSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """The test in cash and in net present value, with the compensation proposed and agreed."""
        case = _case(request, pk)
        report = appraisal_report(case, powers_of(person(request), case.programme), has_range=False)
        return Response(plain_tables(report, *_OF_FAIRNESS))


class CaseCompensationsView(APIView):
    """Compensation of a version."""

    @extend_schema(responses={200: CompensationSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """What is agreed; refused while a cost that other councils have put in a draft is behind it."""
        case = _case(request, pk)
        _check_seen(_appraisal(request, case))
        rows = case.compensations.select_related("beneficiary").prefetch_related("payments__council")
        return Response(CompensationSerializer(rows.order_by("pk"), many=True).data)

    @extend_schema(request=CompensationInputSerializer, responses={201: CompensationSerializer, **PROBLEMS})
    def post(self, request: Request, pk: int) -> Response:
        """Record an arrangement: each year's payments sum to 0, and no payer is worse off for it."""
        case = _case(request, pk)
        sent = read_sent(CompensationInputSerializer, request)
        terms = _terms(sent, _appraisal(request, case).councils)
        saved = record_compensation(case, by=person(request), terms=terms, channel=Channel.API)
        return Response(CompensationSerializer(saved).data, status=status.HTTP_201_CREATED)


class CompensationView(APIView):
    """One arrangement."""

    @extend_schema(
        request=CompensationUpdateSerializer, responses={200: CompensationSerializer, **PROBLEMS, **CONFLICT}
    )
    def put(self, request: Request, pk: int) -> Response:
        """Replace its terms. Answers 409 when someone changed it after the `version` that you read."""
        compensation = _compensation(request, pk)
        case = compensation.business_case
        sent = read_sent(CompensationUpdateSerializer, request)
        saved = update_compensation(
            compensation,
            by=person(request),
            seen_version=sent["version"],
            terms=_terms(sent, _appraisal(request, case).councils),
            channel=Channel.API,
        )
        return Response(CompensationSerializer(saved).data)

    @extend_schema(request=VersionSerializer, responses={**NOTHING, **PROBLEMS, **CONFLICT})
    def delete(self, request: Request, pk: int) -> Response:
        """Withdraw compensation that is only proposed; refused once its decision is in force."""
        compensation = _compensation(request, pk)
        sent = read_sent(VersionSerializer, request)
        withdraw_compensation(
            compensation,
            by=person(request),
            seen_version=sent["version"],
            channel=Channel.API,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


def _compensation(request: Request, pk: int) -> Compensation:
    rows = Compensation.objects.select_related("beneficiary")
    found = get_object_or_404(rows.filter(business_case__in=visible_cases(person(request))), pk=pk)
    found.business_case = _case(request, found.business_case_id)
    return found


def _case(request: Request, pk: int) -> BusinessCase:
    return get_object_or_404(visible_cases(person(request)), pk=pk)


def _appraisal(request: Request, case: BusinessCase) -> CaseAppraisal:
    return appraise_case(case, powers_of(person(request), case.programme))


def _check_seen(appraisal: CaseAppraisal) -> None:
    """Compensation tells what it makes good, so it is as private as the figures behind it."""
    hidden = [
        reason
        for option in appraisal.options
        for reason in (*option.change_withheld, option.joint_change_withheld)
        if isinstance(reason, Withheld)
    ]
    if hidden:
        raise PermissionDenied(hidden[0].reason)


def _terms(sent: dict[str, Any], councils: Sequence[Council]) -> Terms:
    by_key = {council.key: council for council in councils}
    payments = [
        Payment(_council(by_key, one["council"], "payments"), one["fy"], one["amount"])
        for one in sent["payments"]
    ]
    return Terms(
        beneficiary=_council(by_key, sent["beneficiary"], "beneficiary"),
        basis=TestBasis(sent["basis"]),
        payments=payments,
        cap_pence=sent["cap"],
        decision_ref=sent["decision_ref"],
        note=sent["note"],
    )


def _council(by_key: dict[str, Council], key: str, field: str) -> Council:
    if key not in by_key:
        raise serializers.ValidationError({field: f"{key} is not a partner in this case"})
    return by_key[key]
