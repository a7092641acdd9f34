"""Milestones as a workbook or a CSV file that can be edited and sent back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from programme.exchange.edit_columns import CHANGED, ID, NOTES, REFERENCE, SHOWN, TERMS, VERSION
from programme.exchange.edit_owners import Owners
from programme.models import Programme
from programme.queries.milestones import MilestoneRow

_KEYS: list[Column[MilestoneRow]] = [
    Column(REFERENCE, lambda row: row.milestone.ref, is_locked=True, width=11),
    Column(VERSION, lambda row: row.milestone.version, Format.NUMBER, is_locked=True, width=8),
]
_COLUMNS: list[Column[MilestoneRow]] = [
    Column(SHOWN["plan"], lambda row: _cell(row.plan), Format.DATE, is_locked=True),
    Column(CHANGED["forecast_on"], lambda row: _cell(row.forecast), Format.DATE),
    Column(CHANGED["achieved_on"], lambda row: _cell(row.actual), Format.DATE),
    Column(CHANGED["note"], lambda row: row.milestone.note),
    Column(CHANGED["evidence"], lambda row: row.milestone.evidence),
    Column(ID, lambda row: row.milestone.pk, Format.NUMBER, is_locked=True, width=8),
]


def edit_table(
    rows: Sequence[MilestoneRow], owners: Owners, *, as_of: date, may_plan: bool
) -> Table[MilestoneRow]:
    """The milestones, one line each, with what may be changed of them as it stands.

    Who may plan changes titles and owners too; an owner is offered as a choice.
    """
    title = f"Milestones to change, as at {format_date(as_of)}"
    terms: list[Column[MilestoneRow]] = [
        Column(TERMS["title"], lambda row: row.milestone.title, is_locked=not may_plan),
        Column(
            TERMS["owner"],
            lambda row: owners.label(row.milestone.owner),
            choices=owners.labels if may_plan else (),
            is_locked=not may_plan,
            width=20,
        ),
    ]
    columns = [*_KEYS, *terms, *_COLUMNS]
    return Table("Milestones", title, columns, rows, unit="Empty cells change nothing. See How to use it")


def edit_document(programme: Programme, table: Table[MilestoneRow], *, as_of: date) -> Document:
    """The table as a workbook with a sheet that says how it is used."""
    return Document(f"{table.title} – {programme}", as_of, (), NOTES, [table], is_to_edit=True)


def _cell(value: ImpreciseDate | None) -> Value:
    """The day where it is known, else the words; empty where there is none."""
    if value is None:
        return ""
    return value.first_on if value.is_exact else str(value)
