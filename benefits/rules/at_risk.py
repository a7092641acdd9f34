"""Why a benefit is at risk: it follows from its forecast, its enablers and its measure (domain.md 2.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benefits.enums import BenefitState
from benefits.rules.gates import Enabler
from benefits.rules.targets import is_met
from core.rules.calendar import format_date
from core.rules.money import format_prose
from programme.rules.rag import DEFAULT_THRESHOLDS, RatingWord, Thresholds, rate_savings

RUNNING = frozenset({BenefitState.APPROVED, BenefitState.ENABLING, BenefitState.REALISING})
_POOR = frozenset({RatingWord.AMBER, RatingWord.RED})


@dataclass(frozen=True, slots=True)
class Measured:
    """A reading, its time in words, and what was planned for that time."""

    words: str
    value: Decimal
    planned: Decimal | None


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What the rule reads of a benefit; pence are over all years, None where nothing is known."""

    state: str
    planned_pence: int | None = None
    forecast_pence: int | None = None
    starts_on: date | None = None
    enablers: Sequence[Enabler] = ()
    latest: Measured | None = None
    direction: str = ""
    unit: str = ""
    thresholds: Thresholds = DEFAULT_THRESHOLDS


def risk_reasons(facts: RiskFacts) -> tuple[str, ...]:
    """Why the benefit is at risk, each in a sentence; none where it is not, or does not run."""
    if facts.state not in RUNNING:
        return ()
    return (*_forecast(facts), *_enablers(facts), *_measure(facts))


def _forecast(facts: RiskFacts) -> Iterator[str]:
    planned, forecast = facts.planned_pence, facts.forecast_pence
    if not planned or forecast is None:
        return
    if rate_savings(planned, forecast, thresholds=facts.thresholds).word in _POOR:
        yield f"{format_prose(forecast)} is expected of the {format_prose(planned)} in the current plan"


def _enablers(facts: RiskFacts) -> Iterator[str]:
    starts_on = facts.starts_on
    for one in facts.enablers:
        if one.is_achieved or one.expected_on is None or starts_on is None:
            continue
        if one.expected_on > starts_on:
            expected, start = format_date(one.expected_on), format_date(starts_on)
            yield f"{one.title} is expected on {expected}, after the benefit starts on {start}"


def _measure(facts: RiskFacts) -> Iterator[str]:
    latest = facts.latest
    if latest is None or latest.planned is None or is_met(latest.value, latest.planned, facts.direction):
        return
    value, planned = (f"{number:f}" for number in (latest.value.normalize(), latest.planned.normalize()))
    unit = f" {facts.unit}" if facts.unit else ""
    yield f"{value}{unit} was measured for {latest.words}, where {planned} was planned"
