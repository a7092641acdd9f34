"""Lines of a business case out of a file or out of rows that were pasted: read, checked, previewed.

A row is a line and who bears it, as in our own download. An empty cell under a year takes the amount out,
an empty cell elsewhere leaves what is there; [c] leaves what the person may not see. In CSV a year may be
given by months (2026-27 April, …): they must add up to the year, where that is given too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core.errors import Refusal, Refusals
from core.exports.cells import WITHHELD
from core.imports.cells import choice_of, number_of, pounds_of, text_of
from core.imports.files import Uploaded
from core.imports.pasted import PastedText, as_file, pasted_rows
from core.imports.tables import ImportColumn, ImportedTable, ImportRow, read_table
from core.rules.calendar import MONTH_NAMES, fy_file_key
from programme.models import Council
from services.actions.case_lines import check_lines
from services.actions.case_rows import RowEntry, merged
from services.case_line_exports import COUNTS_AS, JOINT_TITLE, LEFT_OUT, TOTAL
from services.models import BusinessCase, BusinessCaseLine, CaseOption, CostPool
from services.queries.case_amounts import JOINT, LineChange
from services.queries.case_partners import CasePartners, case_partners
from services.rules.case_entry import Period, check_no_rate, year_of_months
from services.rules.case_line import CHOICES, TEXT_LIMITS

# Years before and after the period that are read too, so that an amount in one is refused as row 16 says.
_YEARS_AROUND = 12
_MONTHS = (*MONTH_NAMES[3:], *MONTH_NAMES[:3])
_WHOLE = (
    ("low_percent", "Lowest %"),
    ("high_percent", "Highest %"),
    ("bias_mitigation_percent", "Mitigation %"),
    ("staff_count", "People"),
    ("term_years", "Stated term"),
)
_TITLES = {
    "ref": "Reference",
    "title": "Line",
    "kind": "Kind",
    "cost_type": "Cost type",
    "price_basis": "Prices",
    "confidence": "Confidence",
    "bias_category": "Optimism-bias category",
    "evidence": "Evidence",
    "assumptions": "Assumptions",
    "bias_basis": "Basis of the percentage",
    "key_text": "How it is shared",
    "override_reason": "Reason for a warning",
}
WHO = "Who bears it"


@dataclass(frozen=True, slots=True)
class LineImport:
    """What was read of a file, and the changes of lines that it would make."""

    table: ImportedTable
    changes: tuple[LineChange, ...]
    changed_lines: int

    @property
    def new_lines(self) -> int:
        """How many lines the file would add."""
        return sum(change.is_new for change in self.changes)


def pasted(text: str, case: BusinessCase) -> PastedText:
    """Rows pasted from a spreadsheet (cells apart by tabs) or out of a CSV file, as a file.

    Rows without a header line are taken as reference, who bears it, and the years in order.
    """
    rows = pasted_rows(text)
    if rows and _TITLES["ref"].lower() not in {cell.strip().lower() for cell in rows[0]}:
        years = [fy_file_key(fy) for fy in Period(case.base_fy, case.horizon_years).years]
        rows.insert(0, [_TITLES["ref"], WHO, *years])
    return as_file(rows)


def read_lines(case: BusinessCase, uploaded: Uploaded, *, by: User) -> LineImport:
    """What a file would change; saves nothing. Refuses the file as rows 81 and 82 say.

    What is wrong with a cell, by itself or as `save_lines` would refuse it, is among the table's problems.
    """
    is_csv = (uploaded.name or "").lower().endswith(".csv")
    table = read_table(uploaded, _columns(case, with_months=is_csv), ignored=(TOTAL, COUNTS_AS, LEFT_OUT))
    reader = _Reader(case, table)
    changes = reader.changes()
    changed = 0
    if not table.problems:
        try:
            changed = check_lines(case, by=by, changes=changes)
        except Refusals as said:
            reader.refuse(said.refusals)
        except Refusal as said:
            reader.refuse([said])
    return LineImport(table, tuple(changes), changed)


class _Reader:
    """Turns the rows of a table into changes of lines, and refusals back into problems of cells."""

    def __init__(self, case: BusinessCase, table: ImportedTable) -> None:
        self.case, self.table = case, table
        self.partners: CasePartners = case_partners(case.programme)
        self.options = {option.ref.casefold(): option for option in case.options.all()}
        pools = case.programme.cost_pools.all()
        self.pools = {text.casefold(): pool for pool in pools for text in (pool.name, pool.ref)}
        self.lines = {line.ref.casefold(): line for line in case.lines.all()}
        self.years = _years(case)
        self.places: dict[str, tuple[ImportRow, str]] = {}

    def changes(self) -> list[LineChange]:
        """One change a line; what cannot be read is refused in the table."""
        entries = [entry for entry in map(self._entry, self.table.rows) if entry is not None]
        try:
            return merged(entries)
        except Refusals as said:
            self.refuse(said.refusals)
            return []

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Put each refusal on its cell, or on the reference of its line."""
        for said in refusals:
            place = (said.field or "").casefold()
            row, name = self.places.get(place) or (self._row_of(place), "ref")
            self.table.refuse(row, name, said.message)

    def _row_of(self, place: str) -> ImportRow:
        ref = place.rpartition(".")[0]
        found = self.places.get(f"{ref}.ref")
        return found[0] if found else self.table.rows[0]

    def _entry(self, row: ImportRow) -> RowEntry | None:
        ref = row.values["ref"]
        if not ref:
            return None
        line = self.lines.get(ref.casefold())
        council = self._council(row)
        place = f"{ref}.{council.key if council else JOINT}"
        own = f"{row.number}|{place}"
        for base in (place, own):
            self.places |= {f"{base}.{fy}".casefold(): (row, _year_name(fy)) for fy in self.years}
        details = self._details(row, line)
        for name in (*details, "ref", "override_reason", "whole_life_pence", "bias_basis", "title", "option"):
            self.places.setdefault(f"{ref}.{name}".casefold(), (row, name))
            self.places[f"{own}.{name}".casefold()] = (row, name)
        return RowEntry(
            ref,
            council.pk if council else None,
            details,
            self._amounts(row),
            is_new=line is None,
            place=own,
        )

    def _council(self, row: ImportRow) -> Council | None:
        text = row.values["who"] or ""
        if not text or text.casefold().startswith(JOINT_TITLE.casefold()):
            return None
        council = self.partners.named(text)
        if council is None:
            self.table.refuse(row, "who", f"{text} is not a partner in this programme")
        return council

    def _details(self, row: ImportRow, line: BusinessCaseLine | None) -> dict[str, Any]:
        """What the row says of its line; an empty cell says nothing."""
        named = [*_TITLES, *(name for name, _ in _WHOLE), "annual_pence", "whole_life_pence"]
        details = {name: row.values[name] for name in named if row.values[name] is not None}
        details |= {name: int(details[name]) for name, _ in _WHOLE if name in details}
        details |= self._related(row, "option", self.options)
        details |= self._related(row, "pool", self.pools)
        if line is not None:
            details.pop("ref", None)
            return details
        return {"option": None, "title": "", "kind": "", **details}

    def _related(
        self, row: ImportRow, name: str, things: Mapping[str, CaseOption | CostPool]
    ) -> dict[str, Any]:
        text = row.values[name]
        if not text:
            return {}
        found = things.get(text.casefold())
        if found is None:
            self.table.refuse(row, name, f"There is no {name} {text}")
        return {name: found}

    def _amounts(self, row: ImportRow) -> dict[int, int | None]:
        amounts: dict[int, int | None] = {}
        in_period = set(Period(self.case.base_fy, self.case.horizon_years).years)
        for fy in self.years:
            name = _year_name(fy)
            given = name in row.given
            if row.texts.get(name, "").strip() == WITHHELD:
                continue
            months = [
                row.values[key]
                for key in (_month_name(fy, index) for index in range(len(_MONTHS)))
                if row.values.get(key) is not None
            ]
            pence = row.values[name]
            if months:
                pence = self._year_of_months(row, name, months)
            if pence is not None or (given and fy in in_period):
                amounts[fy] = pence
        return amounts

    def _year_of_months(self, row: ImportRow, name: str, months: Sequence[int]) -> int | None:
        try:
            return year_of_months(months, row.values[name])
        except Refusal as said:
            self.table.refuse(row, name, said.message)
            return None


