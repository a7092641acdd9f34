"""Tables with a column for each council."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from benefits.enums import Basis, Measure
from benefits.queries.figures import Figures
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.savings import SavingsAgainstPlan
from benefits.rules.measures import noun_of
from benefits.tables.shapes import Linked, amount_cell, entries_url, forecast_cell, short_day
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_date, format_fy, fy_end, fy_file_key
from core.rules.rounding import format_number, format_points
from core.tables import Cell, Heading, NumberTable, Row, headings

SettledByYear = Mapping[int, Mapping[int, int]]
"""What each council owes by true-ups: pence by financial year, then by its key."""


def council_table(result: SavingsAgainstPlan, fy: int) -> NumberTable | None:
    """The measure shown in one year, a column a council."""
    columns = _columns(result)
    measure = result.choice.measure
    shown = [_year_of(result, measure, fy, council) for council in columns]
    years = [figures for figures in shown if figures is not None]
    if len(years) != len(columns):
        return None
    linked = Linked(result, measure)
    by = short_day(result.cut_off) if result.cut_off else "now"

    def row(header: str, basis: Basis, *, is_to_date: bool = False) -> Row:
        return Row(
            header,
            tuple(
                linked.cell(figures, basis, council=council, fy=fy, is_to_date=is_to_date)
                for council, figures in zip(columns, years, strict=True)
            ),
        )

    return NumberTable(
        "councils",
        f"{noun_of(measure)} by council, {format_fy(fy)}",
        "£, gross (before costs)" if measure == Measure.GROSS else "£",
        _council_headings(result),
        (
            row(f"Original plan to {by}", Basis.ORIGINAL, is_to_date=True),
            row(f"Plan to {by}", Basis.CURRENT, is_to_date=True),
            row(f"Verified to {by}", Basis.VERIFIED),
            row("Of that, banked", Basis.BANKED),
            row("Claimed, not yet verified", Basis.CLAIMED),
            row("Original plan for the year", Basis.ORIGINAL),
            row("Plan for the year", Basis.CURRENT),
            row("Forecast for the year", Basis.FORECAST),
            Row(
                "Forecast against plan",
                tuple(forecast_cell(figures, figures.forecast_rating) for figures in years),
            ),
        ),
        has_council_columns=True,
    )


def headline_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """Net cash saving that is verified, from its three parts (INV-17); None for a single kind."""
    if result.choice.kind:
        return None
    heads = [headline for _, headline in result.council_headlines]
    if _has_total(result):
        heads.append(result.headline)

    def row(header: str, name: str, sub: str = "") -> Row:
        return Row(header, tuple(amount_cell(getattr(head, name)) for head in heads), sub=sub)

    return NumberTable(
        "headline",
        "Net cash saving, verified",
        f"£, {_so_far(result)}",
        _council_headings(result),
        (
            row("Verified cashable savings", "verified_cashable_pence"),
            row("of these banked, not added again", "banked_cashable_pence"),
            row("plus verified budgeted income", "verified_budgeted_income_pence"),
            row("less verified recurring costs", "verified_recurring_costs_pence"),
        ),
        foot=(row("Net cash saving, verified", "net_cash_saving_pence"),),
        has_council_columns=True,
    )


def net_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """Net position at the end of each year on the current plan, a column a council."""
    columns = _columns(result)
    rows = [result.of(Measure.NET, council) for council in columns]
    if any(row is None for row in rows):
        return None
    return NumberTable(
        "net",
        "Net position at the end of each year",
        "£, cumulative saving less all costs, current plan",
        _council_headings(result),
        tuple(
            Row(
                f"To {short_day(fy_end(fy))}",
                tuple(amount_cell(row.years[index].cumulative.current) for row in rows if row),
            )
            for index, fy in enumerate(result.fys)
        ),
        foot=tuple(
            Row(
                f"{basis.label}, whole period",
                tuple(
                    amount_cell(getattr(row.total, basis.value), _net_url(result, basis, council))
                    for row, council in zip(rows, columns, strict=True)
                    if row
                ),
            )
            for basis in (Basis.ORIGINAL, Basis.CURRENT, Basis.FORECAST)
        ),
        has_council_columns=True,
    )


def true_up_table(result: SavingsAgainstPlan, settled: SettledByYear) -> NumberTable | None:
    """What adopted true-ups of year ends change in each council’s net position; None without any."""
    fys = [fy for fy in settled if fy in result.fys]
    if not fys:
        return None
    columns = _columns(result)

    def effect(fy: int, council: PartnerCouncil | None) -> int:
        return -sum(settled[fy].values()) if council is None else -settled[fy].get(council.pk, 0)

    return NumberTable(
        "true-ups",
        "What true-ups of year ends change in the net position",
        "£ of the year; a minus is what the council still pays to others, and together it is £0.00",
        _council_headings(result),
        tuple(
            Row(
                format_fy(fy),
                tuple(amount_cell(effect(fy, council), is_signed=True) for council in columns),
                url=f"{reverse('services:year_end', args=[result.programme.key])}?year={fy_file_key(fy)}",
            )
            for fy in fys
        ),
        note="The councils settle these between them; they are in no ledger until someone enters them.",
        has_council_columns=True,
    )


def payback_table(result: SavingsAgainstPlan) -> NumberTable:
    """Simple payback on each basis, a column a council."""
    columns = _columns(result)
    found = {(row.basis, row.council): row for row in result.paybacks}
    bases = dict.fromkeys(row.basis for row in result.paybacks)
    rows = []
    for basis in bases:
        cells = []
        for council in columns:
            row = found[basis, council]
            text = "[x]" if isinstance(row.result, NotAssessable) else str(row.result)
            by = f"by {short_day(row.paid_back_by)}" if row.paid_back_by else ""
            cells.append(Cell(text, sub=by))
        rows.append(Row(basis.label, tuple(cells)))
    origin = next((row.origin_on for row in result.paybacks if row.origin_on), None)
    start = f"from {short_day(origin)}, the start of the profile" if origin else ""
    return NumberTable(
        "payback",
        "Simple payback",
        f"Years and months {start}, all costs and savings included",
        _council_headings(result),
        tuple(rows),
        note=_payback_note(result),
        has_council_columns=True,
    )


def equity_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """Shares of benefit and cost with their differences, a column a council."""
    rows = []
    for comparison in result.equity:
        header = f"{comparison.measured} against {comparison.compared_with.lower()}"
        if not isinstance(comparison.rows, tuple):
            reason = Cell("[x]", sub=comparison.rows.reason, is_number=False)
            rows.append(Row(header, (*(Cell("[x]") for _ in result.all_councils), reason)))
            continue
        flagged = bool(comparison.flagged)
        word = Cell("", tag="Flagged" if flagged else "Within 5 points", is_number=False)
        cells = (
            Cell(
                format_number(row.share_percent, 1),
                sub=f"{format_number(row.other_percent, 1)}, {format_points(row.difference_points)}",
            )
            for row in comparison.rows
        )
        rows.append(Row(header, (*cells, word)))
    if not rows:
        return None
    heads = headings("Measure", *(council.name for council in result.all_councils), "Result")
    return NumberTable(
        "equity",
        "Shares by council",
        "%; below it the share it is compared with, and the difference in points. Over 5 points is flagged",
        (*heads[:-1], Heading("Result", is_number=False)),
        tuple(rows),
    )


def return_table(result: SavingsAgainstPlan) -> NumberTable | None:
    """How complete the figures are: each council's returns of the cut-off month."""
    if result.cut_off is None:
        return None
    month = f"{format_date(result.cut_off).split(' ', 1)[1]}"
    names = (("savings", f"Savings, {month}"), ("costs", f"Costs, {month}"))
    rows = [
        Row(header, tuple(_state_cell(getattr(row, name).basis) for row in result.returns))
        for name, header in names
    ]
    rows += [
        Row(
            f"Savings {word} up to",
            tuple(Cell(_day_or_none(getattr(row.savings, name)), is_number=False) for row in result.returns),
        )
        for word, name in (("returned", "latest_returned_on"), ("verified", "latest_verified_on"))
    ]
    return NumberTable(
        "returns",
        "How complete are the figures?",
        f"Each council’s returns at {short_day(result.as_of)}",
        (Heading("Return", is_number=False), *(Heading(c.name, is_number=False) for c in result.councils)),
        tuple(rows),
    )


