"""Tables of the page that asks whether each council is better off."""

from __future__ import annotations

from collections.abc import Sequence

from core.exports.cells import shorthand
from core.rules.calendar import format_fy
from core.rules.money import format_amount
from core.tables import Cell, NumberTable, Row, headings
from services.appraisal_tables import money, unit_of
from services.enums import TestBasis
from services.queries.fairness import Arrangement, Fairness
from services.rules.compensation import CompensationProposal
from services.rules.no_worse_off import CouncilPosition


def tests_table(fairness: Fairness) -> NumberTable:
    """Each council's position in cash and in net present value, before and after compensation."""
    case = fairness.case
    has_payments = bool(fairness.arrangements)
    rows = []
    for place, council in enumerate(case.councils):
        cells: list[Cell] = []
        for basis in (TestBasis.NOMINAL, TestBasis.NPV):
            cells += _position_cells(fairness.on(basis)[place].position, has_payments=has_payments)
        rows.append(Row(str(council), tuple(cells)))
    each = ("net", "compensation", "after it", "no worse off") if has_payments else ("net", "no worse off")
    return NumberTable(
        id="positions",
        caption=f"{fairness.option.option.name}: is each council no worse off?",
        unit=f"{unit_of(case)}, against business as usual",
        columns=headings(
            "Council", *(f"{name}: {word}" for name in ("Cash", "Net present value") for word in each)
        ),
        rows=tuple(rows),
    )


def proposal_table(fairness: Fairness, basis: TestBasis) -> NumberTable | None:
    """What each council would pay or receive so that none is worse off; None where nothing is proposed."""
    proposal = fairness.proposals[basis]
    if not isinstance(proposal, CompensationProposal) or not proposal.payments:
        return None
    return NumberTable(
        id=f"proposal-{basis.value}",
        caption=f"Proposed compensation, {basis.label.lower()}",
        unit=f"{unit_of(fairness.case)}; a minus is paid, a plus received",
        columns=headings("Council", "Before", "Pays or receives", "After"),
        rows=tuple(
            Row(name, (money(net), signed(proposal.balance_pence[name]), money(proposal.after_pence[name])))
            for name, net in proposal.nets_pence.items()
        ),
        foot=(
            Row(
                "Sum",
                (
                    money(sum(proposal.nets_pence.values())),
                    money(sum(proposal.balance_pence.values())),
                    money(sum(proposal.after_pence.values())),
                ),
            ),
        ),
    )


def arrangement_table(arrangement: Arrangement, names: Sequence[str]) -> NumberTable:
    """The payments of a stored arrangement by year and council; every year sums to £0.00."""
    fys = sorted({payment.fy for payment in arrangement.payments})
    paid = {(payment.fy, str(payment.council)): payment.amount_pence for payment in arrangement.payments}
    return NumberTable(
        id=f"arrangement-{arrangement.compensation.pk}",
        caption=f"Compensation for {arrangement.compensation.beneficiary}",
        unit=f"£; worked out on {str(arrangement.compensation.get_basis_display()).lower()}; a minus is paid",
        columns=headings("Financial year", *names, "Sum"),
        rows=tuple(
            Row(
                format_fy(fy),
                (
                    *(signed(paid.get((fy, name), 0)) for name in names),
                    money(sum(paid.get((fy, name), 0) for name in names)),
                ),
            )
            for fy in fys
        ),
    )


def signed(pence: int) -> Cell:
    """An amount with its sign, plus too."""
    return Cell(("+" if pence > 0 else "") + format_amount(pence))


def _position_cells(position: object, *, has_payments: bool) -> list[Cell]:
    count = 4 if has_payments else 2
    if not isinstance(position, CouncilPosition):
        return [Cell(shorthand(position) or "")] * count  # type: ignore[arg-type]
    words = Cell("Yes" if position.is_passed else "No")
    if not has_payments:
        return [money(position.net_pence), words]
    return [
        money(position.net_pence),
        signed(position.compensation_pence),
        money(position.after_pence),
        words,
    ]
