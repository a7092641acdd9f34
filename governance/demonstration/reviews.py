"""Two service reviews of the demonstration: one that leads to a shared service, one that has just begun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from governance.demonstration import people
from governance.demonstration.money import COUNCILS
from governance.demonstration.timing import Timing
from services.enums import ConsultationKind, QuestionSet, ReviewState, ServiceKind
from services.rules.review_reference import template

# How many people of Ashmere, Brockvale and Carrick gave which score: the gap on ICT and on contracts is 2 or
# more, and shows.
Answers = Mapping[str, tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]]]
_READINESS: Answers = {
    "willingness": ({4: 3, 5: 2}, {4: 4}, {3: 2, 4: 2}),
    "trust": ({4: 4}, {4: 3, 5: 1}, {3: 4}),
    "objectives": ({4: 5}, {4: 4}, {4: 3, 3: 1}),
    "cost": ({4: 3, 3: 1}, {4: 4}, {2: 2, 3: 2}),
    "performance": ({3: 4}, {4: 4}, {3: 3}),
    "culture": ({3: 4}, {4: 2, 3: 2}, {3: 4}),
    "geography": ({4: 4}, {3: 4}, {3: 4}),
    "contracts": ({5: 3, 4: 1}, {5: 4}, {2: 3, 1: 1}),
    "hr": ({3: 4}, {3: 4}, {2: 2, 3: 2}),
    "ict": ({4: 4}, {5: 4}, {2: 4}),
    "exit": ({3: 4}, {3: 4}, {3: 4}),
    "capacity": ({3: 3, 2: 1}, {3: 4}, {2: 4}),
}
_HR: Answers = {
    "pay": ({3: 2}, {2: 2}, {3: 2}),
    "other_terms": ({3: 2}, {2: 2}, {2: 2}),
    "recruitment": ({4: 2}, {4: 2}, {3: 2}),
    "hr_systems": ({4: 2}, {4: 2}, {2: 2}),
}


def revenues_review(timing: Timing) -> dict[str, Any]:
    """Revenues and benefits: decided by all three councils, and on its way."""
    decided = timing.early(date(2026, 3, 16))
    done = f"{timing.early(date(2025, 12, 1)).isoformat()}T12:00:00Z"
    return {
        "id": "SR-1",
        "state": ReviewState.IMPLEMENTING.value,
        "owner": people.D_LEWIS.email,
        "lead": "ashmere",
        "sensitive": True,
        "chosen_because": "The largest of the five, and Carrick’s contract could be ended early.",
        "scope": (
            "Council tax, business rates and housing benefit: billing, collection, claims and appeals. "
            "Welfare advice stays with each council."
        ),
        "started": timing.early(date(2025, 10, 6)).isoformat(),
        "equality_impact_done": False,
        "recommendation": "Share the service, with one team and one system, and a desk in each town.",
        "outcome_reason": "Sharing saves most and keeps posts in the three towns.",
        "decision": "D-05",
        "tasks": [
            {"text": task.text, "done_at": done, "done_by": people.PRIYA_RAMAN.email}
            for task in template(ServiceKind.REVENUES)[:-1]
        ]
        + [{"text": template(ServiceKind.REVENUES)[-1].text, "council": "carrick"}],
        "red_lines": [
            {
                "council": "ashmere",
                "text": "A customer can still see someone in each town",
                "respected": True,
            },
            {
                "council": "brockvale",
                "text": "Each council keeps its own policy on council tax support",
                "respected": True,
            },
            {
                "council": "carrick",
                "text": "No council is worse off over the six years",
                "respected": False,
                "note": "Not at present value without compensation: see decision D-11",
            },
        ],
        "answers": list(_answers(QuestionSet.READINESS, _READINESS)),
        "consultations": [
            {
                "council": "ashmere",
                "kind": ConsultationKind.PUBLIC.value,
                "started": timing.early(date(2025, 11, 3)).isoformat(),
                "ended": min(decided, timing.early(date(2025, 12, 12))).isoformat(),
            },
            {
                "council": "brockvale",
                "kind": ConsultationKind.REDUNDANCY.value,
                "establishment": "Brockvale town hall",
                "affected": 24,
                "started": timing.day(date(2026, 11, 30)).isoformat(),
                "first_dismissal": timing.day(date(2027, 2, 1)).isoformat(),
            },
        ],
    }


def payroll_review(timing: Timing) -> dict[str, Any]:
    """HR and payroll: the councils are finding out what it costs, and one red line is still open."""
    return {
        "id": "SR-2",
        "state": ReviewState.BASELINING.value,
        "owner": people.H_MUSA.email,
        "lead": "ashmere",
        "sensitive": False,
        "chosen_because": "A shared pay structure makes one payroll possible.",
        "scope": "Payroll, recruitment and advice to managers. Training stays with each council.",
        "started": timing.past(date(2026, 10, 12)).isoformat(),
        "tasks": [{"text": task.text} for task in template(ServiceKind.HR)],
        "red_lines": [
            {"council": "carrick", "text": "Payday does not change for anyone before all have agreed"},
        ],
        "answers": list(_answers(QuestionSet.HR_ALIGNMENT, _HR)),
    }


def _answers(question_set: QuestionSet, answers: Answers) -> Iterator[dict[str, Any]]:
    for question, by_council in answers.items():
        for council, counts in zip(COUNCILS, by_council, strict=True):
            for score, responses in counts.items():
                yield {
                    "council": council,
                    "set": question_set.value,
                    "question": question,
                    "score": score,
                    "responses": responses,
                }