def _columns(case: BusinessCase, *, with_months: bool) -> list[ImportColumn]:
    """Every column that a file may have; only the reference must be there."""
    columns = [
        ImportColumn("ref", _TITLES["ref"], text_of("Reference", TEXT_LIMITS["ref"][1]), is_required=True),
        _optional("option", "Option", text_of("Option", 120)),
        _optional("who", WHO, text_of(WHO, 120)),
        _optional("pool", "Pool", text_of("Pool", 120)),
        _optional("discount_rate", "Discount rate", _refuse_rate),
    ]
    for name, title in _TITLES.items():
        if name in CHOICES:
            named = [(value, str(label)) for value, label in CHOICES[name][0].choices]
            columns.append(_optional(name, title, choice_of(title, named)))
        elif name != "ref":
            columns.append(_optional(name, title, text_of(*TEXT_LIMITS[name])))
    columns += [_optional(name, title, number_of(title, places=0)) for name, title in _WHOLE]
    columns += [
        _optional("annual_pence", "Stated a year (£)", pounds_of("amount")),
        _optional("whole_life_pence", "Stated whole life (£)", pounds_of("amount")),
    ]
    for fy in _years(case):
        columns.append(_optional(_year_name(fy), fy_file_key(fy), pounds_of("amount", None)))
    if with_months:
        columns += [
            _optional(_month_name(fy, index), f"{fy_file_key(fy)} {month}", pounds_of("amount", None))
            for fy in Period(case.base_fy, case.horizon_years).years
            for index, month in enumerate(_MONTHS)
        ]
    return columns


def _optional(name: str, title: str, read: Any) -> ImportColumn:
    return ImportColumn(name, title, read, is_needed=False)


def _refuse_rate(text: str) -> None:
    check_no_rate(["discount_rate"])


def _years(case: BusinessCase) -> range:
    period = Period(case.base_fy, case.horizon_years).years
    return range(period.start - _YEARS_AROUND, period.stop + _YEARS_AROUND)


def _year_name(fy: int) -> str:
    return f"year_{fy}"


def _month_name(fy: int, index: int) -> str:
    return f"month_{fy}_{index}"
