"""Panels of work: milestones of the next 90 days, decisions, and the highest risks."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from core.rules.calendar import format_date
from core.rules.words import count_of, listed
from core.tables import Cell, Heading, NumberTable, Row
from governance.dashboards.answers import asked_sentence
from governance.dashboards.count_charts import decided_chart, later_chart, score_chart
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.files import MOST_RISKS
from governance.dashboards.panel import Files, Panel, Source, only, words
from governance.queries.decisions import Cell as CouncilCell
from governance.queries.decisions import DecisionRow
from programme.models import Council
from programme.overview.slip_charts import slippage_sentence
from programme.queries.milestones import MilestoneRow
from programme.queries.overview.portfolio import WORST_FIRST
from programme.queries.overview.slippage import SlipRow
from programme.queries.risks import RiskRow
from programme.rules.rag import RatingWord

MOST_MILESTONES, MOST_SLIPPED = 8, 5


def milestones(facts: SteeringFacts, files: Files) -> Panel:
    """What is late or due within 90 days, and what moved since the last meeting."""
    slipped = facts.slippage.later[:MOST_SLIPPED] if facts.slippage else []
    said = [_ahead_sentence(facts), *([slippage_sentence(facts.slippage)] if facts.slippage else [])]
    return Panel(
        "milestones",
        "Milestones",
        " ".join(said),
        (
            Source("Every milestone", reverse("programme:milestone_list", args=[facts.programme.key])),
            Source("How forecasts moved", reverse("programme:slippage", args=[facts.programme.key])),
        ),
        charts=only(later_chart(_worst_ahead(facts))),
        tables=(
            *files.shown(_milestone_table(facts), "milestones", has_words=True),
            *files.shown(_slip_table(facts, slipped), "slippage", has_words=True),
        ),
    )


def decisions(facts: SteeringFacts, files: Files) -> Panel:
    """What the body is asked to decide, and what each council has still to ratify."""
    board = facts.board
    said = (
        asked_sentence(facts.to_decide, facts.meetings),
        board.sentence,
        f"{board.left_out}." if board.left_out else "",
    )
    return Panel(
        "decisions",
        "Decisions",
        " ".join(filter(None, said)),
        (Source("The decision board", reverse("governance:decision_list", args=[facts.programme.key])),),
        charts=only(decided_chart([*facts.to_decide, *facts.to_ratify])),
        tables=(
            *files.shown(asked_table(facts.to_decide), "decisions", has_words=True),
            *files.shown(waiting_table(facts.to_ratify, board.councils), "decisions", has_words=True),
        ),
    )


def risks(facts: SteeringFacts, files: Files) -> Panel:
    """The highest open risks and what is done about them."""
    rows = facts.risks
    return Panel(
        "risks",
        "Top risks",
        risks_sentence(rows),
        (Source("The risk register", reverse("programme:risk_list", args=[facts.programme.key])),),
        charts=only(score_chart(rows[:MOST_RISKS])),
        tables=files.shown(risk_table(rows[:MOST_RISKS], len(rows)), "risks", has_words=True),
    )


def risks_sentence(rows: Sequence[RiskRow]) -> str:
    """How many risks stand how, and which is the highest."""
    if not rows:
        return "No open risk is recorded."
    ratings = [row.rating.word for row in rows if row.rating]
    said = [f"{ratings.count(word)} {word}" for word in (RatingWord.RED, RatingWord.AMBER) if word in ratings]
    rated = f", {listed(said)}" if said else ""
    highest = f" Highest: {rows[0].risk.title.rstrip('.')}." if rows[0].score is not None else ""
    entries = "1 entry of the registers is" if len(rows) == 1 else f"{len(rows)} entries of the registers are"
    return f"{entries} open{rated}.{highest}"


def asked_table(rows: Sequence[DecisionRow]) -> NumberTable:
    """To decide tonight: what is asked, and the earliest start."""
    return NumberTable(
        "asked",
        "To decide",
        "You recommend; each council then decides for itself",
        _heads("Decision", "You are asked to", "Earliest start"),
        tuple(
            Row(
                row.decision.title,
                (words(row.proposal.summary or "Decide on the text"), words(_earliest(row))),
                row.decision.get_absolute_url(),
                row.decision.ref,
            )
            for row in rows
        ),
    )


def waiting_table(rows: Sequence[DecisionRow], councils: Sequence[Council]) -> NumberTable:
    """Recommended and not yet in effect: where each council stands."""
    return NumberTable(
        "waiting",
        "Waiting for",
        "Recommended, not yet in effect: what each council has done and is to do",
        _heads("Decision", *(str(one) for one in councils), "Earliest start"),
        tuple(
            Row(
                row.decision.title,
                (*(_council_cell(cell) for cell in row.cells), words(_earliest(row))),
                row.decision.get_absolute_url(),
                row.decision.ref,
            )
            for row in rows
        ),
    )


def risk_table(rows: Sequence[RiskRow], total: int) -> NumberTable:
    """The highest risks with score, rating and response."""
    return NumberTable(
        "risks",
        f"Top {len(rows)} of {total}",
        "Score out of 25: likelihood × impact",
        _heads("Risk", "Score", "Rating", "What we are doing"),
        tuple(_risk_row(row) for row in rows),
    )


def _risk_row(row: RiskRow) -> Row:
    risk = row.risk
    owner = f"Owner: {risk.owner}" if risk.owner else "Owner not stated"
    return Row(
        risk.title,
        (
            words(str(row.score) if row.score is not None else "[z]"),
            words("" if row.rating else "[z]", tag=str(row.rating.word) if row.rating else ""),
            words(row.response.text or "Nothing is recorded", sub=owner),
        ),
        risk.get_absolute_url(),
        risk.ref,
    )


def _council_cell(cell: CouncilCell) -> Cell:
    """A council's word and day; of several elements the first that is not done."""
    if not cell.parts:
        return words("Not asked")
    part = next((one for one in cell.parts if one.position.is_waiting), cell.parts[0])
    position = part.position
    when = position.next_step if position.is_waiting else position.when
    return words(part.element.capitalize() if len(cell.parts) > 1 else "", tag=position.word.value, sub=when)


