"""Sections 9 to 12: milestones, changes to the plan, decisions, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.plan_files import version_table
from core.exports.tables import Format
from core.publishing.content import Block, Figures, Head, Section, Words
from core.rules.money import format_pounds
from core.rules.words import count_of
from governance.exports import decision_table
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.words import narrative, points, table_or
from programme.exports import milestone_table
from programme.risk_exports import risk_table
from services.queries.appraisal_sensitivity import OptionSensitivity, option_sensitivity
from services.rules.switching import SwitchingValues

MOST_RISKS = 5
_MILESTONE = (
    "Milestone",
    "Original plan",
    "Current plan",
    "Forecast",
    "Achieved on",
    "State",
    "Days from plan",
    "Rating",
    "Reason",
)
_NOT_OF_VERSIONS = ("Proposed by", "Fingerprint")
_RISK = (
    "Title",
    "Register",
    "Likelihood",
    "Impact",
    "Score",
    "Rating",
    "Impact on single councils",
    "What we are doing",
    "Owner",
)


def milestones(facts: Facts) -> Section:
    """Every milestone with its original and current plan, forecast and actual date."""
    late = len(facts.page.late)
    sentence = f"{count_of(late, 'milestone')} late." if late else "No milestone is late."
    table = frozen(milestone_table(facts.page.rows, as_of=facts.seen_on), "milestones", only=_MILESTONE)
    return Section(
        "9",
        "Milestones",
        (*narrative(facts, "9"), Words(sentence), *table_or(table, "No milestone is recorded.")),
    )


def plan_changes(facts: Facts) -> Section:
    """Every plan version: when, why, by whom, what it did to savings; the original is never dropped."""
    table = frozen(version_table(facts.versions), "plan-versions", but=_NOT_OF_VERSIONS)
    nothing = "No plan has been approved yet."
    return Section("10", "Changes to the plan", (*narrative(facts, "10"), *table_or(table, nothing)))


def decisions(facts: Facts) -> Section:
    """Each decision with each council's answer, and where councils disagree."""
    table = frozen(decision_table(facts.board), "decisions")
    disagree = [
        f"{row.decision.ref} {row.decision.title}: not approved by {', '.join(row.start.not_ratified)}."
        for row in facts.board.rows
        if row.start.not_ratified
    ]
    return Section(
        "11",
        "Decisions",
        (
            *narrative(facts, "11"),
            Words(facts.board.sentence),
            *points(disagree),
            *table_or(table, "No decision is recorded."),
        ),
    )


def risks(facts: Facts) -> Section:
    """The highest risks, then what would have to change for the programme not to be worth it."""
    table = frozen(risk_table(facts.risks[:MOST_RISKS], as_of=facts.seen_on), "risks", only=_RISK)
    return Section(
        "12",
        "Risks, assumptions and sensitivities",
        (*narrative(facts, "12"), *table_or(table, "No risk is recorded."), *_sensitivity(facts)),
    )


def _sensitivity(facts: Facts) -> list[Block]:
    chosen = facts.case.preferred if facts.case else None
    if facts.case is None or chosen is None:
        return [Words("No issued business case says how sure its figures are.")]
    found = option_sensitivity(facts.case, chosen, has_range=False)
    rows = tuple(
        (
            row.label,
            row.joint if isinstance(row.joint, int) else "[c]",
            row.swing if isinstance(row.swing, int) else "[c]",
        )
        for row in found.rows
    )
    heads = (Head("If"), Head("Net present value", Format.MONEY), Head("Difference", Format.MONEY))
    table = Figures("sensitivity", "What the business case was tested against", "£, real prices", heads, rows)
    return [*points(_switching(found)), *table_or(table, "Its sensitivity cannot be worked out.")]


def _switching(found: OptionSensitivity) -> Iterator[str]:
    values = found.switching
    if isinstance(values, SwitchingValues):
        yield f"Benefits could fall by {values.benefits_fall_percent}% before the net present value is £0."
        yield f"Costs could rise by {values.costs_rise_percent}% before the net present value is £0."
    worst = found.worst_case
    if worst and isinstance(worst.joint, int):
        worth = format_pounds(worst.joint)
        yield f"In the worst case, highest costs with lowest savings, the net present value is {worth}."
