"""JSON: plain values in a fixed order, the same bytes for the same figures (INV-47)."""

from __future__ import annotations

import json
from typing import Any


def json_text(value: Any) -> str:
    """`value` (dicts, lists, text, whole numbers and booleans) as indented JSON with a line end.

    Money goes in as text with two decimals. A float is refused, because it might not be exact.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("give exact figures as text, not as floats")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
