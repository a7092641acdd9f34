"""The tables of the steering group's dashboard as files, by the name that their address gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from benefits import exports
from benefits.enums import Measure
from benefits.fairness_exports import no_worse_off_table
from core.exports.tables import Column, Format, Table
from governance import equity_tables
from governance.dashboards.facts import SteeringFacts
from governance.exports import decisions_of
from programme.exports import milestone_table
from programme.overview.overview_exports import slippage_table
from programme.risk_exports import risk_table
from services.queries.review_story import ConsultationRow

MOST_RISKS = 5
FileMaker = Callable[[SteeringFacts], Table[Any]]


def _gross(facts: SteeringFacts) -> Table[Any]:
    return exports.figure_table(facts.savings, [Measure.GROSS])


def _positions(facts: SteeringFacts) -> Table[Any]:
    tests = facts.tests
    return no_worse_off_table(tests) if tests else Table("no-worse-off", "Is any council worse off?", [], [])


def _slippage(facts: SteeringFacts) -> Table[Any]:
    found = facts.slippage
    return slippage_table(found) if found else Table("slippage", "No meeting to compare with", [], [])


def _decisions(facts: SteeringFacts) -> Table[Any]:
    return decisions_of([*facts.to_decide, *facts.to_ratify], facts.board.councils)


def _consultations(facts: SteeringFacts) -> Table[ConsultationRow]:
    columns: list[Column[ConsultationRow]] = [
        Column("Council", lambda row: str(row.consultation.council)),
        Column("Consultation", lambda row: str(row.consultation.get_kind_display())),
        Column("Service", lambda row: str(row.consultation.review.service)),
        Column("Started on", lambda row: row.consultation.started_on, Format.DATE),
        Column("Ended on", lambda row: row.consultation.ended_on, Format.DATE),
        Column("People affected", lambda row: row.people),
    ]
    return Table("consultations", "Consultations", columns, facts.consultations)


FILES: Mapping[str, FileMaker] = {
    "savings": _gross,
    "months": lambda facts: exports.month_table(facts.savings),
    "shares": lambda facts: equity_tables.file_table(facts.equity),
    "no-worse-off": _positions,
    "milestones": lambda facts: milestone_table(facts.ahead, as_of=facts.seen_on),
    "slippage": _slippage,
    "decisions": _decisions,
    "risks": lambda facts: risk_table(facts.risks[:MOST_RISKS], as_of=facts.seen_on),
    "people": lambda facts: equity_tables.count_file(facts.equity),
    "consultations": _consultations,
    "returns": lambda facts: exports.return_table(facts.savings),
}
