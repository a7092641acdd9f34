"""Section 2: is it worth it? And what each section 151 officer stated, in their own words."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.enums import Basis, Measure
from core.exports.tables import Format
from core.publishing.content import Block, Figures, Head, Notice, Section, Statement
from core.rules.assessment import Withheld
from core.rules.calendar import format_date
from core.rules.money import format_pounds
from governance.reporting.facts import Facts
from governance.reporting.money import figures_of
from governance.reporting.stated import stated_worth
from governance.reporting.words import narrative, said
from services.enums import Position
from services.queries.appraisal import CaseAppraisal
from services.rules.option_result import Measures

NO_CASE = (
    "No business case has been issued, so there is no appraisal and no statement of a section 151 officer."
)


def worth(facts: Facts) -> Section:
    """One table, then every statement; those that do not support the case come first and are marked."""
    rows = tuple(stated_worth(facts.stated_summary) if facts.is_stated else _rows(facts))
    table = Figures(
        "worth",
        "What was put in and what comes back",
        "As stated by the sources" if facts.is_stated else "",
        (Head("Measure"), Head("Value", Format.TEXT)),
        rows,
    )
    statements = list(_statements(facts.case)) if facts.case else said(NO_CASE)
    return Section("2", "Is it worth it?", (*narrative(facts, "2"), table, *statements))


def _rows(facts: Facts) -> Iterator[tuple[str, str]]:
    once = figures_of(facts.savings, Measure.ONE_OFF_COST)
    net = figures_of(facts.savings, Measure.NET)
    yield "Investment, one-off costs in the current plan", _pounds(once.current if once else None)
    yield "Investment, verified so far", _pounds(once.verified if once else None)
    yield (
        "Net cash saving, verified to date",
        _pounds(facts.savings.headline.net_cash_saving_pence if facts.savings.cut_off else None),
    )
    yield "Net saving after all costs, forecast to the end", _pounds(net.forecast if net else None)
    for basis in (Basis.ORIGINAL, Basis.CURRENT, Basis.FORECAST):
        found = [one for one in facts.savings.paybacks if one.basis == basis]
        yield f"Payback, {basis.label.lower()}", str(found[0].result) if found else "[x]"
    yield from _appraised(facts.case, facts.council_key)


def _appraised(case: CaseAppraisal | None, council_key: str) -> Iterator[tuple[str, str]]:
    """Of all councils jointly, or of the one that the report is about."""
    chosen = case.preferred if case else None
    keys = [council.key for council in case.councils] if case else []
    scope = keys.index(council_key) if council_key in keys else None
    found = chosen.measures(scope) if chosen and (scope is not None or not council_key) else None
    name = f" in the {case.case.get_stage_display().lower()}" if case else ""
    if not isinstance(found, Measures):
        yield "Net present value in the business case", "[c]" if isinstance(found, Withheld) else "[x]"
        return
    yield f"Net present value{name}", format_pounds(found.npv_pence)
    yield f"Benefit-cost ratio{name}", str(found.bcr)


def _statements(case: CaseAppraisal) -> Iterator[Block]:
    if not case.statements:
        yield from said("No section 151 officer has stated anything of it.")
    ordered = sorted(case.statements, key=lambda one: one.position != Position.DO_NOT_SUPPORT)
    for one in ordered:
        if one.position == Position.DO_NOT_SUPPORT:
            yield Notice(f"{one.council.name} does not support the business case.")
        by = f"{one.council.name}, section 151 officer, {format_date(one.stated_at.date())}"
        yield Statement(one.text, f"{by}: {one.get_position_display()}")


def _pounds(pence: object) -> str:
    return format_pounds(pence) if isinstance(pence, int) else "[x]"
