"""Services, risks and lessons of the demonstration programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from core.rules.calendar import fy_file_key, month_name
from governance.demonstration import people
from governance.demonstration.money import COUNCILS
from governance.demonstration.reviews import payroll_review, revenues_review
from governance.demonstration.timing import Timing, day_and_month
from services.enums import Confidence, MeasureKind, Provider, ServiceKind, ServiceStatus

REVENUES, ICT, OFFICES, BUILDING_CONTROL = "S-1", "S-2", "S-3", "S-5"
Measured = tuple[MeasureKind, str, str, tuple[float, float, float], bool | None]
_CLAIMS: tuple[Measured, ...] = (
    (MeasureKind.VOLUME, "New benefit claims", "claims", (2_140, 2_510, 2_305), None),
    (MeasureKind.PERFORMANCE, "Days to decide a new claim", "days", (24, 25, 29), False),
    (MeasureKind.PERFORMANCE, "Council tax collected in the year", "%", (97.9, 97.4, 96.8), True),
)
_CALLS: tuple[Measured, ...] = (
    (MeasureKind.VOLUME, "Calls to the service desk", "calls", (4_300, 5_100, 3_100), None),
    (MeasureKind.PERFORMANCE, "Calls settled at once", "%", (68.5, 71, 62), True),
)
_PAYSLIPS: tuple[Measured, ...] = ((MeasureKind.VOLUME, "Payslips", "payslips", (5_140, 5_610, 4_180), None),)
_APPLICATIONS: tuple[Measured, ...] = (
    (MeasureKind.VOLUME, "Applications", "applications", (612, 655, 418), None),
    (MeasureKind.PERFORMANCE, "Applications checked in time", "%", (91, 78.5, 88), True),
)


def services_section(timing: Timing) -> list[dict[str, Any]]:
    """Five services: what each council spends, who runs them, and two reviews."""
    calendar, base = timing.calendar, timing.base_fy
    go_live = timing.go_live_planned.isoformat()
    contract_end = calendar(date(2029, 9, 30)).isoformat()
    return [
        _service(
            REVENUES, "Revenues and benefits", ServiceStatus.PLANNED, base,
            (1_240_000, 1_385_000, 1_105_000), (31, 34, 22.5),
            planned_for=go_live,
            kind=ServiceKind.REVENUES,
            measures=_CLAIMS,
            outsourced={"carrick": contract_end},
            breaks={"carrick": calendar(date(2027, 9, 30)).isoformat()},
            providers={"carrick": "Tarn Revenues Services"},
            reviews=[revenues_review(timing)],
        ),
        _service(
            ICT, "ICT", ServiceStatus.SHARED, base, (820_000, 905_000, 640_000), (14, 16.5, 10),
            lead="brockvale", since=calendar(date(2026, 7, 1)).isoformat(),
            kind=ServiceKind.ICT, measures=_CALLS,
            contracts={
                "ashmere": calendar(date(2027, 9, 30)).isoformat(),
                "brockvale": calendar(date(2027, 6, 30)).isoformat(),
                "carrick": calendar(date(2027, 12, 31)).isoformat(),
            },
        ),
        _service(
            OFFICES, "Offices", ServiceStatus.PLANNED, base, (690_000, 720_000, 455_000), (6, 7, 4),
            planned_for=calendar(date(2029, 4, 1)).isoformat(), kind=ServiceKind.PROPERTY,
        ),
        _service(
            "S-4", "HR and payroll", ServiceStatus.NOT_SHARED, base, (410_000, 455_000, 335_000),
            (9, 10.5, 7), confidence=Confidence.LOW, kind=ServiceKind.HR, measures=_PAYSLIPS,
            reviews=[payroll_review(timing)],
        ),
        _service(
            BUILDING_CONTROL, "Building control", ServiceStatus.NOT_SHARED, base, (275_000, 310_000, 190_000),
            (5, 5.5, 3), confidence=Confidence.MEDIUM, kind=ServiceKind.PLANNING, measures=_APPLICATIONS,
            contracts={"brockvale": calendar(date(2028, 3, 31)).isoformat()},
            providers={"brockvale": "Stonebridge Surveyors"},
        ),
    ]  # fmt: skip


def risks_section(timing: Timing) -> list[dict[str, Any]]:
    """13 risks, four of which score 10 or more; and the other registers."""
    base = timing.base_fy
    second_test = f"March {base + 1}"
    by_month = month_name(timing.day(date(2027, 1, 16)))
    briefing = day_and_month(timing.day(date(2026, 12, 2)))
    lewis, sam, musa, price = people.D_LEWIS, people.SAM_OKAFOR, people.H_MUSA, people.J_PRICE
    priya, patel, chen = people.PRIYA_RAMAN, people.G_PATEL, people.FINANCE_OFFICERS[0]
    rows = (
        ("R-01", "Costs of moving records grow", 2, 3, "Fixed price for the supplier’s work", chen),
        ("R-02", "Payment systems cannot be joined in time", 2, 4, "Interfaces tested in stages", patel),
        (
            "R-03", "Carrick’s records cannot be moved cleanly", 4, 4,
            f"Clean before the test move; second test in {second_test}", lewis,
        ),
        ("R-04", "Customers do not know whom to call", 2, 3, "One number, three names kept", lewis),
        (
            "R-05", f"A council does not ratify by {by_month}", 3, 4,
            f"Leaders’ briefing on {briefing}", sam,
        ),
        ("R-06", "The service desk is slower at first", 3, 3, "Extra staff for eight weeks", patel),
        (
            "R-07", "Key staff leave before go-live", 4, 3,
            "Settle the pay approach; named cover for 6 roles", musa,
        ),
        ("R-08", "Savings are counted twice with other change", 2, 3, "One register, checked monthly", chen),
        (
            "R-09", f"A partner council is replaced in {base + 2}", 2, 5,
            "Successor clause in the agreement", price,
        ),
        ("R-10", "Consultation raises points that take time", 3, 2, "Two weeks kept free", musa),
        ("R-11", "The office lease cannot be ended when planned", 2, 4, "Notice served early", sam),
        ("R-12", "The programme team is too small in spring", 3, 3, "Two people on loan", priya),
        ("R-13", "Data is lost on the way", 1, 5, "Copies kept until the second test", lewis),
    )  # fmt: skip
    scored = [
        {
            "id": ref,
            "label": label,
            "occurred": False,
            "likelihood": likelihood,
            "impact": impact,
            "mitigation": response,
            "owner": owner.email,
        }
        for ref, label, likelihood, impact, response, owner in rows
    ]
    oldest = {"council": "carrick", "impact": 5, "text": "Its records are the oldest and the least complete"}
    scored[2] |= {
        "category": "Records",
        "review_on": timing.day(date(2026, 12, 10)).isoformat(),
        "impacts": [oldest],
    }
    scored[5]["review_on"] = timing.day(date(2027, 2, 1)).isoformat()
    return scored + _other_registers(timing)


def _other_registers(timing: Timing) -> list[dict[str, Any]]:
    """An assumption, an issue and a dependency, and an assumption that is closed."""
    return [
        {
            "id": "A-01",
            "register": "assumption",
            "label": "Each council keeps its present standards of service",
            "likelihood": 2,
            "impact": 3,
            "mitigation": "Each council’s standards are read out at every gate",
            "owner": people.SAM_OKAFOR.email,
            "review_on": timing.day(date(2027, 1, 20)).isoformat(),
        },
        {
            "id": "A-02",
            "register": "assumption",
            "label": "All three councils can use one framework to buy",
            "likelihood": 1,
            "impact": 4,
            "owner": people.FINANCE_OFFICERS[0].email,
            "closed_on": timing.past(date(2026, 10, 5)).isoformat(),
            "closed_because": "The framework’s owner confirmed it in writing.",
        },
        {
            "id": "I-01",
            "register": "issue",
            "label": "Two posts on the service desk are empty",
            "impact": 3,
            "mitigation": "Cover from Ashmere until March",
            "owner": people.G_PATEL.email,
            "impacts": [
                {"council": "brockvale", "impact": 4, "text": "Both posts are Brockvale’s"},
                {"council": "ashmere", "text": "Lends two people"},
            ],
        },
        {
            "id": "DEP-01",
            "register": "dependency",
            "label": "The supplier releases the new payment system on time",
            "likelihood": 2,
            "impact": 4,
            "mitigation": "A monthly call with the supplier; the old system stays until the second test",
            "owner": people.G_PATEL.email,
            "proximity_on": timing.day(date(2027, 3, 1)).isoformat(),
            "review_on": timing.day(date(2027, 1, 11)).isoformat(),
        },
    ]


def judgements_section(timing: Timing) -> list[dict[str, Any]]:
    """What the senior responsible owner judges: the rating twice, the second in force, and the confidence."""
    first, second = timing.past(date(2026, 9, 22)), timing.past(date(2026, 11, 17))
    sam = people.SAM_OKAFOR.email
    return [
        {
            "id": "J-01",
            "subject": "overall",
            "point": "Red",
            "reason": "No council had confirmed who signs the data-sharing agreement.",
            "by": sam,
            "given_on": first.isoformat(),
            "until_on": (first + timedelta(days=84)).isoformat(),
            "worked_out": {"word": "Amber", "reason": "Savings: £20.00 below the Green threshold"},
            "ended_on": second.isoformat(),
            "ended_because": "Replaced by J-02",
        },
        {
            "id": "J-02",
            "subject": "overall",
            "point": "Amber",
            "reason": "What is late moves no go-live date: the second test of records has weeks to spare.",
            "by": sam,
            "given_on": second.isoformat(),
            "until_on": (second + timedelta(days=84)).isoformat(),
            "worked_out": {"word": "Red", "reason": "Milestones: overdue with no new forecast"},
        },
        {
            "id": "J-03",
            "subject": "confidence",
            "point": "Amber",
            "reason": "Records and the pay approach need attention now; both look as if they can be settled.",
            "by": sam,
            "given_on": second.isoformat(),
            "until_on": (second + timedelta(days=84)).isoformat(),
        },
    ]


def _service(
    ref: str,
    name: str,
    status: ServiceStatus,
    base_fy: int,
    spent: tuple[int, int, int],
    fte: tuple[float, float, float],
    *,
    kind: ServiceKind,
    confidence: Confidence = Confidence.HIGH,
    outsourced: dict[str, str] | None = None,
    contracts: dict[str, str] | None = None,
    providers: dict[str, str] | None = None,
    breaks: dict[str, str] | None = None,
    measures: tuple[Measured, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    """A service; `outsourced` and `contracts` hold the end of each council's contract."""
    ends = {**(contracts or {}), **(outsourced or {})}
    return {
        "id": ref,
        "name": name,
        "kind": kind.value,
        "status": status.value,
        "councils": list(COUNCILS),
        **more,
        "provisions": [
            {
                "council": key,
                "provider": (Provider.OUTSOURCED if key in (outsourced or {}) else Provider.IN_HOUSE).value,
                "provider_name": (providers or {}).get(key),
                "fte": people_count,
                "contract_end": ends.get(key),
                "costs": [
                    _cost(base_fy - 1, amount, confidence),
                    _cost(base_fy, amount + amount // 50, Confidence.MEDIUM),
                ],
                "contract_break": (breaks or {}).get(key),
                "measures": list(_measures(base_fy, measures, index)),
            }
            for index, (key, amount, people_count) in enumerate(zip(COUNCILS, spent, fte, strict=True))
        ],
    }


def _measures(base_fy: int, measures: tuple[Measured, ...], index: int) -> Iterator[dict[str, Any]]:
    """What one council counted in the year before, and how much work it expects in the base year."""
    for kind, name, unit, values, is_higher_better in measures:
        counted = {
            "kind": kind.value,
            "name": name,
            "unit": unit,
            "fy": fy_file_key(base_fy - 1),
            "value": values[index],
            "higher_is_better": is_higher_better,
            "source": {"file": "Joint note FIN-12", "loc": "workload"},
        }
        yield counted
        if kind == MeasureKind.VOLUME:
            expected = int(values[index]) + int(values[index]) // 40
            yield counted | {"fy": fy_file_key(base_fy), "value": expected, "qualifier": "estimate"}


def _cost(fy: int, amount: int, confidence: Confidence) -> dict[str, Any]:
    return {
        "fy": fy_file_key(fy),
        "amount_gbp": amount,
        "confidence": confidence.value,
        "source": {"file": "Joint note FIN-12", "loc": "starting costs"},
    }
