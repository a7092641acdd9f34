"""Amounts of a council that is abolished pass to its successors (INV-44)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.rules.apportionment import Weight, apportion, prepare_key
from core.rules.calendar import days_in_fy, fy_end, fy_start


@dataclass(frozen=True, slots=True)
class Succession:
    """Pence by financial year that the council keeps, and that each successor takes on.

    `flagged_fys` are the years in which an amount passes: the appraisal points them out.
    """

    kept_pence: Mapping[int, int]
    passed_pence: Mapping[str, Mapping[int, int]]
    flagged_fys: tuple[int, ...]


def pass_to_successors(
    amounts_by_fy: Mapping[int, int], vesting_on: date, successors: Mapping[str, Weight]
) -> Succession:
    """Amounts from vesting day on go to the successors by their weights, by largest remainder (INV-44).

    `amounts_by_fy` is of one open line, in pence; nothing is lost: what is kept and what passes sum to it.
    A year that holds vesting day is parted by days. Refuses weights as `prepare_key` does.
    """
    key = prepare_key(list(successors.values()), list(successors))
    parted = {fy: _part(pence, fy, vesting_on) for fy, pence in amounts_by_fy.items()}
    shares = {fy: key.split(after) for fy, (_before, after) in parted.items()}
    return Succession(
        {fy: before for fy, (before, _after) in parted.items()},
        {name: {fy: shares[fy][place] for fy in amounts_by_fy} for place, name in enumerate(successors)},
        tuple(fy for fy, (_before, after) in parted.items() if after),
    )


def _part(pence: int, fy: int, vesting_on: date) -> tuple[int, int]:
    """An amount of a year before vesting day, and from that day on."""
    if vesting_on > fy_end(fy):
        return pence, 0
    days_before = max(0, (vesting_on - fy_start(fy)).days)
    before, after = apportion(pence, [days_before, days_in_fy(fy) - days_before])
    return before, after
