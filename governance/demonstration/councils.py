"""The three councils of the demonstration, their bodies and what they agreed beside the figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from governance.demonstration.decisions import CALL_IN_CUT_OFF, CALL_IN_DAYS, PUBLICATION_DAYS
from governance.demonstration.money import COUNCILS, POPULATION
from governance.demonstration.timing import Timing
from governance.enums import Authority
from programme.enums import AgreementKind, CouncilType, DayUnit, GovernanceModel, MemberStatus, SeriesName

NAMES = ("Ashmere", "Brockvale", "Carrick")
_TYPES = (CouncilType.DISTRICT, CouncilType.BOROUGH, CouncilType.DISTRICT)
_WORDS = ("District Council", "Borough Council", "District Council")
_HEADCOUNT = (412, 447, 338)
_TAX_BASE = (Decimal("47215.4"), Decimal("50388.1"), Decimal("38104.9"))
_NET_BUDGET = (16_420_000, 17_905_000, 13_260_000)
_FINANCIAL_SHARE = (Decimal("34.5"), Decimal("37.3"), Decimal("28.2"))
_VOTING_SHARE = (Decimal("33.334"), Decimal("33.333"), Decimal("33.333"))


def councils_section(timing: Timing) -> list[dict[str, Any]]:
    """The three councils with their figures and their own rules for decisions."""
    return [_council(index, timing) for index in range(len(COUNCILS))]


def partners_section(timing: Timing) -> list[dict[str, Any]]:
    """The three partners in their fixed order; money is shared by population, votes equally."""
    joined = timing.early(date(2025, 9, 23)).isoformat()
    return [
        {
            "council": key,
            "order": index,
            "role": "partner council",
            "status": MemberStatus.ACTIVE.value,
            "joined": joined,
            "financial_share_percent": float(_FINANCIAL_SHARE[index]),
            "voting_share_percent": float(_VOTING_SHARE[index]),
        }
        for index, key in enumerate(COUNCILS)
    ]


def agreements_section(timing: Timing) -> list[dict[str, Any]]:
    """What the councils signed: the agreement that all else rests on."""
    return [
        {
            "id": "AG-1",
            "kind": AgreementKind.IAA.value,
            "title": "Inter-authority agreement",
            "in_force_on": timing.early(date(2026, 3, 16)).isoformat(),
            "notice_months": 12,
            "exit_terms": "A council that leaves takes back its own staff and records, and pays what "
            "separating them costs.",
        }
    ]


def governance_section() -> list[dict[str, Any]]:
    """The bodies. None of them decides: each council does."""
    return [
        {
            "id": "JSG",
            "body": "Joint steering group",
            "composition": [
                {"council": key, "seats": 3, "make_up": "leader, deputy leader and one cabinet member"}
                for key in COUNCILS
            ],
            "seats": 9,
            "frequency": "every six weeks",
            "authority": Authority.RECOMMENDS.value,
            "note": "Each council decides for itself on what the group recommends.",
        },
        {
            "id": "PB",
            "body": "Programme board",
            "composition": [{"council": key, "seats": 2, "make_up": "lead officers"} for key in COUNCILS],
            "seats": 6,
            "frequency": "every four weeks",
            "authority": Authority.OPERATIONAL_ACCOUNTABILITY.value,
        },
        {
            "id": "JSC",
            "body": "Joint scrutiny group",
            "composition": [{"council": key, "seats": 3, "make_up": "scrutiny members"} for key in COUNCILS],
            "seats": 9,
            "frequency": "every quarter",
            "authority": Authority.RECEIVES_REPORTS.value,
        },
    ]


def context_section(timing: Timing) -> list[dict[str, Any]]:
    """What was agreed beside the figures."""
    rows = (
        ("X-1", "How savings and running costs are shared", "by population"),
        ("X-2", "How joint one-off costs are shared", "equally"),
        ("X-3", "Who pays for the end of a council’s own contract", "that council"),
        (
            "X-4",
            "Chair of the joint steering group",
            f"Ashmere in the first year, Brockvale in the second, Carrick from May {timing.base_fy + 1}",
        ),
    )
    return [{"id": ref, "label": label, "value": value} for ref, label, value in rows]


def red_lines_section() -> list[dict[str, Any]]:
    """What a council will not accept, declared at the start."""
    return [
        {"id": "RL-1", "text": "Carrick: no council may be worse off over the six years."},
        {"id": "RL-2", "text": "Ashmere: a customer can still see someone in each town."},
        {"id": "RL-3", "text": "Brockvale: each council keeps its own policy on council tax support."},
    ]


def _council(index: int, timing: Timing) -> dict[str, Any]:
    year = timing.base_fy - 1
    estimate = {"file": "Demonstration figures", "loc": f"mid-{year} estimate"}
    return {
        "key": COUNCILS[index],
        "name": f"{NAMES[index]} {_WORDS[index]}",
        "short_name": NAMES[index],
        "type": _TYPES[index].value,
        "governance_model": GovernanceModel.LEADER_CABINET.value,
        "figures": [
            _figure(SeriesName.POPULATION, year, quantity=POPULATION[index], source=estimate),
            _figure(SeriesName.HEADCOUNT, year, quantity=_HEADCOUNT[index]),
            _figure(SeriesName.TAX_BASE, timing.base_fy, quantity=float(_TAX_BASE[index])),
            _figure(SeriesName.NET_BUDGET, timing.base_fy, amount_gbp=_NET_BUDGET[index]),
        ],
        "settings": [
            {
                "from": timing.calendar(date(2025, 4, 1)).isoformat(),
                "callin_days": CALL_IN_DAYS,
                "callin_unit": DayUnit.WORKING.value,
                "callin_cutoff": CALL_IN_CUT_OFF.strftime("%H:%M"),
                "publication_days": PUBLICATION_DAYS[index],
            }
        ],
    }


def _figure(series: SeriesName, year: int, **value: Any) -> dict[str, Any]:
    source = value.pop("source", {"file": "Demonstration figures"})
    return {"series": series.value, "year": year, **value, "source": source}
