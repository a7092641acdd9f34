"""What was taken out of a text and what was put in, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_BREAK = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class TextChange:
    """Neighbouring sentences that were taken out, and those in their place; either may be empty."""

    removed: str
    added: str


def text_changes(before: str, after: str) -> tuple[TextChange, ...]:
    """The changes in the order of the text; empty where both say the same."""
    old, new = _sentences(before), _sentences(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        TextChange(" ".join(old[a:b]), " ".join(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _BREAK.split(text) if part.strip()]
