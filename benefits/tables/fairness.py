"""Tables of the pages that ask whether any council is worse off, and what is paid between councils."""

from __future__ import annotations

from benefits.enums import Basis, Measure
from benefits.queries.compensation import CompensationBalance, DueRow
from benefits.queries.entries import Question
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.no_worse_off import Missing, NoWorseOffTests, NowParts, Standing, StandingTest
from benefits.queries.scope import Choice
from benefits.tables.shapes import question_url
from core.exports.cells import shorthand
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy, fy_end, fy_start
from core.rules.money import format_amount
from core.tables import Cell, Heading, NumberTable, Row, headings
from services.enums import TestBasis
from services.fairness_tables import signed
from services.rules.no_worse_off import CouncilPosition

NOTHING_DUE = (
    "[z] not applicable: nothing is due under an arrangement that is not agreed, or no longer counts."
)


def cash_table(result: NoWorseOffTests) -> NumberTable:
    """Each council in cash: the plans, and what has come so far and is still to come."""
    rows = [
        Row(
            council.name,
            (
                *_plan_cells(result, place, TestBasis.NOMINAL),
                *_parts_cells(result, council, result.now[place]),
                *_position_cells(result.on(Standing.NOW, TestBasis.NOMINAL).positions[place]),
            ),
        )
        for place, council in enumerate(result.councils)
    ]
    heads = ("Verified so far", "Claimed, not verified", "Still to come")
    return _table(result, "cash", TestBasis.NOMINAL, rows, heads)


def npv_table(result: NoWorseOffTests) -> NumberTable:
    """Each council in net present value: the plans, and what has come so far and is still to come."""
    rows = [
        Row(
            council.name,
            (
                *_plan_cells(result, place, TestBasis.NPV),
                *_position_cells(result.on(Standing.NOW, TestBasis.NPV).positions[place]),
            ),
        )
        for place, council in enumerate(result.councils)
    ]
    return _table(result, "npv", TestBasis.NPV, rows, ())


def balance_table(balance: CompensationBalance) -> NumberTable | None:
    """What each payer owes, has paid and has still to pay, by year; None where there is no arrangement."""
    if not balance.rows:
        return None
    years = [row.year for row in balance.rows]
    sums = (
        sum(row.due_pence or 0 for row in balance.rows),
        sum(year.paid_pence for year in years),
        sum(year.confirmed_pence for year in years),
        sum(one.outstanding_pence for one in balance.tracked),
    )
    amounts = headings("Who pays whom", "Due", "Paid", "Confirmed", "Outstanding")
    heads = (amounts[0], Heading("Year", is_number=False), *amounts[1:])
    all_years = Cell("All years", is_number=False)
    return NumberTable(
        id="compensation",
        caption="Compensation due and paid",
        unit="£; confirmed by the council that was paid",
        columns=heads,
        rows=tuple(_due_row(row) for row in balance.rows),
        foot=(Row("All", (all_years, *(Cell(format_amount(total)) for total in sums))),),
        note="" if all(row.is_agreed for row in balance.rows) else NOTHING_DUE,
    )


def _due_row(row: DueRow) -> Row:
    over = row.year.overpaid_pence if row.is_agreed else 0
    return Row(
        f"{row.payer} to {row.receiver}",
        (
            Cell(format_fy(row.year.fy), is_number=False),
            _due_cell(row.due_pence),
            Cell(format_amount(row.year.paid_pence), sub=f"{format_amount(over)} too much" if over else ""),
            Cell(format_amount(row.year.confirmed_pence)),
            _due_cell(row.outstanding_pence),
        ),
    )


def _due_cell(pence: int | None) -> Cell:
    return Cell("[z]" if pence is None else format_amount(pence))


def council_table(balance: CompensationBalance, councils: tuple[PartnerCouncil, ...]) -> NumberTable | None:
    """What each council has received (plus) or paid (minus) in each year; every year sums to £0.00."""
    paid = balance.paid()
    fys = sorted({fy for years in paid.values() for fy in years})
    if not fys:
        return None
    return NumberTable(
        id="compensation-councils",
        caption="Paid in and paid out, by year of payment",
        unit="£; a minus is paid, a plus received. Every year sums to 0.00",
        columns=headings("Financial year", *(council.name for council in councils), "Sum"),
        rows=tuple(
            Row(
                format_fy(fy),
                (
                    *(signed(paid.get(council.pk, {}).get(fy, 0)) for council in councils),
                    Cell(format_amount(sum(years.get(fy, 0) for years in paid.values()))),
                ),
            )
            for fy in fys
        ),
    )


