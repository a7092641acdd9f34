"""What a judgement of a programme may say, and for how long (F-26, F-27, INV-45)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.text import check_reason
from programme.enums import JudgementSubject
from programme.rules.delivery_confidence import FIVE_POINTS, THREE_POINTS, DeliveryConfidence, ScalePoint

MOST_DAYS = 92
_WHAT_OF = {
    JudgementSubject.OVERALL: "your rating of the programme",
    JudgementSubject.CONFIDENCE: "your delivery confidence",
}


def scale_of(subject: str, *, is_five: bool = False) -> Sequence[ScalePoint]:
    """The points to choose from: three, or for delivery confidence five where that is asked for (F-27)."""
    return FIVE_POINTS if is_five and subject == JudgementSubject.CONFIDENCE else THREE_POINTS


def check_point(subject: str, point: str) -> DeliveryConfidence:
    """The point, which must be one of the scale of its subject."""
    allowed = [one.point for one in scale_of(subject, is_five=True)]
    if point not in allowed:
        raise Refusal(f"Choose one of {', '.join(allowed)}", "point", "F-27")
    return DeliveryConfidence(point)


def check_judgement(subject: str, reason: str, until_on: date | None, *, today: date) -> date:
    """The last day; refuses a judgement without a reason, or one that would hold too long unseen (INV-45)."""
    check_reason(reason, f"Explain {_WHAT_OF[JudgementSubject(subject)]}", "reason", "INV-45")
    latest = today + timedelta(days=MOST_DAYS)
    if until_on is None or not today <= until_on <= latest:
        raise Refusal(
            f"Its last day must be from today to {format_date(latest)}, so that it is looked at again",
            "until_on",
        )
    return until_on
