"""The questions that scrutiny asks of every programme, each answered in a sentence (domain.md section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from benefits.enums import Measure
from benefits.rules.stated_sums import StatedSum
from core.exports.tables import Format
from core.publishing.content import Block, Figures, Head, Plain
from core.rules.calendar import format_fy
from core.rules.money import format_prose
from core.rules.rounding import format_percent
from core.rules.words import are, count_of, listed
from governance.reporting.facts import Facts
from governance.reporting.money import figures_of
from governance.reporting.sentences import cost_sentence
from governance.reporting.stated import in_words, saving_name, stated_sentence
from governance.reporting.tracing import FORECAST
from governance.reporting.words import NOT_SAID
from programme.rules.rag import RatingWord

FIRST = "This is the first edition"
_WHOLE = 100
_LEADS = {RatingWord.GREEN: "Nearly", RatingWord.AMBER: "Not quite"}


def questions(facts: Facts) -> list[Block]:
    """A table of questions and answers."""
    rows = (
        ("Was the target met?", _target(facts)),
        ("Is the saving recurring?", _recurring(facts)),
        ("Who got what?", _who(facts)),
        ("What did it cost?", cost_sentence(facts)),
        ("Would it have happened anyway?", _anyway(facts)),
        ("Did the service get worse?", _worse(facts)),
        ("What changed since last time?", f"{_since(facts)} {_changed(facts)}".strip()),
        ("What happens if a partner leaves?", _leaving(facts)),
        ("When is the next report?", facts.texts.next_report or NOT_SAID),
    )
    heads = (Head("Question", Format.TEXT), Head("Answer", Format.TEXT))
    return [Figures("questions", "Questions that scrutiny asks", "", heads, rows)]


def _target(facts: Facts) -> str:
    if facts.is_stated:
        return "This cannot be said: no plan is recorded. " + stated_sentence(facts.stated_summary)
    found = figures_of(facts.savings, Measure.GROSS)
    if found is None or not isinstance(found.realised_percent, Fraction):
        return "This cannot be worked out: nothing is verified against a plan yet."
    percent, word = format_percent(found.realised_percent), found.realised_rating.word
    lead = "Yes" if found.realised_percent >= _WHOLE else _LEADS.get(word, "No")
    return (
        f"{lead}: {percent} of the cashable saving planned by now is verified, which is rated {word.value}."
    )


def _recurring(facts: Facts) -> str:
    if facts.is_stated:
        times = [saving_name(one) for one in facts.stated_summary.savings]
        return (
            f"Yes: the sources state a saving that comes every year ({listed(times)})."
            if times
            else "Nobody has said: the sources state no saving that comes every year."
        )
    years = facts.savings.of(Measure.GROSS, facts.savings.councils[0] if facts.council_key else None)
    last = years.years[-1] if years and years.years else None
    if last is None or not isinstance(last.year.forecast, int):
        return "No forecast says what a full year will bring."
    if last.year.forecast <= 0:
        return f"No: no cashable saving is forecast for {format_fy(last.fy)}, the last year of the plan."
    forecasts = [one.year.forecast for one in years.years] if years else []
    most = max(one for one in forecasts if isinstance(one, int))
    year = f"{format_fy(last.fy)}, the last year of the plan"
    said = f"{format_prose(last.year.forecast)} of cashable saving is forecast for {year}"
    if last.year.forecast < most:
        return f"In part: {said}, and {format_prose(most)} for the best year."
    return f"Yes: {said}."


def _who(facts: Facts) -> str:
    if facts.is_stated:
        return _who_stated(facts)
    parts = [
        f"{council.name} {format_prose(one.headline.net_cash_saving_pence)}"
        for council, one in facts.by_council
        if one.cut_off
    ]
    return f"Verified net cash saving: {'; '.join(parts)}." if parts else "Nothing is verified yet."


def _who_stated(facts: Facts) -> str:
    summary = facts.stated_summary
    councils = [one for one in summary.partners if facts.council_key in ("", one.key)]
    said = []
    for one in summary.savings:
        totals = [(council.short_name, one.saving.by_council[council.key]) for council in councils]
        parts = [f"{name} {in_words(total)}" for name, total in totals if isinstance(total, StatedSum)]
        if parts:
            said.append(f"Net saving a year, {saving_name(one)}: {'; '.join(parts)}.")
    return " ".join(said) or "No saving is stated for a council on its own."


def _anyway(facts: Facts) -> str:
    if not facts.benefits:
        return f"Nobody has said: no benefit is recorded. {facts.doubles.sentence}"
    said = sum(bool(row.benefit.counterfactual) for row in facts.benefits)
    partly = sum(row.benefit.attribution_percent < 100 for row in facts.benefits)
    whole = count_of(len(facts.benefits), "benefit")
    without = "what would have happened without the programme"
    if said:
        known = f"Section 8 says of {said} of {whole} {without}"
    else:
        any_of = "the one benefit" if len(facts.benefits) == 1 else f"any of {whole}"
        known = f"Nobody has said of {any_of} {without}"
    counts = "counts" if partly == 1 else "count"
    part = (
        f"{partly} of them {counts} only a part of the effect" if partly else "Each counts its whole effect"
    )
    return f"{known}. {part}. {facts.doubles.sentence}"


def _worse(facts: Facts) -> str:
    found = [row for row in facts.benefits if row.benefit.is_disbenefit]
    if not found:
        return "No dis-benefit is recorded. Section 7 says what service users noticed."
    named = listed([row.benefit.title for row in found])
    number = f"{count_of(len(found), 'dis-benefit')} {are(len(found))} recorded: {named}."
    return f"{number} Section 7 says what service users noticed."


def _changed(facts: Facts) -> str:
    later = [one for one in facts.versions if one.row.version.number > 1]
    if later:
        return f"The plan was changed {_times(len(later))} since it was first approved."
    return "The original plan stands." if facts.versions else "No plan has been approved."


def _since(facts: Facts) -> str:
    """What the headline of the last edition said, and what it says now."""
    before = _forecast(facts.previous.tables) if facts.previous else None
    if facts.previous is None or before is None:
        first = f"This corrects edition {facts.texts.corrects}" if facts.texts.corrects else FIRST
        return f"{first}." if facts.previous is None else ""
    now = figures_of(facts.savings, Measure.NET)
    if now is None or not isinstance(now.forecast, int):
        return ""
    way = now.forecast - before
    if not way:
        return f"The net saving forecast is the same as in the last edition: {format_prose(before)}."
    more = "more" if way > 0 else "less"
    apart = f"{format_prose(abs(way))} {more} than in the last edition"
    return f"The net saving forecast is {format_prose(now.forecast)}, {apart}."


def _forecast(tables: Iterable[Figures]) -> int | None:
    """The net saving forecast that an edition printed."""
    table = next((one for one in tables if one.key == "savings-net"), None)
    value: Plain | None = table.total[table.place(FORECAST)] if table and table.total else None
    return value if isinstance(value, int) else None


def _leaving(facts: Facts) -> str:
    in_force = [row for row in facts.agreements if row.is_in_force]
    if not in_force:
        return "This is not known: no agreement in force is recorded."
    first = in_force[0]
    terms = f" {first.agreement.exit_terms.rstrip('.')}." if first.agreement.exit_terms else ""
    return f"{_notice(first.agreement.notice_months)} under “{first.agreement.title}”.{terms}"


def _notice(months: int | None) -> str:
    if months is None:
        return "It leaves without a stated period of notice"
    return f"It gives notice of {count_of(months, 'month')}" if months else "It needs to give no notice"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
