"""Tables of the appraisal pages: the same figures as the charts and files, as text for cells."""

from __future__ import annotations

from fractions import Fraction

from core.exports.cells import shorthand
from core.exports.tables import Value
from core.rules.assessment import NotApplicable
from core.rules.calendar import format_fy
from core.rules.money import format_amount
from core.rules.rounding import format_number, format_percent
from core.tables import Cell, NumberTable, Row, headings
from services.queries.appraisal import CaseAppraisal, OptionAppraisal
from services.queries.appraisal_figures import FIGURES, Figure, Unit
from services.queries.appraisal_sensitivity import OptionSensitivity
from services.rules.monte_carlo import NpvRange
from services.rules.option_result import Measures
from services.rules.payback import Payback
from services.rules.switching import SwitchingValues

_OF_PAYBACK = {"payback": "payback", "discounted_payback": "discounted_payback"}
_IRR_PLACES, _ROI_PLACES = 2, 1


def money(value: Value) -> Cell:
    """Pounds and pence, or [x], [z] or [c]."""
    return Cell(shorthand(value) or format_amount(value if isinstance(value, int) else 0))


def figure_cell(figure: Figure, option: OptionAppraisal, scope: int | None) -> Cell:
    """One measure in the words of a page: payback in years and months."""
    if figure.key in _OF_PAYBACK:
        return _payback_cell(figure, option, scope)
    return value_cell(figure, figure.of(option, scope))


def value_cell(figure: Figure, value: Value) -> Cell:
    """One value of a measure, with its unit where the row does not say it."""
    missing = shorthand(value)
    if missing is not None:
        return Cell(missing)
    if figure.unit == Unit.MONEY:
        return money(value)
    if figure.unit == Unit.PERCENT:
        return Cell(format_percent(_exact(value), _IRR_PLACES if figure.key == "irr" else _ROI_PLACES))
    return Cell(format_number(_exact(value), 2))


def options_table(case: CaseAppraisal) -> NumberTable:
    """Every measure of every option, jointly: a column an option."""
    return NumberTable(
        id="options",
        caption="Options compared, all councils together",
        unit=unit_of(case),
        columns=headings("Measure", *(_option_name(option) for option in case.options)),
        rows=tuple(
            Row(
                _label(case, figure),
                tuple(figure_cell(figure, option, None) for option in case.options),
            )
            for figure in FIGURES
        ),
    )


def councils_table(case: CaseAppraisal, option: OptionAppraisal) -> NumberTable:
    """Every measure of one option by council, with the councils' sum as total (domain.md 4.9)."""
    rows = []
    for figure in FIGURES:
        cells = [figure_cell(figure, option, place) for place in range(len(case.councils))]
        rows.append(Row(_label(case, figure), (*cells, value_cell(figure, figure.sum_of(option)))))
    return NumberTable(
        id="councils",
        caption=f"{option.option.name} by council",
        unit=unit_of(case),
        columns=headings("Measure", *case.names, "Sum of councils"),
        rows=tuple(rows),
        note=_rounding_note(option),
    )


def years_table(case: CaseAppraisal, option: OptionAppraisal) -> NumberTable:
    """Flows and present values of one option by year, jointly, with their totals."""
    measures = option.measures(None)
    if not isinstance(measures, Measures):
        rows = tuple(Row(format_fy(fy), (money(measures),) * 8) for fy in case.fys)
        foot: tuple[Row, ...] = (Row("Total", (money(measures),) * 8),)
    else:
        rows = tuple(
            Row(format_fy(fy), tuple(money(pence) for pence in _year(measures, index)))
            for index, fy in enumerate(case.fys)
        )
        foot = (Row("Total", tuple(money(pence) for pence in _totals(measures))),)
    return NumberTable(
        id="years",
        caption=f"{option.option.name} by financial year, all councils together",
        unit=unit_of(case),
        columns=headings(
            "Financial year",
            "Benefits",
            "Recurring costs",
            "One-off costs",
            "Net",
            "Cumulative",
            "Present value of benefits",
            "Present value of costs",
            "Present value, net",
        ),
        rows=rows,
        foot=foot,
    )


def council_years_table(case: CaseAppraisal, option: OptionAppraisal) -> NumberTable:
    """Net of each year by council, with the councils' sum."""
    places = range(len(case.councils))
    by_council = [option.measures(place) for place in places]
    joint = option.measures(None)

    def cells(index: int) -> tuple[Cell, ...]:
        return tuple(
            money(one.net_by_year[index] if isinstance(one, Measures) else one)
            for one in (*by_council, joint)
        )

    return NumberTable(
        id="council-years",
        caption=f"{option.option.name}: net of each year by council",
        unit=unit_of(case),
        columns=headings("Financial year", *case.names, "All councils"),
        rows=tuple(Row(format_fy(fy), cells(index)) for index, fy in enumerate(case.fys)),
        foot=(
            Row(
                "Total",
                tuple(
                    money(one.net_pence if isinstance(one, Measures) else one) for one in (*by_council, joint)
                ),
            ),
        ),
    )


