"""How far the business case bends: switching values, the worst case, the allowance for optimism."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.exports.tables import Column, Format, Table
from core.publishing.content import Block, Words
from core.rules.assessment import NotApplicable
from core.rules.money import format_pounds
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.tracing import page
from governance.reporting.words import points, table_or
from services.queries.appraisal_sensitivity import OptionSensitivity, ScenarioRow
from services.rules.sensitivity import ScenarioKind
from services.rules.switching import SwitchingValues

_COLUMNS: list[Column[ScenarioRow]] = [
    Column("If", lambda row: row.label),
    Column("Net present value", lambda row: row.joint, Format.MONEY),
    Column("Difference", lambda row: row.swing, Format.MONEY),
]


def sensitivity(facts: Facts) -> list[Block]:
    """What the business case was tested against, all councils jointly."""
    found = facts.sensitivity
    if found is None:
        return [Words("No issued business case says how sure its figures are.")]
    table = Table(
        "",
        "What the business case was tested against, all councils jointly",
        _COLUMNS,
        found.rows,
        "£, real prices",
    )
    address = page("services:case_sensitivity", facts.case.case.pk) if facts.case else ""
    nothing = "Its sensitivity cannot be worked out."
    return [*points(_switching(found)), *table_or(frozen(table, "sensitivity", trace=address), nothing)]


def optimism_words(facts: Facts) -> list[Block]:
    """What the allowance for optimism takes off the net present value."""
    rows = facts.sensitivity.rows if facts.sensitivity else ()
    found = next((row for row in rows if row.kind == ScenarioKind.COSTS_WITH_BIAS), None)
    if found is None or not isinstance(found.swing, int) or not isinstance(found.joint, int):
        return []
    if not found.swing:
        return [Words("The business case holds no further allowance for optimism.")]
    return [
        Words(
            f"With the allowance for optimism on costs, the net present value of all councils jointly is "
            f"{format_pounds(found.joint)}: {format_pounds(-found.swing)} less."
        )
    ]


def _until_nothing(percent: Decimal | NotApplicable, what: str, way: str, other: str) -> str:
    if isinstance(percent, NotApplicable):
        return f"{percent.reason}."
    if percent < 0:
        return f"{what} would have to {other} by {-percent}% for the net present value to be £0."
    return f"{what} could {way} by {percent}% before the net present value is £0."


def _switching(found: OptionSensitivity) -> Iterator[str]:
    values = found.switching
    if isinstance(values, SwitchingValues):
        yield _until_nothing(values.benefits_fall_percent, "Benefits", "fall", "rise")
        yield _until_nothing(values.costs_rise_percent, "Costs", "rise", "fall")
    worst = found.worst_case
    if worst and isinstance(worst.joint, int):
        worth = format_pounds(worst.joint)
        yield f"In the worst case, highest costs with lowest savings, the net present value is {worth}."
