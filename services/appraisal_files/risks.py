"""Scenarios, switching values and the simulated range in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.exports.tables import Value
from services.appraisal_files.fields import Field, FileTable, Place, Unit
from services.queries.appraisal_report import AppraisalReport
from services.queries.appraisal_sensitivity import OptionSensitivity, ScenarioRow
from services.rules.monte_carlo import Bin, NpvRange
from services.rules.switching import SwitchingValues


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scenario of one option, jointly or for one council."""

    option: str
    scenario: ScenarioRow
    council: str
    npv: Value
    swing: Value


@dataclass(frozen=True, slots=True)
class OptionBin:
    """One bar of the distribution of an option."""

    option: str
    bin: Bin


def scenario_table(report: AppraisalReport) -> FileTable[Outcome]:
    """Net present value of each option in every scenario."""
    names = report.appraisal.names
    rows = []
    for one in report.sensitivities:
        ref = one.appraisal.option.ref
        for scenario in one.rows:
            rows.append(Outcome(ref, scenario, "joint", scenario.joint, scenario.swing))
            rows += [
                Outcome(ref, scenario, name, value, None)
                for name, value in zip(names, scenario.councils, strict=True)
            ]
    return FileTable(
        "scenarios",
        "Net present value if assumptions fail",
        [
            Field("option", "Option", lambda row: row.option, place=Place.OPTION),
            Field("scenario", "Scenario", lambda row: row.scenario.label, place=Place.ITEM),
            Field("council", "Council", lambda row: row.council, place=Place.COUNCIL),
            Field("npv", "Net present value", lambda row: row.npv, Unit.MONEY),
            Field("swing", "Change from the central case, jointly", lambda row: row.swing, Unit.MONEY),
        ],
        rows,
    )


def switching_table(report: AppraisalReport) -> FileTable[OptionSensitivity]:
    """How far benefits may fall, or costs rise."""

    def of(value: Callable[[SwitchingValues], Value]) -> Callable[[OptionSensitivity], Value]:
        def figure(row: OptionSensitivity) -> Value:
            return value(row.switching) if isinstance(row.switching, SwitchingValues) else row.switching

        return figure

    return FileTable(
        "switching_values",
        "Switching values",
        [
            Field("option", "Option", lambda row: row.appraisal.option.ref, place=Place.OPTION),
            Field(
                "benefits_may_fall",
                "Benefits may fall by, %",
                of(lambda values: values.benefits_fall_percent),
                Unit.PERCENT,
            ),
            Field(
                "costs_may_rise",
                "Costs may rise by, %",
                of(lambda values: values.costs_rise_percent),
                Unit.PERCENT,
            ),
        ],
        report.sensitivities,
    )


def range_table(report: AppraisalReport) -> FileTable[OptionSensitivity]:
    """The range of net present values from the ranges of the lines."""

    def of(value: Callable[[NpvRange], Value]) -> Callable[[OptionSensitivity], Value]:
        def figure(row: OptionSensitivity) -> Value:
            return value(row.range) if isinstance(row.range, NpvRange) else row.range

        return figure

    return FileTable(
        "range",
        "Range of net present value from the ranges of the lines",
        [
            Field("option", "Option", lambda row: row.appraisal.option.ref, place=Place.OPTION),
            Field("runs", "Runs", of(lambda one: one.runs), Unit.COUNT),
            Field("seed", "Seed", of(lambda one: one.seed), Unit.COUNT),
            Field("p10", "10% of runs are at or below", of(lambda one: one.p10_pence), Unit.MONEY),
            Field("p50", "50% of runs are at or below", of(lambda one: one.p50_pence), Unit.MONEY),
            Field("p90", "90% of runs are at or below", of(lambda one: one.p90_pence), Unit.MONEY),
            Field("mean", "Mean", of(lambda one: one.mean_pence), Unit.MONEY),
            Field("negative_runs", "Runs below £0", of(lambda one: one.negative_runs), Unit.COUNT),
            Field("lines", "Lines", lambda row: row.number_of_lines, Unit.COUNT),
            Field(
                "lines_without_range",
                "Lines without a range",
                lambda row: "; ".join(row.lines_without_range) or "none",
            ),
        ],
        report.sensitivities,
    )


def bin_table(report: AppraisalReport) -> FileTable[OptionBin]:
    """The distribution: how many runs came out between two amounts."""
    rows = [
        OptionBin(one.appraisal.option.ref, each)
        for one in report.sensitivities
        if isinstance(one.range, NpvRange)
        for each in one.range.bins
    ]
    return FileTable(
        "distribution",
        "How many runs came out where",
        [
            Field("option", "Option", lambda row: row.option, place=Place.OPTION),
            Field("from", "From", lambda row: row.bin.from_pence, Unit.MONEY),
            Field("to", "To below", lambda row: row.bin.to_pence, Unit.MONEY),
            Field("runs", "Runs", lambda row: row.bin.runs, Unit.COUNT),
        ],
        rows,
    )
