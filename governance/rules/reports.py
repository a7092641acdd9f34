"""What a benefits report must say before it is published (domain.md sections 7 and 8, rows 72, 86 and 87)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.rounding import round_to
from core.rules.text import check_text
from governance.enums import AdditionPlace

MOST_WORDS = 250
MOST_UNVERIFIED = Fraction(20)
SAY_DISBENEFITS = "Say whether there are any dis-benefits"
SAY_WHAT_CHANGED = "Say what the correction changes, and why"
SAY_HARMONISATION = "Say how far pay and terms are harmonised"
IDENTIFIES = 'This could identify people. Use "fewer than 5"'
# Texts of a report that are asked for by name.
TEXTS = ("summary", "request", "disbenefits", "harmonisation", "next_report")
# Sections to which people add words of their own; 1 and 7 have texts that are asked for by name.
NARRATED: Mapping[str, str] = {
    "2": "Is it worth it?",
    "3": "Savings against plan",
    "4": "By council",
    "5": "Costs",
    "6": "Other benefits",
    "8": "Attribution and double counting",
    "9": "Milestones",
    "10": "Changes to the plan",
    "11": "Decisions",
    "12": "Risks, assumptions and sensitivities",
    "13": "People",
    "14": "Is it fair?",
    "15": "Going back",
    "16": "Lessons and next steps",
}
# The sections in which the texts asked for by name stand; the others are named by their section.
_SECTIONS: Mapping[str, str] = {
    AdditionPlace.SUMMARY: "1",
    AdditionPlace.REQUEST: "1",
    AdditionPlace.NEXT_REPORT: "1",
    AdditionPlace.DISBENEFITS: "7",
    AdditionPlace.HARMONISATION: "13",
}
_FEW = re.compile(
    r"\b([1-4]|one|two|three|four)\s+(full[- ]time\s+)?"
    r"(posts?|people|persons?|staff|officers?|employees?|redundanc(?:y|ies)|redundant)\b",
    re.IGNORECASE,
)


class CheckKind(StrEnum):
    """What sort of thing a checklist found."""

    MISSING = "Missing"
    UNVERIFIED = "Not verified"
    STALE = "Out of date"
    EXEMPT = "Exempt"
    UNANSWERED = "Not answered"


class Weight(StrEnum):
    """What a finding does: it stops the publication, it needs a reason, or it is only said."""

    BLOCKS = "Must be put right"
    NEEDS_REASON = "Needs a reason"
    SAID = "To know"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the checklist, with where it is put right and the row of section 8 that says it."""

    kind: CheckKind
    text: str
    url: str
    act: str
    weight: Weight = Weight.SAID
    code: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Every finding, those that stop the publication first."""

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What must be put right before it can be published."""
        return self._of(Weight.BLOCKS)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What can be published with a reason."""
        return self._of(Weight.NEEDS_REASON)

    @property
    def said(self) -> tuple[Finding, ...]:
        """What is only said."""
        return self._of(Weight.SAID)

    def _of(self, weight: Weight) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.weight == weight)


def section_of(place: str) -> str:
    """The number of the section in which an addition to a text stands."""
    return _SECTIONS.get(place, place)


def check_summary(text: str) -> str:
    """The summary; refuses more than 250 words."""
    body = check_text(text, "Summary", field="summary")
    words = len(body.split())
    if words > MOST_WORDS:
        raise Refusal(f"Summary must be {MOST_WORDS} words or less. It has {words}", "summary", "85")
    return body


def check_cut_off(as_of_on: date, today: date) -> None:
    """Refuse a report on a day that has not come."""
    if as_of_on > today:
        raise Refusal(f"Choose a day up to {format_date(today)}", "as_of_on")


def check_narratives(narratives: Mapping[str, str]) -> dict[str, str]:
    """The texts of sections that have any; refuses a section that has none of its own."""
    for number in narratives:
        if number not in NARRATED:
            raise Refusal(f"There is no text for section {number}", "narratives")
    checked = {
        number: check_text(narratives.get(number, ""), f"Section {number}", field=f"narrative_{number}")
        for number in NARRATED
    }
    return {number: text for number, text in checked.items() if text}


def unverified_percent(claimed_pence: int, verified_pence: int) -> Fraction | None:
    """How much of what is reported is only claimed, in percent; None where nothing is reported."""
    reported = claimed_pence + verified_pence
    return Fraction(100 * claimed_pence, reported) if claimed_pence > 0 and reported > 0 else None


def unverified_warning(percent: Fraction | None) -> str:
    """The words of row 86 where more than a fifth of the savings is not verified, else nothing.

    Judged by the exact share: what is a little over is never printed as the limit itself.
    """
    if percent is None or percent <= MOST_UNVERIFIED:
        return ""
    shown = max(round_to(percent, 0), MOST_UNVERIFIED + 1)
    return f"{shown}% of reported savings are not verified. Say so in the summary"


def names_few_people(texts: Iterable[str]) -> bool:
    """Whether a text counts 1 to 4 people or posts (row 72)."""
    return any(_FEW.search(text) for text in texts)
