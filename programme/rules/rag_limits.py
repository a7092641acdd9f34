"""The limits between Green, Amber and Red that a programme can set for itself (F-26, row 88)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from core.errors import Refusal, Refusals
from core.rules.money import format_pounds
from core.rules.words import count_of
from programme.rules.rag import DEFAULT_THRESHOLDS, HIGHEST_RISK_SCORE, Thresholds


class Unit(StrEnum):
    """What a limit counts."""

    PERCENT = "%"
    PENCE = "pence"
    DAYS = "days"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its name, what it says, and the whole numbers it can be."""

    name: str
    label: str
    unit: Unit
    lowest: int
    highest: int

    @property
    def default(self) -> int:
        """What holds unless a programme sets another."""
        return int(getattr(DEFAULT_THRESHOLDS, self.name))

    def words(self, value: int) -> str:
        """95%; £10,000; 28 days; 5."""
        if self.unit == Unit.PENCE:
            return format_pounds(value).removesuffix(".00")
        if self.unit == Unit.DAYS:
            return count_of(value, "day")
        return f"{value}%" if self.unit == Unit.PERCENT else str(value)

    def check(self, value: int) -> None:
        """Refuse what is out of its range."""
        if not self.lowest <= value <= self.highest:
            lowest, highest = self.words(self.lowest), self.words(self.highest)
            raise Refusal(f"{self.label} must be from {lowest} to {highest}", self.name, "F-26")


LIMITS = (
    Limit("savings_green_percent", "Savings are Green from this part of plan", Unit.PERCENT, 1, 200),
    Limit("savings_amber_percent", "Savings are Amber from this part of plan", Unit.PERCENT, 0, 199),
    Limit(
        "shortfall_amber_pence",
        "Highest shortfall that is Amber where the plan is £0 or less",
        Unit.PENCE,
        0,
        100_000_000 * 100,
    ),
    Limit("cost_green_percent", "Costs are Green up to this part of plan", Unit.PERCENT, 1, 499),
    Limit("cost_amber_percent", "Costs are Amber up to this part of plan", Unit.PERCENT, 2, 500),
    Limit("milestone_amber_days", "Most days late that are Amber", Unit.DAYS, 0, 366),
    Limit("stale_forecast_days", "Days overdue without a new forecast that are Red", Unit.DAYS, 1, 366),
    Limit("risk_green_score", "Highest risk score that is Green", Unit.SCORE, 1, HIGHEST_RISK_SCORE - 1),
    Limit("risk_amber_score", "Highest risk score that is Amber", Unit.SCORE, 2, HIGHEST_RISK_SCORE),
    Limit("measure_green_percent", "Measures are Green from this part of the way", Unit.PERCENT, 1, 200),
    Limit("measure_amber_percent", "Measures are Amber from this part of the way", Unit.PERCENT, 0, 199),
)


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit of a programme, in words, beside the default."""

    label: str
    value: str
    default: str

    @property
    def is_own(self) -> bool:
        """Whether the programme set another than the default."""
        return self.value != self.default


def limit_rows(thresholds: Thresholds) -> list[LimitRow]:
    """The limits in words, in order."""
    return [
        LimitRow(one.label, one.words(int(getattr(thresholds, one.name))), one.words(one.default))
        for one in LIMITS
    ]


def check_limits(values: Mapping[str, int]) -> Thresholds:
    """The thresholds of these values; refuses what is out of range, all at once, then row 88."""
    said: list[Refusal] = []
    for one in LIMITS:
        try:
            one.check(values[one.name])
        except Refusal as refusal:
            said.append(refusal)
    if said:
        raise Refusals(said)
    return Thresholds(**values)


def own_limits(thresholds: Thresholds) -> dict[str, int]:
    """Those that are not the default, as they are kept."""
    usual = asdict(DEFAULT_THRESHOLDS)
    return {name: int(value) for name, value in asdict(thresholds).items() if value != usual[name]}
