"""The same pounds claimed twice: from one code, by one cause, or through another benefit (domain.md 1.4).

A flag is worked out from what is claimed and agreed; nothing here is stored but what people say of a flag.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any

from benefits.enums import DoubleCountKind, DoubleCountOutcome
from benefits.rules.budgets import WHOLE

_REF_LENGTH = 12
_OF_A_LINK = (DoubleCountOutcome.NOT_SAME, DoubleCountOutcome.LINKED)


# What somebody does to resolve a flag; of a link between benefits it is said otherwise.
_DOES: Mapping[DoubleCountOutcome, str] = {
    DoubleCountOutcome.NOT_SAME: "Say that it is not the same saving",
    DoubleCountOutcome.LINKED: "Count one in another",
    DoubleCountOutcome.ATTRIBUTION: "Change what part each claims",
    DoubleCountOutcome.REVERSED: "Take claims back",
}
COUNTED_ONCE = "Counted once"
_OF_A_LINK_DOES = {
    DoubleCountOutcome.NOT_SAME: "Say that it is counted once",
    DoubleCountOutcome.LINKED: "Count it in another benefit",
}


class Problem(StrEnum):
    """What is wrong with a benefit that is counted in another."""

    OWN_CLAIMS = "own_claims"
    NOT_HELD = "not_held"
    CHAIN = "chain"
    LOOP = "loop"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where pounds are claimed: a council, a financial year and a ledger code, empty where none is named."""

    council: int
    fy: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Claimant:
    """A benefit, or a line of saving without one, as it is compared with others.

    `claimed` is what stands as claimed or verified, `reduced` what was taken out of budgets, in pence by
    place; `planned` is the current plan in pence by council and year. `service` is 0 where none is named;
    `cause` is text made alike by `plain_cause`; `milestones` are those that enable it.
    """

    key: str
    title: str
    programme: int
    percent: int = WHOLE
    counted_in: str = ""
    is_in_pounds: bool = True
    service: int = 0
    cause: str = ""
    milestones: frozenset[int] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    claimed: Mapping[Place, int] = field(default_factory=dict)
    reduced: Mapping[Place, int] = field(default_factory=dict)
    planned: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether it adds to totals (INV-18)."""
        return not self.counted_in

    @property
    def coded(self) -> set[Place]:
        """Every code, council and year from which it claims."""
        claimed = {place for place, pence in self.claimed.items() if place.code and pence > 0}
        return claimed | {place for place, pence in self.reduced.items() if pence > 0}

    def years_at(self, council: int) -> set[int]:
        """Years in which it claims or plans pounds of a council."""
        planned = {fy for (one, fy), pence in self.planned.items() if one == council and pence > 0}
        return planned | {place.fy for place in self.claimed if place.council == council and self.at(place)}

    def at(self, place: Place) -> int:
        """What it claims there, never below nothing."""
        return max(0, self.claimed.get(place, 0))

    def by_year(self) -> dict[tuple[int, int], int]:
        """What it claims, by council and year."""
        sums: dict[tuple[int, int], int] = defaultdict(int)
        for place, pence in self.claimed.items():
            sums[place.council, place.fy] += pence
        return sums


@dataclass(frozen=True)
class Flag:
    """What may be counted twice, and by whom; `council` is 0 where it is about a link between benefits.

    `facts` are what an answer rests on: once they change, it no longer stands. Amounts of single months are
    not among them.
    """

    kind: DoubleCountKind
    key: str
    claimants: tuple[Claimant, ...]
    facts: Mapping[str, Any]
    council: int = 0
    fy: int = 0
    code: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def ref(self) -> str:
        """A short name for addresses, the same for as long as it is about the same pounds."""
        return sha256(self.key.encode()).hexdigest()[:_REF_LENGTH]

    @cached_property
    def mark(self) -> str:
        """One mark for the same facts."""
        return sha256(json.dumps(self.facts, sort_keys=True).encode()).hexdigest()

    @property
    def total_percent(self) -> int:
        """What its claimants claim of the saving together."""
        return sum(one.percent for one in self.claimants if one.counts)

    def covers(self, place: Place) -> bool:
        """Whether what is claimed there is part of what may be counted twice."""
        if place.council != self.council:
            return False
        if self.kind == DoubleCountKind.SAME_CODE:
            return place.fy == self.fy and place.code == self.code
        return sum(place.fy in one.years_at(self.council) for one in self.claimants) > 1


def plain_cause(text: str) -> str:
    """A cause without capitals, punctuation and idle spaces, so that the same words are the same cause."""
    letters = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    return " ".join(letters.split())


def find_double_counts(claimants: Sequence[Claimant]) -> list[Flag]:
    """Every flag: same code, council and year; same service and cause; containment. In a fixed order."""
    return [*_same_code(claimants), *_same_cause(claimants), *_contained(claimants)]


def flag_key(kind: DoubleCountKind, council: int = 0, fy: int = 0, code: str = "", claimant: str = "") -> str:
    """What a flag is called for as long as it is about the same pounds."""
    if kind == DoubleCountKind.SAME_CODE:
        return f"code/{council}/{fy}/{code}"
    return f"cause/{council}/{claimant}" if kind == DoubleCountKind.SAME_CAUSE else f"contained/{claimant}"


def told_by_key(kind: DoubleCountKind, key: str) -> tuple[int | None, str, str]:
    """The financial year and ledger code that a flag's key names, or its claimant."""
    if kind == DoubleCountKind.SAME_CODE:
        _, _, fy, code = key.split("/", 3)
        return int(fy), code, ""
    return None, "", key.rpartition("/")[2]


