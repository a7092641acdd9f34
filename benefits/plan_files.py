"""Files of a proposed plan: what changes for each council and year, and what that does to its worth."""

from __future__ import annotations

from collections.abc import Sequence

from benefits.exports import council_name
from benefits.queries.plan_changes import AmountChange, PlanChanges, Worth
from benefits.queries.plan_route import RouteRow
from benefits.queries.plans import VersionWorth
from benefits.rules.plan_change import Outlook
from benefits.tables.plan_changes import plan_name
from core.exports.tables import Column, Format, Table
from core.rules.calendar import fy_file_key

VERSION_COLUMNS: list[Column[VersionWorth]] = [
    Column("Plan version", lambda one: str(one.row.version.number)),
    Column("Standing", lambda one: one.row.standing),
    Column("Gross cashable saving", lambda one: one.gross_pence, Format.MONEY),
    Column("Less than the original plan", lambda one: one.original_pence - one.gross_pence, Format.MONEY),
    Column("Approved on", lambda one: one.row.version.approved_on, Format.DATE),
    Column("In effect from", lambda one: one.row.version.effective_on, Format.DATE),
    Column("Reason", lambda one: one.row.reason or "First plan"),
    Column("What changed, and why", lambda one: one.row.version.narrative or None),
    Column("Approved by", lambda one: "; ".join(link.approved_by for link in one.row.decisions) or None),
    Column(
        "Decision", lambda one: "; ".join(f"{link.ref} {link.title}" for link in one.row.decisions) or None
    ),
    Column("Proposed by", lambda one: one.row.version.entered_by.name),
    Column("Fingerprint", lambda one: one.row.version.content_hash),
]


def version_table(rows: Sequence[VersionWorth]) -> Table[VersionWorth]:
    """Every plan version, the original among them, with its reason, who approved it and by which decision."""
    return Table("Plans", "Plan versions", VERSION_COLUMNS, rows, "£ over all years")


def change_table(changes: PlanChanges) -> Table[AmountChange]:
    """Each amount that changes: line, council, year, originally, before and as proposed."""
    columns: list[Column[AmountChange]] = [
        Column("Line reference", lambda row: row.line.ref),
        Column("Line", lambda row: row.line.title),
        Column("Council", lambda row: row.council.name),
        Column("Financial year", lambda row: fy_file_key(row.fy)),
        Column("Original plan", lambda row: row.original_pence, Format.MONEY),
        Column(plan_name(changes), lambda row: row.before_pence, Format.MONEY),
        Column("Proposed", lambda row: row.after_pence, Format.MONEY),
        Column("Difference", lambda row: row.words),
    ]
    return Table("Changes", "Amounts before and after", columns, changes.changes, "£ a financial year")


def worth_table(changes: PlanChanges) -> Table[Worth]:
    """Net benefit, payback and net present value, of all councils and of each."""
    before = plan_name(changes)
    columns: list[Column[Worth]] = [Column("Council", lambda row: council_name(row.council))]
    for name, plan in (("Original plan", "original"), (before, "before"), ("Proposed", "after")):
        columns += _outlook_columns(name, plan)
    return Table("Worth", "Effect on net benefit, payback and net present value", columns, changes.worth, "£")


def route_table(rows: tuple[RouteRow, ...]) -> Table[RouteRow]:
    """The route to the decision: what is done and what is missing."""
    columns: list[Column[RouteRow]] = [
        Column("Step", lambda row: row.step.text),
        Column("Done", lambda row: "yes" if row.step.is_done else "no"),
        Column("Waits for", lambda row: "Nothing" if row.step.is_done else row.step.waits),
    ]
    return Table("Route", "The way to a decision", columns, rows)


def _outlook_columns(name: str, plan: str) -> list[Column[Worth]]:
    def found(row: Worth) -> Outlook | None:
        outlook: Outlook | None = getattr(row, plan)
        return outlook

    return [
        Column(
            f"{name}: net benefit", lambda row: of.net_pence if (of := found(row)) else None, Format.MONEY
        ),
        Column(f"{name}: payback", lambda row: str(of.payback) if (of := found(row)) else None),
        Column(
            f"{name}: net present value", lambda row: of.npv if (of := found(row)) else None, Format.MONEY
        ),
    ]
