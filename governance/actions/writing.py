"""How every action on decisions reads, writes and leaves its trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from core import clock
from core.actions import audit
from core.actions.publication import kept_of
from core.actions.versions import write_next
from core.clock import london_date
from core.enums import Channel
from core.errors import Refusal
from core.models import Publication, Versioned
from core.models.fields import ImpreciseDates
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.text import TEXT_LIMIT, check_text
from governance.models import CouncilDecision, Decision
from programme.models import Programme

Row = TypeVar("Row", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, and by which way in. Nobody acts when time alone does."""

    by: User | None
    at: datetime
    channel: str = Channel.PAGE

    @property
    def person(self) -> User:
        """The person who acts; only people record, time alone does not."""
        if self.by is None:
            raise ValueError("Nobody acts")
        return self.by

    @property
    def day(self) -> date:
        """The date in London."""
        return london_date(self.at)


def act_of(by: User, channel: str, moment: datetime | None = None) -> Act:
    """An act of a person now, or at an earlier moment; refuses one that is still to come."""
    present = clock.now()
    if moment is not None and moment > present:
        raise Refusal("Date must be today or in the past", code="11")
    return Act(by, moment or present, channel)


def opened(decision: Decision | int) -> Decision:
    """The decision, itself or by its key, as it is stored now; locked until the transaction ends."""
    key = decision if isinstance(decision, int) else decision.pk
    rows = Decision.objects.select_for_update(of=("self",)).select_related("programme__partnership", "body")
    return rows.get(pk=key)


def opened_for(asked: CouncilDecision) -> CouncilDecision:
    """What one council is asked, with its decision locked first, so that writers take turns."""
    decision = opened(asked.decision)
    rows = CouncilDecision.objects.select_for_update(of=("self",)).select_related("council", "element")
    found = rows.get(pk=asked.pk)
    found.decision = decision
    return found


def change(
    row: Row,
    values: Mapping[str, Any],
    act: Act,
    *,
    action: str,
    programme: Programme,
    why: str = "",
    note: Mapping[str, Any] | None = None,
) -> Row:
    """The row with `values` and the next version, and an audit event of what changed; `note` adds to it."""
    columns = _columns(row, values)
    before = {name: plain(getattr(row, name)) for name in columns}
    seen = row.version
    written = write_next(row, columns, by=act.by or row.updated_by, seen_version=seen)
    for name, value in written.items():
        setattr(row, name, value)
    after = {name: plain(getattr(row, name)) for name in columns}
    changed = [name for name in after if after[name] != before[name]]
    trace(
        row,
        act,
        action=action,
        programme=programme,
        before=_kept(row, {name: before[name] for name in changed}) | {"version": seen},
        after=_kept(row, {name: after[name] for name in changed})
        | {"version": row.version}
        | dict(note or {}),
        why=why,
    )
    return row


def trace(
    row: models.Model,
    act: Act,
    *,
    action: str,
    programme: Programme,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """Append the audit event of a write."""
    audit.record(
        row,
        by=act.by,
        action=action,
        channel=act.channel,
        scope=programme.key,
        before=before,
        after=after,
        why=why,
    )


def _kept(row: Versioned, values: Mapping[str, Any]) -> dict[str, Any]:
    return kept_of(row, values) if isinstance(row, Publication) else dict(values)


def plain(value: Any) -> Any:
    """A value as the audit trail holds it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    return str(value) if isinstance(value, models.Choices) else value


def text_of(text: str, label: str, field: str, limit: int = TEXT_LIMIT) -> str:
    """The text without spaces around it; refuses as row 85, beside its field."""
    try:
        return check_text(text, label, limit)
    except Refusal as refusal:
        raise Refusal(refusal.message, field, refusal.code) from None


def needed(text: str, label: str, field: str, message: str, limit: int = TEXT_LIMIT) -> str:
    """The same for a text that may not be empty."""
    body = text_of(text, label, field, limit)
    if not body:
        raise Refusal(message, field)
    return body


def check_past(day: date, act: Act, field: str, label: str = "Date") -> None:
    """Refuse a day that is still to come (row 11)."""
    if day > act.day:
        raise Refusal(f"{label} must be today or in the past", field, "11")


def check_on_or_after(day: date, first: date | None, field: str, label: str) -> None:
    """Refuse a day before another one that comes first (row 12)."""
    if first is not None and day < first:
        raise Refusal(f"{label} must be on or after {format_date(first)}", field, "12")


def _columns(row: Versioned, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `values`; a whole date (`decided`) stands for the four that hold it."""
    columns: dict[str, Any] = {}
    names = {field.name for field in row._meta.get_fields()}
    for name, value in values.items():
        if name in names:
            columns[name] = value
        elif isinstance(row, ImpreciseDates):
            columns |= _date_columns(name, value)
    return columns


def _date_columns(name: str, value: date | None) -> dict[str, Any]:
    day = None if value is None else ImpreciseDate.day(value)
    return {
        f"{name}_first_on": day.first_on if day else None,
        f"{name}_last_on": day.last_on if day else None,
        f"{name}_precision": day.precision if day else "",
        f"{name}_text": day.text if day else "",
    }