def _earliest(row: DecisionRow) -> str:
    return format_date(row.start.on) if row.start.on else "No date yet"


def _ahead_sentence(facts: SteeringFacts) -> str:
    if not facts.page.rows:
        return "No milestone is recorded."
    late = len(facts.page.late)
    ahead = len(facts.ahead) - late
    return (
        f"{count_of(ahead, 'milestone')} due by {format_date(facts.ahead_until)}; "
        f"{late or 'none'} {'is' if late == 1 else 'are'} late."
    )


def _milestone_table(facts: SteeringFacts) -> NumberTable:
    """The worst of what is late or due within 90 days, by date; the forecast only where it differs."""
    chosen = _worst_ahead(facts)
    return NumberTable(
        "milestones",
        f"Late, and due in the next 90 days: {len(chosen)} of {len(facts.ahead)}",
        f"To {format_date(facts.ahead_until)}, by date; those rated worst, then key milestones",
        _heads("Milestone", "Plan", "Forecast", "Change", "Rating"),
        tuple(_milestone_row(row) for row in chosen),
    )


def _worst_ahead(facts: SteeringFacts) -> list[MilestoneRow]:
    """As many of the worst as the page shows, by date."""
    chosen = sorted(facts.ahead, key=_worst)[:MOST_MILESTONES]
    return [row for row in facts.ahead if row in chosen]


def _worst(row: MilestoneRow) -> tuple[int, bool]:
    word = row.rating.word
    place = WORST_FIRST.index(word) if word in WORST_FIRST else len(WORST_FIRST)
    return place, not row.milestone.is_critical


def _milestone_row(row: MilestoneRow) -> Row:
    forecast = "As planned" if row.is_as_planned else str(row.forecast or "Not forecast")
    return Row(
        row.milestone.title,
        (
            words(str(row.plan) if row.plan else "Not stated"),
            words(forecast),
            words(row.change or "[z]"),
            words("", tag=str(row.rating.word)),
        ),
        row.milestone.get_absolute_url(),
        row.milestone.ref,
    )


def _slip_table(facts: SteeringFacts, rows: Sequence[SlipRow]) -> NumberTable | None:
    if facts.since is None:
        return None
    return NumberTable(
        "slipped",
        "What slipped since you last met",
        f"Later than forecast on {format_date(facts.since)}, the most first",
        _heads("Milestone", "Days", "Now", "Why"),
        tuple(
            Row(
                slip.row.milestone.title,
                (
                    words(f"+{slip.slippage_days}"),
                    words(str(slip.row.expected)),
                    words(slip.row.milestone.note or "No reason is recorded"),
                ),
                slip.row.milestone.get_absolute_url(),
                slip.row.milestone.ref,
            )
            for slip in rows
        ),
    )


def _heads(*texts: str) -> tuple[Heading, ...]:
    """Columns of words."""
    return tuple(Heading(text, is_number=False) for text in texts)
