"""Phases and milestones of the demonstration programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.rules.calendar import format_date, format_fy, working_days_between
from core.rules.money import format_prose
from governance.demonstration import people
from governance.demonstration.decisions import joint_committee_in_force, plan_in_effect
from governance.demonstration.money import Money
from governance.demonstration.people import Person
from governance.demonstration.timing import Timing, day_and_month
from programme.enums import MilestoneKind as Kind
from programme.enums import MilestoneState, PhaseState

VISION, CASE, DESIGN, TRANSFORM, OPERATE = "P-1", "P-2", "P-3", "P-4", "P-5"
FIRST, SECOND = "T-1", "T-2"
_TRANCHE_OF = {"M-11": FIRST, "M-16": FIRST, "M-17": FIRST, "M-24": FIRST, "M-25": SECOND}

# What comes first, what waits for it, and the working days in between at most: moving all records takes
# all there are.
_WAITS = (
    ("M-13", "M-16", 20),
    ("M-12", "M-15", 30),
    ("M-15", "M-18", 20),
    ("M-16", "M-11", 25),
    ("M-16", "M-24", 260),
    ("M-11", "M-24", 40),
    ("M-18", "M-24", 60),
)


@dataclass(frozen=True)
class Step:
    """One milestone. `plan` is its day in the current plan; `original` and `forecast` where they differ."""

    ref: str
    title: str
    phase: str
    kind: Kind
    owner: Person
    plan: date
    forecast: date | None = None
    original: date | None = None
    actual: date | None = None
    evidence: str = ""
    note: str = ""
    councils: tuple[str, ...] = ()
    is_key: bool = False
    gate: int | None = None
    updated_on: date | None = None


def phases_section(timing: Timing) -> list[dict[str, Any]]:
    """The five phases of the toolkit."""
    early, calendar = timing.early, timing.calendar
    in_effect = plan_in_effect(timing, 1)
    design_ends = timing.before_go_live(date(2027, 2, 26), 2)
    rows = (
        (VISION, "Vision", early(date(2025, 6, 2)), early(date(2025, 9, 30)), early(date(2025, 9, 23))),
        (CASE, "Business case", early(date(2025, 9, 24)), in_effect, in_effect),
        (DESIGN, "Design", early(date(2026, 3, 16)), design_ends, None),
        (TRANSFORM, "Transform", design_ends + timedelta(days=3), calendar(date(2029, 3, 31)), None),
        (OPERATE, "Operate and improve", calendar(date(2029, 4, 1)), calendar(date(2032, 3, 31)), None),
    )
    return [_phase(*row) for row in rows]


def tranches_section() -> list[dict[str, Any]]:
    """What goes live together; the later group is not decided yet."""
    return [
        {"id": FIRST, "label": "ICT, payroll and customer services"},
        {
            "id": SECOND,
            "label": "Waste and grounds",
            "indicative": True,
            "note": "Which services follow is decided once the first are live.",
        },
    ]


def milestones_section(timing: Timing) -> list[dict[str, Any]]:
    """The milestones as a case file writes them."""
    return [_milestone(step, timing) for step in steps(timing)]


def dependencies_section(timing: Timing) -> list[dict[str, Any]]:
    """What waits for what, with the working days in between that both plan and forecast leave.

    Where go-live is near, steps before it come closer; two that change places then do not wait.
    """
    by_ref = {step.ref: step for step in steps(timing)}
    found = [(by_ref[first], by_ref[then], wanted) for first, then, wanted in _WAITS]
    return [
        {"milestone": then.ref, "waits_for": first.ref, "lag_days": _lag(first, then, wanted, timing)}
        for first, then, wanted in found
        if first.plan <= then.plan and _expected(first) <= _expected(then)
    ]


def plan_dates(timing: Timing, number: int) -> list[dict[str, Any]]:
    """The milestone dates of a plan version; 1 is the original."""
    return [
        {"milestone": step.ref, "date": ((step.original if number == 1 else None) or step.plan).isoformat()}
        for step in steps(timing)
    ]


def steps(timing: Timing) -> list[Step]:
    """Every milestone, in the order of its number."""
    found = [*_achieved(timing), *_late_or_due(timing), *_coming(timing), *_after_design(timing)]
    return sorted(found, key=lambda step: step.ref)


def _achieved(timing: Timing) -> list[Step]:
    early, past = timing.early, timing.past
    priya, sam, lewis = people.PRIYA_RAMAN, people.SAM_OKAFOR, people.D_LEWIS
    in_effect = plan_in_effect(timing, 1)
    ict_starts = timing.calendar(date(2026, 7, 1))
    return [
        Step(
            "M-01", "Vision agreed by the three leaders", VISION, Kind.GOVERNANCE, sam,
            early(date(2025, 9, 30)), actual=early(date(2025, 9, 23)),
            evidence="Joint statement of the three leaders", is_key=True,
        ),
        Step(
            "M-02", "Business case issued to the councils", CASE, Kind.FINANCE, priya,
            early(date(2026, 1, 23)), actual=early(date(2026, 1, 22)),
            evidence="Business case BC-1, version 1", is_key=True,
        ),
        Step(
            "M-03", "Business case in effect", CASE, Kind.GOVERNANCE, sam, in_effect, actual=in_effect,
            evidence="Decision D-05, records of the three cabinets", is_key=True,
        ),
        Step(
            "M-04", "Programme team in post", DESIGN, Kind.HR, priya,
            early(date(2026, 4, 30)), actual=early(date(2026, 5, 5)), evidence="Staffing list PT-2",
        ),
        Step(
            "M-05", "Shared ICT licences in use", DESIGN, Kind.ICT, people.G_PATEL, ict_starts,
            original=timing.calendar(date(2027, 10, 1)), actual=ict_starts,
            evidence="Licence order ICT-088", is_key=True,
        ),
        Step(
            "M-06", "Starting costs agreed by the finance officers", DESIGN, Kind.FINANCE,
            people.FINANCE_OFFICERS[0], early(date(2026, 7, 31)), actual=early(date(2026, 7, 31)),
            evidence="Joint note FIN-12",
        ),
        Step(
            "M-07", "Gate 2 review held", DESIGN, Kind.GATE, priya, past(date(2026, 10, 2)),
            actual=past(date(2026, 10, 2)), evidence="Gate 2 report, four recommendations",
            is_key=True, gate=2,
        ),
        Step(
            "M-08", "Sample of Carrick’s records tested", DESIGN, Kind.ICT, lewis, past(date(2026, 10, 16)),
            actual=past(date(2026, 10, 21)), evidence="Test report DATA-07", councils=("carrick",),
        ),
        Step(
            "M-09", "Trade unions briefed", DESIGN, Kind.HR, priya, past(date(2026, 11, 6)),
            actual=past(date(2026, 11, 5)), evidence="Minutes of the joint meeting",
        ),
    ]  # fmt: skip


def _late_or_due(timing: Timing) -> list[Step]:
    """What is on the programme manager's desk."""
    priya, day, past = people.PRIYA_RAMAN, timing.day, timing.past
    return [
        Step(
            "M-10", "Carrick server list checked", DESIGN, Kind.ICT, priya, past(date(2026, 11, 20)),
            councils=("carrick",),
        ),
        Step(
            "M-12", "Staff consultation opens", DESIGN, Kind.HR, priya, day(date(2026, 11, 30)), is_key=True
        ),
        Step(
            "M-13", "Data-sharing agreement signed", DESIGN, Kind.LEGAL, priya, past(date(2026, 11, 13)),
            note="Signed once every council has approved it, D-08.", is_key=True,
            updated_on=past(date(2026, 10, 16)),
        ),
        Step(
            "M-19", "Equality impact assessment published", DESIGN, Kind.COMMS, priya, day(date(2026, 11, 25))
        ),
        Step(
            "M-20", "Steering group actions sent out", DESIGN, Kind.GOVERNANCE, priya, day(date(2026, 11, 26))
        ),
        Step(
            "M-21", "Brockvale call-in result recorded", DESIGN, Kind.GOVERNANCE, priya,
            day(date(2026, 11, 27)), note="For the shared ICT contract, D-09", councils=("brockvale",),
        ),
        Step("M-22", "Records supplier’s plan accepted", DESIGN, Kind.ICT, priya, day(date(2026, 12, 4))),
        Step("M-23", "Gate 2 recommendation 3 closed", DESIGN, Kind.GATE, priya, day(date(2026, 12, 7))),
    ]  # fmt: skip


