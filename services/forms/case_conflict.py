"""What others saved while a form of a business case was open, beside what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.forms.conflict import LEFT_ALONE, Conflict, CrossedField, savers
from services.actions.case_version import CaseChanged


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
    by = savers((edit.by for edit in said.edits), last=said.current.updated_by)
    return Conflict(said.message, by, tuple(crossed), taken)
