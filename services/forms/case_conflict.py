"""What others saved while a form of a business case was open, beside what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.rules.words import listed
from services.actions.case_version import CaseChanged

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
    taken: Mapping[str, str]


def conflict_of(
    said: CaseChanged,
    typed: Mapping[str, str],
    *,
    label: Callable[[str], str],
    words: Callable[[str, Any], str],
    is_same: Callable[[str, str, Any], bool],
) -> Conflict:
    """Compare what others saved with what was `typed`, by the name that the audit trail has for an entry.

    A box that this person left alone takes over the other's change, so that saving does not undo it.
    """
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for edit in said.edits:
        for name, value in edit.after.items():
            before.setdefault(name, edit.before.get(name))
            after[name] = value
    crossed, taken = [], {}
    for name, value in after.items():
        if name not in typed:
            continue
        theirs = words(name, value)
        is_untouched = is_same(name, typed[name], before[name])
        if is_untouched:
            taken[name] = theirs
        yours = LEFT_ALONE if is_untouched else typed[name]
        crossed.append(CrossedField(label(name), words(name, before[name]), theirs, yours))
    people = dict.fromkeys(str(edit.by) for edit in said.edits) or [str(said.current.updated_by)]
    return Conflict(said.message, listed(list(people)), tuple(crossed), taken)
