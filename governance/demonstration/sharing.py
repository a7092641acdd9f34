"""How the demonstration shares joint amounts: pools and keys, the shares kept at issue, and a true-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.rules.apportionment import apportion
from core.rules.calendar import fy_end, fy_file_key, fy_start
from core.rules.money import pounds_plain
from governance.demonstration import people
from governance.demonstration.case_options import ONE_OFF_POOL, RUNNING_POOL
from governance.demonstration.cases import case_issued, shared_lines
from governance.demonstration.ledgers import CASE
from governance.demonstration.money import COUNCILS, EQUAL, POPULATION, Money, Shares
from governance.demonstration.timing import Timing
from services.enums import KeyBasis, TrueUpResult

DESK_POOL = "P-3"
AGREED_BY = "D-05"
DESK_PENCE = 96_000_00
CALLS_ESTIMATED = (4_300, 5_100, 3_100)
CALLS_COUNTED = (2_890, 2_410, 1_640)
_WEIGHTS: Mapping[str, tuple[KeyBasis, Sequence[int]]] = {
    RUNNING_POOL: (KeyBasis.POPULATION, POPULATION),
    ONE_OFF_POOL: (KeyBasis.EQUAL, EQUAL),
    DESK_POOL: (KeyBasis.CASELOAD, CALLS_ESTIMATED),
}
_TOGETHER = "shared with the other savings of the year, so that their sum is shared to the penny"


def pools_section(timing: Timing) -> list[dict[str, Any]]:
    """What is shared by population, what equally, and what by calls to the service desk."""
    estimate = timing.base_fy - 1
    rows = (
        (
            RUNNING_POOL, "Savings and running costs", "Savings, and what the shared services cost to run.",
            date(estimate, 6, 30), f"Mid-{estimate} estimate of the population",
        ),
        (ONE_OFF_POOL, "One-off costs", "What is paid once to set up the shared services.", None, ""),
        (
            DESK_POOL, "ICT service desk", "The joint desk that answers all three councils.",
            date(estimate, 3, 31), "Calls of the three desks in the year before",
        ),
    )  # fmt: skip
    return [
        {
            "id": ref,
            "name": name,
            "description": description,
            "keys": [
                {
                    "basis": _WEIGHTS[ref][0].value,
                    "from": _key_from(timing, ref),
                    "as_at": as_at.isoformat() if as_at else None,
                    "driver_source": source or None,
                    "review_on": timing.calendar(date(2029, 4, 1)).isoformat(),
                    "decision": AGREED_BY,
                    "weights": dict(zip(COUNCILS, _WEIGHTS[ref][1], strict=True)),
                }
            ],
        }
        for ref, name, description, as_at, source in rows
    ]


def runs_section(money: Money) -> list[dict[str, Any]]:
    """The shares kept when the business case was issued, then the two of the true-up."""
    timing = money.timing
    at = f"{case_issued(timing).isoformat()}T11:00:00Z"
    purpose = f"Issue of {CASE}, version 1"
    runs = []
    for number, (line, pool, fy, pence, kept) in enumerate(shared_lines(money), 1):
        weights = _WEIGHTS[pool][1]
        exact = apportion(pence, weights)
        shares = kept or exact
        is_own = list(shares) == list(exact)
        runs.append(
            _run(timing, f"RUN-{number}", pool, fy, pence, weights, shares)
            | {
                "line": {"case": CASE, "version": 1, "line": line},
                "purpose": purpose if is_own else f"{purpose}, {_TOGETHER}",
                "by": people.SAM_OKAFOR.email,
                "at": at,
            }
        )
    return [*runs, *_desk_runs(timing)]


def true_ups_section(timing: Timing) -> list[dict[str, Any]]:
    """The desk's calls: Ashmere called far more than estimated, so the calls counted are adopted."""
    return [
        {
            "pool": DESK_POOL,
            "key": _key_from(timing, DESK_POOL),
            "fy": fy_file_key(_desk_fy(timing)),
            "driver": "calls to the service desk",
            "driver_source": "Call log of the service desk",
            "tolerance_points": 3,
            "result": TrueUpResult.ADOPT.value,
            "estimate": "RUN-E",
            "final": "RUN-F",
            "drivers": dict(zip(COUNCILS, CALLS_COUNTED, strict=True)),
            "by": people.FINANCE_OFFICERS[0].email,
            "at": _counted_at(timing),
        }
    ]


def _desk_runs(timing: Timing) -> list[dict[str, Any]]:
    fy, entered = _desk_fy(timing), {"by": people.FINANCE_OFFICERS[0].email, "at": _counted_at(timing)}
    estimate = _run(
        timing, "RUN-E", DESK_POOL, fy, DESK_PENCE, CALLS_ESTIMATED, apportion(DESK_PENCE, CALLS_ESTIMATED)
    )
    final = _run(
        timing, "RUN-F", DESK_POOL, fy, DESK_PENCE, CALLS_COUNTED, apportion(DESK_PENCE, CALLS_COUNTED)
    )
    driver = "calls to the service desk"
    final["used"][0]["driver"] = driver
    return [
        estimate | {"purpose": f"Estimate before the true-up by {driver}", **entered},
        final | {"purpose": f"True-up, by actual {driver}", **entered},
    ]


def _run(
    timing: Timing, ref: str, pool: str, fy: int, pence: int, weights: Sequence[int], shares: Shares
) -> dict[str, Any]:
    amount = pounds_plain(pence)
    return {
        "id": ref,
        "pool": pool,
        "fy": fy_file_key(fy),
        "amount_gbp": amount,
        "used": [
            {
                "key": _key_from(timing, pool),
                "basis": _WEIGHTS[pool][0].value,
                "from": fy_start(fy).isoformat(),
                "to": fy_end(fy).isoformat(),
                "amount_gbp": amount,
                "weights": dict(zip(COUNCILS, weights, strict=True)),
            }
        ],
        "shares": {council: pounds_plain(share) for council, share in zip(COUNCILS, shares, strict=True)},
    }


def _key_from(timing: Timing, pool: str) -> str:
    """The desk is older than the programme, and its first year is over."""
    return fy_start(_desk_fy(timing) if pool == DESK_POOL else timing.base_fy).isoformat()


def _desk_fy(timing: Timing) -> int:
    return timing.base_fy - 1


def _counted_at(timing: Timing) -> str:
    return f"{timing.past(date(2026, 10, 20)).isoformat()}T14:00:00Z"
