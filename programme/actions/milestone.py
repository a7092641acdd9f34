"""Record what is expected of a milestone and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime
from types import EllipsisType

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core.actions.audit import record
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from core.rules.text import stale_edit
from programme.models import Milestone
from programme.policies import check_update_milestone
from programme.queries.decision_holds import what_holds
from programme.queries.history import IMPORTED_FROM, edits_since, encode_date
from programme.queries.planning.plans import period_of
from programme.rules.milestone_update import (
    MilestoneRecord,
    check_record,
    clean_record,
    same_date,
    state_after,
)

GivenDate = date | ImpreciseDate | None | EllipsisType
COLUMNS = (
    *(f"forecast_{part}" for part in ("first_on", "last_on", "precision", "text")),
    *(f"actual_{part}" for part in ("first_on", "last_on", "precision", "text")),
    "evidence",
    "note",
    "stated_state",
    "forecast_updated_at",
    "version",
    "updated_at",
    "updated_by",
)


class MilestoneChanged(StaleEdit):
    """Someone saved the milestone after it was read (row 84). Holds their edits in order, and the row now."""

    def __init__(self, said: StaleEdit, current: Milestone, edits: Sequence[AuditEvent]) -> None:
        super().__init__(said.message, said.field, said.code)
        self.current = current
        self.edits = tuple(edits)


@transaction.atomic
def update_milestone(
    milestone: Milestone,
    *,
    by: User,
    seen_version: int,
    forecast_on: GivenDate = ...,
    achieved_on: GivenDate = ...,
    evidence: str | EllipsisType = ...,
    note: str | EllipsisType = ...,
    channel: str = Channel.PAGE,
    imported_from: str = "",
    because: str = "",
) -> Milestone:
    """Record the forecast date, the achieved date, its evidence and a note; what is left out stays.

    Refuses with Refusals what may not be recorded, and with MilestoneChanged when another edit came after
    `seen_version`. Saving without a change leaves no trace. Plan dates never change here (INV-03).
    `imported_from` names the file that asked for it, `because` says why where no note does: for the trail.
    """
    check_update_milestone(by, milestone)
    check_unchanged(milestone, seen_version)
    before = record_of(milestone)
    after = _with_changes(before, forecast_on, achieved_on, evidence, note)
    if _values(before) == _values(after):
        return milestone
    _check(milestone, before, after)
    saved = _save(milestone, before, after, by)
    _audit(saved, before, after, channel, imported_from, because)
    return saved


def hold_milestones(milestones: QuerySet[Milestone]) -> None:
    """Let nobody else write these milestones until the transaction ends.

    Whoever writes several holds them first, by key, so that two never wait for each other. SQLite has no row
    locks; its transaction itself holds the others off.
    """
    list(milestones.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def check_unchanged(milestone: Milestone, seen_version: int) -> None:
    """Refuse with MilestoneChanged another version than the one that is there now (row 84)."""
    if milestone.version != seen_version:
        raise _changed(milestone, seen_version)


def check_changes(
    milestone: Milestone,
    *,
    forecast_on: GivenDate = ...,
    achieved_on: GivenDate = ...,
    evidence: str | EllipsisType = ...,
    note: str | EllipsisType = ...,
) -> None:
    """Refuse, as `update_milestone` would, what may not be recorded; saves nothing."""
    before = record_of(milestone)
    _check(milestone, before, _with_changes(before, forecast_on, achieved_on, evidence, note))


def record_of(milestone: Milestone) -> MilestoneRecord:
    """What is recorded of the milestone now."""
    return MilestoneRecord(
        milestone.get_date("forecast"), milestone.get_date("actual"), milestone.evidence, milestone.note
    )


def _with_changes(
    before: MilestoneRecord,
    forecast_on: GivenDate,
    achieved_on: GivenDate,
    evidence: str | EllipsisType,
    note: str | EllipsisType,
) -> MilestoneRecord:
    return clean_record(
        MilestoneRecord(
            forecast=before.forecast if isinstance(forecast_on, EllipsisType) else _as_date(forecast_on),
            actual=before.actual if isinstance(achieved_on, EllipsisType) else _as_date(achieved_on),
            evidence=before.evidence if isinstance(evidence, EllipsisType) else evidence,
            note=before.note if isinstance(note, EllipsisType) else note,
        )
    )


def _check(milestone: Milestone, before: MilestoneRecord, after: MilestoneRecord) -> None:
    check_record(
        before,
        after,
        needs_evidence=milestone.is_critical,
        as_of=today(),
        period=period_of(milestone.programme),
    )
    _check_not_held(milestone, before, after)


def _check_not_held(milestone: Milestone, before: MilestoneRecord, after: MilestoneRecord) -> None:
    """Refuse to achieve what waits for a decision that is not in effect (row 62, INV-13)."""
    if after.actual is None or same_date(before.actual, after.actual):
        return
    reason = what_holds(milestone, today())
    if reason:
        raise Refusals([Refusal(reason, "achieved_on", "62")])


def _as_date(value: date | ImpreciseDate | None) -> ImpreciseDate | None:
    return ImpreciseDate.day(value) if isinstance(value, date) else value


def _save(milestone: Milestone, before: MilestoneRecord, after: MilestoneRecord, by: User) -> Milestone:
    """A copy with the record and the next version, written if nobody has written since it was read."""
    saved = copy(milestone)
    saved.set_date("forecast", after.forecast)
    saved.set_date("actual", after.actual)
    saved.evidence, saved.note = after.evidence, after.note
    saved.stated_state = state_after(milestone.stated_state, before, after)
    saved.version = milestone.version + 1
    saved.updated_at, saved.updated_by = now(), by
    if not same_date(before.forecast, after.forecast):
        saved.forecast_updated_at = saved.updated_at
    unchanged = Milestone.objects.filter(pk=milestone.pk, version=milestone.version)
    if not unchanged.update(**{column: getattr(saved, column) for column in COLUMNS}):
        current = Milestone.objects.select_related("programme").get(pk=milestone.pk)
        raise _changed(current, milestone.version)
    return saved


def _audit(
    saved: Milestone,
    before: MilestoneRecord,
    after: MilestoneRecord,
    channel: str,
    imported_from: str,
    because: str,
) -> None:
    old, new = _values(before), _values(after)
    changed = [name for name in new if old[name] != new[name]]
    record(
        saved,
        by=saved.updated_by,
        action="update_milestone",
        channel=channel,
        scope=saved.programme.key,
        before={name: old[name] for name in changed} | {"version": saved.version - 1},
        after={name: new[name] for name in changed}
        | {"version": saved.version}
        | ({IMPORTED_FROM: imported_from} if imported_from else {}),
        why=after.note if "note" in changed else because,
    )


def _values(recorded: MilestoneRecord) -> dict[str, object]:
    """The record as the audit trail holds it; dates without their words, so that they compare by meaning."""
    return {
        "forecast": encode_date(recorded.forecast),
        "actual": encode_date(recorded.actual),
        "evidence": recorded.evidence,
        "note": recorded.note,
    }


def _changed(current: Milestone, seen_version: int) -> MilestoneChanged:
    edits = edits_since(current, seen_version)
    moment: datetime = edits[-1].at if edits else current.updated_at
    return MilestoneChanged(stale_edit(moment), current, edits)
