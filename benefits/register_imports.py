"""The benefits register out of a file: what each row would change, from what to what, before it is changed.

A row that someone else changed since the file was made is not taken (row 84), and the others are. Anything
else that is wrong with a cell refuses the whole file (row 83).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.actions.profile import TEXTS, Profile, update_benefit
from benefits.enums import BenefitKind, Combining, Direction, Frequency, Recurrence
from benefits.models import Benefit
from benefits.policies import check_manage
from benefits.profile_fields import TITLES
from benefits.queries.changes_since import TheirChange, benefit_changes_since
from benefits.register_columns import SHARE, register_columns
from benefits.register_files import (
    STATE,
    TICKS,
    cell_of,
    profile_rows,
    share_title,
)
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit
from core.imports.files import Uploaded
from core.imports.pasted import canonical_csv
from core.imports.tables import ImportedTable, ImportRow, read_table
from core.rules.calendar import format_date
from core.rules.money import format_pounds
from core.rules.text import stale_edit
from programme.models import Council, Programme
from programme.queries.partners import partner_councils

_DEFAULTS: Mapping[str, Any] = {
    "kind": BenefitKind.NOT_STATED,
    "direction": Direction.NOT_STATED,
    "frequency": Frequency.NOT_STATED,
    "combining": Combining.NOT_STATED,
    "recurrence": Recurrence.NOT_STATED,
    "attribution_percent": 100,
}
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a benefit, in words, from what to what."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row of the file would change of its benefit."""

    row: ImportRow
    benefit: Benefit
    seen_version: int
    profile: Profile
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A row that is not taken, because someone else changed its benefit since."""

    row: ImportRow
    benefit: Benefit
    message: str
    theirs: tuple[TheirChange, ...]


@dataclass(slots=True)
class RegisterImport:
    """What was read of a file: what it would change, and the rows that are not taken."""

    table: ImportedTable
    changes: list[RowChange] = field(default_factory=list)
    stale: list[StaleRow] = field(default_factory=list)

    @property
    def rows_to_send(self) -> str:
        """What is to be changed as a CSV file, to be read again once it is confirmed."""
        kept = ImportedTable(self.table.columns, [change.row for change in self.changes])
        return canonical_csv(kept) if self.changes else ""

    def leave_out(self) -> None:
        """Forget what would change, once it is changed."""
        self.changes.clear()


def read_register(programme: Programme, uploaded: Uploaded, *, by: User) -> RegisterImport:
    """What a file would change; stores nothing. Refuses the file as rows 81 and 82 say.

    What is wrong with a cell, by itself or as the action would refuse it, is among the table’s problems.
    """
    check_manage(by, programme)
    partners = partner_councils(programme.partnership_id)
    table = read_table(uploaded, register_columns(programme, partners), ignored=(STATE,))
    read = _compared(programme, table, partners)
    if not table.problems:
        with transaction.atomic():
            _try(read, by)
            transaction.set_rollback(True)
    return read


@transaction.atomic
def store_register(
    programme: Programme, read: RegisterImport, *, by: User, channel: Channel = Channel.IMPORT
) -> list[Benefit]:
    """Store what was read; rows that are stale by now are added to those not taken.

    Refuses as row 83 where any cell is wrong, and then stores nothing.
    """
    check_manage(by, programme)
    read.table.check()
    done = []
    for change in list(read.changes):
        try:
            with transaction.atomic():
                done.append(_update(change, by, channel))
        except StaleEdit as said:
            read.changes.remove(change)
            read.stale.append(_stale_row(change.row, change.benefit, said.message, change.seen_version))
    return done


def _try(read: RegisterImport, by: User) -> None:
    """Make every change, to be undone, so that what a rule refuses is told of its cell."""
    for change in read.changes:
        try:
            with transaction.atomic():
                _update(change, by, Channel.IMPORT)
        except Refusals as said:
            _refuse(read.table, change.row, said.refusals)
        except Refusal as said:
            _refuse(read.table, change.row, [said])


def _update(change: RowChange, by: User, channel: Channel) -> Benefit:
    seen = change.seen_version
    benefit = Benefit.objects.select_related("programme").get(pk=change.benefit.pk)
    return update_benefit(benefit, by=by, seen_version=seen, profile=change.profile, channel=channel)


def _refuse(table: ImportedTable, row: ImportRow, refusals: Sequence[Refusal]) -> None:
    known = {column.name for column in table.columns}
    for said in refusals:
        shares = sorted(name for name in known if name.startswith(SHARE) and name in row.given)
        name = shares[0] if said.field == "shares" and shares else said.field or ""
        table.refuse(row, name if name in known else "ref", said.message)


def _compared(programme: Programme, table: ImportedTable, partners: Sequence[Council]) -> RegisterImport:
    read, held = RegisterImport(table), {one.benefit.ref.casefold(): one for one in profile_rows(programme)}
    seen: set[int] = set()
    for row in table.rows:
        found = held.get((row.values["ref"] or "").casefold())
        if found is None:
            if row.values["ref"]:
                table.refuse(row, "ref", f"There is no {row.values['ref']} in this programme")
            continue
        benefit, version = found.benefit, row.values["version"]
        if benefit.pk in seen:
            table.refuse(row, "ref", f"There are two entries for {benefit.ref}. Keep one")
        seen.add(benefit.pk)
        if "benefit_class" in row.given and not row.texts["benefit_class"]:
            table.refuse(row, "benefit_class", "Choose a class")
        if version is not None and version != benefit.version:
            message = stale_edit(benefit.updated_at).message
            read.stale.append(_stale_row(row, benefit, message, int(version)))
            continue
        profile = _profile(row, found.profile, partners)
        changes = _changes(found.profile, profile, partners)
        if changes and version is not None:
            read.changes.append(RowChange(row, benefit, int(version), profile, changes))
    return read


def _stale_row(row: ImportRow, benefit: Benefit, message: str, seen: int) -> StaleRow:
    theirs = benefit_changes_since({benefit.pk: seen}).get(benefit.pk, ())
    return StaleRow(row, benefit, message, theirs)


def _profile(row: ImportRow, kept: Profile, partners: Sequence[Council]) -> Profile:
    """The profile with what the row says; a column that the file has not stays."""
    values: dict[str, Any] = {}
    for name in TITLES:
        if name not in row.given or name == "shares":
            continue
        value = row.values[name]
        if value is None:
            value = _empty(name)
        values[name] = tuple(value) if name in ("councils", "risks") else value
    columns = {one: f"{SHARE}{one.key}" for one in partners}
    given = {one: row.values[name] for one, name in columns.items() if name in row.given}
    if given:
        shares = dict(kept.shares) | given
        values["shares"] = tuple((one, share) for one, share in shares.items() if share is not None)
    return replace(kept, **values)


def _empty(name: str) -> Any:
    """What an empty cell means."""
    if name in _DEFAULTS:
        return _DEFAULTS[name]
    if name in TICKS:
        return False
    if name in ("councils", "risks"):
        return ()
    return "" if name in TEXTS or name == "confidence" else None


def _changes(before: Profile, after: Profile, partners: Sequence[Council]) -> tuple[FieldChange, ...]:
    found = []
    for name, title in TITLES.items():
        if name == "shares":
            continue
        was, now = (in_words(name, getattr(one, name)) for one in (before, after))
        if was != now:
            found.append(FieldChange(title, was, now))
    old, new = dict(before.shares), dict(after.shares)
    for council in partners:
        was, now = (in_words("share", one.get(council)) for one in (old, new))
        if was != now:
            found.append(FieldChange(share_title(council), was, now))
    return tuple(found)


def in_words(name: str, value: Any) -> str:
    """A value of a profile as it is read; nothing where it is empty."""
    if name == "full_year_pence":
        return _NOTHING if value is None else format_pounds(value)
    if name in ("councils", "risks"):
        value = sorted(value, key=str)
    shown = cell_of(name, value)
    if shown is None or shown == "":
        return _NOTHING
    if isinstance(shown, date):
        return format_date(shown)
    return f"{shown.normalize():f}" if isinstance(shown, Decimal) else str(shown)