def _coming(timing: Timing) -> list[Step]:
    musa, lewis = people.H_MUSA, people.D_LEWIS
    day, before_go_live = timing.day, timing.before_go_live
    committee = joint_committee_in_force(timing)
    return [
        Step(
            "M-11", "Second test move of records", TRANSFORM, Kind.ICT, lewis,
            before_go_live(date(2027, 3, 12), 1),
        ),
        Step(
            "M-14", "Joint committee in force", DESIGN, Kind.GOVERNANCE, people.J_PRICE,
            day(date(2027, 1, 8)), committee, is_key=True,
            note=f"Brockvale’s call-in closes on {day_and_month(committee - timedelta(days=1))}.",
        ),
        Step("M-15", "Staff consultation closes", DESIGN, Kind.HR, musa, day(date(2027, 1, 15)), is_key=True),
        Step(
            "M-16", "First test move of records", DESIGN, Kind.ICT, lewis,
            before_go_live(date(2027, 1, 11), 4), before_go_live(date(2027, 1, 29), 2),
            note="Waits for the agreement; 13 days of slack are used.", is_key=True,
        ),
        Step(
            "M-17", "Single ICT service desk opens", DESIGN, Kind.ICT, people.G_PATEL,
            day(date(2027, 2, 1)), day(date(2027, 1, 25)), is_key=True,
        ),
        Step(
            "M-18", "Shared team leaders appointed", DESIGN, Kind.HR, musa,
            before_go_live(date(2027, 2, 19), 1), is_key=True,
        ),
    ]  # fmt: skip


