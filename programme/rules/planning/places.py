"""Rows in an order that people choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Key = TypeVar("Key")


def placed(keys: Sequence[Key], key: Key, position: int) -> list[Key]:
    """The keys with `key` at `position`, from 1 on; one beyond the last is the last."""
    others = [one for one in keys if one != key]
    place = min(max(position, 1), len(others) + 1) - 1
    return [*others[:place], key, *others[place:]]