def _has_total(result: SavingsAgainstPlan) -> bool:
    return len(result.councils) > 1


def _columns(result: SavingsAgainstPlan) -> list[PartnerCouncil | None]:
    """Councils in order, then None for their total where there is more than one."""
    return [*result.councils, None] if _has_total(result) else list(result.councils)


def _council_headings(result: SavingsAgainstPlan) -> tuple[Heading, ...]:
    names = [council.name for council in result.councils]
    return headings("Measure", *names, *(["Total"] if _has_total(result) else []))


def _year_of(
    result: SavingsAgainstPlan, measure: Measure, fy: int, council: PartnerCouncil | None
) -> Figures | None:
    row = result.of(measure, council)
    year = row.at(fy) if row else None
    return year.year if year else None


def _net_url(result: SavingsAgainstPlan, basis: Basis, council: PartnerCouncil | None) -> str:
    return entries_url(result, basis, Measure.NET, council=council)


def _state_cell(basis: Basis | None) -> Cell:
    words = {Basis.VERIFIED: "Verified", Basis.CLAIMED: "Claimed"}
    return Cell("", tag=words[basis] if basis else "Not returned", is_number=False)


def _so_far(result: SavingsAgainstPlan) -> str:
    return f"to {short_day(result.cut_off)}" if result.cut_off else "nothing has been returned yet"


def _day_or_none(day: date | None) -> str:
    return short_day(day) if day else "Nothing yet"


def _payback_note(result: SavingsAgainstPlan) -> str:
    """Why a payback cannot be worked out, each reason once."""
    reasons = [row.result.reason for row in result.paybacks if isinstance(row.result, NotAssessable)]
    return f"[x] {'; '.join(dict.fromkeys(reasons))}." if reasons else ""
