"""A second business case, still a draft: one building control team, with costs that each council holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.rules.calendar import fy_file_key
from governance.demonstration import people
from governance.demonstration.case_options import ONE_OFF_POOL, RUNNING_POOL
from governance.demonstration.cases import reference_versions
from governance.demonstration.money import COUNCILS
from governance.demonstration.register import BUILDING_CONTROL
from governance.demonstration.timing import Timing
from services.enums import CaseSectionName, CaseStage, CaseState, CostType, LineKind, OptionKind

DRAFT = "BC-2"
_YEARS = 5
# Joint amounts in pounds a year from the base year on.
_JOINT: Sequence[tuple[str, str, str, LineKind, CostType | None, str, Sequence[int]]] = (
    (
        "BC2-1", "SHARE", "One team in place of three", LineKind.CASHABLE_SAVING, None, RUNNING_POOL,
        (0, 62_000, 118_000, 118_000, 118_000, 118_000),
    ),
    (
        "BC2-2", "SHARE", "Fees from private developers", LineKind.INCOME, None, RUNNING_POOL,
        (0, 15_000, 30_000, 36_000, 36_000, 36_000),
    ),
    (
        "BC2-3", "SHARE", "One case system", LineKind.ONE_OFF_COST, CostType.ICT, ONE_OFF_POOL,
        (96_000, 24_000, 0, 0, 0, 0),
    ),
)  # fmt: skip
# Own amounts by council, in the order of the councils: line, title, cost type, pounds and year index.
_OWN: Sequence[tuple[str, str, CostType, Sequence[tuple[str, int, int]]]] = (
    (
        "BC2-4", "End of the surveyors’ contract", CostType.CONTRACT_EXIT,
        (("brockvale", 0, 54_000),),
    ),
    (
        "BC2-5", "Pay of the shared team put on one level", CostType.HARMONISATION,
        (("ashmere", 1, 12_500), ("brockvale", 1, 9_800), ("carrick", 1, 17_200)),
    ),
)  # fmt: skip
_SECTIONS = {
    CaseSectionName.STRATEGIC.value: (
        "Building control must answer within set days, and each council has few surveyors. A team of "
        "three councils can cover leave and keep its specialists."
    ),
    CaseSectionName.ECONOMIC.value: (
        "Two ways forward are compared with business as usual. The figures are first estimates: each council "
        "is still checking its own costs."
    ),
}


def draft_case(timing: Timing) -> dict[str, Any]:
    """Version 1 of the outline case for building control, in progress."""
    base = timing.base_fy + 1
    return {
        "id": DRAFT,
        "version": 1,
        "title": "Outline case for one building control team",
        "summary": "Three small teams become one, which keeps a surveyor in each town.",
        "author": people.PRIYA_RAMAN.email,
        "stage": CaseStage.OBC.value,
        "state": CaseState.DRAFT.value,
        "service": BUILDING_CONTROL,
        "base_fy": fy_file_key(base),
        "horizon_years": _YEARS,
        "price_basis": "real",
        **reference_versions(timing.past(date(2026, 11, 2))),
        "sections": _SECTIONS,
        "options": [
            {"id": "BAU", "name": "Business as usual", "business_as_usual": True},
            {"id": "SHARE", "name": "One shared team", "preferred": True},
            {
                "id": "ALONE",
                "name": "Fill the vacancies alone",
                "kind": OptionKind.IN_HOUSE.value,
            },
        ],
        "lines": [*_joint_lines(base), *_own_lines(base), _vacancies(base)],
    }


def _joint_lines(base: int) -> list[dict[str, Any]]:
    return [
        {
            "id": ref,
            "option": option,
            "title": title,
            "kind": kind.value,
            "cost_type": cost_type.value if cost_type else None,
            "pool": pool,
            "confidence": "medium",
            "low_percent": 80,
            "high_percent": 120,
            "amounts": [
                {"fy": fy_file_key(base + index), "amount_gbp": pounds}
                for index, pounds in enumerate(years)
                if pounds
            ],
        }
        for ref, option, title, kind, cost_type, pool, years in _JOINT
    ]


def _own_lines(base: int) -> list[dict[str, Any]]:
    return [
        {
            "id": ref,
            "option": "SHARE",
            "title": title,
            "kind": LineKind.ONE_OFF_COST.value,
            "cost_type": cost_type.value,
            "confidence": "low",
            "amounts": [
                {"council": council, "fy": fy_file_key(base + index), "amount_gbp": pounds}
                for council, index, pounds in amounts
            ],
        }
        for ref, title, cost_type, amounts in _OWN
    ]


def _vacancies(base: int) -> dict[str, Any]:
    return {
        "id": "BC2-6",
        "option": "ALONE",
        "title": "Surveyors at market pay",
        "kind": LineKind.RECURRING_COST.value,
        "confidence": "low",
        "amounts": [
            {"council": council, "fy": fy_file_key(base + index), "amount_gbp": pounds}
            for council, pounds in zip(COUNCILS, (14_000, 16_500, 11_000), strict=True)
            for index in range(1, _YEARS + 1)
        ],
    }
