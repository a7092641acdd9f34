"""How rows of a programme are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable


def next_reference(prefix: str, taken: Iterable[str], *, width: int = 2) -> str:
    """The reference after the highest of those with this prefix: R-14 after R-13, R-01 where there is none.

    Numbers are filled with zeros up to `width`.
    """
    found = (re.fullmatch(rf"{prefix}-(\d{{1,6}})", ref) for ref in taken)
    number = max((int(one[1]) for one in found if one), default=0) + 1
    return f"{prefix}-{number:0{width}d}"
