"""Benefits of the demonstration programme, its objectives and its benefits map."""

from __future__ import annotations

from datetime import date
from typing import Any

from benefits.enums import (
    BenefitClass,
    BenefitKind,
    BenefitState,
    Combining,
    Direction,
    Frequency,
    MapStepKind,
    Recurrence,
)
from core.rules.calendar import fy_file_key
from governance.demonstration import people
from governance.demonstration.decisions import plan_in_effect
from governance.demonstration.register import ICT, OFFICES, REVENUES
from governance.demonstration.timing import Timing, day_and_month
from services.enums import Confidence

_ACCOUNT = "Budgets of the three councils, before any saving"
_NOT_SHARED = "Other reductions in these budgets are kept apart in the ledgers"


def benefits_section(timing: Timing) -> list[dict[str, Any]]:
    """Three cashable benefits, a measure, one without a target and one dis-benefit."""
    return [
        _revenues(timing),
        _ict(timing),
        _offices(timing),
        _faster(timing),
        _cover(),
        _journeys(),
    ]


def objectives_section() -> list[dict[str, Any]]:
    """What the programme is for."""
    return [
        {"id": "O-1", "title": "Services that cost residents less"},
        {"id": "O-2", "title": "Quicker answers for residents"},
        {"id": "O-3", "title": "Services that hold out when someone is away"},
    ]


def map_steps_section() -> list[dict[str, Any]]:
    """Business changes and an outcome on the way from milestones to benefits."""
    change, outcome = MapStepKind.CHANGE.value, MapStepKind.OUTCOME.value
    return [
        {"id": "CH-1", "kind": change, "title": "One set of ICT licences"},
        {"id": "CH-2", "kind": change, "title": "One way of checking claims"},
        {"id": "CH-3", "kind": change, "title": "One revenues team on one system"},
        {"id": "CH-4", "kind": change, "title": "One ICT service desk"},
        {"id": "CH-5", "kind": change, "title": "Shared teams leave one office in each town"},
        {"id": "OC-1", "kind": outcome, "title": "Work is shared between the councils at peaks"},
    ]


def benefit_links_section(timing: Timing) -> list[dict[str, Any]]:
    """What leads to what."""
    by = {"by": people.PRIYA_RAMAN.email, "at": plan_in_effect(timing, 1).isoformat()}
    steps = (
        ("M-05", "CH-1"), ("M-04", "CH-2"), ("M-24", "CH-3"), ("M-17", "CH-4"), ("M-25", "CH-5"),
    )  # fmt: skip
    onward = (
        ("CH-1", "B-2"), ("CH-2", "B-4"), ("CH-3", "B-1"), ("CH-5", "B-3"), ("CH-5", "B-6"), ("OC-1", "B-5"),
    )  # fmt: skip
    objectives = (("B-1", "O-1"), ("B-2", "O-1"), ("B-3", "O-1"), ("B-4", "O-2"), ("B-5", "O-3"))
    return [
        *({"from_milestone": start, "to_step": end, **by} for start, end in steps),
        *({"from_step": start, "to_step": "OC-1", **by} for start in ("CH-3", "CH-4")),
        *({"from_step": start, "to_benefit": end, **by} for start, end in onward),
        *({"from_benefit": start, "to_objective": end, **by} for start, end in objectives),
    ]


def _review_on(timing: Timing) -> str:
    return timing.day(date(2027, 3, 1)).isoformat()


def _cashable(timing: Timing, starting_value: int) -> dict[str, Any]:
    """What the three cashable benefits have in common."""
    return {
        "category": "Efficiency",
        "class": BenefitClass.CASHABLE.value,
        "kind": BenefitKind.CASHABLE_SAVING.value,
        "recurrence": Recurrence.PER_YEAR.value,
        "measure": "Cost of the service to the three councils",
        "unit": "£ a year",
        "direction": Direction.LOWER.value,
        "measure_source": "Ledgers of the three councils",
        "measure_method": "Budget under the ledger codes of the service, in the prices of the year",
        "frequency": Frequency.MONTHLY.value,
        "combining": Combining.SUM.value,
        "starting_value": starting_value,
        "starting_on": timing.calendar(date(2026, 3, 31)).isoformat(),
        "approved_on": plan_in_effect(timing, 1).isoformat(),
    }


def _tests(description: str, observable: str, attribution: str, measurement: str) -> dict[str, Any]:
    said = {
        "description": description,
        "observable": observable,
        "attribution": attribution,
        "measurement": measurement,
    }
    return {name: {"met": True, "text": text} for name, text in said.items()}


def _revenues(timing: Timing) -> dict[str, Any]:
    return {
        "id": "B-1",
        "title": "Lower cost of revenues and benefits",
        "description": "One team and one system in place of three. £312,000 a year from go-live.",
        "counterfactual": "Three teams would have gone on with three systems, at the same cost",
        "service_feature": "One system, and one team that works for all three councils",
        "potential_costs": "Moving records, training, and the end of Carrick’s contract",
        "activities": "Move and clean the records\nAppoint team leaders\nTrain staff\nReduce the budgets",
        "state": BenefitState.ENABLING.value,
        "confidence": Confidence.MEDIUM.value,
        "owner": people.PRIYA_RAMAN.email,
        "service": REVENUES,
        "risks": ["R-02", "R-03"],
        "full_year_gbp": 312_000,
        "starts_on": timing.go_live_planned.isoformat(),
        "review_on": _review_on(timing),
        **_cashable(timing, 3_730_000),
        "tests": _tests(
            "Each council pays less to bill, collect and decide claims",
            "The budgets are reduced in each council’s own ledger",
            _NOT_SHARED,
            _ACCOUNT,
        ),
    }


