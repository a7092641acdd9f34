"""Rules of what may be withheld from the public (INV-39, row 71)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.enums import PublicationClass
from core.errors import Refusal, Refusals

REASON_LIMIT = 2_000

# Part 1 of Schedule 12A to the Local Government Act 1972 (domain.md section 5).
PARAGRAPHS: Mapping[int, str] = {
    1: "an individual",
    2: "likely to reveal the identity of an individual",
    3: "financial or business affairs of any person, the council’s own among them",
    4: "labour relations: consultations or negotiations",
    5: "legal professional privilege",
    6: "a notice, order or direction that the council intends",
    7: "prevention, investigation or prosecution of crime",
}
CONFIDENTIAL_STAYS = (
    "Confidential content is not released here. A government department or the law forbids disclosure"
)


def year_after(day: date) -> date:
    """The same day a year later; 28 February for a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def review_on(chosen: date | None, today: date) -> date:
    """When an exempt item is next reviewed: within a year, in a year where nobody chose a day (INV-39)."""
    latest = year_after(today)
    if chosen is None:
        return latest
    if not today < chosen <= latest:
        words = "Review date must be after today and within a year"
        raise Refusal(words, field="exempt_review_on", code="INV-39")
    return chosen


def check_exempt(publication_class: str, paragraph: int | None, reason: str) -> None:
    """Refuse exempt content without its paragraph or its public-interest reason (70, INV-39)."""
    if publication_class != PublicationClass.EXEMPT:
        return
    refusals = []
    if paragraph not in PARAGRAPHS:
        refusals.append(Refusal("Choose the exempt paragraph", "exempt_paragraph", "70"))
    if not reason.strip():
        message = "Explain why withholding outweighs publishing"
        refusals.append(Refusal(message, "public_interest_reason", "70"))
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refusals(refusals)


def check_release(publication_class: str) -> None:
    """Refuse to open confidential content, or what is open already."""
    if publication_class == PublicationClass.CONFIDENTIAL:
        raise Refusal(CONFIDENTIAL_STAYS, code="INV-39")
    if publication_class == PublicationClass.OPEN:
        raise Refusal("This is open already", code="INV-39")


def withheld_from_version(exempt: int, confidential: int = 0) -> str:
    """What an open export says of the items it leaves out (row 71); empty where it leaves out none."""
    parts = [(exempt, "exempt"), (confidential, "confidential")]
    kinds = [f"{count} item{_s(count)} {_is(count)} {word}" for count, word in parts if count]
    if not kinds:
        return ""
    whole = exempt + confidential
    return f"{' and '.join(kinds)}. {'It' if whole == 1 else 'They'} will be withheld from this version"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
