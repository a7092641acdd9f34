"""Ids and versions that an address or a form names, read so that none is larger than a row can have."""

from __future__ import annotations

from collections.abc import Iterable

LARGEST_ID = 2**63 - 1
_DIGITS = 18


def is_id(text: str) -> bool:
    """Whether it can be the id or the version of a row: up to 18 digits."""
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


def ids_in(sent: Iterable[str]) -> list[int]:
    """The ids among what was sent; what cannot be one is left out."""
    return [int(text) for text in sent if is_id(text)]


def number_in(text: str) -> int:
    """The id or version that was sent; 0, which no row has, for anything else."""
    return int(text) if is_id(text) else 0
