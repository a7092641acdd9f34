"""Tables of a case without ledgers: what its stated figures come to."""

from __future__ import annotations

from collections.abc import Iterable

from benefits.queries.stated_summary import StatedSummary
from benefits.rules.qualifier import Bound
from benefits.rules.stated_sums import StatedSum
from benefits.tables.shapes import amount_cell
from core.rules.assessment import NotAssessable
from core.rules.money import format_amount
from core.rules.rounding import format_number
from core.tables import Cell, NumberTable, Row, headings
from services.rules.payback import Payback

_BOUND_WORDS = {
    Bound.FLOOR: "at least",
    Bound.CEILING: "at most",
    Bound.APPROXIMATE: "about",
    Bound.UNKNOWN: "not exact",
}


def saving_table(summary: StatedSummary) -> NumberTable | None:
    """Yearly savings that the source states, a column a council and one for all together."""
    if not summary.savings:
        return None
    keys = [council.key for council in summary.partners]
    return NumberTable(
        "stated-savings",
        "Net saving a year, as stated",
        "£, less yearly costs; no figure is split between councils that its source does not split",
        headings("Saving", *(council.short_name for council in summary.partners), "Together"),
        tuple(
            Row(
                " ".join(filter(None, [row.kind.label, row.period])),
                (*(_sum_cell(row.saving.by_council[key]) for key in keys), _sum_cell(row.saving.together)),
            )
            for row in summary.savings
        ),
        note=_reasons(
            total
            for row in summary.savings
            for total in (*row.saving.by_council.values(), row.saving.together)
        ),
    )


def worth_table(summary: StatedSummary) -> NumberTable:
    """One-off cost, simple payback, and the position at the end of each year."""
    payback = summary.payback.result
    words = _BOUND_WORDS.get(summary.payback.bound, "") if isinstance(payback, Payback) else ""
    rows = [
        Row("One-off cost", (_sum_cell(summary.one_off),)),
        Row("Simple payback", (_missing(payback) or Cell(str(payback), sub=words),)),
    ]
    position = summary.net_position
    if isinstance(position, NotAssessable):
        rows.append(Row("Net position by year", (Cell("[x]"),)))
    else:
        rows += [
            Row(f"Net position after year {year}", (amount_cell(pence),))
            for year, pence in enumerate(position, 1)
        ]
    if isinstance(summary.equity, tuple):
        rows += [
            Row(
                f"{row.council}: share of saving less share of cost, points",
                (Cell(format_number(row.difference_points, 1)),),
            )
            for row in summary.equity
        ]
    else:
        rows.append(Row("Share of saving against share of cost", (Cell("[x]"),)))
    return NumberTable(
        "stated-worth",
        "What the stated figures come to",
        "£, all councils together; the cost at the start, then the same saving each year",
        headings("Measure", "Together"),
        tuple(rows),
        note=_reasons((summary.one_off, payback, position, summary.equity)),
    )


def _sum_cell(total: StatedSum | NotAssessable) -> Cell:
    if isinstance(total, NotAssessable):
        return Cell("[x]")
    return Cell(format_amount(total.pence), sub=_BOUND_WORDS.get(total.bound, ""))


def _missing(result: object) -> Cell | None:
    return Cell("[x]") if isinstance(result, NotAssessable) else None


def _reasons(results: Iterable[object]) -> str:
    """Why there is no figure, each reason once."""
    reasons = dict.fromkeys(result.reason for result in results if isinstance(result, NotAssessable))
    return f"[x] {'; '.join(reasons)}." if reasons else ""
