"""Tables of the benefits register added up."""

from __future__ import annotations

from benefits.queries.register_summary import GroupRow, RegisterSummary
from benefits.rules.waiting import AgeBand, Waiting
from benefits.tables.shapes import amount_cell
from core.exports.tables import Column, Format, Table
from core.rules.assessment import NotApplicable
from core.rules.words import count_of
from core.tables import Cell, Heading, NumberTable, Row, headings

NO_POUNDS = NotApplicable("It has no pounds")


def group_table(summary: RegisterSummary) -> NumberTable:
    """Benefits by state and class, with their pounds."""
    return NumberTable(
        "states",
        "Benefits by state and class",
        "£ over all years; oldest claim in working days",
        (
            Heading("State", is_number=False),
            Heading("Class", is_number=False),
            *headings(
                "Benefits",
                "At risk",
                "Original plan",
                "Current plan",
                "Claimed",
                "Verified",
                "Banked",
                "Oldest claim",
            ),
        ),
        tuple(_group_row(group) for group in summary.groups),
        note="[z] benefits without pounds, and no claim that waits. Classes are never added up.",
    )


def age_table(summary: RegisterSummary) -> NumberTable:
    """Claims that wait, by how long."""
    return NumberTable(
        "ages",
        "Claimed and not verified, by how long it waits",
        "£; working days since it was claimed",
        headings("Waits for", "Amounts", "Cashable savings", "Other amounts", "Other than cashable"),
        tuple(
            Row(
                age.words,
                (
                    Cell(f"{age.claims.cashable.amounts:,}"),
                    amount_cell(age.claims.cashable.pence),
                    Cell(f"{age.claims.other.amounts:,}"),
                    amount_cell(age.claims.other.pence),
                ),
            )
            for age in summary.ages
        ),
        note="What is not cashable is never added to it.",
    )


def group_file(summary: RegisterSummary) -> Table[GroupRow]:
    """The same as a file: benefits by state and class."""
    columns: list[Column[GroupRow]] = [
        Column("State", lambda row: str(row.state.label)),
        Column("Class", lambda row: row.class_text),
        Column("Benefits", lambda row: row.benefits, Format.NUMBER),
        Column("At risk", lambda row: row.at_risk, Format.NUMBER),
        Column("Original plan", lambda row: _pounds(row.original_pence), Format.MONEY),
        Column("Current plan", lambda row: _pounds(row.plan_pence), Format.MONEY),
        Column("Claimed", lambda row: _pounds(row.claimed_pence), Format.MONEY),
        Column("Verified", lambda row: _pounds(row.verified_pence), Format.MONEY),
        Column("Banked", lambda row: _pounds(row.banked_pence), Format.MONEY),
        Column("Oldest claim, working days", lambda row: _oldest(row.waiting), Format.NUMBER),
    ]
    return Table("States", "Benefits by state and class", columns, summary.groups)


def age_file(summary: RegisterSummary) -> Table[AgeBand]:
    """The same as a file: claims by how long they wait."""
    columns: list[Column[AgeBand]] = [
        Column("Waits for", lambda row: row.words),
        Column("Amounts", lambda row: row.claims.cashable.amounts, Format.NUMBER),
        Column("Cashable savings", lambda row: row.claims.cashable.pence, Format.MONEY),
        Column("Other amounts", lambda row: row.claims.other.amounts, Format.NUMBER),
        Column("Other than cashable", lambda row: row.claims.other.pence, Format.MONEY),
    ]
    return Table("Waiting", "Claimed and not verified, by how long it waits", columns, summary.ages)


def _group_row(group: GroupRow) -> Row:
    oldest = count_of(group.waiting.oldest_days, "working day") if group.waiting.amounts else "[z]"
    return Row(
        str(group.state.label),
        (
            Cell(group.class_text, is_number=False),
            Cell(f"{group.benefits:,}"),
            Cell(f"{group.at_risk:,}"),
            *(
                amount_cell(_pounds(pence))
                for pence in (
                    group.original_pence,
                    group.plan_pence,
                    group.claimed_pence,
                    group.verified_pence,
                    group.banked_pence,
                )
            ),
            Cell(oldest),
        ),
    )


def _pounds(pence: int | None) -> int | NotApplicable:
    return NO_POUNDS if pence is None else pence


def _oldest(waiting: Waiting) -> int | NotApplicable:
    return waiting.oldest_days if waiting.amounts else NO_POUNDS
