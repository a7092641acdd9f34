"""Figures as sources state them, and what they come to: totals, payback, position, achieved against plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benefits.enums import StatedKind
from benefits.queries.as_stated import StatedRow
from benefits.queries.stated import EACH_COUNCIL
from benefits.rules.stated_sums import StatedSum
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import round_to
from governance.benefits_files.fields import Datum, Field, FieldTable, Place, Row, Unit
from governance.benefits_files.places import EVERY_YEAR, council_fields, key_of
from governance.benefits_files.worth import payback_of
from governance.queries.benefits_export import BenefitsExport
from governance.queries.export.stated import Amount, Group, StatedProgress, StatedReturn, StatedTotal
from services.rules.payback import Payback

_NO_GROUP = NotApplicable("Only savings are planned, achieved or projected")


@dataclass(frozen=True, slots=True)
class PositionRow:
    """The position at the end of one year of operation; `year` is None where none can be worked out."""

    of: StatedReturn
    year: int | None
    pence: int | NotAssessable


def stated_figure_table(export: BenefitsExport) -> FieldTable[StatedRow]:
    """Every figure as its source prints it."""
    return FieldTable(
        "stated_figures",
        "Figures as stated",
        "Figures as their sources print them",
        "A row a figure; a negative saving is a cost",
        [
            Field("figure", "Reference", lambda row: row.figure.ref, "Reference", place=Place.ITEM),
            Field("figure_name", "Figure", lambda row: row.figure.label, "Its words", place=Place.ITEM_NAME),
            Field(
                "amount",
                "Amount",
                lambda row: row.amount,
                "As printed; nothing is split or added",
                Unit.MONEY,
                qualifier=lambda row: str(row.figure.get_qualifier_display()),
                source=lambda row: [str(row.figure.source or "")],
            ),
            Field(
                "section",
                "About",
                lambda row: row.figure.get_section_display(),
                "Saving, cost, funding or exit",
            ),
            Field(
                "kind",
                "Kind",
                lambda row: _kind(row.figure.stated_kind),
                "Planned, target, projected or achieved",
            ),
            Field(
                "recurrence",
                "How often",
                lambda row: row.figure.get_recurrence_display(),
                "How often it comes",
            ),
            Field(
                "period", "Period", lambda row: row.figure.period_text or None, "The time it is stated for"
            ),
            Field("stated_for", "Stated for", _stated_for, "The councils it is stated for"),
            Field(
                "counts_in_total",
                "Counts in totals",
                lambda row: row.figure.counts_in_total,
                "no for printed totals and for figures that repeat others",
                Unit.FLAG,
            ),
        ],
        export.stated.rows,
        note=lambda row: row.figure.note,
    )


def stated_total_table(export: BenefitsExport) -> FieldTable[StatedTotal]:
    """Sums of the figures that belong together, for each council and for all."""
    return FieldTable(
        "stated_totals",
        "Stated totals",
        "What the stated figures add up to, each kind apart",
        "A row a group of figures and council; yearly, one-off and total amounts are never added together",
        [
            *_group_fields(lambda row: row.group),
            *council_fields(lambda row: row.council),
            Field(
                "amount",
                "Amount",
                lambda row: _amount(row.amount),
                "Sum of the figures stated; never split between councils",
                Unit.MONEY,
                qualifier=lambda row: _bound(row.amount),
                source=lambda row: row.group.sources,
            ),
            Field("share", "Share, %", lambda row: row.share, "The council's share of it", Unit.PERCENT),
        ],
        export.stated.totals,
        note=lambda row: row.note,
    )


def stated_payback_table(export: BenefitsExport) -> FieldTable[StatedReturn]:
    """Simple payback of the stated one-off cost."""
    return FieldTable(
        "stated_payback",
        "Stated payback",
        "Simple payback of stated figures: one-off cost over a level yearly saving",
        "A row a saving and council",
        [
            *_group_fields(lambda row: row.group),
            *council_fields(lambda row: row.council),
            _reading(lambda row: row.is_read_as_yearly),
            Field(
                "one_off_cost",
                "One-off cost",
                lambda row: _amount(row.cost),
                "One-off costs that the same document states",
                Unit.MONEY,
                qualifier=lambda row: _bound(row.cost),
            ),
            Field(
                "yearly_saving",
                "Saving a year",
                lambda row: _amount(row.saving),
                "Net of the yearly costs that the source takes off",
                Unit.MONEY,
                qualifier=lambda row: _bound(row.saving),
            ),
            Field(
                "payback_years",
                "Payback, years",
                lambda row: payback_of(row.result, lambda found: round_to(found.years, 3)),
                "Years until the outlay has come back, to three decimals",
                Unit.YEARS,
                qualifier=lambda row: row.payback_bound.value if isinstance(row.result, Payback) else "",
                source=lambda row: row.group.sources,
            ),
            Field(
                "payback_months",
                "Payback, whole months",
                lambda row: payback_of(row.result, lambda found: found.months),
                "The same in months, rounded up",
                Unit.MONTHS,
            ),
        ],
        export.stated.returns,
    )


def stated_position_table(export: BenefitsExport) -> FieldTable[PositionRow]:
    """The position at the end of each year of operation."""
    return FieldTable(
        "stated_net_position",
        "Stated net position",
        "Net position by year of operation: the one-off cost at the start, then the same saving each year",
        "A row a saving, council and year; positive is good for the council",
        [
            *_group_fields(lambda row: row.of.group),
            *council_fields(lambda row: row.of.council),
            _reading(lambda row: row.of.is_read_as_yearly),
            Field(
                "year_of_operation",
                "Year of operation",
                lambda row: EVERY_YEAR if row.year is None else f"year {row.year}",
                f"year 1 is the first; {EVERY_YEAR} where no year can be worked out",
                place=Place.YEAR,
            ),
            Field(
                "position",
                "Position at the end of the year",
                lambda row: row.pence,
                "Savings so far less the one-off cost",
                Unit.MONEY,
                qualifier=lambda row: row.of.position_bound.value if row.year is not None else "",
                source=lambda row: row.of.group.sources,
            ),
        ],
        list(_positions(export)),
    )


def stated_progress_table(export: BenefitsExport) -> FieldTable[StatedProgress]:
    """What was achieved in percent of what was planned."""
    return FieldTable(
        "stated_progress",
        "Stated progress",
        "Yearly savings achieved in percent of those planned, as stated",
        "A row a saving achieved, a saving planned and a council",
        [
            Field(
                "comparison",
                "Comparison key",
                lambda row: f"{group_key(row.achieved)}_of_{group_key(row.plan)}",
                "Keys of the figures achieved and of those planned",
                place=Place.ITEM,
                is_code=True,
            ),
            Field(
                "comparison_name",
                "Comparison",
                lambda row: f"{group_words(row.achieved)}, of: {group_words(row.plan)}",
                "The same in words",
                place=Place.ITEM_NAME,
            ),
            *council_fields(lambda row: row.council),
            Field(
                "realised_percent",
                "Realised, % of plan",
                lambda row: row.percent,
                "Achieved in percent of planned",
                Unit.PERCENT,
                qualifier=lambda row: row.bound.value if _is_number(row.percent) else "",
                source=lambda row: (*row.achieved.sources, *row.plan.sources),
            ),
        ],
        export.stated.progress,
    )


def group_key(group: Group) -> str:
    """Key of a group of figures: section, kind, how often, period, and the document for what is left."""
    parts = (group.section.value, group.kind, group.recurrence.value, group.period, group.document)
    return key_of(" ".join(parts))


def group_words(group: Group) -> str:
    """Achieved saving, a year, 2016."""
    about = f"{_kind(group.kind)} {group.section.label.lower()}" if group.kind else str(group.section.label)
    return ", ".join(part for part in (about, str(group.recurrence.label), group.period) if part)


def _group_fields(group_of: Callable[[Row], Group]) -> list[Field[Row]]:
    return [
        Field(
            "figures",
            "Figures key",
            lambda row: group_key(group_of(row)),
            "Key of the figures that belong together: section, kind, how often, period and document",
            place=Place.ITEM,
            is_code=True,
        ),
        Field(
            "figures_name",
            "Figures",
            lambda row: group_words(group_of(row)),
            "The same in words",
            place=Place.ITEM_NAME,
        ),
    ]


def _reading(is_read: Callable[[Row], bool]) -> Field[Row]:
    return Field(
        "reading",
        "Reading",
        lambda row: "read_as_yearly" if is_read(row) else "yearly_as_stated",
        "read_as_yearly where the source does not say that the saving comes every year: an assumption",
    )


def _kind(kind: str) -> str | NotApplicable:
    return str(StatedKind(kind).label) if kind else _NO_GROUP


def _stated_for(row: StatedRow) -> str:
    is_each = row.figure.details.get("per") == EACH_COUNCIL
    return EACH_COUNCIL.capitalize() if is_each else row.councils_text


def _amount(amount: Amount) -> Datum:
    return amount.pence if isinstance(amount, StatedSum) else amount


def _bound(amount: Amount) -> str:
    return amount.bound.value if isinstance(amount, StatedSum) else ""


def _is_number(value: object) -> bool:
    return not isinstance(value, NotAssessable | NotApplicable)


def _positions(export: BenefitsExport) -> Iterator[PositionRow]:
    for of in export.stated.returns:
        if isinstance(of.positions, NotAssessable):
            yield PositionRow(of, None, of.positions)
        else:
            for year, pence in enumerate(of.positions, 1):
                yield PositionRow(of, year, pence)
