"""References that follow those that are there: S-7 after S-6."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase


def next_reference(prefix: str, taken: Iterable[str], *, width: int = 1) -> str:
    """The prefix with one more than the highest number behind it, from 1 on; others do not count.

    The number is filled with zeros up to `width`.
    """
    numbers = [int(ref[len(prefix) :]) for ref in taken if ref.startswith(prefix) and _is_number(ref, prefix)]
    return f"{prefix}{max(numbers, default=0) + 1:0{width}d}"


def next_letter(taken: Iterable[str]) -> str:
    """The first capital letter that is free; empty where none is."""
    used = {ref.upper() for ref in taken}
    return next((letter for letter in ascii_uppercase if letter not in used), "")


def _is_number(ref: str, prefix: str) -> bool:
    number = ref[len(prefix) :]
    return number.isascii() and number.isdigit()