def ways_for(kind: DoubleCountKind) -> tuple[DoubleCountOutcome, ...]:
    """How a flag of this kind can be resolved: a link between benefits is no matter of shares or claims."""
    return _OF_A_LINK if kind == DoubleCountKind.CONTAINED else tuple(DoubleCountOutcome)


def words_for(kind: DoubleCountKind, outcome: DoubleCountOutcome) -> str:
    """What a way of resolving a flag of this kind does."""
    return _OF_A_LINK_DOES[outcome] if kind == DoubleCountKind.CONTAINED else _DOES[outcome]


def doubtful_pence(flags: Iterable[Flag], programme: int) -> int:
    """What of a programme's claims may be counted twice, each pound once however many flags doubt it."""
    worst: dict[tuple[str, Place], int] = {}
    for flag in flags:
        for cell, pence in _doubtful(flag, programme).items():
            worst[cell] = max(worst.get(cell, 0), pence)
    return sum(worst.values())


def _same_code(claimants: Iterable[Claimant]) -> Iterator[Flag]:
    at: dict[Place, list[Claimant]] = defaultdict(list)
    for one in claimants:
        for place in one.coded if one.counts else ():
            at[place].append(one)
    for place, found in sorted(at.items()):
        if len(found) > 1 and not _is_shared(found):
            members = tuple(sorted(found, key=lambda one: one.key))
            claims = [_facts(one) | {"reduced": one.reduced.get(place, 0)} for one in members]
            yield Flag(
                DoubleCountKind.SAME_CODE,
                flag_key(DoubleCountKind.SAME_CODE, place.council, place.fy, place.code),
                members,
                {"place": [place.council, place.fy, place.code], "claims": claims},
                place.council,
                place.fy,
                place.code,
            )


def _same_cause(claimants: Iterable[Claimant]) -> Iterator[Flag]:
    found = [one for one in claimants if one.counts and one.is_in_pounds and one.service]
    councils = {place.council for one in found for place in one.claimed}
    councils |= {council for one in found for council, _ in one.planned}
    for council in sorted(councils):
        for group in _groups(found, _alike_at(council)):
            if _is_shared(group):
                continue
            causes = [
                [one.cause, sorted(one.milestones), _day(one.starts_on), _day(one.ends_on)] for one in group
            ]
            yield Flag(
                DoubleCountKind.SAME_CAUSE,
                flag_key(DoubleCountKind.SAME_CAUSE, council, claimant=group[0].key),
                tuple(group),
                {"claims": [_facts(one) for one in group], "causes": causes, "service": group[0].service},
                council,
            )


