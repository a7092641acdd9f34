"""The tables of a succession: what a council keeps of each line and year, and what its successors take on."""

from __future__ import annotations

from django.urls import reverse

from benefits.queries.succession import LedgerPassing, Succession, YearPassing
from core.rules.calendar import format_date, format_fy
from core.rules.money import format_amount
from core.tables import Cell, Heading, NumberTable, Row


def passing_table(found: Succession, ledger: LedgerPassing) -> NumberTable | None:
    """What passes of one ledger, line by line and year by year; None where nothing does."""
    years = ledger.years
    if not years:
        return None
    names = [f"{found.council} keeps", *(f"{one} takes on" for one in found.successors)]
    total = [
        sum(row.held_pence for row in years),
        sum(row.kept_pence for row in years),
        *(sum(row.taken_pence[place] for row in years) for place in range(len(found.successors))),
    ]
    return NumberTable(
        id=f"{ledger.kind}-{found.council.key}",
        caption=f"{ledger.kind.label} of {found.council} from {format_date(found.vesting_on)}",
        unit="£ a financial year",
        columns=(
            Heading("Line", is_number=False),
            Heading("Year", is_number=False),
            *map(Heading, (str(found.council), *names)),
        ),
        rows=tuple(_row(row) for row in years),
        foot=(Row("All", (Cell("All years", is_number=False), *map(_amount, total))),),
    )


def _amount(pence: int) -> Cell:
    return Cell(format_amount(pence))


def _row(row: YearPassing) -> Row:
    amounts = (row.held_pence, row.kept_pence, *row.taken_pence)
    return Row(
        row.line.title,
        (Cell(format_fy(row.fy), is_number=False), *map(_amount, amounts)),
        url=reverse("benefits:line_detail", args=[row.line.pk]),
        sub=row.line.ref,
    )
