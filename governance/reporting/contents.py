"""The whole report: sixteen sections and two annexes, in their order (domain.md section 7)."""

from __future__ import annotations

from collections.abc import Callable

from core.publishing.content import Content, Figures, Section
from core.rules.calendar import format_date
from governance.reporting import delivery, gains, method, people, savings, summary, worth
from governance.reporting.facts import Facts

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
    delivery.decisions,
    delivery.risks,
    people.people,
    people.fairness,
    people.going_back,
    people.lessons,
    method.method,
)
ROUNDING = "Figures may not sum because of rounding."


def report_content(facts: Facts, *, number: int, version: str) -> Content:
    """The report as edition `number`; `version` is open or exempt. Each thing is read once."""
    sections = [section(facts) for section in SECTIONS]
    tables = [block for section in sections for block in section.blocks if isinstance(block, Figures)]
    name = facts.programme.name
    return Content(
        title=f"Benefits report: {name}",
        about=f"Benefits of {name}, edition {number}, {version} version",
        header=_header(facts, number, version),
        sections=(*sections, method.data(tables)),
        notes=(ROUNDING,),
    )


def _header(facts: Facts, number: int, version: str) -> tuple[tuple[str, str], ...]:
    cut_off = facts.savings.cut_off
    return (
        ("Programme", facts.programme.name),
        ("Edition", str(number)),
        ("As recorded on", format_date(facts.as_of)),
        ("Data cut-off", format_date(cut_off) if cut_off else "Nothing has been returned"),
        ("Councils", ", ".join(council.name for council in facts.ledgers.councils)),
        ("Version", f"{version} version"),
    )
