"""Save a draft business case under the version that the person saw (row 84)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from accounts.models import User
from core.actions.audit import record
from core.clock import now
from core.errors import StaleEdit
from core.models import AuditEvent
from core.rules.text import stale_edit
from services.models import BusinessCase
from services.queries.case_edits import case_edits_since


class CaseChanged(StaleEdit):
    """Someone saved the case after it was read (row 84). Holds their edits in order, and the case now."""

    def __init__(self, said: StaleEdit, current: BusinessCase, edits: Sequence[AuditEvent]) -> None:
        super().__init__(said.message, said.field, said.code)
        self.current = current
        self.edits = tuple(edits)


def check_seen(case: BusinessCase, seen_version: int) -> None:
    """Refuse an edit of another version of the row than the one that was seen (row 84)."""
    if case.version != seen_version:
        raise case_changed(case, seen_version)


def save_case(case: BusinessCase, *, by: User, values: Mapping[str, Any] | None = None) -> BusinessCase:
    """A copy of the case with `values` and the next version, written if nobody wrote since it was read."""
    saved = copy(case)
    for name, value in (values or {}).items():
        setattr(saved, name, value)
    saved.version, saved.updated_at, saved.updated_by = case.version + 1, now(), by
    columns = {**(values or {}), "version": saved.version, "updated_at": saved.updated_at, "updated_by": by}
    if not BusinessCase.objects.filter(pk=case.pk, version=case.version).update(**columns):
        current = BusinessCase.objects.select_related("programme__partnership").get(pk=case.pk)
        raise case_changed(current, case.version)
    return saved


def audit_case(
    saved: BusinessCase,
    *,
    action: str,
    channel: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    why: str = "",
) -> None:
    """Append what changed of the case and of what belongs to it, from what, to what, by version."""
    record(
        saved,
        by=saved.updated_by,
        action=action,
        channel=channel,
        scope=saved.programme.key,
        before={**before, "version": saved.version - 1},
        after={**after, "version": saved.version},
        why=why,
    )


def case_changed(current: BusinessCase, seen_version: int) -> CaseChanged:
    """The refusal of an edit to a case that has been saved since `seen_version`."""
    edits = case_edits_since(current, seen_version)
    return CaseChanged(stale_edit(edits[-1].at if edits else current.updated_at), current, edits)
