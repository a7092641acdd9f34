"""Files of the programme floor: milestones and agreements as on their pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.money import format_pounds
from programme.models import Programme
from programme.queries.agreements import AgreementRow
from programme.queries.milestones import MilestoneRow


def _date(value: ImpreciseDate | None) -> Value:
    """An ISO date where one day is known, else the words of its source."""
    if value is None:
        return None
    return value.first_on.isoformat() if value.is_exact else str(value)


def _last_day(value: ImpreciseDate | None) -> date | None:
    return value.last_on if value else None


def _councils(row: MilestoneRow) -> str:
    return "; ".join(str(council) for council in row.councils) or "All partner councils"


def _change(row: MilestoneRow) -> Value:
    if row.change_days is None:
        return NotApplicable("no plan date and later date to compare")
    return row.change_days


def _original_change(row: MilestoneRow) -> Value:
    if row.original_change_days is None:
        return NotApplicable("no plan date and later date to compare")
    return row.original_change_days


def _slipped(row: MilestoneRow) -> Value:
    if row.slipped is None:
        return _NO_REPORT
    return NotAssessable("no forecast was recorded then") if row.slipped.days is None else row.slipped.days


_NO_REPORT = NotApplicable("nothing was reported yet")
MILESTONE_COLUMNS: list[Column[MilestoneRow]] = [
    Column("Reference", lambda row: row.milestone.ref),
    Column("Milestone", lambda row: row.milestone.title),
    Column("Phase", lambda row: row.milestone.phase.label if row.milestone.phase else None),
    Column("Key milestone", lambda row: "yes" if row.milestone.is_critical else "no"),
    Column("Councils", _councils),
    Column("Owner", lambda row: str(row.milestone.owner) if row.milestone.owner else None),
    Column("Original plan", lambda row: _date(row.original or row.plan)),
    Column("Current plan", lambda row: _date(row.plan)),
    Column("Forecast", lambda row: _date(row.forecast)),
    Column("Achieved on", lambda row: _date(row.actual)),
    Column("Due by", lambda row: _last_day(row.due), Format.DATE),
    Column("State", lambda row: row.word),
    Column("Days from plan", _change, Format.NUMBER),
    Column("Days from original plan", _original_change, Format.NUMBER),
    Column("Days slipped since last report", _slipped, Format.NUMBER),
    Column("Last report", lambda row: row.slipped.since if row.slipped else _NO_REPORT, Format.DATE),
    Column("Days late", lambda row: row.days_late, Format.NUMBER),
    Column("Rating", lambda row: row.rating.word.value),
    Column("Reason", lambda row: row.rating.reason),
    Column("Evidence", lambda row: row.milestone.evidence),
    Column("Note", lambda row: row.milestone.note),
]


def milestone_table(rows: Sequence[MilestoneRow], *, as_of: date) -> Table[MilestoneRow]:
    """The milestones of a page as a file, in its order; one line a milestone."""
    return Table("milestones", f"Milestones as at {as_of.isoformat()}", MILESTONE_COLUMNS, rows)


def milestone_document(programme: Programme, rows: Sequence[MilestoneRow], *, as_of: date) -> Document:
    """The same as a workbook."""
    return Document(
        title=f"Milestones – {programme}",
        as_of=as_of,
        cover=[
            ("Programme", str(programme)),
            ("As at", format_date(as_of)),
            ("Milestones", str(len(rows))),
        ],
        notes=[
            "Ratings compare with the current plan. Days from plan are calendar days; more than 0 is later.",
            "Due by is the last day of the forecast, or of the plan where there is no forecast.",
        ],
        tables=[milestone_table(rows, as_of=as_of)],
    )


def _exit_costs(row: AgreementRow) -> str:
    stated = [one.party for one in row.parties if one.party.exit_cost_pence is not None]
    return "; ".join(f"{one.council} {format_pounds(one.exit_cost_pence or 0)}" for one in stated)


AGREEMENT_COLUMNS: list[Column[AgreementRow]] = [
    Column("Partnership", lambda row: row.agreement.partnership.name),
    Column("Reference", lambda row: row.agreement.ref),
    Column("Agreement", lambda row: row.agreement.title),
    Column("Kind", lambda row: str(row.agreement.get_kind_display())),
    Column("Legal basis", lambda row: str(row.agreement.get_legal_basis_display())),
    Column("Parties", lambda row: row.party_names),
    Column("Signatures", lambda row: row.signatures),
    Column("State", lambda row: row.force_words),
    Column("In force from", lambda row: row.agreement.in_force_on, Format.DATE),
    Column("Ends on", lambda row: row.agreement.ends_on, Format.DATE),
    Column("Review on", lambda row: row.agreement.review_on, Format.DATE),
    Column("Notice in months", lambda row: row.agreement.notice_months, Format.NUMBER),
    Column("Give notice by", lambda row: row.notice.give_by_on, Format.DATE),
    Column("Compensation clause", lambda row: "yes" if row.agreement.has_compensation else "no"),
    Column("Exit costs", _exit_costs),
    Column("Terms of leaving", lambda row: row.agreement.exit_terms),
    Column("Decision", lambda row: row.agreement.decision_ref),
]


def agreement_table(rows: Sequence[AgreementRow], *, as_of: date) -> Table[AgreementRow]:
    """The register of agreements as a file; one line an agreement."""
    return Table("agreements", f"Agreements as at {as_of.isoformat()}", AGREEMENT_COLUMNS, rows)
