"""Case files for tests: the casebook as shipped, and one living programme that uses every section."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from governance.casefiles.files import document_of, read_files
from governance.casefiles.loading import load_documents
from governance.casefiles.loading.report import LoadReport
from governance.casefiles.reading import Document, read_document

AS_OF = date(2026, 11, 24)
CASEBOOK: Path = settings.BASE_DIR / "casebook"
CASE_KEYS = (
    "breckland_south_holland",
    "bromsgrove_redditch",
    "chiltern_south_bucks",
    "east_kent",
    "huntingdonshire_cambridgeshire",
    "pannel",
    "south_hams_west_devon",
    "south_oxfordshire_vale",
    "twenty20",
)


def casebook_documents(*keys: str) -> list[Document]:
    """The councils and these cases of the casebook; all nine without keys."""
    names = ["councils", *(keys or CASE_KEYS)]
    return read_files([str(CASEBOOK / f"{name}.yaml") for name in names]).documents


def load_casebook(*keys: str) -> LoadReport:
    """Load the councils and these cases; all nine without keys."""
    return load_documents(casebook_documents(*keys), as_of=AS_OF)


def load(data: dict[str, Any]) -> LoadReport:
    """Load one case given as plain values."""
    return load_documents([document_of("case.yaml", data)], as_of=AS_OF)


def load_text(text: str) -> LoadReport:
    """Load one case given as the text of its file."""
    return load_documents([read_document("case.yaml", text.encode())], as_of=AS_OF)


def council(key: str, **more: Any) -> dict[str, Any]:
    """A council that a file brings along."""
    return {"key": key, "name": f"{key.capitalize()} District Council", **more}


def small(**sections: Any) -> dict[str, Any]:
    """The smallest programme of two councils, with more sections."""
    return {
        "key": "small",
        "title": "Ashmere and Brockvale",
        "councils": [council("ashmere"), council("brockvale")],
        "partners": [{"council": "ashmere"}, {"council": "brockvale"}],
        **sections,
    }


MANAGER, FINANCE, CHIEF = "priya@ashmere.example", "fay@ashmere.example", "sam@ashmere.example"


def living(**sections: Any) -> dict[str, Any]:
    """A programme with people, a business case, plans, a forecast, actual amounts and decisions."""
    return {
        "format": 1,
        "key": "living",
        "title": "Ashmere and Brockvale: shared services",
        "councils": [
            council("ashmere", figures=[{"series": "population", "year": 2026, "quantity": 130_200}]),
            council("brockvale", settings=[{"from": "2026-01-01", "callin_days": 3}]),
        ],
        "people": [
            _person(MANAGER, "Priya Raman", role="programme_manager", partnership=True),
            _person(FINANCE, "Fay Doyle", role="finance_officer", council="ashmere"),
            _person(CHIEF, "Sam Okafor", role="s151", council="ashmere"),
        ],
        "programme": {"name": "Shared services", "base_fy": "2026-27", "price_basis": "real", "sro": MANAGER},
        "partners": [
            {"council": "ashmere", "financial_share_percent": 63, "voting_share_percent": 50},
            {"council": "brockvale", "financial_share_percent": 37, "voting_share_percent": 50},
        ],
        "governance": [
            {
                "id": "JSG",
                "body": "Joint steering group",
                "authority": "recommends",
                "seats": 6,
                "composition": [{"council": "ashmere", "seats": 3}, {"council": "brockvale", "seats": 3}],
            }
        ],
        "phases": [{"id": "P-1", "label": "Design", "start": "2026-04-01", "due": "2027-03-31"}],
        "tranches": [{"id": "T-1", "label": "Waste", "indicative": True}],
        "milestones": [
            {
                "id": "M-1",
                "label": "Go-live",
                "phase": "P-1",
                "kind": "service",
                "owner": MANAGER,
                "councils": ["ashmere"],
                "critical": True,
                "forecast": "2026-12-15",
            },
            {"id": "M-2", "label": "Team in place", "actual": "2026-05-01", "evidence": "Minute 12"},
            {"id": "M-3", "label": "Investment decision", "kind": "gate", "gate": 3, "tranche": "T-1"},
        ],
        "milestone_dependencies": [{"milestone": "M-1", "waits_for": "M-2", "lag_days": 5}],
        "services": [_service()],
        "business_cases": [_business_case()],
        "benefits": [
            {
                "id": "B-1",
                "title": "Lower cost of ICT",
                "class": "cashable",
                "owner": MANAGER,
                "counted_in": "B-2",
            },
            {"id": "B-2", "title": "Lower cost", "class": "cashable"},
            {
                "id": "B-3",
                "title": "Faster claims",
                "class": "quantifiable",
                "starting_value": 26,
                "target_value": 13,
                **_measured(),
            },
        ],
        "objectives": [{"id": "O-1", "title": "Quicker answers"}],
        "map_steps": [{"id": "CH-1", "kind": "change", "title": "One team"}],
        "benefit_links": [
            {"from_milestone": "M-1", "to_step": "CH-1"},
            {"from_step": "CH-1", "to_benefit": "B-3", "by": MANAGER, "at": "2026-05-01"},
            {"from_benefit": "B-3", "to_objective": "O-1"},
        ],
        "lines": _lines(),
        "plan_versions": [_plan_version()],
        "forecasts": [_forecast()],
        "actuals": _actuals(),
        "decisions": [_decision()],
        "risks": [{"id": "R-1", "label": "Delay", "likelihood": 3, "impact": 4, "owner": MANAGER}],
        "lessons": [{"id": "L-1", "text": "Begin two years ahead"}],
        "judgements": [
            {
                "id": "J-01",
                "subject": "overall",
                "point": "Amber",
                "reason": "It blocks nothing",
                "by": MANAGER,
                "given_on": "2026-11-17",
                "until_on": "2027-01-31",
                "worked_out": {"word": "Red", "reason": "Milestones: Go-live: 31 days late"},
            }
        ],
        **sections,
    }


def _measured() -> dict[str, Any]:
    """What a benefit plans and finds by its measure."""
    entered = {"by": MANAGER, "at": "2026-11-05"}
    return {
        "sro": MANAGER,
        "shares": {"ashmere": 60.5, "brockvale": 39.5},
        "lesson": "L-1",
        "full_year_gbp": "12500.50",
        "measure": "Days",
        "combining": "average",
        "starting_on": "2026-03-31",
        "tests": {"observable": {"met": True, "text": "It is counted"}},
        "trajectory": [{"fy": "2026-27", "value": 20}, {"fy": "2026-27", "period": 7, "value": 22.5}],
        "readings": [{"fy": "2026-27", "period": 7, "value": 22, **entered}],
        "evidence": [{"text": "Report 4", **entered}],
        "reviews": [{"reviewed_on": "2026-11-05", "finding": "On track", **entered}],
    }


def _person(email: str, name: str, **role: Any) -> dict[str, Any]:
    return {"email": email, "name": name, "roles": [{"from": "2025-04-01", **role}]}


def _service() -> dict[str, Any]:
    costs = [{"fy": "2025-26", "amount_gbp": "100000.50", "confidence": "high"}]
    return {
        "id": "S-1",
        "name": "ICT",
        "status": "planned",
        "councils": ["ashmere", "brockvale"],
        "provisions": [{"council": "ashmere", "provider": "in_house", "fte": 2.5, "costs": costs}],
        "reviews": [{"id": "SR-1", "state": "options", "sensitive": True}],
    }


def _business_case() -> dict[str, Any]:
    amounts = [{"council": "ashmere", "fy": "2026-27", "amount_gbp": 1200}]
    return {
        "id": "BC-1",
        "version": 1,
        "title": "ICT",
        "stage": "obc",
        "state": "approved",
        "base_fy": "2026-27",
        "lines": [{"id": "BL-1", "title": "ICT", "kind": "cashable_saving", "amounts": amounts}],
    }


def _lines() -> list[dict[str, Any]]:
    origin = {"case": "BC-1", "version": 1, "line": "BL-1"}
    return [
        {
            "id": "ICT",
            "title": "ICT",
            "kind": "cashable_saving",
            "benefit": "B-1",
            "service": "S-1",
            "business_case_line": origin,
            "starts_on": "2026-07-01",
        },
        {"id": "TEAM", "title": "Team", "kind": "one_off_cost", "cost_type": "programme_team"},
    ]


def _plan_version() -> dict[str, Any]:
    return {
        "number": 1,
        "approved_on": "2026-03-14",
        "effective_on": "2026-03-14",
        "by": MANAGER,
        "dates": [{"milestone": "M-1", "date": "2026-11-30"}],
        "amounts": [
            {"line": "ICT", "council": "ashmere", "fy": "2026-27", "amount_gbp": 1200},
            {"line": "TEAM", "council": "brockvale", "fy": "2026-27", "period": 1, "amount_gbp": "1.05"},
        ],
    }


def _forecast() -> dict[str, Any]:
    amount = {"line": "ICT", "council": "ashmere", "fy": "2026-27", "period": 4, "amount_gbp": "-5.00"}
    explained = {**amount, "explanation": "Paid back to the supplier"}
    return {"as_at": "2026-09-30", "by": MANAGER, "commentary": "On course", "amounts": [explained]}


def _actuals() -> list[dict[str, Any]]:
    slot = {"line": "ICT", "council": "ashmere", "fy": "2026-27", "by": FINANCE}
    verified = {"outcome": "verified", "by": CHIEF, "at": "2026-08-12"}
    wrong = "Entered twice by mistake"
    return [
        {"id": "A-1", **slot, "period": 4, "amount_gbp": 100, "at": "2026-08-10", "verification": verified},
        {"id": "A-2", **slot, "period": 5, "amount_gbp": 90, "at": "2026-09-10"},
        {
            "id": "A-3",
            **slot,
            "period": 5,
            "amount_gbp": -90,
            "at": "2026-09-11",
            "reverses": "A-2",
            "explanation": wrong,
        },
        {"id": "A-4", **slot, "period": 5, "amount_gbp": 95, "at": "2026-09-12"},
    ]


def _decision() -> dict[str, Any]:
    return {
        "id": "D-1",
        "label": "Share the ICT service",
        "body_id": "JSG",
        "state": "ratifying",
        "text": "To share the ICT service.\nTo appoint one team.",
        "plan_version": 1,
        "business_case": {"case": "BC-1", "version": 1},
        "councils": [
            {
                "council": "ashmere",
                "state": "approved",
                "approval_body": "full_council",
                "decided": "2026-03-01",
            },
            {"council": "brockvale", "state": "awaiting", "next_meeting_on": "2026-12-01"},
        ],
    }
