"""What is late, what comes next, and where each phase stands."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.assessment import NotApplicable
from core.rules.dates import ImpreciseDate
from governance.benefits_files.fields import Datum, Field, FieldTable, Place, Unit
from governance.queries.benefits_export import BenefitsExport
from programme.queries.milestones import MilestoneRow
from programme.queries.programmes import PhaseRow

_ALL_PARTNERS = ("all partner councils",)
_NOT_LATE = NotApplicable("It is not late")
_NOTHING_TO_COMPARE = NotApplicable("There is no plan date and later date to compare")


def overdue_table(export: BenefitsExport) -> FieldTable[MilestoneRow]:
    """Milestones whose date has gone by, the oldest first."""
    return _milestones(
        export,
        "overdue_milestones",
        "Overdue milestones",
        "Milestones whose date has gone by and that are not achieved, oldest first",
        export.page.late,
    )


def next_table(export: BenefitsExport) -> FieldTable[MilestoneRow]:
    """Milestones to come, the next one first."""
    return _milestones(
        export,
        "next_milestones",
        "Next milestones",
        "Milestones to come, soonest first",
        export.page.upcoming,
    )


def phase_table(export: BenefitsExport) -> FieldTable[PhaseRow]:
    """Phases in order, each with its state."""
    return FieldTable(
        "phases",
        "Phases",
        "Phases in order",
        "A row a phase",
        [
            Field("phase", "Reference", lambda row: row.phase.ref, "Reference", place=Place.ITEM),
            Field("phase_name", "Phase", lambda row: row.phase.label, "Its name", place=Place.ITEM_NAME),
            Field(
                "state",
                "State key",
                lambda row: row.progress.value,
                "done, overdue, in_progress, planned or indicative",
                source=lambda row: [export.source_of(row.phase.source_id)],
                is_code=True,
            ),
            Field("state_name", "State", lambda row: row.word, "The same in words"),
            Field("start", "Start", lambda row: _words(row.start), "When it starts, in the source's words"),
            Field("due", "Due", lambda row: _words(row.due), "When it is to end"),
            Field(
                "due_by", "Due by", lambda row: _last_day(row.due), "Last day that this can mean", Unit.DATE
            ),
            Field("end", "Ended", lambda row: _words(row.end), "When it ended"),
            Field(
                "milestones_achieved",
                "Milestones achieved",
                lambda row: row.achieved,
                "How many of its milestones are achieved",
                Unit.COUNT,
            ),
            Field("milestones", "Milestones", lambda row: row.milestones, "How many it has", Unit.COUNT),
        ],
        export.page.phases,
        note=lambda row: row.phase.note,
    )


def _milestones(
    export: BenefitsExport, key: str, name: str, title: str, rows: Sequence[MilestoneRow]
) -> FieldTable[MilestoneRow]:
    return FieldTable(
        key,
        name,
        title,
        "A row a milestone",
        [
            Field("milestone", "Reference", lambda row: row.milestone.ref, "Reference", place=Place.ITEM),
            Field(
                "milestone_name",
                "Milestone",
                lambda row: row.milestone.title,
                "Its title",
                place=Place.ITEM_NAME,
            ),
            Field(
                "due",
                "Due",
                lambda row: _words(row.due),
                "The forecast, else the plan, in the source's words",
                source=lambda row: [export.source_of(row.milestone.source_id)],
            ),
            Field(
                "due_by",
                "Due by",
                lambda row: _last_day(row.due),
                "Last day that this can mean; it is overdue after it",
                Unit.DATE,
            ),
            Field(
                "days_overdue",
                "Days overdue",
                lambda row: row.days_late or _NOT_LATE,
                "Days since then on the file's day",
                Unit.DAYS,
            ),
            Field(
                "original_plan",
                "Original plan",
                lambda row: _words(row.original or row.plan),
                "Date in plan version 1",
            ),
            Field("current_plan", "Current plan", lambda row: _words(row.plan), "Date in the current plan"),
            Field("forecast", "Forecast", lambda row: _words(row.forecast), "When it is expected"),
            Field(
                "days_from_plan",
                "Days from plan",
                lambda row: _NOTHING_TO_COMPARE if row.change_days is None else row.change_days,
                "Forecast less current plan; positive is late",
                Unit.DAYS,
            ),
            Field("rating", "Rating", lambda row: row.rating.word.value, "Green, Amber, Red or another word"),
            Field("rating_reason", "Reason", lambda row: row.rating.reason, "Why it is rated so"),
            Field("phase", "Phase", _phase, "Phase it belongs to"),
            Field(
                "councils",
                "Councils",
                lambda row: tuple(str(council) for council in row.councils) or _ALL_PARTNERS,
                "Councils it belongs to",
                Unit.LIST,
            ),
            Field(
                "owner",
                "Owner",
                lambda row: str(row.milestone.owner) if row.milestone.owner else None,
                "Who answers for it",
            ),
            Field("is_key", "Key milestone", lambda row: row.milestone.is_critical, "yes or no", Unit.FLAG),
        ],
        rows,
        note=lambda row: row.milestone.note or row.milestone.case_note,
    )


def _phase(row: MilestoneRow) -> Datum:
    return row.milestone.phase.label if row.milestone.phase else None


def _words(value: ImpreciseDate | None) -> Datum:
    return str(value) if value else None


def _last_day(value: ImpreciseDate | None) -> Datum:
    return value.last_on if value else None
