"""What a file would change of milestones: each field from what to what, before anything is changed.

A row whose milestone someone else changed since the file was made is not taken (row 84), and the others are.
Anything else that is wrong with a cell refuses the whole file (row 83).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.models import User
from core.errors import Refusal, Refusals
from core.imports.cells import plain
from core.imports.files import Uploaded
from core.imports.package import NOTHING
from core.imports.pasted import canonical_csv
from core.imports.tables import ImportedTable, ImportRow, read_table
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate, parse_date
from core.rules.text import stale_edit
from programme.actions.milestone import check_changes, record_of
from programme.enums import MilestoneState
from programme.exchange.edit_columns import CHANGED, CLEAR, DATES, SHOWN, TERMS, edit_columns
from programme.exchange.edit_owners import Owners
from programme.models import Milestone, Programme
from programme.policies import CANCELLED, NOT_YOURS, Powers, powers_of
from programme.queries.history import (
    FieldChange,
    changes_of,
    date_in_words,
    edits_since_each,
    record_before,
)
from programme.rules.milestone_update import MilestoneRecord, same_date
from programme.rules.planning.terms import check_title

MOST_ROWS, MOST_CHANGES, MOST_LETTERS = 10_000, 2_000, 1_000_000
# Each goes through all that the milestone's own page checks: more would outlast a request.
MOST_TERMS = 200
TOO_MANY_TERMS = "File must change the title or owner of {:,} milestones or fewer. It would change {:,}"
TOO_MANY = "File must change {:,} milestones or fewer at a time. It would change {:,}"
TOO_LONG = "The changes hold too much text for one file. Send fewer rows at a time"
NOT_HERE = "There is no milestone {} in this programme"
NO_SUCH_ID = "There is no milestone with the ID {} in this programme"
OTHER_REFERENCE = "The milestone with this ID is {}. Put its reference back"
NOT_ITS_VERSION = "This is no version of {}. Download the file again"
TWICE = "There are two entries for {}. Keep one"
NOT_BY_FILE = "{} is not changed by this file. Put back: {}"
NOT_BY_YOU = "Only the programme manager changes this. Put back: {}"
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class MilestoneEdit:
    """What a row of the file would change of its milestone: `given`, by the names of the actions.

    Its `terms` are what its manager changes of what it is; the rest is recorded of it.
    """

    row: ImportRow
    milestone: Milestone
    seen_version: int
    given: Mapping[str, Any]
    changes: tuple[FieldChange, ...]

    @property
    def terms(self) -> dict[str, Any]:
        """Its title and its owner, where they change."""
        return {name: value for name, value in self.given.items() if name in TERMS}

    @property
    def recorded(self) -> dict[str, Any]:
        """What is expected of it and what happened, where that changes."""
        return {name: value for name, value in self.given.items() if name in CHANGED}


@dataclass(frozen=True, slots=True)
class StaleMilestone:
    """A row that is not taken: what it would have changed, and what others saved meanwhile, in words."""

    row: ImportRow
    milestone: Milestone
    message: str
    changes: tuple[FieldChange, ...]
    theirs: tuple[str, ...]


@dataclass(slots=True)
class MilestoneImport:
    """What was read of a file: what it would change, and the rows that are not taken.

    Who may not plan changes no title and no owner by it.
    """

    table: ImportedTable
    owners: Owners
    may_plan: bool
    edits: list[MilestoneEdit] = field(default_factory=list)
    stale: list[StaleMilestone] = field(default_factory=list)

    @property
    def rows_to_send(self) -> str:
        """What is to be changed as a CSV file, to be read again once it is confirmed: only what changes."""
        kept = ("ref", "version")
        rows = [
            replace(
                edit.row,
                texts={name: edit.row.texts[name] for name in (*kept, *edit.given)},
                given=frozenset(kept),
            )
            for edit in self.edits
        ]
        return canonical_csv(ImportedTable(self.table.columns, rows)) if rows else ""

    def leave_out(self) -> None:
        """Forget what would change, once it is changed."""
        self.edits.clear()


def read_milestone_edits(programme: Programme, uploaded: Uploaded, *, by: User) -> MilestoneImport:
    """What a file would change; stores nothing. Refuses the file as rows 81 and 82 say.

    What is wrong with a cell, by itself or as the action would refuse it, is among the table's problems.
    """
    table = read_table(uploaded, edit_columns(), most_rows=MOST_ROWS)
    powers = powers_of(by)
    read = MilestoneImport(table, Owners.of(programme), powers.manages(programme.partnership_id))
    crossed = [pair for pair in _paired(programme, table, powers) if not _compare(read, *pair)]
    _tell_stale(read, crossed)
    if len(read.edits) > MOST_CHANGES:
        raise Refusal(f"{TOO_MANY.format(MOST_CHANGES, len(read.edits))}. {NOTHING}", "file", "82")
    terms = sum(bool(edit.terms) for edit in read.edits)
    if terms > MOST_TERMS:
        raise Refusal(f"{TOO_MANY_TERMS.format(MOST_TERMS, terms)}. {NOTHING}", "file", "82")
    if sum(len(edit.row.texts[name]) for edit in read.edits for name in edit.given) > MOST_LETTERS:
        raise Refusal(f"{TOO_LONG}. {NOTHING}", "file", "82")
    for edit in read.edits:
        _check(read, edit)
    return read


def _check(read: MilestoneImport, edit: MilestoneEdit) -> None:
    """Tell of the cells of a row what the actions would refuse."""
    try:
        if "title" in edit.given:
            check_title(edit.given["title"])
        check_changes(edit.milestone, **edit.recorded)
    except Refusal as said:
        refuse_row(read.table, edit.row, Refusals([said]))
    except Refusals as said:
        refuse_row(read.table, edit.row, said)


def refuse_row(table: ImportedTable, row: ImportRow, said: Refusals) -> None:
    """Tell of the cells of a row what the action refuses."""
    for refusal in said.refusals:
        table.refuse(row, refusal.field or "ref", refusal.message)


def stale_row(edit: MilestoneEdit, message: str, events: Sequence[AuditEvent]) -> StaleMilestone:
    """The edit as a row that is not taken."""
    return StaleMilestone(edit.row, edit.milestone, message, edit.changes, _theirs(events))


def _paired(programme: Programme, table: ImportedTable, powers: Powers) -> list[tuple[ImportRow, Milestone]]:
    """Each row with its milestone, where there is one that the person may update. Two queries."""
    held = programme.milestones.select_related("programme", "owner").prefetch_related("councils")
    by_id = {one.pk: one for one in held}
    by_ref = {one.ref.casefold(): one for one in held}
    found: dict[int, tuple[ImportRow, Milestone]] = {}
    for row in table.rows:
        ref, number = (row.values["ref"] or "").casefold(), row.values["id"]
        milestone = by_ref.get(ref) if number is None else by_id.get(int(number))
        if milestone is None and number is not None:
            table.refuse(row, "id", NO_SUCH_ID.format(number))
        elif milestone is None:
            if ref:
                table.refuse(row, "ref", NOT_HERE.format(row.values["ref"]))
        elif ref and ref != milestone.ref.casefold():
            table.refuse(row, "ref", OTHER_REFERENCE.format(milestone.ref))
        elif milestone.pk in found:
            table.refuse(row, "ref", TWICE.format(milestone.ref))
        elif not powers.may_update(milestone):
            is_over = milestone.stated_state == MilestoneState.CANCELLED
            table.refuse(row, "ref", CANCELLED if is_over else NOT_YOURS)
        elif row.values["version"] is not None:
            found[milestone.pk] = row, milestone
    return list(found.values())


def _compare(read: MilestoneImport, row: ImportRow, milestone: Milestone) -> bool:
    """Note what the row changes; False where someone else saved the milestone since the file was made."""
    seen = int(row.values["version"])
    if seen > milestone.version:
        read.table.refuse(row, "version", NOT_ITS_VERSION.format(milestone.ref))
        return True
    if seen < milestone.version:
        return False
    _check_shown(read, row, milestone)
    now = _standing(milestone, record_of(milestone))
    given = _given(read, row, now)
    if given:
        changes = _changes(read.owners, now, given)
        read.edits.append(MilestoneEdit(row, milestone, seen, given, changes))
    return True


def _tell_stale(read: MilestoneImport, crossed: Sequence[tuple[ImportRow, Milestone]]) -> None:
    """Tell of the rows that change what others have saved since.

    A row left as it was says nothing, nor does one that asks for what is there by now.
    """
    events = edits_since_each({one.pk: int(row.values["version"]) for row, one in crossed})
    people = _owners_before(events)
    for row, milestone in crossed:
        edits = events.get(milestone.pk, [])
        terms = _terms_before(edits, people)
        before = _standing(milestone, record_before(milestone, edits)) | terms
        now = _standing(milestone, record_of(milestone))
        said = _given(read, row, before)
        given = {name: value for name, value in said.items() if not _is_same(name, now[name], value)}
        if given:
            moment = edits[-1].at if edits else milestone.updated_at
            told = _changes(read.owners, before, given), _theirs(edits)
            read.stale.append(StaleMilestone(row, milestone, stale_edit(moment).message, *told))


def _given(read: MilestoneImport, row: ImportRow, standing: Mapping[str, Any]) -> dict[str, Any]:
    """What the row says otherwise than what stands, by the names of the actions; empty cells say nothing."""
    found = {}
    for name in (*(TERMS if read.may_plan else ()), *CHANGED):
        text = row.values[name]
        if not text:
            continue
        now = standing[name]
        try:
            if name == "owner":
                value = _owner(read.owners, text, now)
            else:
                value = _value(name, text, row.texts[name], now)
        except Refusal as said:
            read.table.refuse(row, name, said.message)
            continue
        if not _is_same(name, now, value):
            found[name] = value
    return found


def _owner(owners: Owners, text: str, now: User | None) -> User | None:
    """Whom a cell names: who owns it now, in whatever way, nobody for the word that clears it, or another."""
    if owners.is_label(text, now):
        return now
    return None if text.casefold() == CLEAR else owners.find(text)


def _is_same(name: str, one: Any, other: Any) -> bool:
    return same_date(one, other) if name in DATES else bool(one == other)


def _value(name: str, text: str, cell: str, now: Any) -> Any:
    """What a cell means: what is there now for the words of that, nothing for the word that clears it."""
    if name not in DATES and cell == now:
        return now
    if text.casefold() == CLEAR:
        return None if name in DATES else ""
    if name not in DATES:
        return text
    if now is not None and text in (str(now), date_in_words(now)):
        return now
    return ImpreciseDate.day(parse_date(text))


def _check_shown(read: MilestoneImport, row: ImportRow, milestone: Milestone) -> None:
    """Refuse another plan date than the milestone's; from who may not plan also another title or owner."""
    plan, text = milestone.get_date("plan"), row.values["plan"]
    try:
        is_kept = not text or (plan and same_date(plan, _value("forecast_on", text, text, plan)))
    except Refusal:
        is_kept = False
    if not is_kept:
        message = NOT_BY_FILE.format(SHOWN["plan"], date_in_words(plan) or _NOTHING)
        read.table.refuse(row, "plan", message)
    if read.may_plan:
        return
    title, owner = row.values["title"], row.values["owner"]
    if title and title != plain(milestone.title):
        read.table.refuse(row, "title", NOT_BY_YOU.format(milestone.title))
    if owner and not read.owners.is_label(owner, milestone.owner):
        read.table.refuse(row, "owner", NOT_BY_YOU.format(read.owners.label(milestone.owner) or _NOTHING))


