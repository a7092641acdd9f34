"""How much is tried of what does not depend on the database.

The suite runs whole on SQLite, the embedded default, and again whole on PostgreSQL. Random examples and the
looks of pages are the same on both: the second run takes a sample of them, and leaves out what never comes
near a database or a broker.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")

IS_SAMPLE = os.environ.get("DATABASE_URL", "").startswith("postgres")


def examples(wanted: int) -> int:
    """How many random examples to try: all those wanted, or a fifth of them in the second run."""
    return max(2, wanted // 5) if IS_SAMPLE else wanted


def looks(*widths: int) -> tuple[int, ...]:
    """Widths at which to look at a page: all of them, or the first in the second run."""
    return widths[:1] if IS_SAMPLE else widths


def half(first: Sequence[One], second: Sequence[One]) -> list[One]:
    """Cases of which each run tries its own half: together the two runs try all of them."""
    return list(second if IS_SAMPLE else first)


def some(cases: Sequence[One]) -> list[One]:
    """All cases, or every tenth in the second run."""
    return list(cases[::10] if IS_SAMPLE else cases)
