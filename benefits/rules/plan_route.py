"""The way of a proposed plan to the day on which it takes effect: what is done, what is missing (INV-05)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benefits.rules.ledger import SHORTEST_NARRATIVE
from core.rules.words import listed


class RoutePlace(StrEnum):
    """Where a step is taken: what a page links to."""

    REASONS = "reasons"
    AMOUNTS = "amounts"
    PROPOSAL = "proposal"
    NEW_DECISION = "new_decision"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step: what it is, whether it is taken, what it waits for, and where it is taken."""

    text: str
    is_done: bool
    waits: str
    place: RoutePlace


@dataclass(frozen=True, slots=True)
class CouncilStanding:
    """Where a council that must approve stands, in a word, and whether it agrees."""

    council: str
    word: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What the route is made of. `planned` are the councils that a decision must ask."""

    number: int
    reason_code: str
    narrative: str
    has_changes: bool
    is_submitted: bool
    in_effect_from: str
    decision: str
    waits: str
    councils: Sequence[CouncilStanding]
    planned: Sequence[str]


def route(facts: RouteFacts) -> tuple[RouteStep, ...]:
    """The steps in their order, each council's approval among them."""
    return (*_proposing(facts), *_deciding(facts))


def still_missing(steps: Iterable[RouteStep]) -> list[str]:
    """What the plan waits for, step by step; nothing once it is in effect."""
    return [step.waits for step in steps if not step.is_done]


def _proposing(facts: RouteFacts) -> Iterator[RouteStep]:
    reason, words = bool(facts.reason_code), len(facts.narrative.strip())
    is_explained = facts.number == 1 or (reason and words >= SHORTEST_NARRATIVE)
    waits = (
        "Choose a reason" if not reason else f"Explain the change in at least {SHORTEST_NARRATIVE} characters"
    )
    yield RouteStep("Reason and explanation", is_explained, waits, RoutePlace.REASONS)
    yield RouteStep(
        "Amounts or dates that change",
        facts.has_changes,
        "Change an amount or a date",
        RoutePlace.AMOUNTS,
    )
    yield RouteStep(
        "Submitted, so that nobody can change it",
        facts.is_submitted,
        "The programme manager or the senior responsible owner submits it",
        RoutePlace.PROPOSAL,
    )


def _deciding(facts: RouteFacts) -> Iterator[RouteStep]:
    place = RoutePlace.DECISION if facts.decision else RoutePlace.NEW_DECISION
    asked = f" and asks {listed(list(facts.planned))}" if facts.planned else ""
    yield RouteStep(
        f"Decision {facts.decision}" if facts.decision else "A decision of every council",
        bool(facts.decision),
        f"Draft a decision that approves plan version {facts.number}{asked}",
        place,
    )
    standing = {one.council: one for one in facts.councils}
    for council in dict.fromkeys([*facts.planned, *standing]):
        found = standing.get(council)
        word = f"{found.word}: {council} has not approved it" if found else f"{council} has not been asked"
        yield RouteStep(f"{council} approves", bool(found and found.agrees), word, place)
    yield RouteStep(
        f"In effect from {facts.in_effect_from}" if facts.in_effect_from else "In effect",
        bool(facts.in_effect_from),
        facts.waits,
        place,
    )
