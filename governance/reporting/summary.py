"""Section 1: the whole in plain English, drafted from the figures until somebody writes it."""

from __future__ import annotations

from benefits.panel_sentences import causes_sentence, over_time_sentence
from core.publishing.content import Block, Notice, Section
from core.rules.calendar import format_date
from core.rules.words import count_of, listed
from governance.equity_tables import panel_sentences
from governance.reporting.facts import Facts
from governance.reporting.questions import questions
from governance.reporting.stated import AS_STATED, stated_sentence
from governance.reporting.words import said
from programme.rules.rag import RatingWord

MOST_WORDS = 250
ASKS = "Scrutiny is asked to note this report and to say what it wishes to look at next."


def summary(facts: Facts) -> Section:
    """The summary and the answers to the questions that scrutiny asks."""
    text = facts.texts.summary or drafted(facts)
    asks = facts.texts.request or ASKS
    return Section("1", "Summary", (*_corrected(facts), *said(text), *said(asks), *questions(facts)))


def _corrected(facts: Facts) -> list[Block]:
    """Of a correction, which edition it corrects and what it changes (INV-36)."""
    number = facts.texts.corrects
    return [Notice(f"This edition corrects edition {number}. {facts.texts.what_changed}")] if number else []


def drafted(facts: Facts) -> str:
    """What the figures themselves say: saved so far, expected, what is worrying."""
    if facts.is_stated:
        return f"{stated_sentence(facts.stated_summary)} {AS_STATED}"
    panels = facts.panels
    money = f"{over_time_sentence(panels.over_time)} {causes_sentence(panels.causes)}"
    return f"{money}\n\n{' '.join(worries(facts)) or 'Nothing stands out as worrying.'}"


def worries(facts: Facts) -> list[str]:
    """What is late, unverified, risky, undecided or unequal, a sentence each; none where nothing is."""
    return [
        sentence for sentence in (_late(facts), _risk(facts), _undecided(facts), _unequal(facts)) if sentence
    ]


def _late(facts: Facts) -> str:
    late = facts.page.late
    if not late:
        return ""
    first = late[0]
    due = f", due by {format_date(first.due.last_on)}" if first.due else ""
    return f"{_number(len(late), 'milestone')} late, the oldest being {first.milestone.title}{due}."


def _risk(facts: Facts) -> str:
    red = [row for row in facts.risks if row.rating and row.rating.word == RatingWord.RED]
    if not red:
        return ""
    return f"{_number(len(red), 'risk')} rated Red, the highest being: {red[0].risk.title.rstrip('.')}."


def _undecided(facts: Facts) -> str:
    waiting = [row for row in facts.board.rows if row.start.waiting_for]
    if not waiting:
        return ""
    councils = sorted({name for row in waiting for name in row.start.waiting_for})
    return f"{_number(len(waiting), 'decision')} not complete and waiting for {listed(councils)}."


def _unequal(facts: Facts) -> str:
    if all(one.is_explained for one in facts.equity.differences_at(facts.council_key)):
        return ""
    return " ".join(panel_sentences(facts.equity, facts.council_key))


def _number(count: int, noun: str) -> str:
    return f"{count_of(count, noun)} {'is' if count == 1 else 'are'}"