def _standing(milestone: Milestone, record: MilestoneRecord) -> dict[str, Any]:
    """What the milestone is and what the record holds of it, by the names of the actions."""
    return {
        "title": milestone.title,
        "owner": milestone.owner,
        "forecast_on": record.forecast,
        "achieved_on": record.actual,
        "note": record.note,
        "evidence": record.evidence,
    }


def _terms_before(edits: Sequence[AuditEvent], people: Mapping[str, User]) -> dict[str, Any]:
    """Title and owner before these edits, where they changed them."""
    was: dict[str, Any] = {}
    for edit in reversed(edits):
        was |= {name: edit.before[name] for name in TERMS if name in edit.before}
    if was.get("owner"):
        was["owner"] = people.get(was["owner"])
    return was


def _owners_before(events: Mapping[int, Sequence[AuditEvent]]) -> dict[str, User]:
    """By address, which is what the trail keeps, who owned anything before these edits. One query."""
    named = {edit.before.get("owner") for edits in events.values() for edit in edits} - {None}
    return {one.email: one for one in User.objects.filter(email__in=named)} if named else {}


def _changes(owners: Owners, was: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    def in_words(value: Any) -> str:
        if isinstance(value, User):
            return owners.label(value)
        return (value if isinstance(value, str) else date_in_words(value)) or _NOTHING

    titles = TERMS | CHANGED
    return tuple(
        FieldChange(name, titles[name], in_words(was[name]), in_words(value)) for name, value in given.items()
    )


def _theirs(events: Sequence[AuditEvent]) -> tuple[str, ...]:
    """What others saved, in words, in its order."""
    return tuple(
        f"{event.by} changed {change.label.lower()} from {change.before} to {change.after}"
        for event in events
        for change in changes_of(event)
    )
