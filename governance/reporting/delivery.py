"""Sections 9, 10 and 12: milestones, changes to the plan, and what may go wrong."""

from __future__ import annotations

from benefits.plan_files import version_table
from core.publishing.content import Section, Words
from core.rules.words import are, count_of
from governance.reporting.facts import Facts
from governance.reporting.freezing import dated, frozen
from governance.reporting.sensitivity import sensitivity
from governance.reporting.slippage import slip_sentence, with_slips
from governance.reporting.tracing import page
from governance.reporting.words import narrative, table_or
from programme.exports import milestone_table
from programme.queries.milestones import MilestoneRow
from programme.queries.risks import RiskRow
from programme.risk_exports import risk_table

MOST_RISKS = 5
_MILESTONE = (
    "Reference",
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
_DAYS = ("Original plan", "Current plan", "Forecast", "Achieved on")
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
    """Every milestone: original and current plan, forecast, actual date, and how far it slipped."""
    late = len(facts.page.late)
    sentence = f"{count_of(late, 'milestone')} {are(late)} late." if late else "No milestone is late."
    table = with_slips(
        dated(
            frozen(
                milestone_table(facts.page.rows, as_of=facts.seen_on),
                "milestones",
                caption="Milestones",
                only=_MILESTONE,
                trace=_milestone_url,
            ),
            _DAYS,
        ),
        facts.previous,
    )
    return Section(
        "9",
        "Milestones",
        (
            *narrative(facts, "9"),
            Words(f"{sentence} {slip_sentence(table, facts.previous, facts.texts.corrects)}"),
            *table_or(table, "No milestone is recorded."),
        ),
    )


def _milestone_url(row: MilestoneRow) -> str:
    return row.milestone.get_absolute_url()


def _risk_url(row: RiskRow) -> str:
    return page("programme:risk_detail", row.risk.pk)


def plan_changes(facts: Facts) -> Section:
    """Every plan version: when, why, by whom, what it did to savings; the original is never dropped."""
    table = frozen(
        version_table(facts.versions),
        "plan-versions",
        but=_NOT_OF_VERSIONS,
        trace=page("benefits:plan_list", facts.programme.key),
    )
    nothing = "No plan has been approved yet."
    return Section("10", "Changes to the plan", (*narrative(facts, "10"), *table_or(table, nothing)))


def risks(facts: Facts) -> Section:
    """The highest risks, then what would have to change for the programme not to be worth it."""
    table = frozen(
        risk_table(facts.risks[:MOST_RISKS], as_of=facts.seen_on),
        "risks",
        caption="Highest risks, assumptions, issues and dependencies",
        only=_RISK,
        trace=_risk_url,
    )
    return Section(
        "12",
        "Risks, assumptions and sensitivities",
        (*narrative(facts, "12"), *table_or(table, "No risk is recorded."), *sensitivity(facts)),
    )