def scenarios_table(case: CaseAppraisal, found: OptionSensitivity) -> NumberTable:
    """Net present value in each scenario, jointly and by council, and how far it moves."""
    return NumberTable(
        id="scenarios",
        caption="Net present value if assumptions fail",
        unit=unit_of(case),
        columns=headings("Scenario", "All councils", "Change", *case.names),
        rows=tuple(
            Row(row.label, (money(row.joint), money(row.swing), *(money(own) for own in row.councils)))
            for row in found.rows
        ),
    )


def range_table(case: CaseAppraisal, found: OptionSensitivity) -> NumberTable | None:
    """The distribution as numbers: bins with their runs; None without a range."""
    if not isinstance(found.range, NpvRange):
        return None
    one = found.range
    return NumberTable(
        id="range",
        caption="Runs by net present value",
        unit=f"£; {one.runs:,} runs with seed {one.seed}",
        columns=headings("From", "To below", "Runs"),
        rows=tuple(
            Row(format_amount(each.from_pence), (money(each.to_pence), Cell(f"{each.runs:,}")))
            for each in one.bins
        ),
    )


def below_zero(found: OptionSensitivity) -> str:
    """66 of 10,000 runs; empty without a range."""
    one = found.range
    return f"{one.negative_runs:,} of {one.runs:,} runs" if isinstance(one, NpvRange) else ""


def switching_rows(found: OptionSensitivity) -> list[tuple[str, str]]:
    """How far benefits may fall and costs rise, in words for a list; empty where that is not known."""
    values = found.switching
    if not isinstance(values, SwitchingValues):
        return []
    both = (
        ("Benefits may fall by", values.benefits_fall_percent),
        ("Costs may rise by", values.costs_rise_percent),
    )
    return [
        (
            name,
            percent.reason
            if isinstance(percent, NotApplicable)
            else f"{format_percent(percent, 2)} before net present value is £0",
        )
        for name, percent in both
    ]


def _payback_cell(figure: Figure, option: OptionAppraisal, scope: int | None) -> Cell:
    measures = option.measures(scope)
    if not isinstance(measures, Measures):
        return Cell(shorthand(measures) or "")
    found = measures.payback if figure.key == "payback" else measures.discounted_payback
    if not isinstance(found, Payback):
        return Cell("Not within the period")
    return Cell(str(found), sub=f"{format_number(found.years, 3)} years")


def _year(measures: Measures, index: int) -> tuple[int, ...]:
    row = measures.rows[index]
    return (
        measures.benefits_pence[index],
        measures.recurring_pence[index],
        measures.one_off_pence[index],
        measures.net_by_year[index],
        measures.cumulative_by_year[index],
        row.pv_benefits_pence,
        row.pv_costs_pence,
        row.pv_net_pence,
    )


def _totals(measures: Measures) -> tuple[int, ...]:
    return (
        sum(measures.benefits_pence),
        sum(measures.recurring_pence),
        sum(measures.one_off_pence),
        measures.net_pence,
        measures.cumulative_by_year[-1],
        measures.pvb_pence,
        measures.pvc_pence,
        measures.npv_pence,
    )


def _rounding_note(option: OptionAppraisal) -> str:
    pence = option.rounding_pence()
    if not isinstance(pence, int) or pence == 0:
        return ""
    joint = option.measures(None)
    whole = format_amount(joint.npv_pence) if isinstance(joint, Measures) else ""
    return (
        "Present values are rounded for each council and year, so the councils’ sum differs by "
        f"{abs(pence)}p from the joint net present value of £{whole}."
    )


def _option_name(option: OptionAppraisal) -> str:
    return f"{option.option.name}{' (preferred)' if option.option.is_preferred else ''}"


def _label(case: CaseAppraisal, figure: Figure) -> str:
    if figure.key == "roi":
        years = case.case.horizon_years
        return f"{figure.label} over {years} year{'' if years == 1 else 's'}"
    return figure.label


def unit_of(case: CaseAppraisal) -> str:
    """£ in 2026 to 2027 prices."""
    return f"£ in {format_fy(case.case.base_fy)} prices"


def _exact(value: Value) -> Fraction:
    return Fraction(value)  # type: ignore[arg-type]
