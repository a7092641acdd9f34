"""Decisions that can have agreed a key or an arrangement: asked of the floor above, which holds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from programme.models import Programme


@dataclass(frozen=True, slots=True)
class DecisionChoice:
    """A decision of a programme: its reference and title, where it is, where it stands.

    `has_agreed` is false for one that is a draft, blocked or gone: it is shown where it is named already,
    and cannot be chosen. `is_in_force` is true once nothing more has to happen before it counts.
    """

    ref: str
    title: str
    url: str
    state: str
    has_agreed: bool
    is_in_force: bool

    @property
    def label(self) -> str:
        """D-001 Share the running costs (In effect)."""
        return f"{self.ref} {self.title} ({self.state})"


DecisionFinder = Callable[[Sequence[Programme]], Mapping[int, Sequence[DecisionChoice]]]
_finders: list[DecisionFinder] = []


def register_decisions(finder: DecisionFinder) -> None:
    """Let a higher floor say which decisions programmes have.

    The finder takes programmes and gives the decisions of each in their order, by its primary key, in one
    query. It is called for people who may read them, and decisions are as readable as their programme.
    """
    if finder not in _finders:
        _finders.append(finder)


def decisions_of(programme: Programme) -> list[DecisionChoice]:
    """Every decision of a programme, in their order. One query."""
    return decisions_of_each([programme])[programme.pk]


def decisions_of_each(programmes: Sequence[Programme]) -> dict[int, list[DecisionChoice]]:
    """Every decision of each programme, in their order, by its primary key. One query."""
    found: dict[int, list[DecisionChoice]] = {one.pk: [] for one in programmes}
    for finder in _finders:
        for key, choices in finder(programmes).items():
            found[key] += choices
    return found


def decisions_waited_for(programme: Programme, refs: Collection[str]) -> dict[str, DecisionChoice]:
    """Those of the named decisions that are not in effect, by reference. One query.

    A reference that no decision of the programme has is taken as it is told.
    """
    return {one.ref: one for one in decisions_of(programme) if one.ref in refs and not one.is_in_force}


def decisions_to_choose(programme: Programme) -> list[DecisionChoice]:
    """The decisions of a programme that can have agreed something. One query."""
    return [choice for choice in decisions_of(programme) if choice.has_agreed]
