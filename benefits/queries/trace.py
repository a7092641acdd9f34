"""From a number on the dashboard to the entries behind it, and from an entry on to its decision (INV-46)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from programme.models import PlanVersion


@dataclass(frozen=True, slots=True)
class DecisionLink:
    """The decision that approved a plan version: its reference and title, where it is, where it stands.

    `approved_by` names the councils that approved it, in their order.
    """

    ref: str
    title: str
    url: str
    state: str
    approved_by: str = ""


DecisionFinder = Callable[[Sequence[int]], Mapping[int, Sequence[DecisionLink]]]
_finders: list[DecisionFinder] = []


def register_decisions(finder: DecisionFinder) -> None:
    """Let a higher floor say which decisions approved plan versions.

    The finder takes primary keys of plan versions and gives their decisions by key, in one query. It is
    called for people who may read the programme, and decisions are as readable as their programme.
    """
    if finder not in _finders:
        _finders.append(finder)


def decisions_of(versions: Iterable[PlanVersion]) -> dict[int, list[DecisionLink]]:
    """Decisions that approved each plan version, by its primary key."""
    keys = sorted({version.pk for version in versions})
    found: dict[int, list[DecisionLink]] = {key: [] for key in keys}
    if keys:
        for finder in _finders:
            for key, links in finder(keys).items():
                found[key].extend(links)
    return found
