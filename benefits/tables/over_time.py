"""The table of savings over time: what the chart draws, and what is banked."""

from __future__ import annotations

from dataclasses import replace

from benefits.enums import Basis, Every
from benefits.queries.over_time import OverTime, PeriodFigures
from benefits.rules.measures import full_noun_of, noun_of
from benefits.tables.shapes import (
    PanelLinks,
    short_day,
)
from core.tables import Cell, NumberTable, Row, headings
from programme.models import Programme

_BASES = tuple(Basis)


def over_time_table(programme: Programme, found: OverTime, prices: str) -> NumberTable:
    """Every basis, period by period: what the chart draws, and what is banked."""
    links, noun = PanelLinks(programme, found.scope), noun_of(found.scope.choice.measure)
    way = "Cumulative, " if found.is_cumulative else ""
    return NumberTable(
        "over-time",
        f"{noun} over time",
        f"{way}{prices}",
        headings("Up to" if found.is_cumulative else "Period", *(_head(basis) for basis in _BASES)),
        tuple(
            Row(
                _period_words(found, period),
                tuple(_period_cell(links, found, period, basis) for basis in _BASES),
            )
            for period in found.periods
        ),
        foot=() if found.is_cumulative else (_period_total(links, found),),
        note=full_noun_of(found.scope.choice.measure) + ". [z] not applicable: the time is not over.",
    )


def _period_words(found: OverTime, period: PeriodFigures) -> str:
    return short_day(period.last_on) if found.is_cumulative else period.words


def _period_cell(links: PanelLinks, found: OverTime, period: PeriodFigures, basis: Basis) -> Cell:
    says = f"{basis.label}, {_period_words(found, period)}"
    figure = period.at(basis)
    if found.every == Every.YEAR and not found.is_cumulative:
        own = replace(found.scope.choice, fy=period.fy)
        return links.cell(figure, basis, says=says, choice=own)
    return links.cell(figure, basis, says=says, since=period.since, to=period.last_on)


def _period_total(links: PanelLinks, found: OverTime) -> Row:
    first, last = found.periods[0], found.periods[-1]
    return Row(
        "Total",
        tuple(
            links.cell(
                found.total[basis], basis, says=f"{basis.label} in all", since=first.first_on, to=last.last_on
            )
            for basis in _BASES
        ),
    )


def _head(basis: Basis) -> str:
    return "Claimed" if basis == Basis.CLAIMED else str(basis.label)
