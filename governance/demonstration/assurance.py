"""Gate reviews and lessons of the demonstration: a sound case, and what the investment still needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.demonstration import people
from governance.demonstration.timing import Timing
from programme.enums import ConfidenceScale, Gate, GateRecommendationState, GateUrgency, LessonAnswer
from programme.rules.delivery_confidence import DeliveryConfidence
from services.enums import ServiceKind

REVIEWERS = "A Lane, Example County Council; P Wood, independent; S Birch, Example City Council"
Answers = dict[str, tuple[LessonAnswer, str]]
_FIRST: Answers = {
    "case": (LessonAnswer.MET, "Outline business case, issued and read by every section 151 officer"),
    "benefits": (LessonAnswer.PARTLY, "The profile is drawn up; two owners have not yet accepted theirs"),
    "capacity": (LessonAnswer.PARTLY, "A team of four; nobody yet for the records"),
    "support": (LessonAnswer.MET, "Three leaders spoke for it at their own councils"),
    "service_levels": (LessonAnswer.NOT_MET, "No draft yet"),
    "migration": (LessonAnswer.NOT_MET, "A plan for ICT alone"),
    "staff": (LessonAnswer.MET, "Staff of all councils told on one day; questions answered in a week"),
    "contingency": (LessonAnswer.PARTLY, "In the register, without triggers"),
}
_SECOND: Answers = _FIRST | {
    "benefits": (LessonAnswer.MET, "Every benefit has an owner who signed its profile"),
    "service_levels": (LessonAnswer.PARTLY, "Draft for revenues and benefits, not yet agreed by Carrick"),
    "migration": (LessonAnswer.PARTLY, "Test move in spring; half of the sample of records needs cleaning"),
    "contingency": (LessonAnswer.MET, "Each of the five highest risks has a plan with its trigger"),
}


def gate_reviews_section(timing: Timing) -> list[dict[str, Any]]:
    """A review before anything was bought, and one before the councils invest in the largest service."""
    first, second = timing.early(date(2025, 9, 16)), timing.past(date(2026, 9, 15))
    return [
        {
            "id": "GR-01",
            "gate": 2,
            "held_on": first.isoformat(),
            "reviewers": REVIEWERS,
            "confidence": DeliveryConfidence.AMBER.value,
            "summary": "A sound case with real support. Service levels and migration have hardly begun.",
            "answers": _answers(_FIRST),
            "recommendations": [
                {
                    "number": 1,
                    "text": "Name one owner for each benefit, and let them sign its profile",
                    "urgency": GateUrgency.ESSENTIAL.value,
                    "owner": people.PRIYA_RAMAN.email,
                    "due_on": timing.early(date(2025, 12, 1)).isoformat(),
                    "state": GateRecommendationState.DONE.value,
                    "settled_on": timing.early(date(2025, 11, 24)).isoformat(),
                    "settled_because": "All owners signed; the register shows who and when.",
                },
                {
                    "number": 2,
                    "text": "Let one council draft all service levels",
                    "urgency": GateUrgency.RECOMMENDED.value,
                    "owner": people.SAM_OKAFOR.email,
                    "due_on": timing.early(date(2026, 1, 12)).isoformat(),
                    "state": GateRecommendationState.REJECTED.value,
                    "settled_on": timing.early(date(2026, 1, 5)).isoformat(),
                    "settled_because": "Each council knows its own callers. They draft together.",
                },
            ],
        },
        {
            "id": "GR-02",
            "gate": 3,
            "held_on": second.isoformat(),
            "reviewers": REVIEWERS,
            "scale": ConfidenceScale.FIVE.value,
            "confidence": DeliveryConfidence.AMBER_GREEN.value,
            "summary": (
                "Ready for the investment in revenues and benefits. Records in Carrick and cover for six "
                "roles need constant attention."
            ),
            "answers": _answers(_SECOND),
            "recommendations": [
                {
                    "number": 1,
                    "text": "Clean Carrick’s records before the second test, and show the count each week",
                    "urgency": GateUrgency.CRITICAL.value,
                    "owner": people.D_LEWIS.email,
                    "due_on": timing.day(date(2026, 12, 1)).isoformat(),
                },
                {
                    "number": 2,
                    "text": "Agree the service levels of revenues and benefits in all three councils",
                    "urgency": GateUrgency.ESSENTIAL.value,
                    "owner": people.SAM_OKAFOR.email,
                    "due_on": timing.day(date(2027, 1, 18)).isoformat(),
                },
                {
                    "number": 3,
                    "text": "Put named cover for six roles into the plan",
                    "urgency": GateUrgency.ESSENTIAL.value,
                    "owner": people.H_MUSA.email,
                    "due_on": timing.past(date(2026, 11, 16)).isoformat(),
                },
            ],
        },
    ]


def lessons_section(timing: Timing) -> list[dict[str, Any]]:
    """What was learnt so far; the second gate review used one of them."""
    used = {
        "gate_review": "GR-02",
        "at": f"{timing.past(date(2026, 9, 15)).isoformat()}T12:00:00Z",
        "by": people.PRIYA_RAMAN.email,
    }
    return [
        {
            "id": "LN-1",
            "text": "Ask each council for its committee dates before setting a plan date.",
            "evidence": "Two plan dates fell between cycles, and cost six weeks",
            "change": "Set no plan date of a decision without the calendars of all councils",
            "gate": Gate.INVESTMENT.value,
            "gate_review": "GR-01",
            "used_in": [used],
        },
        {
            "id": "LN-2",
            "text": "Agree starting costs with every finance officer before the business case.",
            "change": "The three finance officers sign one note of starting costs",
        },
        {
            "id": "LN-3",
            "text": "Test a sample of records early; half of Carrick’s needed cleaning.",
            "evidence": "Sample of 200 records, first test move",
            "change": "Test a sample of each council’s records before the plan is drawn up",
            "service_kind": ServiceKind.REVENUES.value,
            "milestone": "M-13",
        },
        {
            "id": "LN-4",
            "text": "Tell staff on the day a decision is taken, in all three councils at once.",
            "service_kind": ServiceKind.HR.value,
            "review": "S-1/SR-1",
        },
    ]


def _answers(given: Answers) -> list[dict[str, str]]:
    return [
        {"lesson": code, "answer": answer.value, "evidence": evidence}
        for code, (answer, evidence) in given.items()
    ]
