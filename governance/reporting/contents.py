"""The whole report: sixteen sections and two annexes, in their order (domain.md section 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.publishing.content import Content, Figures, Notice, Section
from core.rules.calendar import format_date
from governance.reporting import decisions, delivery, gains, method, people, savings, summary, worth
from governance.reporting.facts import Facts
from governance.reporting.withheld import kept_back, withheld_blocks, withheld_table

SECTIONS: tuple[Callable[[Facts], Section], ...] = (
    summary.summary,
    worth.worth,
    savings.against_plan,
    savings.councils,
    savings.costs,
    gains.other_benefits,
    gains.disbenefits,
    gains.attribution,
    delivery.milestones,
    delivery.plan_changes,
    decisions.decisions,
    delivery.risks,
    people.people,
    people.fairness,
    people.going_back,
    people.lessons,
    method.method,
)
EXEMPT_VERSION = "exempt"
ROUNDING = "Figures may not sum because of rounding."
WITHHELD_NOTE = "[c] withheld: the figure would tell of fewer than 5 people, or is not public."
NOT_FOR_PUBLICATION = (
    "This version holds exempt information, marked where it stands. It is not for publication."
)
NOT_FOR_PUBLICATION_OF_COUNCIL = (
    "This version holds exempt information that concerns this council, marked where it stands. "
    "It is not for publication."
)


def report_content(facts: Facts, *, number: int, version: str, published_on: date | None = None) -> Content:
    """The report as edition `number`; `version` is open or exempt. Each thing is read once.

    Both versions of one edition are made of the same facts; the exempt one adds marked blocks.
    """
    is_exempt = version == EXEMPT_VERSION
    kept = kept_back(facts, is_exempt=is_exempt)
    extra = withheld_blocks(facts, kept)
    sections = [section(facts) for section in SECTIONS]
    sections = [replace(one, blocks=(*one.blocks, *extra.get(one.number, ()))) for one in sections]
    if is_exempt:
        first = sections[0]
        said = NOT_FOR_PUBLICATION_OF_COUNCIL if facts.council_key else NOT_FOR_PUBLICATION
        sections[0] = replace(first, blocks=(Notice(said), *first.blocks))
    last = sections[-1]
    listed = withheld_table(kept, is_exempt=is_exempt)
    sections[-1] = replace(last, blocks=(*last.blocks, *listed))
    tables = [block for section in sections for block in section.blocks if isinstance(block, Figures)]
    name = _name(facts)
    return Content(
        title=f"Benefits report: {name}",
        about=f"Benefits of {name}, edition {number}, {version} version",
        header=_header(facts, number, version, published_on),
        sections=(*sections, method.data(tables)),
        notes=(ROUNDING, WITHHELD_NOTE),
    )


def _name(facts: Facts) -> str:
    if not facts.council_key:
        return facts.programme.name
    return f"{facts.programme.name}, {_councils(facts)}"


def _councils(facts: Facts) -> str:
    return ", ".join(council.name for council, _ in facts.by_council)


def _header(
    facts: Facts, number: int, version: str, published_on: date | None
) -> tuple[tuple[str, str], ...]:
    cut_off = facts.savings.cut_off
    published = (("Published", format_date(published_on)),) if published_on else ()
    corrects = facts.texts.corrects
    corrected = (("Corrects", f"edition {corrects}"),) if corrects else ()
    return (
        ("Programme", facts.programme.name),
        ("Edition", str(number)),
        *corrected,
        *published,
        ("As recorded on", format_date(facts.as_of)),
        ("Data cut-off", _cut_off(facts, cut_off)),
        ("Councils", _councils(facts)),
        ("Version", f"{version} version{', not for publication' if version == EXEMPT_VERSION else ''}"),
    )


def _cut_off(facts: Facts, cut_off: date | None) -> str:
    if cut_off:
        return format_date(cut_off)
    if facts.is_stated:
        return f"Figures as stated by sources, up to {format_date(facts.seen_on)}"
    return "Nothing has been returned"
