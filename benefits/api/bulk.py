"""Many amounts in one request: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from benefits.actions.entry_actuals import EnteredActuals
from benefits.actions.typed import Typed
from benefits.api.inputs import CouncilField, PoundsInput
from benefits.api.serializers import ActualAmountSerializer
from benefits.models import ActualAmount, Line
from benefits.queries.entry_table import entry_lines
from benefits.rules.entry import Span, month_span
from core.errors import Refusal, Refusals
from programme.models import Programme

MOST_AMOUNTS = 5_000


class BulkAmountSerializer(serializers.Serializer[Any]):
    """What stands for a line and a council in a month (`period`, 1 is April), a `quarter`, or a whole year.

    A quarter or a year is shared over its months. `amount` null takes out what is there.
    """

    line = serializers.CharField()
    council = CouncilField()
    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    period = serializers.IntegerField(min_value=1, max_value=12, required=False)
    quarter = serializers.IntegerField(min_value=1, max_value=4, required=False)
    amount = PoundsInput(allow_null=True)
    explanation = serializers.CharField(required=False, allow_blank=True, default="")
    ledger_code = serializers.CharField(required=False, allow_blank=True, default="")
    evidence = serializers.CharField(required=False, allow_blank=True, default="")


class BulkActualsSerializer(serializers.Serializer[Any]):
    """Amounts of one programme; `explanation` is for those without their own."""

    programme = serializers.CharField()
    explanation = serializers.CharField(required=False, allow_blank=True, default="")
    amounts: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=BulkAmountSerializer(), allow_empty=False, max_length=MOST_AMOUNTS
    )


class BulkAnswerSerializer(serializers.Serializer[Any]):
    """The new claims, and how many amounts were taken back for them."""

    claims = ActualAmountSerializer(many=True)
    taken_back = serializers.IntegerField()


def typed_amounts(programme: Programme, sent: Mapping[str, Any]) -> list[Typed]:
    """What was sent as typed amounts; refuses lines that the programme does not have, each by its place."""
    lines = {line.ref: line for line in entry_lines(programme)}
    unknown = [
        Refusal(f"There is no line {one['line']} in this programme", f"amounts.{number}.line")
        for number, one in enumerate(sent["amounts"])
        if one["line"] not in lines
    ]
    if unknown:
        raise Refusals(unknown)
    _check_once(sent["amounts"])
    return [_typed(one, number, lines, sent["explanation"]) for number, one in enumerate(sent["amounts"])]


def answer_of(done: EnteredActuals) -> dict[str, Any]:
    """What was stored, as the API answers it."""
    rows = ActualAmount.objects.select_related(
        "line__programme", "council", "verification", "entered_by", "source"
    )
    claims = rows.filter(pk__in=[one.pk for one in done.claims]).order_by("pk")
    return {
        "claims": ActualAmountSerializer(claims, many=True).data,
        "taken_back": len(done.reversals),
    }


def _typed(one: Mapping[str, Any], number: int, lines: Mapping[str, Line], explanation: str) -> Typed:
    return Typed(
        lines[one["line"]],
        one["council"],
        _span(one),
        one["amount"],
        explanation=one["explanation"] or explanation,
        ledger_code=one["ledger_code"],
        evidence=one["evidence"],
        place=f"amounts.{number}",
    )


def _span(one: Mapping[str, Any]) -> Span:
    if "period" in one:
        return month_span(one["fy"], one["period"])
    if "quarter" in one:
        return Span(one["fy"], 3 * one["quarter"] - 2, 3 * one["quarter"])
    return Span(one["fy"], 1, 12)


def _check_once(amounts: list[Mapping[str, Any]]) -> None:
    """Refuse two amounts that name one month of a line and council (row 15)."""
    seen: set[tuple[Any, ...]] = set()
    for number, one in enumerate(amounts):
        span = _span(one)
        months = {(one["line"], one["council"].pk, span.fy, period) for period in span.periods}
        if seen & months:
            message = f"There are two entries for {span}. Keep one"
            raise Refusal(message, f"amounts.{number}", "15")
        seen |= months
