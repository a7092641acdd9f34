"""Which milestones are to move with another, as they were shown: key, version and the day they move to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.errors import Refusal

CHANGED_SINCE = "What this moves has changed since it was shown. Look at it again before you move it too"


@dataclass(frozen=True, slots=True, order=True)
class SeenMove:
    """A milestone that moves with another, in the version that was shown."""

    key: int
    version: int
    to_on: date


def moves_text(moves: Iterable[SeenMove]) -> str:
    """The moves in one line, as `moves_in` reads them."""
    return " ".join(f"{one.key}.{one.version}.{one.to_on.isoformat()}" for one in moves)


def moves_in(text: str) -> tuple[SeenMove, ...]:
    """The moves of a line; refuses one that no page has written."""
    try:
        parts = [word.split(".") for word in text.split()]
        return tuple(SeenMove(int(key), int(seen), date.fromisoformat(to_on)) for key, seen, to_on in parts)
    except ValueError:
        raise Refusal(CHANGED_SINCE, "forecast_on") from None


def check_moves(sent: Iterable[SeenMove], now: Iterable[SeenMove]) -> None:
    """Refuse moves other than those that follow now."""
    if sorted(sent) != sorted(now):
        raise Refusal(CHANGED_SINCE, "forecast_on")
