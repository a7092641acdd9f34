"""Sentences that more than one section says."""

from __future__ import annotations

from benefits.enums import Measure
from benefits.rules.stated_sums import StatedSum
from core.rules.money import format_prose
from core.rules.words import mid_sentence
from governance.reporting.facts import Facts
from governance.reporting.money import figures_of
from governance.reporting.stated import in_words


def cost_sentence(facts: Facts) -> str:
    """What it costs once and every year, and what of it is spent."""
    if facts.is_stated:
        once_stated = facts.stated_summary.one_off
        if isinstance(once_stated, StatedSum):
            return f"One-off cost, as stated: {in_words(once_stated)}."
        return f"What it cost cannot be added up: {mid_sentence(once_stated.reason)}."
    once = figures_of(facts.savings, Measure.ONE_OFF_COST)
    if once is None or not isinstance(once.current, int):
        return "No one-off cost is planned."
    said = [f"{format_prose(once.current)} of one-off cost is planned"]
    if isinstance(once.forecast, int):
        said.append(f"{format_prose(once.forecast)} is forecast")
    if isinstance(once.verified, int):
        said.append(f"{format_prose(once.verified)} is spent and verified")
    return f"{', '.join(said)}. {_every_year(facts)}".strip()


def _every_year(facts: Facts) -> str:
    council = facts.savings.councils[0] if facts.council_key else None
    found = facts.savings.of(Measure.RECURRING_COST, council)
    last = found.years[-1].year.forecast if found and found.years else None
    return f"{format_prose(last)} a year is forecast as recurring cost." if isinstance(last, int) else ""
