"""Routes that write benefits and ledgers: each calls the action that its page calls."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.actual import claim_actual, reverse_actual, verify_actual
from benefits.actions.amounts import Amount
from benefits.actions.entry_actuals import enter_actuals
from benefits.actions.forecast import record_forecast
from benefits.actions.profile import Profile, create_benefit, profile_of, update_benefit
from benefits.api.bulk import BulkActualsSerializer, BulkAnswerSerializer, answer_of, typed_amounts
from benefits.api.inputs import (
    ActualInputSerializer,
    BenefitCreateSerializer,
    BenefitUpdateSerializer,
    EmptySerializer,
    ForecastInputSerializer,
    ReasonSerializer,
)
from benefits.api.reading import line_of, programme_of
from benefits.api.serializers import (
    ActualAmountSerializer,
    BenefitSerializer,
    ForecastAmountSerializer,
)
from benefits.enums import Outcome
from benefits.models import ActualAmount, Benefit
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from core.errors import Refusal
from programme.models import Programme


class WritesBenefits:
    """The routes that agree what a benefit is."""

    @extend_schema(
        request=BenefitCreateSerializer,
        responses={201: BenefitSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a benefit."""
        sent = read_sent(BenefitCreateSerializer, request)
        programme = programme_of(request, sent.pop("programme"))
        profile = Profile(**_with_rows(programme, sent))
        made = create_benefit(programme, by=person(request), profile=profile, channel=Channel.API)
        return Response(BenefitSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=BenefitUpdateSerializer, responses={200: BenefitSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change the profile of a benefit; what is left out stays."""
        benefit: Benefit = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(BenefitUpdateSerializer, request)
        seen_version = sent.pop("version")
        kept = profile_of(benefit)
        values = {name: getattr(kept, name) for name in Profile.__dataclass_fields__}
        profile = Profile(**values | _with_rows(benefit.programme, sent))
        saved = update_benefit(
            benefit, by=person(request), seen_version=seen_version, profile=profile, channel=Channel.API
        )
        return Response(BenefitSerializer(saved).data)


class WritesForecasts:
    """The route that records what is expected."""

    @extend_schema(
        request=ForecastInputSerializer,
        responses={201: ForecastAmountSerializer(many=True), **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Record a forecast: all its amounts, or none."""
        sent = read_sent(ForecastInputSerializer, request)
        programme = programme_of(request, sent["programme"])
        amounts = [
            Amount(
                line_of(programme, one["line"]),
                one["council"],
                one["fy"],
                one["period"],
                one["amount"],
                one["explanation"],
            )
            for one in sent["amounts"]
        ]
        snapshot = record_forecast(
            programme,
            by=person(request),
            as_at_on=sent["as_at_on"],
            commentary=sent["commentary"],
            amounts=amounts,
            channel=Channel.API,
        )
        rows = snapshot.amounts.select_related("line", "council", "snapshot", "source").order_by("pk")
        return Response(ForecastAmountSerializer(rows, many=True).data, status=status.HTTP_201_CREATED)


class WritesActuals:
    """The routes that claim, answer and reverse actual amounts."""

    @extend_schema(
        request=BulkActualsSerializer,
        responses={201: BulkAnswerSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=False, methods=["post"])
    @idempotent
    def bulk(self, request: Request) -> Response:
        """Say what stands for many months, quarters or years: all of it is stored, or nothing.

        An amount that differs from what stands is taken back and claimed anew; one that is the same is left.
        """
        sent = read_sent(BulkActualsSerializer, request)
        programme = programme_of(request, sent["programme"])
        done = enter_actuals(
            programme, by=person(request), typed=typed_amounts(programme, sent), channel=Channel.API
        )
        return Response(answer_of(done), status=status.HTTP_201_CREATED)

    @extend_schema(
        request=ActualInputSerializer,
        responses={201: ActualAmountSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Claim an amount for one month; an officer of that council may."""
        sent = read_sent(ActualInputSerializer, request)
        line = line_of(programme_of(request, sent["programme"]), sent["line"])
        amount = Amount(
            line, sent["council"], sent["fy"], sent["period"], sent["amount"], sent["explanation"]
        )
        made = claim_actual(
            amount,
            by=person(request),
            ledger_code=sent["ledger_code"],
            evidence=sent["evidence"],
            channel=Channel.API,
        )
        return Response(ActualAmountSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=EmptySerializer,
        responses={200: ActualAmountSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def verify(self, request: Request, **kwargs: Any) -> Response:
        """Verify a claimed amount; the section 151 officer of that council may."""
        return self._answer(request, Outcome.VERIFIED, "")

    @extend_schema(
        request=ReasonSerializer,
        responses={200: ActualAmountSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @idempotent
    def return_(self, request: Request, **kwargs: Any) -> Response:
        """Return a claimed amount, with the reason."""
        return self._answer(request, Outcome.RETURNED, read_sent(ReasonSerializer, request)["reason"])

    @extend_schema(
        request=ReasonSerializer,
        responses={201: ActualAmountSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def reverse(self, request: Request, **kwargs: Any) -> Response:
        """Take back an amount by a new entry, with the reason."""
        actual: ActualAmount = self.get_object()  # type: ignore[attr-defined]
        reason = read_sent(ReasonSerializer, request)["reason"]
        made = reverse_actual(actual, by=person(request), reason=reason, channel=Channel.API)
        return Response(ActualAmountSerializer(made).data, status=status.HTTP_201_CREATED)

    def _answer(self, request: Request, outcome: Outcome, reason: str) -> Response:
        actual: ActualAmount = self.get_object()  # type: ignore[attr-defined]
        answer = verify_actual(
            actual, by=person(request), outcome=outcome, reason=reason, channel=Channel.API
        )
        return Response(ActualAmountSerializer(answer.actual).data)


def _with_rows(programme: Programme, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent of a profile, with the rows that it names."""
    values = dict(sent)
    if "full_year" in values:
        values["full_year_pence"] = values.pop("full_year")
    for name in ("owner", "sro"):
        if name in values:
            values[name] = _person(values[name], name)
    if "councils" in values:
        values["councils"] = tuple(values["councils"])
    if "shares" in values:
        values["shares"] = tuple((one["council"], one["percent"]) for one in values["shares"])
    if "risks" in values:
        values["risks"] = tuple(_of_programme(programme.risks, ref, "risks") for ref in values["risks"])
    for name, rows in (("service", programme.services), ("counted_in", programme.benefits)):
        if name in values:
            values[name] = _of_programme(rows, values[name], name) if values[name] else None
    return values


def _person(email: str | None, name: str) -> User | None:
    """The person of this address; without an account nobody, which the action refuses of an owner."""
    found = User.objects.filter(email=(email or "").lower()).first()
    if email and found is None and name == "sro":
        raise Refusal("Choose a senior responsible owner who has an active account", name, "45")
    return found


def _of_programme(rows: Any, ref: str, name: str) -> Any:
    row = rows.filter(ref=ref).first()
    if row is None:
        raise Refusal(f"There is no {ref} in this programme", name)
    return row
