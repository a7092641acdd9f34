"""Rules of figures as a source prints them: savings, costs, grants, measures, costs of separating."""

from __future__ import annotations

import re

from governance.casefiles.checking.common import check_council, check_unique
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry

COMBINED = "combined"
STATED_SECTIONS = ("savings", "costs", "funding", "unravelling")
_LOOKS_LIKE_A_KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


def check_figures(file: CaseFile, world: World) -> None:
    """Note ids used twice and councils that are not known."""
    check_unique([figure for section in STATED_SECTIONS for figure in file.entries(section)])
    for section in ("savings", "non_financial"):
        for figure in file.entries(section):
            for key in councils_of(figure):
                check_council(figure, key, world, "council")
    for cost in file.entries("costs"):
        _check_borne_by(cost, world)


def councils_of(figure: Entry) -> list[str]:
    """Keys of the councils a figure belongs to; none where it is stated for all together."""
    one = figure.text("council")
    if one:
        return [] if one == COMBINED else [one]
    return figure.strings("council")


def is_council_key(text: str) -> bool:
    """Whether a name among those who bear a cost is a council's key, and not a body's name in words."""
    return _LOOKS_LIKE_A_KEY.fullmatch(text) is not None


def _check_borne_by(cost: Entry, world: World) -> None:
    for index, name in enumerate(cost.strings("borne_by")):
        if is_council_key(name):
            check_council(cost, name, world, "borne_by", index)
    shares = cost.entry("apportionment").entry("shares_pct")
    for key in shares.data:
        check_council(shares, key, world, key)