def _contained(claimants: Sequence[Claimant]) -> Iterator[Flag]:
    by_key = {one.key: one for one in claimants}
    for child in claimants:
        if child.counts:
            continue
        parent = by_key.get(child.counted_in)
        problems = tuple(_problems(child, parent, by_key))
        if problems:
            members = (child,) if parent is None else (child, parent)
            facts = {
                "claims": [_facts(one) for one in members],
                "problems": [problem.value for problem in problems],
                "not_held": sorted(_not_held(child, parent)),
            }
            key = flag_key(DoubleCountKind.CONTAINED, claimant=child.key)
            yield Flag(DoubleCountKind.CONTAINED, key, members, facts, problems=problems)


def _problems(child: Claimant, parent: Claimant | None, by_key: Mapping[str, Claimant]) -> Iterator[Problem]:
    if any(pence > 0 for pence in child.by_year().values()):
        yield Problem.OWN_CLAIMS
    if _not_held(child, parent):
        yield Problem.NOT_HELD
    if _is_loop(child, by_key):
        yield Problem.LOOP
    elif parent is not None and not parent.counts:
        yield Problem.CHAIN


def _not_held(child: Claimant, parent: Claimant | None) -> set[tuple[int, int]]:
    """Councils and years of which the parent's total is too small to contain what the child has."""
    claimed, planned = (parent.by_year(), parent.planned) if parent else ({}, {})
    found = {at for at, pence in child.by_year().items() if pence > 0 and pence > claimed.get(at, 0)}
    return found | {at for at, pence in child.planned.items() if pence > planned.get(at, 0)}


def _is_loop(child: Claimant, by_key: Mapping[str, Claimant]) -> bool:
    seen, step = {child.key}, child.counted_in
    while step in by_key and step not in seen:
        seen.add(step)
        step = by_key[step].counted_in
    return step in seen


def _alike_at(council: int) -> Callable[[Claimant, Claimant], bool]:
    def is_alike(one: Claimant, other: Claimant) -> bool:
        same = bool(one.cause) and one.cause == other.cause
        return (
            one.service == other.service
            and (same or bool(one.milestones & other.milestones))
            and bool(one.years_at(council) & other.years_at(council))
            and (one.starts_on or date.min) <= (other.ends_on or date.max)
            and (other.starts_on or date.min) <= (one.ends_on or date.max)
        )

    return is_alike


def _groups(
    found: Sequence[Claimant], is_alike: Callable[[Claimant, Claimant], bool]
) -> Iterator[list[Claimant]]:
    """Those that are alike, directly or through others; two or more, ordered by key."""
    left = sorted(found, key=lambda one: one.key)
    while left:
        group = [left.pop(0)]
        for one in group:
            alike = [other for other in left if is_alike(one, other)]
            group += alike
            left = [other for other in left if other not in alike]
        if len(group) > 1:
            yield sorted(group, key=lambda one: one.key)


def _is_shared(claimants: Iterable[Claimant]) -> bool:
    """Whether their shares, each given with its reason, come to no more than the whole (INV-19)."""
    return sum(one.percent for one in claimants) <= WHOLE


def _facts(one: Claimant) -> dict[str, Any]:
    return {"who": one.key, "percent": one.percent, "counted_in": one.counted_in}


def _doubtful(flag: Flag, programme: int) -> dict[tuple[str, Place], int]:
    """Pence by claimant and place. The largest claim stands, but for what other programmes claim of it."""
    places = sorted({place for one in flag.claimants for place in one.claimed if flag.covers(place)})
    found: dict[tuple[str, Place], int] = {}
    for fy in sorted({place.fy for place in places}):
        year = [place for place in places if place.fy == fy]
        totals = {one.key: sum(one.at(place) for place in year) for one in flag.claimants}
        others = sum(totals[one.key] for one in flag.claimants if one.programme != programme)
        own = [one for one in flag.claimants if one.programme == programme]
        for rank, one in enumerate(sorted(own, key=lambda one: (-totals[one.key], one.key))):
            left = totals[one.key] if rank else min(totals[one.key], others)
            for place in year:
                found[one.key, place] = min(left, one.at(place))
                left -= found[one.key, place]
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
