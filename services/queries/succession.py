"""Amounts of a draft that councils bear after they are abolished, and what passes to their successors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.rules.apportionment import Weight
from core.rules.calendar import fy_end
from programme.models import Council, CouncilSuccessor
from programme.rules.membership import Abolition, is_flagged_after
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine
from services.queries.case_partners import case_partners
from services.rules.succession import pass_to_successors


@dataclass(frozen=True, slots=True)
class Passing:
    """One amount of a council in a year that reaches over its vesting day.

    What the council keeps and what each successor takes on, in pence, sum to the amount; the same of the
    amount in cash of the day, where it was converted from that.
    """

    amount: BusinessCaseAmount
    line: BusinessCaseLine
    kept_pence: int
    passed_pence: tuple[int, ...]
    kept_nominal_pence: int | None
    passed_nominal_pence: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """A council that is abolished, its successors in order, and its amounts of a case that reach over it."""

    council: Council
    abolition: Abolition
    successors: tuple[Council, ...]
    rows: tuple[Passing, ...]


def successions_of(case: BusinessCase) -> list[Succession]:
    """What must pass to successors in a case, council by council in the fixed order. Four queries.

    A council without successors is among them, with rows that keep everything: choose its successors first.
    """
    partners = case_partners(case.programme).by_id
    ending = {pk: one for pk, one in partners.items() if one.abolition}
    successors: dict[int, list[CouncilSuccessor]] = {}
    rows = CouncilSuccessor.objects.filter(council__in=ending).select_related("successor")
    for row in rows.order_by("successor__name"):
        successors.setdefault(row.council_id, []).append(row)
    amounts: dict[int, list[BusinessCaseAmount]] = {}
    own = BusinessCaseAmount.objects.filter(line__business_case=case, council__in=ending, amount_pence__gt=0)
    for amount in own.select_related("line").order_by("line__order_index", "line", "fy"):
        if is_flagged_after(ending[amount.council_id or 0].abolition, fy_end(amount.fy)):
            amounts.setdefault(amount.council_id or 0, []).append(amount)
    return [
        _succession(one.council, one.abolition, successors.get(pk, []), amounts[pk])
        for pk, one in ending.items()
        if pk in amounts and one.abolition
    ]


def _succession(
    council: Council,
    abolition: Abolition,
    successors: Sequence[CouncilSuccessor],
    amounts: Sequence[BusinessCaseAmount],
) -> Succession:
    weights = {row.successor.key: row.weight for row in successors if row.weight}
    return Succession(
        council,
        abolition,
        tuple(row.successor for row in successors if row.weight),
        tuple(_passing(amount, abolition, weights) for amount in amounts),
    )


def _passing(amount: BusinessCaseAmount, abolition: Abolition, weights: Mapping[str, Weight]) -> Passing:
    kept, passed = _parted(amount.amount_pence, amount.fy, abolition, weights)
    nominal: tuple[int | None, tuple[int | None, ...]] = (None, (None,) * len(weights))
    if amount.nominal_pence is not None:
        nominal = _parted(amount.nominal_pence, amount.fy, abolition, weights)
    return Passing(amount, amount.line, kept, passed, *nominal)


def _parted(
    pence: int, fy: int, abolition: Abolition, weights: Mapping[str, Weight]
) -> tuple[int, tuple[int, ...]]:
    """What stays of an amount of a year, and each successor's part; all stays where there is none."""
    if not weights:
        return pence, ()
    found = pass_to_successors({fy: pence}, abolition.vesting_on, weights)
    return found.kept_pence[fy], tuple(found.passed_pence[key][fy] for key in weights)
