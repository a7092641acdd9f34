"""Where a programme stands, for who meets tonight: sentences, tables and chart of its reports, shortened."""

from __future__ import annotations

from datetime import timedelta

from benefits.enums import Measure
from core.publishing.content import Block, Figures, Picture, Words
from governance.equity_tables import panel_sentences
from governance.packs.tables import narrowed, near_milestones, waiting_table
from governance.reporting.delivery import MOST_RISKS
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen
from governance.reporting.money import by_year
from governance.reporting.savings import against_plan, councils
from governance.reporting.summary import drafted
from governance.reporting.tracing import CURRENT, FORECAST, ORIGINAL, VERIFIED
from governance.reporting.words import points, said, table_or
from programme.queries.milestones import MilestoneRow
from programme.risk_exports import risk_table

AHEAD = timedelta(days=90)
# Beyond so many programmes a pack gives the sentences of each and leaves tables and charts to its pages.
MOST_IN_FULL = 3
_MONEY = (ORIGINAL, CURRENT, FORECAST, VERIFIED, "Rating")
_RISK = ("Title", "Score", "Rating", "What we are doing", "Owner")


def sentences(facts: Facts) -> list[Block]:
    """What the figures themselves say: saved so far, expected, what is worrying, whether it is fair."""
    fair = [] if facts.equity.unexplained else [Words(" ".join(panel_sentences(facts.equity)))]
    return [*said(drafted(facts)), *fair]


def standing(facts: Facts) -> list[Block]:
    """The same with savings, councils, milestones and risks as tables."""
    key = facts.programme.key
    near = near_milestones([row for row in facts.page.rows if _is_near(row, facts)], f"{key}-milestones")
    return [
        *sentences(facts),
        *_savings(facts),
        *table_or(near, "No milestone is late or falls due in the next 90 days."),
        *table_or(_risks(facts, key), "No risk is recorded."),
    ]


def decisions(facts: Facts) -> list[Block]:
    """Where councils differ, and what each has still to do about what is not in effect."""
    differ = (
        f"{row.decision.ref} {row.decision.title}: not approved by {', '.join(row.start.not_ratified)}."
        for row in facts.board.rows
        if row.start.not_ratified
    )
    table = waiting_table(facts.board, f"{facts.programme.key}-decisions")
    return [
        Words(facts.board.sentence),
        *points(differ),
        *table_or(table, "No decision waits for a council."),
    ]


def _savings(facts: Facts) -> list[Block]:
    """The cashable saving by year with its chart, then the net saving of each council."""
    gross = by_year(facts.savings, Measure.GROSS, "savings-gross", "Cashable saving, gross, before costs")
    chart = [block for block in against_plan(facts).blocks if isinstance(block, Picture)]
    of_councils = (block for block in councils(facts).blocks if isinstance(block, Figures))
    shared = [narrowed(block, _MONEY) for block in of_councils if block.key == "councils-net"]
    return [*chart, *([narrowed(gross, _MONEY)] if gross else []), *shared]


def _is_near(row: MilestoneRow, facts: Facts) -> bool:
    if row.is_done or row.due is None:
        return False
    return row.is_late or facts.seen_on <= row.due.last_on <= facts.seen_on + AHEAD


def _risks(facts: Facts, key: str) -> Figures:
    table = risk_table(facts.risks[:MOST_RISKS], as_of=facts.seen_on)
    return frozen(table, f"{key}-risks", caption="The highest risks", only=_RISK)
