"""What a plan from elsewhere would add: milestones, phases, what waits for what; and what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from core.imports.cells import Reader, day_of, one_of, text_of, yes_or_no
from core.imports.pasted import PastedText
from core.imports.tables import ImportColumn, ImportedTable, ImportRow, read_table
from core.rules.text import TEXT_LIMIT
from core.rules.words import count_of
from programme.actions.raid import NOT_AN_OWNER
from programme.exchange.plan_sheet import MOST_ROWS, PlanSheet
from programme.exchange.plan_waits import read_waits
from programme.models import Milestone, Programme
from programme.queries.people import possible_owners
from programme.rules.milestone_update import EVIDENCE_LIMIT

TWICE = "There are two entries for {}. Keep one"
THERE_ALREADY = "{} is in this programme already, as {}"
UNKNOWN_WAIT = "There is no {} in this file or programme to wait for"
_SHORT = 200

# The columns that hold each field, by the names of the fields in programme/exchange/plan_columns.py.
Matching = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewLink:
    """A row that waits: for another row of the file by its number there, or for a milestone that is there."""

    row: ImportRow
    after_row: int | None
    after: Milestone | None
    lag_days: int


@dataclass(slots=True)
class NewPlan:
    """What was read: the table, the links, the phases that are new in their order, and what is left out.

    `made` are the milestones that were added, once they are.
    """

    table: ImportedTable
    links: list[NewLink] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    made: list[Milestone] = field(default_factory=list)

    @property
    def waits(self) -> dict[int, list[str]]:
        """By row, in words, what it is to wait for."""
        titles = {row.number: row.values["title"] for row in self.table.rows}
        found: dict[int, list[str]] = {}
        for link in self.links:
            name = titles.get(link.after_row or 0) or str(link.after)
            lag = f", {count_of(link.lag_days, 'working day')} after" if link.lag_days else ""
            found.setdefault(link.row.number, []).append(f"{name}{lag}")
        return found


def read_plan(programme: Programme, sheet: PlanSheet, matching: Matching) -> NewPlan:
    """What the rows would add; stores nothing. Refuses the file as row 82 says.

    `matching` names for each field the title of its column; other columns are not read.
    """
    columns, text = plan_columns(programme, matching), PastedText(sheet.text.encode())
    table = read_table(text, columns, ignored=sheet.header, most_rows=MOST_ROWS)
    plan = NewPlan(table)
    held = list(programme.milestones.select_related("phase").order_by("order_index", "pk"))
    _check_double(table, held)
    _read_links(plan, held)
    known = {phase.label.casefold() for phase in programme.phases.all()}
    for row in table.rows:
        label = row.values.get("phase") or ""
        if label and label.casefold() not in known:
            known.add(label.casefold())
            plan.phases.append(label)
    return plan


def plan_columns(programme: Programme, matching: Matching) -> list[ImportColumn]:
    """The columns that were chosen, and how a cell of each is read. One query."""
    readers: dict[str, Reader] = {
        "title": text_of("Title", _SHORT),
        "number": text_of("Number", _SHORT),
        "phase": text_of("Phase", _SHORT),
        "owner": one_of("Owner", owners_of(programme), NOT_AN_OWNER),
        "plan_on": day_of,
        "forecast_on": day_of,
        "achieved_on": day_of,
        "waits_for": text_of("Waits for", TEXT_LIMIT),
        "is_key": yes_or_no,
        "note": text_of("Note", TEXT_LIMIT),
        "evidence": text_of("Evidence", EVIDENCE_LIMIT),
    }
    return [
        ImportColumn(name, matching[name], read, is_required=name == "title")
        for name, read in readers.items()
        if name in matching
    ]


def owners_of(programme: Programme) -> dict[str, User]:
    """Who may own a milestone, by e-mail address and by name where only one has it, in small letters."""
    people = list(possible_owners(programme))
    names = [str(one).casefold() for one in people]
    by_name = {name: one for name, one in zip(names, people, strict=True) if names.count(name) == 1}
    return {**by_name, **{one.email.casefold(): one for one in people}}


def _check_double(table: ImportedTable, held: Sequence[Milestone]) -> None:
    """Refuse what is in the file twice, and what the programme has: a file sent again adds nothing twice."""
    there = {(_folded(one.phase.label if one.phase else ""), _folded(one.title)): one for one in held}
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        title = row.values["title"] or ""
        key = _folded(row.values.get("phase") or ""), _folded(title)
        if not title:
            continue
        if key in seen:
            table.refuse(row, "title", TWICE.format(title))
        elif key in there:
            table.refuse(row, "title", THERE_ALREADY.format(title, there[key].ref))
        seen.add(key)


def _read_links(plan: NewPlan, held: Sequence[Milestone]) -> None:
    """Find what each row waits for; what cannot be kept is named, what is not there is refused."""
    rows = _by_name(plan.table.rows)
    there = {one.ref.casefold(): one for one in held}
    for row in plan.table.rows:
        for wait in read_waits(row.values.get("waits_for") or "", {*rows, *there}):
            name = wait.name.casefold()
            after = rows.get(name)
            if wait.why_not:
                plan.left_out.append(_left_out(row, wait.name, wait.why_not))
            elif after is not None or name in there:
                number = after.number if after else None
                plan.links.append(NewLink(row, number, None if after else there[name], wait.lag_days))
            else:
                plan.table.refuse(row, "waits_for", UNKNOWN_WAIT.format(wait.name))


def _by_name(rows: Sequence[ImportRow]) -> dict[str, ImportRow]:
    """Rows by their number in the file and by their title where only one has it."""
    titles = [_folded(row.values["title"] or "") for row in rows]
    named = {title: row for title, row in zip(titles, rows, strict=True) if titles.count(title) == 1}
    numbered = {number.casefold(): row for row in rows if (number := row.values.get("number"))}
    return {name: row for name, row in {**named, **numbered}.items() if name}


def _left_out(row: ImportRow, name: str, why: str) -> str:
    title = row.values["title"]
    return f"Row {row.number}, {title}: its link to {name} is left out, because {why}"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
