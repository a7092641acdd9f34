"""Text that people type (section 8 row 85) and edits that cross (row 84)."""

from __future__ import annotations

import re
from datetime import datetime

from core.clock import LONDON
from core.errors import Refusal, StaleEdit
from core.rules.calendar import format_time

TEXT_LIMIT = 4_000
SHORTEST_REASON = 10
# The categories Cc and Cs of Unicode, without tab and line ends.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def check_text(text: str, label: str, limit: int = TEXT_LIMIT, field: str | None = None) -> str:
    """`text` without spaces around it; refuses more than `limit` characters and control characters.

    Line ends count as one character. Markup is let through: it is shown as text, never run.
    """
    body = text.replace("\r\n", "\n").strip()
    if len(body) > limit:
        raise Refusal(f"{label} must be {limit:,} characters or less", field, "85")
    if _CONTROLS.search(body):
        raise Refusal(f"{label} must not include control characters", field, "85")
    return body


def is_reason(text: str) -> bool:
    """Whether `text` says enough to count as a reason: at least 10 characters, without spaces around it."""
    return len(text.strip()) >= SHORTEST_REASON


def check_reason(text: str, asks: str, field: str | None = "reason", code: str = "") -> None:
    """Refuse a shorter reason, in the words that ask for it: "Explain why it left, in at least 10 …"."""
    if not is_reason(text):
        raise reason_asked(asks, field, code)


def reason_asked(asks: str, field: str | None = "reason", code: str = "") -> Refusal:
    """The refusal of `check_reason`, for those who collect several."""
    return Refusal(f"{asks}, in at least {SHORTEST_REASON} characters", field, code)


def stale_edit(changed_at: datetime) -> StaleEdit:
    """The refusal of an edit to a record that was saved by someone else at `changed_at` (row 84)."""
    moment = format_time(changed_at.astimezone(LONDON))
    return StaleEdit(f"Someone changed this at {moment}. Review their change before you save", code="84")
