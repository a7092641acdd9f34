"""Rules of decisions and of each council's own decision."""

from __future__ import annotations

import re

from governance.casefiles.checking.benefits import CaseKey, case_lines, check_case_reference
from governance.casefiles.checking.common import (
    check_council,
    check_past,
    check_reference,
    check_unique,
    ids_of,
)
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from governance.enums import Authority, DecisionKind

_UNNAMED = re.compile(r"unnamed_.+")
_ADVISORY = frozenset(
    {
        Authority.RECOMMENDS.value,
        Authority.OVERSEES.value,
        Authority.REVIEWS.value,
        Authority.RECEIVES_REPORTS.value,
        Authority.CONSULTATIVE.value,
    }
)


def check_decisions(file: CaseFile, world: World) -> None:
    """Note what is wrong in decisions."""
    check_unique(file.entries("decisions"))
    cases = case_lines(file)
    authority = {body.text("id"): body for body in file.entries("governance")}
    for decision in file.entries("decisions"):
        _check_links(decision, cases)
        _check_authority(decision, authority.get(decision.text("body_id")))
        check_past(decision, "date", world.as_of, "Decision date")
        if "outcomes" in decision and "councils" in decision:
            decision.add("Keep outcomes or councils, not both", "outcomes")
        for key in decision.entry("outcomes").data:
            if not is_unnamed(key):
                check_council(decision, key, world, "outcomes", key)
        _check_councils(decision, world)


def is_unnamed(key: str) -> bool:
    """Whether the source does not name this council: its key starts with unnamed_."""
    return _UNNAMED.fullmatch(key) is not None


def _check_links(decision: Entry, cases: dict[CaseKey, set[str]]) -> None:
    check_reference(decision, "body_id", ids_of(decision.file, "governance"), "governance")
    check_case_reference(decision, "business_case", cases)
    number = decision.integer("plan_version")
    numbers = {version.integer("number") for version in decision.file.entries("plan_versions")}
    if number is not None and number not in numbers:
        decision.add(f"There is no plan version {number} in plan_versions", "plan_version")


def _check_authority(decision: Entry, body: Entry | None) -> None:
    """A body that recommends never decides (INV-08, row 54)."""
    if body and decision.text("kind") == DecisionKind.RESOLUTION and body.text("authority") in _ADVISORY:
        name = body.text("body")
        who = f"The {name[:1].lower()}{name[1:]}"
        decision.add(f"{who} can recommend but not decide. Send this to each council", "kind")


def _check_councils(decision: Entry, world: World) -> None:
    check_unique(decision.entries("councils"), "council")
    check_unique(decision.entries("councils"), "party")
    version = decision.integer("version") or 1
    for own in decision.entries("councils"):
        check_council(own, own.text("council"), world, "council")
        if ("council" in own) == ("party" in own):
            own.add("Give the council, or the party where the source does not name it")
        check_past(own, "decided", world.as_of, "Decision date")
        if (own.integer("version") or 0) > version:
            own.add(f"The text has no version {own.integer('version')} yet", "version")
