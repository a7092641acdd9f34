"""What others saved while a form was open, beside what was typed (`components/stale-edit.html` shows it)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.rules.words import listed

LEFT_ALONE = "left as it was"


@dataclass(frozen=True, slots=True)
class CrossedField:
    """An entry that someone else changed, in words: when this form was opened, now, and as typed here."""

    name: str
    before: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What others saved since the form was opened; `taken` holds their values of boxes left alone."""

    message: str
    by: str
    changes: tuple[CrossedField, ...]
    taken: Mapping[str, str] = field(default_factory=dict)


def savers(people: Iterable[object], *, last: object) -> str:
    """Who saved, each once; `last` where that is all that is known."""
    return listed(list(dict.fromkeys(str(person) for person in people)) or [str(last)])
