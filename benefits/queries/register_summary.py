"""The benefits register added up: by state and class, and by how long claims wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benefits.enums import BenefitClass, BenefitState
from benefits.queries.register import BenefitRow
from benefits.rules.waiting import (
    AgeBand,
    Apart,
    Waiting,
    ageing_sentence,
    apart,
    banded,
    register_sentence,
    total_waiting,
)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Benefits of one state and class; pence over all years, None where none of them has pounds."""

    state: BenefitState
    class_text: str
    benefits: int
    at_risk: int
    original_pence: int | None
    plan_pence: int | None
    claimed_pence: int | None
    verified_pence: int | None
    banked_pence: int | None
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class RegisterSummary:
    """What the register says in all; cashable and other benefits are never added up (INV-17)."""

    sentence: str
    groups: tuple[GroupRow, ...]
    ages: tuple[AgeBand, ...]
    claims: Apart

    @property
    def is_waiting(self) -> bool:
        """Whether any claim waits for an answer."""
        return bool(self.claims.amounts)

    @property
    def ageing(self) -> str:
        """How long they wait, in a sentence."""
        return ageing_sentence(self.ages, self.claims)


def register_summary(rows: Sequence[BenefitRow]) -> RegisterSummary:
    """The rows of a register, or those chosen of it, added up. No query."""
    groups = _groups(rows)
    numbers = [(state.label, sum(row.benefit.state == state for row in rows)) for state in BenefitState]
    claims = [claim for row in rows for claim in row.claims]
    whole = apart(claims)
    return RegisterSummary(
        register_sentence(numbers, sum(bool(row.reasons) for row in rows), whole.cashable),
        groups,
        banded(claims),
        whole,
    )


def _groups(rows: Sequence[BenefitRow]) -> tuple[GroupRow, ...]:
    found: dict[tuple[int, int, bool], list[BenefitRow]] = defaultdict(list)
    states, classes = BenefitState.values, BenefitClass.values
    for row in rows:
        benefit = row.benefit
        at = states.index(benefit.state), classes.index(benefit.benefit_class), benefit.is_disbenefit
        found[at].append(row)
    return tuple(_group(found[at]) for at in sorted(found))


def _group(rows: Sequence[BenefitRow]) -> GroupRow:
    return GroupRow(
        BenefitState(rows[0].benefit.state),
        rows[0].class_text,
        len(rows),
        sum(bool(row.reasons) for row in rows),
        _sum([row.original_pence for row in rows]),
        _sum([row.plan_pence for row in rows]),
        _sum([row.claimed_pence for row in rows]),
        _sum([row.verified_pence for row in rows]),
        _sum([row.banked_pence for row in rows]),
        total_waiting(row.waiting for row in rows),
    )


def _sum(pence: Sequence[int | None]) -> int | None:
    stated = [one for one in pence if one is not None]
    return sum(stated) if stated else None