def _table(
    result: NoWorseOffTests, name: str, basis: TestBasis, rows: list[Row], heads: tuple[str, ...]
) -> NumberTable:
    sums = [result.on(standing, basis).net_pence for standing in Standing]
    total = [
        *(_figure(pence) for pence in sums[:2]),
        *_parts_sum(result, heads),
        _figure(sums[2]),
        *_after_sum(result.on(Standing.NOW, basis)),
        Cell("[z]", is_number=False),
    ]
    return NumberTable(
        id=f"no-worse-off-{name}",
        caption=f"{basis.label}: is any council worse off?",
        unit="£, savings less all costs over the appraisal period; a minus is a net cost",
        columns=headings(
            "Council",
            "Original plan",
            "Current plan",
            *heads,
            "Now, in all",
            "Compensation",
            "After it",
            "No worse off",
            last_is_word=True,
        ),
        rows=tuple(rows),
        foot=(Row("All councils", tuple(total)),),
    )


def _plan_cells(result: NoWorseOffTests, place: int, basis: TestBasis) -> list[Cell]:
    """The two plans; in cash each leads to its entries."""
    cells = []
    for standing in (Standing.ORIGINAL, Standing.CURRENT):
        one = result.on(standing, basis).positions[place]
        if not isinstance(one, CouncilPosition):
            cells.append(Cell(shorthand(one) or ""))
        elif basis == TestBasis.NOMINAL:
            cells.append(_linked(result, result.councils[place], Basis(standing.value), one.net_pence))
        else:
            cells.append(_figure(one.net_pence))
    return cells


def _parts_cells(
    result: NoWorseOffTests, council: PartnerCouncil, parts: NowParts | NotAssessable
) -> list[Cell]:
    if isinstance(parts, NotAssessable):
        return [Cell("[x]")] * 3
    return [
        _linked(result, council, Basis.VERIFIED, parts.verified_pence),
        _linked(result, council, Basis.CLAIMED, parts.claimed_pence),
        _figure(parts.to_come_pence),
    ]


def _parts_sum(result: NoWorseOffTests, heads: tuple[str, ...]) -> list[Cell]:
    if not heads:
        return []
    known = [parts for parts in result.now if isinstance(parts, NowParts)]
    if len(known) < len(result.now):
        return [Cell("[x]")] * 3
    return [
        _figure(sum(getattr(parts, name) for parts in known))
        for name in ("verified_pence", "claimed_pence", "to_come_pence")
    ]


def _position_cells(position: CouncilPosition | Missing) -> list[Cell]:
    if not isinstance(position, CouncilPosition):
        text = shorthand(position) or ""
        return [Cell(text), Cell(text), Cell(text), Cell(str(position), is_number=False)]
    return [
        _figure(position.net_pence),
        signed(position.compensation_pence),
        _figure(position.after_pence),
        Cell("Yes" if position.is_passed else "No", is_number=False),
    ]


def _after_sum(test: StandingTest) -> list[Cell]:
    known = [one for one in test.positions if isinstance(one, CouncilPosition)]
    if len(known) < len(test.positions):
        return [Cell("[x]"), Cell("[x]")]
    return [
        signed(sum(one.compensation_pence for one in known)),
        _figure(sum(one.after_pence for one in known)),
    ]


def _figure(pence: int | None) -> Cell:
    return Cell("[x]" if pence is None else format_amount(pence))


def _linked(result: NoWorseOffTests, council: PartnerCouncil, basis: Basis, pence: int) -> Cell:
    """An amount that leads to its entries; £0.00 has none."""
    if not pence:
        return _figure(pence)
    first, last = fy_start(result.fys[0]), fy_end(result.fys[-1])
    question = Question(basis, Measure.NET, Choice(council=council.key), to_date=last, since=first)
    url = question_url(result.programme, question)
    return Cell(format_amount(pence), url, f"{basis.label} of {council}: show the entries")
