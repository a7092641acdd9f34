"""Rules of the further fields of benefit profiles, and of the benefits map."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from benefits.enums import BenefitState, HandoverState
from benefits.models.benefit import DOAM
from benefits.rules.benefits_map import Link, Node, NodeKind, check_link
from benefits.rules.gates import TESTS
from core.rules.calendar import format_fy, month_name, period_start
from governance.casefiles.checking.common import (
    check_council,
    check_order,
    check_past,
    check_person,
    check_reference,
    check_unique,
    ids_of,
)
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.benefits_map import LINK_ENDS

_WHOLE = Decimal(100)
_KINDS = {
    "milestones": NodeKind.MILESTONE,
    "benefits": NodeKind.BENEFIT,
    "objectives": NodeKind.OBJECTIVE,
}
Times = tuple[int, int | None]


def check_profile_fields(benefit: Entry, world: World) -> None:
    """Note what is wrong in the further fields of one benefit."""
    check_person(benefit, "sro", world)
    check_reference(benefit, "lesson", ids_of(benefit.file, "lessons"), "lessons")
    for index, ref in enumerate(benefit.strings("risks")):
        if ref not in ids_of(benefit.file, "risks"):
            benefit.add(f"There is no {ref} in risks", "risks", index)
    check_order(benefit, "starts_on", "ends_on")
    check_past(benefit, "starting_on", world.as_of, "Day of the starting value")
    _check_shares(benefit, world)
    _check_tests(benefit)
    _check_times(benefit)
    for name in ("readings", "evidence", "reviews"):
        for entry in benefit.entries(name):
            check_person(entry, "by", world)
    _check_life(benefit, world)
    for reading in benefit.entries("readings"):
        check_council(reading, reading.text("council"), world, "council")
    for review in benefit.entries("reviews"):
        on, following = review.day("reviewed_on"), review.day("next_review_on")
        if on and following and following <= on:
            review.add("The next review must be after this one", "next_review_on")


def _check_life(benefit: Entry, world: World) -> None:
    """Steps follow each other to the state of the benefit; an offer that is answered says by whom."""
    steps = benefit.entries("steps")
    for step in steps:
        check_person(step, "by", world)
    for before, step in pairwise(steps):
        if step.text("from") != before.text("to"):
            step.add(f"The step before ends in {before.text('to')}. Start from there", "from")
    state = benefit.text("state") or BenefitState.IDENTIFIED.value
    if steps and steps[-1].text("to") != state:
        steps[-1].add(f"The benefit is {state}. End the last step there", "to")
    is_open = [offer for offer in benefit.entries("handovers") if not _is_answered(offer)]
    for offer in benefit.entries("handovers"):
        for name in ("to", "from", "by", "answered_by"):
            check_person(offer, name, world)
    for offer in is_open[1:]:
        offer.add("A benefit has one open offer at most. Say how this one was answered", "state")


def _is_answered(offer: Entry) -> bool:
    return (offer.text("state") or HandoverState.OFFERED) != HandoverState.OFFERED


def check_benefits_map(file: CaseFile, world: World) -> None:
    """Note what is wrong in objectives, map steps and links; a loop in the words of row 52."""
    check_unique(file.entries("objectives"))
    check_unique(file.entries("map_steps"))
    links: list[Link] = []
    for entry in file.entries("benefit_links"):
        check_person(entry, "by", world)
        ends = [_end(entry, side) for side in ("from_", "to_")]
        start, end = ends
        if start is None or end is None:
            continue
        if not entry.refused(lambda start=start, end=end: check_link(start, end, links)):  # type: ignore[misc]
            links.append((start, end))


def _end(entry: Entry, side: str) -> Node | None:
    """What a link names on one side; noted where it is none, several or unknown."""
    names = [name for name in LINK_ENDS if name.startswith(side)]
    given = [name for name in names if entry.text(name)]
    if len(given) != 1:
        entry.add(f"Give one of {', '.join(names)}")
        return None
    (name,) = given
    section, ref = LINK_ENDS[name], entry.text(name)
    found = _entry_of(entry.file, section, ref)
    if found is None:
        check_reference(entry, name, (), section)
        return None
    kind = _KINDS.get(section) or NodeKind(found.text("kind"))
    title = found.text("title") or found.text("label") or found.text("measure")
    return Node((0, 0), kind, hash((section, ref)), title, found.yes("disbenefit"))


def _entry_of(file: CaseFile, section: str, ref: str) -> Entry | None:
    sections = (section, "non_financial") if section == "benefits" else (section,)
    entries = [entry for name in sections for entry in file.entries(name)]
    return next((entry for entry in entries if entry.text("id") == ref), None)


def _check_shares(benefit: Entry, world: World) -> None:
    shares = benefit.entry("shares")
    for key in shares.data:
        check_council(benefit, key, world, "shares", key)
    values = [shares.number(key) for key in shares.data]
    total = sum((value for value in values if value is not None), Decimal(0))
    if values and total != _WHOLE:
        message = f"Percentages must add up to 100. They add up to {total.normalize():f}"
        benefit.add(message, "shares")


def _check_tests(benefit: Entry) -> None:
    for test in DOAM:
        given = benefit.entry("tests").entry(test)
        if given.yes("met") and not given.text("text"):
            benefit.add(f"Say how the benefit meets the test of {TESTS[test]}", "tests", test)


def _check_times(benefit: Entry) -> None:
    seen: set[Times] = set()
    for entry in benefit.entries("trajectory"):
        fy, period = entry.fy("fy"), entry.integer("period")
        if fy is None:
            continue
        if (fy, period) in seen:
            entry.add(f"There are two entries for {_words(fy, period)}. Keep one", "fy")
        seen.add((fy, period))


def _words(fy: int, period: int | None) -> str:
    if period is None:
        return format_fy(fy)
    first = period_start(fy, period)
    return f"{month_name(first)} {first.year}"