def _after_design(timing: Timing) -> list[Step]:
    lost = format_prose(Money(timing).lost_by_late_go_live)
    go_live = timing.go_live_forecast
    return [
        Step(
            "M-24", "Go-live, shared service", TRANSFORM, Kind.SERVICE, people.SAM_OKAFOR,
            timing.go_live_planned, go_live, is_key=True,
            note=f"Now {format_date(go_live)}. {lost} less saved in {format_fy(timing.base_fy + 1)}.",
        ),
        Step(
            "M-25", "Moved to shared offices", OPERATE, Kind.SERVICE, people.SAM_OKAFOR,
            timing.calendar(date(2029, 4, 1)), original=timing.calendar(date(2028, 10, 1)), is_key=True,
        ),
        Step(
            "M-26", "Benefits handed over and programme closed", OPERATE, Kind.GATE, people.PRIYA_RAMAN,
            timing.calendar(date(2032, 3, 31)), is_key=True,
        ),
    ]  # fmt: skip


def _expected(step: Step) -> date:
    return step.actual or step.forecast or step.plan


def _lag(first: Step, then: Step, wanted: int, timing: Timing) -> int:
    plan = working_days_between(first.plan, then.plan, timing.holidays)
    expected = working_days_between(_expected(first), _expected(then), timing.holidays)
    return max(0, min(wanted, plan, expected))


def _phase(ref: str, label: str, start: date, due: date, end: date | None) -> dict[str, Any]:
    state = PhaseState.DONE if end else PhaseState.IN_PROGRESS if ref == DESIGN else PhaseState.PLANNED
    return {
        "id": ref,
        "label": label,
        "start": start.isoformat(),
        "due": due.isoformat(),
        "actual_end": end.isoformat() if end else None,
        "state": state.value,
    }


def _milestone(step: Step, timing: Timing) -> dict[str, Any]:
    updated_on = step.actual or step.updated_on or timing.past(date(2026, 11, 20))
    return {
        "id": step.ref,
        "label": step.title,
        "phase": step.phase,
        "kind": step.kind.value,
        "gate": step.gate,
        "tranche": _TRANCHE_OF.get(step.ref),
        "owner": step.owner.email,
        "councils": list(step.councils),
        "critical": step.is_key,
        "due": step.plan.isoformat(),
        "forecast": (step.forecast or step.plan).isoformat(),
        "forecast_updated_at": f"{updated_on.isoformat()}T10:00:00Z",
        "actual": step.actual.isoformat() if step.actual else None,
        "state": (MilestoneState.DONE if step.actual else MilestoneState.PLANNED).value,
        "evidence": step.evidence or None,
        "update_note": step.note or None,
    }
