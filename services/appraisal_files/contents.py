"""The tables of an appraisal file, in order, with its cover and its notes."""

from __future__ import annotations

from core.rules.calendar import format_fy
from services.appraisal_files.about import case_table, reference_table, statement_table, tax_base_table
from services.appraisal_files.compensation import payment_table, position_table, proposal_table
from services.appraisal_files.fields import AnyTable
from services.appraisal_files.figures import measure_table, missing_table, year_table
from services.appraisal_files.risks import bin_table, range_table, scenario_table, switching_table
from services.queries.appraisal_report import AppraisalReport

NOTES = (
    "Money is in pounds and in real prices of the base year.",
    "Benefits and costs are both positive. Net is benefits less costs: positive is good for the council.",
    (
        "Present values are rounded to the penny by year and council. The councils' sum may differ by "
        "pennies from the joint figure: sum is the councils' own added up, joint the joint figure."
    ),
    "A horizon of n years holds the years 0 to n. Year 0 is not discounted.",
    "Exit costs would fall due only on going back. They are in no figure but the exit cost and its ratio.",
    "The benefit-cost ratio is no pass or fail.",
    (
        "[c] withheld: held by a council until the case is issued, or exempt, or about fewer than 5 people, "
        "or a figure that would give such a one away. Column note of the CSV says which."
    ),
)


def tables_of(report: AppraisalReport) -> list[AnyTable]:
    """Every table; statements of section 151 officers come first, those that do not support before all."""
    return [
        statement_table(report),
        case_table(report),
        reference_table(report),
        measure_table(report),
        year_table(report),
        scenario_table(report),
        switching_table(report),
        range_table(report),
        bin_table(report),
        position_table(report),
        proposal_table(report),
        payment_table(report),
        tax_base_table(report),
        missing_table(report),
    ]


def title_of(report: AppraisalReport) -> str:
    """What the file is."""
    return f"Appraisal of {report.appraisal.case}"


def cover_of(report: AppraisalReport) -> list[tuple[str, str]]:
    """Who does not support it, then what the figures are of."""
    appraisal = report.appraisal
    case = appraisal.case
    objections = [(f"{one.council} does not support it", one.text) for one in appraisal.objections]
    newer = [
        (
            f"{use.name} changed since",
            f"Version {use.newer.version} is in force; the case uses {use.used.version}",
        )
        for use in appraisal.newer_references
        if use.newer
    ]
    return [
        *objections,
        ("Programme", case.programme.name),
        ("Business case", f"{case.ref}, version {case.number}"),
        ("Stage and state", f"{case.get_stage_display()}, {str(case.get_state_display()).lower()}"),
        ("Councils", ", ".join(council.name for council in appraisal.councils)),
        ("Appraisal period", f"{format_fy(appraisal.fys[0])} and {case.horizon_years} years after it"),
        *[(use.name, f"Version {use.used.version}: {use.used.source}") for use in appraisal.references],
        *newer,
        *([("Withheld", appraisal.left_out)] if appraisal.left_out else []),
    ]
