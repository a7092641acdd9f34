"""What a file is about: the statements on the case, the case, and the reference data used."""

from __future__ import annotations

from core.exports.tables import Value
from core.rules.assessment import NotAssessable
from core.rules.calendar import fy_file_key
from services.appraisal_files.fields import Field, FileTable, Place, Unit
from services.models import CaseStatement
from services.queries.appraisal import CaseAppraisal, ReferenceUse
from services.queries.appraisal_report import AppraisalReport

_NOT_STATED = NotAssessable("The council tax base is not stated")


def statement_table(report: AppraisalReport) -> FileTable[CaseStatement]:
    """What each council's section 151 officer states."""
    return FileTable(
        "statements",
        "What each council’s section 151 officer states",
        [
            Field("council", "Council", lambda row: str(row.council), place=Place.COUNCIL),
            Field("position", "Position", lambda row: str(row.get_position_display())),
            Field("text", "Statement", lambda row: row.text),
            Field("stated_by", "Stated by", lambda row: row.stated_by.name),
            Field("stated_on", "Stated on", lambda row: row.stated_at.date(), Unit.DATE),
        ],
        report.appraisal.statements,
    )


def case_table(report: AppraisalReport) -> FileTable[CaseAppraisal]:
    """The case and how it is appraised: one row."""
    return FileTable(
        "case",
        "The business case and how it is appraised",
        [
            Field("programme", "Programme", lambda row: row.case.programme.key),
            Field("ref", "Reference", lambda row: row.case.ref, place=Place.ITEM),
            Field("version", "Version", lambda row: row.case.number, Unit.COUNT),
            Field("title", "Title", lambda row: row.case.title),
            Field("stage", "Stage", lambda row: str(row.case.get_stage_display())),
            Field("state", "State", lambda row: str(row.case.get_state_display())),
            Field("base_year", "Base year", lambda row: fy_file_key(row.case.base_fy)),
            Field("years", "Years after the base year", lambda row: row.case.horizon_years, Unit.COUNT),
            Field("prices", "Prices", lambda row: str(row.case.get_price_basis_display())),
            Field(
                "payback_origin",
                "Payback counts from",
                lambda row: str(row.case.get_payback_origin_display()),
            ),
            Field("seed", "Seed of the simulation", lambda row: row.case.simulation_seed, Unit.COUNT),
            Field("content_hash", "Hash of the issued content", lambda row: row.case.content_hash or None),
        ],
        [report.appraisal],
    )


def reference_table(report: AppraisalReport) -> FileTable[ReferenceUse]:
    """The version of each reference table used, and a newer one where there is one."""
    return FileTable(
        "reference_data",
        "Reference data used",
        [
            Field("table", "Table", lambda row: row.used.table, place=Place.ITEM),
            Field("version", "Version used", lambda row: row.used.version),
            Field("effective_from", "In force from", lambda row: row.used.effective_from, Unit.DATE),
            Field("source", "Source", lambda row: row.used.source),
            Field("retrieved_on", "Looked up on", lambda row: row.used.retrieved_on, Unit.DATE),
            Field("newer_version", "Newer version", lambda row: row.newer.version if row.newer else "none"),
        ],
        report.appraisal.references,
    )


def tax_base_table(report: AppraisalReport) -> FileTable[int]:
    """The council tax base that the household equivalent of each council uses."""
    appraisal = report.appraisal
    bases = appraisal.options[0].tax_bases if appraisal.options else ()

    def quantity(place: int) -> Value:
        base = bases[place]
        return base.quantity if base else _NOT_STATED

    def year(place: int) -> Value:
        base = bases[place]
        return fy_file_key(base.year) if base else _NOT_STATED

    return FileTable(
        "tax_bases",
        "Council tax base, Band D equivalents",
        [
            Field("council", "Council", lambda place: appraisal.names[place], place=Place.COUNCIL),
            Field("year", "Year", year),
            Field("band_d_equivalents", "Band D equivalents", quantity, Unit.COUNT),
        ],
        range(len(bases)),
    )
