"""The grid of a business case's lines as a form: a box a year, new rows below, everything typed kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.actions.publication import WITHHOLDING, Withholding
from core.enums import PublicationClass
from core.errors import Refusal, Refusals
from core.forms.conflict import Conflict
from core.forms.grid import Box
from core.forms.publication import WithholdingForm
from core.rules.calendar import format_fy
from core.rules.money import format_amount, parse_pounds
from core.rules.text import check_text
from programme.models import Council
from services.actions.case_rows import RowEntry, merged
from services.actions.case_version import CaseChanged
from services.enums import CostType, LineKind
from services.forms.case_conflict import conflict_of
from services.models import CostPool
from services.queries.case_amounts import JOINT, LineChange
from services.queries.case_grid import CaseGrid, GridRow
from services.rules.case_entry import Period, check_no_rate, parse_line_amount
from services.rules.case_line import TEXT_LIMITS

BLANK_ROWS, MOST_NEW_ROWS, MOST_NEW_BOXES = 3, 200, 5_000
NEW_TEXTS = ("ref", "title", "kind", "cost_type", "who")


@dataclass(slots=True)
class FormRow:
    """A row of the grid with a box for each year; none where the person may only read it."""

    row: GridRow
    boxes: list[Box] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The id of its header cell."""
        return f"row-{self.row.line.pk}-{self.row.council.pk if self.row.council else 0}"


