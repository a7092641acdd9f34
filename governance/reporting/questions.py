"""The questions that scrutiny asks of every programme, each answered in a sentence (domain.md section 7)."""

from __future__ import annotations

from fractions import Fraction

from benefits.enums import Measure
from core.exports.tables import Format
from core.publishing.content import Block, Figures, Head
from core.rules.money import format_prose
from core.rules.rounding import format_percent
from core.rules.words import count_of
from governance.reporting.facts import Facts
from governance.reporting.money import figures_of
from governance.reporting.words import NOT_SAID


def questions(facts: Facts) -> list[Block]:
    """A table of questions and answers."""
    rows = (
        ("Was the target met?", _target(facts)),
        ("Is the saving recurring?", _recurring(facts)),
        ("Who got what?", _who(facts)),
        ("What did it cost?", _cost(facts)),
        ("Would it have happened anyway?", _anyway(facts)),
        ("Did the service get worse?", _worse(facts)),
        ("What changed in the plan?", _changed(facts)),
        ("What happens if a partner leaves?", _leaving(facts)),
        ("When is the next report?", facts.texts.next_report or NOT_SAID),
    )
    heads = (Head("Question", Format.TEXT), Head("Answer", Format.TEXT))
    return [Figures("questions", "Questions that scrutiny asks", "", heads, rows)]


def _target(facts: Facts) -> str:
    found = figures_of(facts.savings, Measure.GROSS)
    if found is None or not isinstance(found.realised_percent, Fraction):
        return "This cannot be worked out: nothing is verified against a plan yet."
    percent = format_percent(found.realised_percent)
    return f"{percent} of the cashable saving planned by now is verified: {found.realised_rating.word.value}."


def _recurring(facts: Facts) -> str:
    years = facts.savings.of(Measure.GROSS, facts.savings.councils[0] if facts.council_key else None)
    last = years.years[-1] if years and years.years else None
    if last is None or not isinstance(last.year.forecast, int):
        return "No forecast says what a full year will bring."
    return f"{format_prose(last.year.forecast)} of cashable saving is forecast for the last year of the plan."


def _who(facts: Facts) -> str:
    parts = [
        f"{council.name} {format_prose(one.headline.net_cash_saving_pence)}"
        for council, one in facts.by_council
        if one.cut_off
    ]
    return f"Verified net cash saving: {'; '.join(parts)}." if parts else "Nothing is verified yet."


def _cost(facts: Facts) -> str:
    once = figures_of(facts.savings, Measure.ONE_OFF_COST)
    if once is None or not isinstance(once.current, int):
        return "No one-off cost is planned."
    spent = (
        f", of which {format_prose(once.verified)} is spent and verified"
        if isinstance(once.verified, int)
        else ""
    )
    return f"{format_prose(once.current)} of one-off cost is planned{spent}."


def _anyway(facts: Facts) -> str:
    said = sum(bool(row.benefit.counterfactual) for row in facts.benefits)
    partly = sum(row.benefit.attribution_percent < 100 for row in facts.benefits)
    whole = count_of(len(facts.benefits), "benefit")
    return (
        f"Of {whole}, {said} say what would have happened without the programme and {partly} claim only a "
        f"part of the effect. {facts.doubles.sentence}"
    )


def _worse(facts: Facts) -> str:
    found = [row for row in facts.benefits if row.benefit.is_disbenefit]
    return f"{count_of(len(found), 'dis-benefit')} recorded." if found else "No dis-benefit is recorded."


def _changed(facts: Facts) -> str:
    later = [one for one in facts.versions if one.row.version.number > 1]
    return (
        f"The plan was changed {count_of(len(later), 'time')} since it was first approved."
        if later
        else "The original plan stands."
    )


def _leaving(facts: Facts) -> str:
    in_force = [row for row in facts.agreements if row.is_in_force]
    if not in_force:
        return "No agreement in force says so."
    return f"{in_force[0].agreement.title}: {in_force[0].notice_words}."
