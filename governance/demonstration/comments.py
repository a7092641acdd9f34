"""What people of the golden programme say about its milestones."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.demonstration.people import D_LEWIS, PRIYA_RAMAN
from governance.demonstration.timing import Timing


def comments_section(timing: Timing) -> list[dict[str, Any]]:
    """A question about the agreement that is late, and its answer."""
    return [
        {
            "milestone": "M-13",
            "text": "@Priya Raman Carrick’s monitoring officer asks who signs for the joint controller.",
            "names": [PRIYA_RAMAN.email],
            "by": D_LEWIS.email,
            "at": f"{timing.past(date(2026, 10, 12)).isoformat()}T09:15:00Z",
        },
        {
            "milestone": "M-13",
            "text": "@D Lewis each council signs for itself. The draft says so in clause 4.",
            "names": [D_LEWIS.email],
            "by": PRIYA_RAMAN.email,
            "at": f"{timing.past(date(2026, 10, 13)).isoformat()}T08:40:00Z",
        },
    ]
