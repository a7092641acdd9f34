"""Tables of pages and files as a report keeps them: plain values, so that an edition never changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from core.exports.cells import NOT_APPLICABLE, NOT_AVAILABLE, shorthand
from core.exports.tables import Column, Format, Table, Value
from core.publishing.content import Figures, Head, Plain
from core.rules.rounding import Exact, round_to
from governance.reporting.tracing import COLUMNS, is_of_entries

Trace = str | Callable[[Any], str]


def frozen(
    table: Table[Any],
    key: str,
    *,
    caption: str = "",
    unit: str = "",
    only: Sequence[str] = (),
    but: Collection[str] = (),
    notes: Iterable[str] = (),
    trace: Trace = "",
) -> Figures:
    """A table as it stands now; `only` names the columns to keep, in order, and `but` those to leave out.

    `trace` is the address of what is behind its rows, of all or of each; columns named after a ledger lead to
    the entries of that ledger where their row leads to entries.
    """
    kept = _chosen(table.columns, only, but)
    whole = [*table.rows, *([] if table.total is None else [table.total])]
    traces = tuple(trace if isinstance(trace, str) else trace(row) for row in whole) if trace else ()
    of_entries = any(is_of_entries(one) for one in traces)
    return Figures(
        key=key,
        caption=caption or table.title,
        unit=unit or table.unit,
        heads=tuple(
            Head(
                column.title,
                column.format,
                column.less,
                column.is_summed,
                COLUMNS.get(column.title, "") if of_entries else "",
            )
            for column in kept
        ),
        rows=tuple(frozen_row(kept, row) for row in table.rows),
        total=None if table.total is None else frozen_row(kept, table.total),
        notes=tuple(notes),
        traces=traces,
    )


def dated(figures: Figures, titles: Collection[str]) -> Figures:
    """The same with columns of days, or of the words of a source, shown as dates are."""
    heads = (replace(head, format=Format.DATE) if head.title in titles else head for head in figures.heads)
    return replace(figures, heads=tuple(heads))


def in_points(figures: Figures, titles: Collection[str]) -> Figures:
    """The same with columns of percentage points, which are no percentages."""
    heads = (replace(head, format=Format.NUMBER) if head.title in titles else head for head in figures.heads)
    return replace(figures, heads=tuple(heads))


def frozen_row(columns: Sequence[Column[Any]], row: Any) -> tuple[Plain, ...]:
    """The values of one row."""
    return tuple(plain(column.value(row), column.format) for column in columns)


def plain(value: Value, form: Format) -> Plain:
    """A value as it is kept: pence, an ISO date, a decimal in words, or the shorthand of what is missing."""
    missing = shorthand(value)
    if missing is not None:
        return NOT_APPLICABLE if form == Format.TEXT and missing == NOT_AVAILABLE else missing
    if form == Format.PERCENT:
        return str(round_to(cast(Exact, value), 1))
    if form == Format.DATE and isinstance(value, date):
        return value.isoformat()
    if form in (Format.TEXT, Format.DATE):
        return str(value) or NOT_APPLICABLE
    return value if isinstance(value, int) else str(_decimal(cast(Exact, value)))


def _decimal(value: Exact) -> Decimal:
    return value if isinstance(value, Decimal) else round_to(value, 2)


def _chosen(columns: Sequence[Column[Any]], only: Sequence[str], but: Collection[str]) -> list[Column[Any]]:
    if only:
        by_title = {column.title: column for column in columns}
        return [by_title[title] for title in only]
    return [column for column in columns if column.title not in but]
