"""Charts of what is counted on a steering group's page: days, councils, scores, posts and months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.returns import CouncilReturn
from core.bars import Bar, bars_figure
from core.charts import Chart
from core.rules.calendar import financial_year, format_date, format_fy, fy_start
from core.rules.suppression import Suppressed
from core.rules.words import are, count_of, listed
from governance.queries.decisions import DecisionRow
from governance.queries.equity import CountRow
from programme.queries.milestones import MilestoneRow
from programme.queries.overview.portfolio import PortfolioRow
from programme.queries.risks import RiskRow

HIGHEST_SCORE, MONTHS, MOST_PROGRAMMES = 25, 12, 8
_SOME, _MANY = 4, 7
_TABLE = "The table holds the same."


def later_chart(rows: Sequence[MilestoneRow]) -> Chart | None:
    """Days by which milestones are late, later or earlier than planned; None where none is."""
    moved = [(row, days) for row in rows if (days := row.days_off_plan)]
    if not moved:
        return None
    bars = [Bar(row.milestone.title, days, _days(days)) for row, days in moved]
    later = [bar for bar in bars if bar.value > 0]
    headline = (
        f"{len(later)} of {len(rows)} {are(len(later))} late or forecast later than planned, "
        f"{count_of(max(bar.value for bar in later), 'day')} at most"
        if later
        else f"None of {len(rows)} is later than planned"
    )
    return _chart(
        "milestones",
        headline,
        "Days from the current plan; those on time or without a date are not drawn",
        bars,
    )


def _days(off: int) -> str:
    return f"{count_of(-off, 'day')} early" if off < 0 else count_of(off, "day")


def late_chart(rows: Sequence[PortfolioRow]) -> Chart | None:
    """Late milestones of each programme, the most first; None where fewer than two programmes have any."""
    late = [(row.programme.name, row.rating.standing.late) for row in rows if row.rating.standing.late]
    if len(late) < 2:
        return None
    most = sorted(late, key=lambda one: -one[1])[:MOST_PROGRAMMES]
    bars = [Bar(name, count, str(count)) for name, count in most]
    headline = f"{count_of(sum(count for _, count in late), 'milestone')} are late, most in {most[0][0]}"
    return _chart("late", headline, "Milestones whose day is over and that are not achieved", bars)


def decided_chart(rows: Sequence[DecisionRow]) -> Chart | None:
    """How many councils have decided each decision, of those asked; None where no council is asked."""
    asked = [
        (row, sum(all(part.position.has_decided for part in cell.parts) for cell in cells), len(cells))
        for row in rows
        if (cells := [cell for cell in row.cells if cell.parts])
    ]
    if not asked:
        return None
    bars = [
        Bar(f"{row.decision.ref} {row.decision.title}", done, f"{done} of {many}")
        for row, done, many in asked
    ]
    waiting = sum(done < many for _, done, many in asked)
    headline = (
        f"{count_of(waiting, 'decision')} {'waits' if waiting == 1 else 'wait'} for at least one council"
        if waiting
        else "Every council has decided what was put to it"
    )
    return _chart(
        "decisions",
        headline,
        "Councils that have decided, of those that are asked",
        bars,
        highest=max(many for _, _, many in asked),
    )


def score_chart(rows: Sequence[RiskRow]) -> Chart | None:
    """The highest scores; None where nothing is scored."""
    bars = [
        Bar(f"{row.risk.ref} {row.risk.title}", row.score, f"{row.score}, {row.rating.word}")
        for row in rows
        if row.score is not None and row.rating
    ]
    if not bars:
        return None
    headline = f"The highest score is {max(bar.value for bar in bars)} of {HIGHEST_SCORE}"
    subtitle = "Score out of 25: likelihood × impact"
    return _chart("risks", headline, subtitle, bars, highest=HIGHEST_SCORE)


def posts_chart(row: CountRow, councils: Sequence[PartnerCouncil]) -> Chart | None:
    """Posts removed by each council; None where none is known. A small number has no bar, only [c]."""
    counted = list(zip(councils, row.by_council, strict=True))
    known = [(council.name, count) for council, count in counted if isinstance(count, int)]
    if not any(count for _, count in known):
        return None
    bars = [
        Bar(council.name, count, str(count))
        if isinstance(count, int)
        else Bar(council.name, 0, "[c]" if isinstance(count, Suppressed) else "[x]")
        for council, count in counted
    ]
    name, most = max(known, key=lambda one: one[1])
    known_only = "" if len(known) == len(counted) else " of those that may be shown"
    return _chart(
        "people", f"{name} removed the most posts{known_only}: {most}", "Posts removed so far", bars
    )


def verified_chart(returns: Sequence[CouncilReturn], cut_off: date | None) -> Chart | None:
    """Months of the year for which each council's savings are verified; None where nothing was returned."""
    if cut_off is None:
        return None
    fy = financial_year(cut_off)
    days = [(one.council.name, one.savings.latest_verified_on) for one in returns]
    if not days:
        return None
    bars = [
        Bar(name, _months(fy, day), f"to {format_date(day)}" if day else "None verified")
        for name, day in days
    ]
    return _chart(
        "data",
        _verified_headline(dict(days)),
        f"Months of {format_fy(fy)} up to which savings are verified",
        bars,
        highest=MONTHS,
    )


def _verified_headline(days: Mapping[str, date | None]) -> str:
    none = [name for name, day in days.items() if day is None]
    if none:
        return f"No savings of {listed(none)} are verified"
    least_on = min(day for day in days.values() if day)
    least = [name for name, day in days.items() if day == least_on]
    if len(least) == len(days):
        return f"Savings of every council are verified to {format_date(least_on)}"
    return f"Savings of {listed(least)} are verified the least far, to {format_date(least_on)}"


def _months(fy: int, verified_on: date | None) -> int:
    """How many months of the year the day has reached; none of an earlier year."""
    if verified_on is None or verified_on < fy_start(fy):
        return 0
    return (verified_on.year - fy) * MONTHS + verified_on.month - 3


def _chart(key: str, headline: str, subtitle: str, bars: Sequence[Bar], *, highest: int = 0) -> Chart:
    read = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Chart(
        id=f"chart-{key}",
        headline=headline,
        subtitle=subtitle,
        label=f"Bar chart. {read}. {_TABLE}",
        size="small" if len(bars) < _SOME else "row" if len(bars) < _MANY else "tall",
        spec=bars_figure(bars, highest),
    )
