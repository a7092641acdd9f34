"""Options of the approved business case beside the preferred one's lines, with plausible figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.rules.calendar import fy_file_key
from governance.demonstration.money import COUNCILS
from governance.demonstration.timing import Timing
from services.enums import BiasCategory, CostType, LineKind, OptionKind

RUNNING_POOL, ONE_OFF_POOL = "P-1", "P-2"
USUAL, SHARE, OUTSOURCE, IMPROVE = "BAU", "SHARE", "OUTSOURCE", "IMPROVE"
TOGETHER, WITHOUT_CARRICK = "TOGETHER", "WITHOUT-CARRICK"
RANGES: Mapping[LineKind, tuple[int, int]] = {
    LineKind.CASHABLE_SAVING: (85, 108),
    LineKind.RECURRING_COST: (95, 120),
    LineKind.ONE_OFF_COST: (95, 125),
}
POOLS = {
    LineKind.CASHABLE_SAVING: RUNNING_POOL,
    LineKind.RECURRING_COST: RUNNING_POOL,
    LineKind.ONE_OFF_COST: ONE_OFF_POOL,
}
_SHARED_BY = {RUNNING_POOL: "by population", ONE_OFF_POOL: "equally"}
# Joint lines of the options beside the preferred one, in pounds a year from the base year on.
OTHER_LINES: Sequence[tuple[str, str, str, LineKind, CostType | None, Sequence[int]]] = (
    (
        "OUT-1", OUTSOURCE, "Lower price of the contract", LineKind.CASHABLE_SAVING, None,
        (0, 0, 380_000, 560_000, 560_000, 560_000),
    ),
    (
        "OUT-2", OUTSOURCE, "Managing the contract", LineKind.RECURRING_COST, None,
        (0, 30_000, 95_000, 95_000, 95_000, 95_000),
    ),
    (
        "OUT-3", OUTSOURCE, "Tender and move to the company", LineKind.ONE_OFF_COST, CostType.LEGAL,
        (250_000, 720_000, 0, 0, 0, 0),
    ),
    (
        "TOG-1", TOGETHER, "Lower cost of the three services", LineKind.CASHABLE_SAVING, None,
        (0, 180_000, 420_000, 480_000, 480_000, 480_000),
    ),
    (
        "TOG-2", TOGETHER, "Running the shared systems", LineKind.RECURRING_COST, CostType.ICT,
        (0, 40_000, 40_000, 40_000, 40_000, 40_000),
    ),
    (
        "TOG-3", TOGETHER, "Joint one-off costs", LineKind.ONE_OFF_COST, CostType.ICT,
        (600_000, 150_000, 0, 0, 0, 0),
    ),
)  # fmt: skip
# What Ashmere and Brockvale would each do without Carrick, in pounds a year from the base year on.
_WITHOUT: Sequence[tuple[str, str, LineKind, Sequence[Sequence[int]]]] = (
    (
        "WOC-1", "Lower cost of the three services", LineKind.CASHABLE_SAVING,
        ((0, 55_000, 130_000, 150_000, 150_000, 150_000), (0, 60_000, 140_000, 162_000, 162_000, 162_000)),
    ),
    (
        "WOC-2", "Running the shared systems", LineKind.RECURRING_COST,
        ((0, 17_000, 17_000, 17_000, 17_000, 17_000), (0, 18_500, 18_500, 18_500, 18_500, 18_500)),
    ),
    (
        "WOC-3", "One-off costs", LineKind.ONE_OFF_COST,
        ((240_000, 60_000, 0, 0, 0, 0), (240_000, 60_000, 0, 0, 0, 0)),
    ),
)  # fmt: skip
# What each council would do by itself: saving a year from index 1, and one-off cost in the base year.
_ALONE = ((38_000, 70_000), (41_000, 75_000), (27_000, 60_000))


BIAS = {
    "bias_category": BiasCategory.OUTSOURCING.value,
    "bias_mitigation_percent": 60,
    "bias_basis": "Two quotations of 2025, a fixed price for the move, and a contingency in the team’s time.",
}


def options_section() -> list[dict[str, Any]]:
    """Business as usual, three ways forward and two variants of the preferred one."""
    return [
        {
            "id": USUAL,
            "name": "Business as usual",
            "description": "Each council goes on with its own services and contracts.",
            "business_as_usual": True,
        },
        {
            "id": SHARE,
            "name": "Share the services",
            "description": "One team and one system for each of the three services, run by the councils.",
            "preferred": True,
        },
        {
            "id": OUTSOURCE,
            "name": "Contract with a company",
            "description": "One contract for the three services, tendered together.",
            "kind": OptionKind.OUTSOURCE.value,
        },
        {
            "id": IMPROVE,
            "name": "Improve alone",
            "description": "Each council renews its own services by itself.",
            "kind": OptionKind.IN_HOUSE.value,
        },
        {
            "id": TOGETHER,
            "name": "Share the services, joint figures only",
            "description": (
                "The preferred option without the end of Carrick’s own contract, which is no joint cost. "
                "It shows what the three councils do together."
            ),
            "variant_of": SHARE,
        },
        {
            "id": WITHOUT_CARRICK,
            "name": "Share the services without Carrick",
            "description": "What Ashmere and Brockvale would have if Carrick kept its own services.",
            "variant_of": SHARE,
            "without": "carrick",
        },
    ]


def other_lines(timing: Timing) -> Iterator[dict[str, Any]]:
    """The lines of every option but the preferred one."""
    yield from _joint_lines(timing)
    yield from _lines_without_carrick(timing)
    yield from _lines_alone(timing)


def _joint_lines(timing: Timing) -> Iterator[dict[str, Any]]:
    for ref, option, title, kind, cost_type, pounds in OTHER_LINES:
        low, high = RANGES[kind]
        yield {
            "id": ref,
            "option": option,
            "title": title,
            "kind": kind.value,
            "cost_type": cost_type.value if cost_type else None,
            "pool": POOLS[kind],
            "shared_by": _SHARED_BY[POOLS[kind]],
            "low_percent": low,
            "high_percent": high,
            **(BIAS if kind == LineKind.ONE_OFF_COST else {}),
            "amounts": [
                {"fy": fy_file_key(timing.base_fy + index), "amount_gbp": amount}
                for index, amount in enumerate(pounds)
                if amount
            ],
        }


def _lines_without_carrick(timing: Timing) -> Iterator[dict[str, Any]]:
    for ref, title, kind, years in _WITHOUT:
        yield {
            "id": ref,
            "option": WITHOUT_CARRICK,
            "title": title,
            "kind": kind.value,
            "cost_type": None if kind == LineKind.CASHABLE_SAVING else CostType.ICT.value,
            "confidence": "low",
            "amounts": [
                {"council": council, "fy": fy_file_key(timing.base_fy + index), "amount_gbp": amount}
                for council, pounds in zip(COUNCILS, years, strict=False)
                for index, amount in enumerate(pounds)
                if amount
            ],
        }


def _lines_alone(timing: Timing) -> list[dict[str, Any]]:
    base = timing.base_fy
    return [
        {
            "id": "ALN-1",
            "option": IMPROVE,
            "title": "Savings that each council makes alone",
            "kind": LineKind.CASHABLE_SAVING.value,
            "confidence": "low",
            "low_percent": 70,
            "amounts": [
                {"council": council, "fy": fy_file_key(base + index), "amount_gbp": saving}
                for council, (saving, _) in zip(COUNCILS, _ALONE, strict=True)
                for index in range(1, 6)
            ],
        },
        {
            "id": "ALN-2",
            "option": IMPROVE,
            "title": "Each council’s own systems",
            "kind": LineKind.ONE_OFF_COST.value,
            "cost_type": CostType.ICT.value,
            "confidence": "low",
            "high_percent": 140,
            "amounts": [
                {"council": council, "fy": fy_file_key(base), "amount_gbp": cost}
                for council, (_, cost) in zip(COUNCILS, _ALONE, strict=True)
            ],
        },
    ]
