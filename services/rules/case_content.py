"""The fingerprint of an issued business case: the same content always gives the same hash (domain.md 2.6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def canonical_json(content: Mapping[str, Any]) -> str:
    """One text for one content: names sorted, no spaces, text as it is; money is whole pence.

    Lists keep their order: give rows in the order of their references. Raises TypeError for numbers that
    are not whole, because they can be written in several ways.
    """
    _check_whole(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical text."""
    return sha256(canonical_json(content).encode()).hexdigest()


def _check_whole(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("content to be hashed must hold no floats")
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for one in inner:
        _check_whole(one)