@dataclass(slots=True)
class NewRow:
    """A row for a new line, or for a further council of a line that is there."""

    number: int
    texts: dict[str, Box]
    boxes: list[Box]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed in it; what it offers by itself does not count."""
        typed = (box for name, box in self.texts.items() if name != "who")
        return not any(box.value.strip() for box in (*typed, *self.boxes))


class GridForm:
    """The grid with what was sent; `data` is None for a first look."""

    def __init__(
        self,
        grid: CaseGrid,
        data: Mapping[str, str] | None = None,
        *,
        rows: Iterable[GridRow] | None = None,
        pools: Iterable[CostPool] = (),
        blank_rows: int = BLANK_ROWS,
    ) -> None:
        self.grid = grid
        self.data = data
        self.pools = tuple(pools)
        self.conflict: Conflict | None = None
        self.seen_version = str(grid.case.version if data is None else data.get("seen_version", ""))
        self.rows = [self._row(row) for row in (grid.rows if rows is None else rows)]
        self.new_rows = self._new_rows(blank_rows) if grid.can_edit and grid.option else []
        self.publication = self._publication() if grid.can_edit_all and self.new_rows else None
        self.other_errors: list[str] = []
        self._places: dict[str, Box] = {}

    @property
    def withholds(self) -> bool:
        """Whether somebody has said that the new lines are withheld."""
        said = (self.data or {}).get("publication_class", PublicationClass.OPEN)
        return said != PublicationClass.OPEN or bool(self.publication and self.publication.errors)

    @property
    def most_new_rows(self) -> int:
        """How many new rows the form takes at once."""
        return min(MOST_NEW_ROWS, MOST_NEW_BOXES // (len(self.grid.years) + len(NEW_TEXTS)))

    @property
    def whos(self) -> list[tuple[str, str]]:
        """Who can bear a new row: all by the key of a pool, or one council."""
        joint = [(f"pool-{pool.pk}", f"Joint, by {pool}") for pool in self.pools]
        own = [(f"council-{council.pk}", str(council)) for council in self.grid.edited_councils]
        return [("joint", "Joint"), *joint, *own] if self.grid.can_edit_all else own

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kinds of a new line."""
        return [("", "Choose"), *LineKind.choices]

    @property
    def cost_types(self) -> list[tuple[str, str]]:
        """What a new cost can be for."""
        return [("", "None"), *CostType.choices]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the id of its box, in the order of the page."""
        found = [("", message) for message in self.other_errors]
        if self.publication is not None:
            said = self.publication.errors
            found += [(f"id_{name}", str(message)) for name in said for message in said[name]]
        for row in self.rows:
            label = f"{row.row.line.ref}, {row.row.who}"
            for fy, box in zip(self.grid.years, row.boxes, strict=bool(row.boxes)):
                if box.error:
                    found.append((box.name, f"{label}, {format_fy(fy)}: {box.error}"))
        for new in self.new_rows:
            boxes = (*new.texts.values(), *new.boxes)
            found += [(box.name, f"New row {new.number + 1}: {box.error}") for box in boxes if box.error]
        return found

    def changes(self) -> list[LineChange]:
        """What was typed as changes of lines; refuses (and marks) every box that cannot be read."""
        refs = dict(self.grid.case.lines.values_list("ref", "option"))
        entries = [self._entry(row) for row in self.rows if row.boxes]
        typed = [self._new_entry(new, refs) for new in self.new_rows if not new.is_blank]
        entries += [entry for entry in typed if entry.ref]
        self._note_other()
        try:
            changes = merged(entries)
        except Refusals as said:
            self.add(said)
            changes = []
        if self.errors:
            raise Refusals([Refusal(message) for _, message in self.errors])
        return changes

    def add(self, said: Refusal | Refusals) -> None:
        """Mark the boxes that a rule named; what names none stands above the grid."""
        for refusal in said.refusals if isinstance(said, Refusals) else [said]:
            if self.publication is not None and refusal.field in WITHHOLDING:
                self.publication.add_error(refusal.field, refusal.message)
                continue
            box = self._places.get((refusal.field or "").casefold())
            if box is None:
                self.other_errors.append(refusal.message)
            elif not box.error:
                box.error = refusal.message

    # What is shown

    def _row(self, row: GridRow) -> FormRow:
        made = FormRow(row)
        if not row.can_edit:
            return made
        council = row.council.pk if row.council else 0
        for fy, pence in zip(self.grid.years, row.amounts, strict=True):
            name = f"a-{row.line.pk}-{council}-{fy}"
            stored = "" if pence is None else format_amount(pence)
            value = stored if self.data is None else self.data.get(name, stored)
            made.boxes.append(Box(name, value, stored, labelled=f"{made.anchor} {made.anchor}-who col-{fy}"))
        return made

    def _new_rows(self, blank_rows: int) -> list[NewRow]:
        sent = self.data or {}
        numbers = [
            number
            for number in range(self.most_new_rows)
            if any(f"n-{number}-{name}" in sent for name in NEW_TEXTS)
        ]
        count = max(min(blank_rows, self.most_new_rows), max(numbers, default=-1) + 1)
        return [self._new_row(number, sent) for number in range(count)]

    def _publication(self) -> WithholdingForm:
        """Whether the new lines of this save are withheld from their beginning."""
        return WithholdingForm(self.data)

    def _new_row(self, number: int, sent: Mapping[str, str]) -> NewRow:
        texts = {name: Box(f"n-{number}-{name}", sent.get(f"n-{number}-{name}", "")) for name in NEW_TEXTS}
        boxes = [
            Box(
                name := f"n-{number}-{fy}", sent.get(name, ""), label=f"New row {number + 1}, {format_fy(fy)}"
            )
            for fy in self.grid.years
        ]
        return NewRow(number, texts, boxes)

    # What was sent

    def _entry(self, row: FormRow) -> RowEntry:
        line, council = row.row.line, row.row.council
        place = f"{line.ref}.{council.key if council else JOINT}"
        amounts = self._amounts(place, line.kind, row.boxes)
        return RowEntry(line.ref, council.pk if council else None, amounts=amounts, place=place)

    def _new_entry(self, new: NewRow, refs: Mapping[str, int]) -> RowEntry:
        texts = {name: box.value.strip() for name, box in new.texts.items()}
        known = {ref.casefold(): option for ref, option in refs.items()}
        ref, is_new = texts["ref"], texts["ref"].casefold() not in known
        self._check_new_ref(new, ref, None if is_new else known[ref.casefold()])
        council, pool = self._who(new)
        details: dict[str, Any] = {
            name: texts[name] for name in ("title", "kind", "cost_type") if texts[name] or is_new
        }
        if is_new:
            details |= {"ref": ref, "option": self.grid.option, "pool": pool}
        place = f"{ref}.{council.key if council else JOINT}"
        self._places |= {f"{ref}.{name}".casefold(): box for name, box in new.texts.items()}
        typed = self._amounts(place, texts["kind"], new.boxes)
        amounts = {fy: pence for fy, pence in typed.items() if pence is not None}
        return RowEntry(
            ref,
            council.pk if council else None,
            details,
            amounts,
            is_new,
            place,
            self._withholding() if is_new else None,
        )

    def _withholding(self) -> Withholding | None:
        """Why the new lines are withheld; None where they are open, and where the boxes say what is wrong."""
        if self.publication is None or not self.publication.is_valid():
            return None
        try:
            return self.publication.withholding()
        except Refusal as said:
            self.publication.add_error(said.field, said.message)
            return None

    def _check_new_ref(self, new: NewRow, ref: str, option: int | None) -> None:
        box = new.texts["ref"]
        label, limit = TEXT_LIMITS["ref"]
        try:
            check_text(ref, label, limit)
        except Refusal as said:
            box.error = said.message
        if not ref:
            box.error = "Enter the reference, for example L-12"
        elif option is not None and self.grid.option is not None and option != self.grid.option.pk:
            box.error = f"{ref} is already the reference of a line of another option"

    def _who(self, new: NewRow) -> tuple[Council | None, CostPool | None]:
        value = new.texts["who"].value
        if value not in dict(self.whos):
            new.texts["who"].error = "Choose who bears it"
        pool = next((pool for pool in self.pools if value == f"pool-{pool.pk}"), None)
        councils = self.grid.edited_councils
        return next((one for one in councils if value == f"council-{one.pk}"), None), pool

    def _amounts(self, place: str, kind: str, boxes: list[Box]) -> dict[int, int | None]:
        amounts: dict[int, int | None] = {}
        for fy, box in zip(self.grid.years, boxes, strict=True):
            self._places[f"{place}.{fy}".casefold()] = box
            text = box.value.strip()
            try:
                amounts[fy] = parse_line_amount(text, kind) if text else None
            except Refusal as said:
                box.error = said.message
        return amounts

    def _note_other(self) -> None:
        """Refuse boxes of years that the period no longer holds (row 16), and a rate sent along (row 32)."""
        period = Period(self.grid.case.base_fy, self.grid.case.horizon_years)
        sent = self.data or {}
        try:
            check_no_rate(sent)
            for name, value in sent.items():
                year = name.rpartition("-")[2]
                if name.startswith(("a-", "n-")) and year.isdecimal() and value.strip():
                    period.check_year(int(year))
        except Refusal as said:
            self.other_errors.append(said.message)


def reviewed(form: GridForm, fresh: CaseGrid, rows: Iterable[GridRow], said: CaseChanged) -> GridForm:
    """The form again over the grid as it now is, with everything typed kept."""
    boxes = {
        f"{row.row.line.ref}.{row.row.council.key if row.row.council else JOINT}.{fy}": box
        for row in form.rows
        for fy, box in zip(form.grid.years, row.boxes, strict=bool(row.boxes))
    }
    councils = {council.key: str(council) for council in fresh.partners.councils}
    conflict = conflict_of(
        said,
        {place: box.value for place, box in boxes.items()},
        label=lambda place: _label(place, councils),
        words=lambda _, value: "" if value is None else format_amount(value),
        is_same=lambda _, text, value: _pence_or_none(text) == value,
    )
    taken = {boxes[place].name: value for place, value in conflict.taken.items()}
    data = {**(form.data or {}), **taken, "seen_version": str(fresh.case.version)}
    again = GridForm(fresh, data, rows=rows, pools=form.pools, blank_rows=len(form.new_rows))
    again.conflict = conflict
    return again


def _label(place: str, councils: Mapping[str, str]) -> str:
    ref, council, year = place.rsplit(".", 2)
    return f"{ref}, {councils.get(council, 'joint')}, {format_fy(int(year))}"


def _pence_or_none(text: str) -> int | None:
    """Pence of what stands in a box; None where it is empty or cannot be read."""
    try:
        return parse_pounds(text) if text.strip() else None
    except Refusal:
        return None
