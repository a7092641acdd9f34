"""The one door through which a load writes rows that people may edit: compare, write, audit, report.

A load never undoes what people changed in Concordat since: a field is written only where the file says
something else than it said at the last load. What the file said then stands in the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from core.actions import audit
from core.clock import now
from core.enums import Channel
from core.models import AuditEvent, Versioned
from core.rules.text import stale_edit
from governance.casefiles.loading.context import Loading
from governance.casefiles.plain import columns_of, in_words, plain, set_value, value_of
from programme.models import Council

Row = TypeVar("Row", bound=models.Model)
_LABELS = {
    "amount_pence": "amount",
    "stated_state": "state",
    "case_note": "note",
    "note": "note",
    "order_index": "order",
    "period_text": "period",
    "benefit_class": "class",
    "text_number": "version of the text",
    "facts": "as at",
    "starts_on": "start date",
    "ends_on": "end date",
    "to_on": "end of the role",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A list of small rows that belong to one row: as it is, as the file says, and how to write it."""

    name: str
    now: Any
    wanted: Any
    write: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file says of one row.

    `locked` fields cannot change any more; `why_locked` says so. Of a `shared` row each file says only a
    part, and a field that no file has named is nobody's.
    """

    noun: str
    label: str
    scope: str
    values: Mapping[str, Any]
    councils: Sequence[Council] | None = None
    parts: Sequence[Part] = field(default_factory=tuple)
    locked: frozenset[str] = frozenset()
    why_locked: str = ""
    is_shared: bool = False


def save_row(loading: Loading, row: Row, wanted: Wanted) -> Row:
    """Create `row`, or change what the file says differently; at most one audit event."""
    if row.pk is None:
        return _create(loading, row, wanted)
    before, after = _differences(row, wanted)
    if after:
        before, after = _permitted(loading, row, wanted, before, after)
    if after:
        _update(loading, row, wanted, after)
        if (row._meta.label_lower, row.pk) not in loading.made:
            loading.report.changed.append(f"{wanted.label}: {_change_words(before, after)}")
        version = {"version": row.version} if isinstance(row, Versioned) else {}
        _audit(loading, row, wanted, before, after | version)
    return row


def report_kept(loading: Loading, noun: str, existing: Iterable[str], named: Iterable[str]) -> None:
    """Report rows that the database has and the file does not name: they stay."""
    named = set(named)
    for ref in existing:
        if ref not in named:
            loading.report.kept.append(f"{noun} {ref}")


def audit_entry(
    loading: Loading, row: models.Model, *, noun: str, scope: str, after: Mapping[str, Any], why: str = ""
) -> None:
    """Record that the load entered `row`, and count it."""
    loading.report.added[noun] += 1
    audit.record(
        row,
        by=loading.by,
        action=f"import_{noun.replace(' ', '_')}",
        channel=Channel.IMPORT,
        scope=scope,
        after=after,
        why=why,
    )


def _create(loading: Loading, row: Row, wanted: Wanted) -> Row:
    for name, value in wanted.values.items():
        set_value(row, name, value)
    if isinstance(row, Versioned):
        row.created_by = row.updated_by = loading.by
    row.save(force_insert=True)
    if wanted.councils is not None:
        row.councils.set(wanted.councils)  # type: ignore[attr-defined]
    for part in wanted.parts:
        part.write()
    said = _wanted_plain(wanted)
    if not wanted.is_shared:
        said = {name: value for name, value in said.items() if value is not None and value is not False}
    audit_entry(loading, row, noun=wanted.noun, scope=wanted.scope, after=said)
    loading.made.add((row._meta.label_lower, row.pk))
    return row


def _wanted_plain(wanted: Wanted) -> dict[str, Any]:
    values = {name: plain(value) for name, value in wanted.values.items()}
    if wanted.councils is not None:
        values["councils"] = plain(sorted(council.key for council in wanted.councils))
    return values | {part.name: plain(part.wanted) for part in wanted.parts}


def _differences(row: models.Model, wanted: Wanted) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs between row and file: plain values before and after."""
    current = {name: plain(value_of(row, name)) for name in wanted.values}
    if wanted.councils is not None:
        keys = row.councils.values_list("key", flat=True)  # type: ignore[attr-defined]
        current["councils"] = plain(sorted(keys))
    current |= {part.name: plain(part.now) for part in wanted.parts}
    after = {name: value for name, value in _wanted_plain(wanted).items() if value != current[name]}
    return {name: current[name] for name in after}, after


def _permitted(
    loading: Loading, row: models.Model, wanted: Wanted, before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The differences that may be written: those the file makes anew, in fields that are not locked."""
    last = _last_said(row)
    allowed: list[str] = []
    for name, value in after.items():
        if name in last:
            said = last[name]
        elif wanted.is_shared or not last:
            said = before[name]
        else:
            said = False if isinstance(value, bool) else None
        if said == value:
            continue
        if name in wanted.locked:
            if not name.endswith("_hash"):  # follows from the text, which is reported
                loading.report.refused.append(f"{wanted.label}: {_label(name)}. {wanted.why_locked}")
        elif said != before[name]:
            words = f"{_label(name)} was changed in Concordat since the last load. Change it there"
            loading.report.refused.append(f"{wanted.label}: {words}")
        else:
            allowed.append(name)
    return {name: before[name] for name in allowed}, {name: after[name] for name in allowed}


def _last_said(row: models.Model) -> dict[str, Any]:
    """What files have said of `row` so far, the latest of each field. One query."""
    events = AuditEvent.objects.filter(
        channel=Channel.IMPORT, object_type=row._meta.label_lower, object_id=row.pk
    ).order_by("pk")
    said: dict[str, Any] = {}
    for after in events.values_list("after", flat=True):
        said |= after
    return said


def _update(loading: Loading, row: models.Model, wanted: Wanted, after: Mapping[str, Any]) -> None:
    names = [name for name in wanted.values if name in after]
    columns = []
    for name in names:
        set_value(row, name, wanted.values[name])
        columns += columns_of(row, name)
    if isinstance(row, Versioned):
        _update_version(row, columns, loading)
    elif columns:
        row.save(update_fields=columns)
    if "councils" in after and wanted.councils is not None:
        row.councils.set(wanted.councils)  # type: ignore[attr-defined]
    for part in wanted.parts:
        if part.name in after:
            part.write()


def _update_version(row: Versioned, columns: list[str], loading: Loading) -> None:
    """Write `columns` and the next version, unless someone has saved the row in the meantime (row 84)."""
    moment = now()
    values = {column: getattr(row, column) for column in columns}
    seen = type(row)._meta.default_manager.filter(pk=row.pk, version=row.version)  # type: ignore[union-attr]
    written = seen.update(**values, version=row.version + 1, updated_at=moment, updated_by=loading.by)
    if not written:
        raise stale_edit(moment)
    row.version += 1


def _change_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    words = []
    for name, value in after.items():
        old, new = in_words(name, before[name]), in_words(name, value)
        both = f" from {old} to {new}" if old is not None and new is not None else ""
        words.append(f"{_label(name)}{both}")
    return "; ".join(words)


def _label(name: str) -> str:
    return _LABELS.get(name, name.removesuffix("_on").removesuffix("_text").replace("_", " "))


def _audit(
    loading: Loading,
    row: models.Model,
    wanted: Wanted,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    audit.record(
        row,
        by=loading.by,
        action=f"correct_{wanted.noun.replace(' ', '_')}",
        channel=Channel.IMPORT,
        scope=wanted.scope,
        before=before,
        after=after,
    )