def _ict(timing: Timing) -> dict[str, Any]:
    patel, reviewed_on = people.G_PATEL.email, timing.past(date(2026, 10, 6)).isoformat()
    return {
        "id": "B-2",
        "title": "Lower cost of ICT",
        "description": "Licences and service desk bought together. £4,000 a month.",
        "counterfactual": "Each council would have paid its list price, less the fall that all councils see",
        "service_feature": "Licences bought together, one service desk",
        "activities": "Buy licences together\nEnd the old orders\nReduce the budgets",
        "state": BenefitState.REALISING.value,
        "confidence": Confidence.HIGH.value,
        "owner": patel,
        "service": ICT,
        "risks": ["R-06"],
        "full_year_gbp": 48_000,
        "starts_on": timing.calendar(date(2026, 7, 1)).isoformat(),
        "review_on": _review_on(timing),
        **_cashable(timing, 2_365_000),
        "tests": _tests(
            "Each council pays less for the same licences",
            "Old and new orders stand side by side",
            "Falls of the list price are left out",
            _ACCOUNT,
        ),
        "evidence": [{"text": "Licence order ICT-088", "by": patel, "at": reviewed_on}],
        "reviews": [
            {
                "reviewed_on": reviewed_on,
                "finding": "Licences save as planned. The service desk follows.",
                "confidence": Confidence.HIGH.value,
                "next_review_on": _review_on(timing),
                "by": patel,
                "at": reviewed_on,
            }
        ],
    }


def _offices(timing: Timing) -> dict[str, Any]:
    return {
        "id": "B-3",
        "title": "Lower cost of offices",
        "description": "Shared teams leave one office in each town. £120,000 a year.",
        "counterfactual": "Each council would have kept its offices to the end of its leases",
        "potential_costs": "Removals, and the lease where it cannot be ended in time",
        "dependencies": "The leases can be ended when planned",
        "state": BenefitState.APPROVED.value,
        "confidence": Confidence.MEDIUM.value,
        "owner": people.SAM_OKAFOR.email,
        "service": OFFICES,
        "risks": ["R-11"],
        "full_year_gbp": 120_000,
        "starts_on": timing.calendar(date(2029, 4, 1)).isoformat(),
        "review_on": _review_on(timing),
        **_cashable(timing, 1_865_000),
        "tests": _tests(
            "Each council pays less for offices",
            "One office in each town is empty and given up",
            "Only offices left because teams are shared are counted",
            _ACCOUNT,
        ),
    }


def _faster(timing: Timing) -> dict[str, Any]:
    lewis, base = people.D_LEWIS.email, timing.base_fy
    readings = zip(timing.months()[-3:], (24, 23, 22), strict=True)
    return {
        "id": "B-4",
        "title": "Faster decisions on new benefit claims",
        "description": "Average days from a complete claim to the decision, all three councils.",
        "counterfactual": "The days would have stayed at 26, as in the three years before",
        "class": BenefitClass.QUANTIFIABLE.value,
        "kind": BenefitKind.MEASURE.value,
        "state": BenefitState.REALISING.value,
        "confidence": Confidence.MEDIUM.value,
        "owner": lewis,
        "service": REVENUES,
        "measure": "Time to decide a new claim",
        "unit": "days",
        "direction": Direction.LOWER.value,
        "measure_source": "Reports of the claims systems",
        "measure_method": "Calendar days from a complete claim to the decision, average of the month",
        "frequency": Frequency.MONTHLY.value,
        "combining": Combining.AVERAGE.value,
        "starting_value": 26,
        "starting_on": timing.calendar(date(2026, 3, 31)).isoformat(),
        "target_value": 13,
        "trajectory": [
            {"fy": fy_file_key(base + index), "value": value} for index, value in enumerate((22, 16, 13))
        ],
        "actual_value": 22,
        "measured": day_and_month(timing.past(date(2026, 10, 30))),
        "readings": [
            {
                "fy": fy_file_key(fy),
                "period": period,
                "value": value,
                "by": lewis,
                "at": timing.returned_on((fy, period)).isoformat(),
            }
            for (fy, period), value in readings
        ],
        "approved_on": plan_in_effect(timing, 1).isoformat(),
        "review_on": timing.day(date(2026, 12, 4)).isoformat(),
        "tests": _tests(
            "Residents get their decisions sooner",
            "The days are counted in the same way before and after",
            "Changes in the number of claims are noted beside the figures",
            "Every decision of the month, from the claims systems",
        ),
    }


def _cover() -> dict[str, Any]:
    return {
        "id": "B-5",
        "title": "Stronger cover in small teams",
        "description": "Two people or more in each council can do each specialist job.",
        "class": BenefitClass.QUALITATIVE.value,
        "kind": BenefitKind.NARRATIVE.value,
        "state": BenefitState.IDENTIFIED.value,
        "owner": people.H_MUSA.email,
        "starting_reason": "No council kept a list of who can do which job",
        "no_target_reason": "The councils did not want a target to become a ceiling",
        "target_text": "No target: the councils did not want one to become a ceiling",
    }


def _journeys() -> dict[str, Any]:
    return {
        "id": "B-6",
        "title": "Longer journeys for staff who change office",
        "class": BenefitClass.QUANTIFIABLE.value,
        "disbenefit": True,
        "state": BenefitState.PROFILED.value,
        "owner": people.H_MUSA.email,
        "service": OFFICES,
        "measure": "Average journey to work",
        "unit": "minutes",
        "direction": Direction.LOWER.value,
        "starting_value": 24,
        "target_value": 31,
        "note": "Agreed limit: 31 minutes on average.",
    }
