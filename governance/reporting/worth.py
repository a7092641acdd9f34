"""Section 2: is it worth it? And what each section 151 officer stated, in their own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benefits.enums import Basis, Measure
from benefits.rules.plan_change import Prices
from core.exports.cells import NOT_AVAILABLE, WITHHELD
from core.exports.tables import Format
from core.publishing.content import Block, Figures, Head, Notice, Section, Statement
from core.rules.assessment import NotAssessable, Withheld
from core.rules.calendar import format_date
from core.rules.money import format_pounds
from core.rules.words import listed, mid_sentence
from governance.reporting.facts import Facts
from governance.reporting.money import figures_of
from governance.reporting.stated import stated_worth
from governance.reporting.tracing import entries, page
from governance.reporting.words import narrative, said
from services.enums import Position
from services.queries.appraisal import CaseAppraisal
from services.rules.option_result import Measures

WorthRow = tuple[str, str, str]
NOW = "now, by what is returned and forecast"
NO_CASE = (
    "No business case has been issued, so there is no appraisal and no statement of a section 151 officer."
)


def worth(facts: Facts) -> Section:
    """One table, then every statement; those that do not support the case come first and are marked."""
    savings = page("benefits:savings_detail", facts.programme.key)
    stated = ((*row, savings) for row in stated_worth(facts.stated_summary))
    rows = tuple(stated if facts.is_stated else _rows(facts, savings))
    table = Figures(
        "worth",
        "What was put in and what comes back",
        "As stated by the sources" if facts.is_stated else "",
        (Head("Measure"), Head("Value", Format.TEXT)),
        tuple((label, value) for label, value, _ in rows),
        notes=() if facts.is_stated else tuple(_basis(facts)),
        traces=tuple(address for *_, address in rows),
    )
    statements = list(_statements(facts.case)) if facts.case else said(NO_CASE)
    return Section("2", "Is it worth it?", (*narrative(facts, "2"), table, *statements))


def _rows(facts: Facts, savings: str) -> Iterator[WorthRow]:
    """What is measured, its figure in words, and where that comes from."""

    def behind(measure: Measure, basis: Basis) -> str:
        on = facts.savings.as_of
        return entries(facts.programme, measure, on, council=facts.council_key, basis=basis)

    once = figures_of(facts.savings, Measure.ONE_OFF_COST)
    net = figures_of(facts.savings, Measure.NET)
    planned, spent = (once.current, once.verified) if once else (None, None)
    cost = Measure.ONE_OFF_COST
    yield (
        "Investment, one-off costs in the current plan",
        _pounds(planned),
        behind(cost, Basis.CURRENT),
    )
    yield "Investment, verified so far", _pounds(spent), behind(cost, Basis.VERIFIED)
    yield (
        "Net cash saving, verified to date",
        _pounds(facts.savings.headline.net_cash_saving_pence if facts.savings.cut_off else None),
        savings,
    )
    yield (
        "Net saving after all costs, forecast to the end",
        _pounds(net.forecast if net else None),
        behind(Measure.NET, Basis.FORECAST),
    )
    for basis in (Basis.ORIGINAL, Basis.CURRENT, Basis.FORECAST):
        found = [one for one in facts.savings.paybacks if one.basis == basis]
        result = str(found[0].result) if found else NOT_AVAILABLE
        yield f"Payback, {basis.label.lower()}", result, behind(Measure.NET, basis)
    case = page("services:case_appraisal", facts.case.case.pk) if facts.case else savings
    for label, value in _appraised(facts):
        yield label, value, behind(Measure.NET, Basis.FORECAST) if NOW in label else case


def _appraised(facts: Facts) -> Iterator[tuple[str, str]]:
    """In the business case and now, of all councils jointly, or of the one that the report is about."""
    case, council_key = facts.case, facts.council_key
    chosen = case.preferred if case else None
    keys = [council.key for council in case.councils] if case else []
    scope = keys.index(council_key) if council_key in keys else None
    found = chosen.measures(scope) if chosen and (scope is not None or not council_key) else None
    name = f" in the {case.case.get_stage_display().lower()}" if case else ""
    if not isinstance(found, Measures):
        missing = WITHHELD if isinstance(found, Withheld) else NOT_AVAILABLE
        yield "Net present value in the business case", missing
        yield f"Net present value {NOW}", missing
        return
    yield f"Net present value{name}", format_pounds(found.npv_pence)
    yield f"Net present value {NOW}", _now(facts.worth_now, lambda now: format_pounds(now.npv_pence))
    yield f"Benefit-cost ratio{name}", str(found.bcr)
    yield f"Benefit-cost ratio {NOW}", _now(facts.worth_now, lambda now: str(now.bcr))


def _now(found: Measures | NotAssessable | None, text: Callable[[Measures], str]) -> str:
    return text(found) if isinstance(found, Measures) else NOT_AVAILABLE


def _basis(facts: Facts) -> Iterator[str]:
    """By which prices and rates what it is worth now was worked out, or why it was not."""
    if facts.case is None:
        return
    found, prices = facts.worth_now, facts.case_prices
    if isinstance(found, Measures) and isinstance(prices, Prices):
        yield (
            f"Now is what is returned so far and the forecast of what remains. {prices.words}, "
            "as in the business case."
        )
    elif isinstance(found, NotAssessable):
        yield f"[x] What it is worth now cannot be worked out: {mid_sentence(found.reason)}."
    if facts.case.case.service:
        yield f"The business case, and what it is worth now, are of {facts.case.case.service} alone."
    if facts.outside_case:
        yield f"{facts.outside_case}."


def _statements(case: CaseAppraisal) -> Iterator[Block]:
    ordered = sorted(case.statements, key=lambda one: one.position != Position.DO_NOT_SUPPORT)
    for one in ordered:
        if one.position == Position.DO_NOT_SUPPORT:
            yield Notice(f"{one.council.name} does not support the business case.")
        by = f"{one.council.name}, section 151 officer, {format_date(one.stated_at.date())}"
        yield Statement(one.text, f"{by}: {one.get_position_display()}")
    answered = {one.council_id for one in ordered}
    silent = [str(council) for council in case.councils if council.pk not in answered]
    if silent:
        yield from said(f"No section 151 officer of {listed(silent)} has stated anything of it.")


def _pounds(pence: object) -> str:
    return format_pounds(pence) if isinstance(pence, int) else "[x]"
