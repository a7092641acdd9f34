"""The golden programme: three made-up councils whose figures are known to the penny, lived around today."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.rules.calendar import fy_file_key
from governance.demonstration import (
    assurance,
    benefits,
    comments,
    councils,
    fairness,
    ledgers,
    milestones,
    people,
    posts,
    register,
    sharing,
)
from governance.demonstration.cases import approved_case
from governance.demonstration.decisions import decisions_section
from governance.demonstration.draft_case import draft_case
from governance.demonstration.money import Money
from governance.demonstration.timing import Timing
from programme.enums import PartnershipModel, PriceBasis, ProgrammeState

KEY = "abc-shared-services"
NAME = "Ashmere, Brockvale and Carrick shared services"


def golden_case(as_of: date) -> dict[str, Any]:
    """The case file of the programme as it stands on `as_of`, ready for the loader of case files.

    On 24 November 2026 it tells its story exactly. On another day meetings and milestones move by whole
    weeks, ledgers and plans by whole financial years; see Timing.
    """
    timing = Timing(as_of)
    money = Money(timing)
    return {
        "format": 1,
        "key": KEY,
        "title": NAME,
        "as_at": as_of.isoformat(),
        "councils": councils.councils_section(timing),
        "people": people.people_section(timing.calendar(date(2025, 4, 1))),
        "programme": _programme(timing),
        "partnership": {"key": KEY, "name": "Ashmere, Brockvale and Carrick"},
        "model": {
            "primary": PartnershipModel.JOINT_WORKING.value,
            "description": "Three councils share services one by one; each stays sovereign.",
        },
        "context": councils.context_section(timing),
        "partners": councils.partners_section(timing),
        "agreements": councils.agreements_section(timing),
        "governance": councils.governance_section(),
        "phases": milestones.phases_section(timing),
        "tranches": milestones.tranches_section(),
        "milestones": milestones.milestones_section(timing),
        "milestone_dependencies": milestones.dependencies_section(timing),
        "milestone_comments": comments.comments_section(timing),
        "services": register.services_section(timing),
        "shared_posts": posts.shared_posts_section(timing),
        "red_lines": councils.red_lines_section(),
        "cost_pools": sharing.pools_section(timing),
        "business_cases": [approved_case(money), draft_case(timing)],
        "apportionment_runs": sharing.runs_section(money),
        "true_ups": sharing.true_ups_section(timing),
        "objectives": benefits.objectives_section(),
        "benefits": benefits.benefits_section(timing),
        "map_steps": benefits.map_steps_section(),
        "benefit_links": benefits.benefit_links_section(timing),
        "lines": ledgers.lines_section(timing),
        "plan_versions": ledgers.plan_versions_section(money),
        "forecasts": ledgers.forecasts_section(money),
        "budget_lines": [*ledgers.budget_lines_section(money), *fairness.reception_budgets(timing)],
        "budget_reductions": [
            *ledgers.budget_reductions_section(money),
            *fairness.reception_reductions(timing),
        ],
        "actuals": ledgers.actuals_section(money),
        "funds": ledgers.funds_section(timing),
        "equity_notes": fairness.equity_notes_section(timing),
        "posts_removed": fairness.posts_removed_section(timing),
        "double_count_answers": fairness.double_count_answers_section(timing),
        "decisions": decisions_section(timing),
        "risks": register.risks_section(timing),
        "gate_reviews": assurance.gate_reviews_section(timing),
        "judgements": register.judgements_section(timing),
        "lessons": assurance.lessons_section(timing),
    }


def _programme(timing: Timing) -> dict[str, Any]:
    return {
        "name": NAME,
        "summary": (
            "Ashmere, Brockvale and Carrick are fictional. They share ICT, then revenues and benefits, then "
            "offices, and measure together what it saves."
        ),
        "state": ProgrammeState.ACTIVE.value,
        "base_fy": fy_file_key(timing.base_fy),
        "horizon_years": 5,
        "price_basis": PriceBasis.REAL.value,
        "sro": people.SAM_OKAFOR.email,
    }
