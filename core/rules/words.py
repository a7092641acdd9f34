"""Counted nouns and lists in plain English."""

from __future__ import annotations

from collections.abc import Sequence


def count_of(number: int, noun: str) -> str:
    """1 day, 18 days, 1,200 days."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def are(number: int) -> str:
    """The verb behind a counted noun: 1 day is, 18 days are."""
    return "is" if number == 1 else "are"


def listed(words: Sequence[str]) -> str:
    """Ashmere; Ashmere and Brockvale; Ashmere, Brockvale and Carrick."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def mid_sentence(text: str) -> str:
    """The same words with a small letter at the start, unless they start with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def one_of(words: Sequence[str]) -> str:
    """Withdraw it; recommend it or withdraw it; table it, recommend it or withdraw it."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"
