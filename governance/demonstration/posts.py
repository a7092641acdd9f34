"""Posts that the demonstration's councils share: a chief executive and two heads of service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.demonstration.register import ICT, REVENUES
from governance.demonstration.timing import Timing
from programme.enums import LegalBasis
from services.enums import PostTerm, PostTier


def shared_posts_section(timing: Timing) -> list[dict[str, Any]]:
    """Two posts in place, and one that starts when revenues and benefits go live."""
    calendar = timing.calendar
    return [
        _post(
            "SP-1", "Chief executive", PostTier.FIRST, "ashmere", {"ashmere": 55, "carrick": 45},
            calendar(date(2025, 10, 1)).isoformat(),
            department="Chief executive’s office", grade="CX", band=135_000, ceiling=149_000,
            responsibilities="Head of paid service of Ashmere and of Carrick",
            budget=29_680_000, staff=750,
        ),
        _post(
            "SP-2", "Head of ICT", PostTier.THIRD, "brockvale",
            {"ashmere": 34.5, "brockvale": 37.3, "carrick": 28.2},
            calendar(date(2026, 7, 1)).isoformat(),
            department="Resources", service=ICT, grade="HS2", band=75_000, ceiling=82_500,
            responsibilities="The joint service desk, networks, licences and security",
            budget=2_140_000, staff=40,
        ),
        _post(
            "SP-3", "Head of revenues and benefits", PostTier.THIRD, "ashmere",
            {"ashmere": 34.5, "brockvale": 37.3, "carrick": 28.2},
            timing.go_live_planned.isoformat(),
            department="Resources", service=REVENUES, grade="HS1", band=70_000, ceiling=76_000,
            responsibilities="Council tax, business rates, housing benefit and their recovery",
            budget=3_300_000, staff=86,
        ),
    ]  # fmt: skip


def _post(
    ref: str,
    title: str,
    tier: PostTier,
    employer: str,
    shares: Mapping[str, float],
    starts: str,
    **more: Any,
) -> dict[str, Any]:
    return {
        "id": ref,
        "title": title,
        "tier": tier.value,
        "grade": more["grade"],
        "department": more["department"],
        "service": more.get("service"),
        "term": PostTerm.PERMANENT.value,
        "contact": f"hr@{employer}.example",
        "employed_by": employer,
        "legal_basis": LegalBasis.S113.value,
        "salary_from_gbp": more["band"],
        "salary_ceiling_gbp": more["ceiling"],
        "bonuses": "None",
        "responsibilities": more["responsibilities"],
        "budget_gbp": more["budget"],
        "staff": more["staff"],
        "from": starts,
        "shares": dict(shares),
    }
