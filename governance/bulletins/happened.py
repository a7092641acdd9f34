"""What happened in a programme in one month: sentences worked out from the records, each with its page.

Nothing withheld is read: titles and dates of milestones and decisions, plan versions and sums of ledgers,
as the open version of a report shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse

from benefits.enums import Measure
from benefits.queries.by_year import measures_by_year
from benefits.queries.ledgers import read_ledgers
from benefits.queries.plans import VersionWorth, version_worth
from benefits.queries.scope import Choice, scope_of
from benefits.rules.measures import noun_of
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.money import format_pounds
from core.rules.words import are, count_of, listed, mid_sentence
from governance.bulletins.content import Item, Part
from governance.bulletins.keys import told_keys
from governance.models import SentBulletin
from governance.queries.decisions import DecisionRow, decision_board
from governance.reporting.facts import NOBODY
from governance.rules.board import Group
from governance.rules.bulletins import month_end, month_words, next_month
from programme.models import Programme
from programme.queries.milestones import MilestoneRow, known_on, milestone_rows
from programme.queries.overview.recorded import forecast_on
from programme.queries.overview.slippage import SlipRow, slippage_of_rows
from programme.rules.milestone import MilestoneProgress, variance_days

_NAMED = 3
_HAS_NO_DATE = (MilestoneProgress.CANCELLED, MilestoneProgress.PASSED)


@dataclass(frozen=True)
class Month:
    """One programme and one month, as it is recorded on `as_of`; each thing is read once."""

    programme: Programme
    month_on: date
    as_of: date

    @property
    def last_on(self) -> date:
        """The last day of the month."""
        return month_end(self.month_on)

    @property
    def words(self) -> str:
        """October 2026."""
        return month_words(self.month_on)

    @cached_property
    def milestones(self) -> list[MilestoneRow]:
        """Every milestone. Three queries."""
        return milestone_rows(self.programme.milestones.all(), as_of=self.as_of, powers=NOBODY)

    @cached_property
    def moved(self) -> list[tuple[SlipRow, ImpreciseDate, ImpreciseDate]]:
        """What was not achieved by the end of the month and was forecast otherwise then than at its start,
        with both forecasts. One query beside the milestones."""
        since = self.month_on - timedelta(days=1)
        rows = slippage_of_rows(self.programme, self.milestones, since=since, as_of=self.as_of).rows
        found = []
        for slip in rows:
            then, now = forecast_on(slip.forecasts, since), forecast_on(slip.forecasts, self.last_on)
            is_done = slip.row.actual is not None and slip.row.actual.last_on <= self.last_on
            if then and now and variance_days(then, now) and not is_done and _is_dated(slip.row):
                found.append((slip, then, now))
        return found

    @cached_property
    def told(self) -> Mapping[date, frozenset[str]]:
        """By each earlier month of the last year of which a bulletin was sent, the keys of the items that
        stood in it or were left out. One query."""
        earliest = self.month_on.replace(year=self.month_on.year - 1)
        rows = SentBulletin.objects.filter(programme=self.programme, month_on__lt=self.month_on)
        found: dict[date, frozenset[str]] = {}
        for row in rows.filter(month_on__gte=earliest).select_related("bulletin"):
            found[row.month_on] = found.get(row.month_on, frozenset()) | told_keys(row)
        return found

    def is_told_late(self, row: MilestoneRow) -> bool:
        """Whether a milestone was recorded as achieved only after the bulletin of its month was sent."""
        day = row.actual.last_on if row.actual else None
        if day is None or day >= self.month_on or day.replace(day=1) not in self.told:
            return False
        return all(f"achieved-{row.pk}" not in keys for keys in self.told.values())

    @cached_property
    def decisions(self) -> list[DecisionRow]:
        """Decisions that took effect in the month. Seven queries."""
        board = decision_board(self.programme, as_of=known_on(self.programme, self.as_of))
        effective = [row for row in board.rows if row.group == Group.EFFECTIVE and self.holds(row.start.on)]
        return sorted(effective, key=lambda row: (row.start.on or date.min, row.decision.ref))

    @cached_property
    def versions(self) -> list[VersionWorth]:
        """Plan versions that took effect in the month, the first one first."""
        rows = version_worth(self.programme, as_of=self.as_of)
        return [one for one in reversed(rows) if self.holds(one.row.version.effective_on)]

    def holds(self, day: date | None) -> bool:
        """Whether a day is in the month."""
        return day is not None and self.month_on <= day <= self.last_on

    def verified_by(self, day: date) -> dict[str, int]:
        """Pence of gross cashable saving verified by the end of a day, by the council's name, in order."""
        scope = scope_of(self.programme, read_ledgers(self.programme, as_of=day), Choice(), day)
        rows = [row for row in measures_by_year(scope) if row.measure == Measure.GROSS and row.council]
        found = {str(row.council): row.total.verified for row in rows}
        return {name: pence if isinstance(pence, int) else 0 for name, pence in found.items()}


def parts_of(month: Month) -> tuple[Part, ...]:
    """Every kind of thing, in the order of the bulletin. A fixed number of queries."""
    after = month_words(next_month(month.month_on))
    return (
        Part(
            "achieved",
            "Milestones achieved",
            _achieved(month),
            f"No milestone was achieved in {month.words}.",
        ),
        Part("decided", "Decisions in effect", _decided(month), f"No decision took effect in {month.words}."),
        Part("saved", "Savings verified", _saved(month), f"No saving was verified in {month.words}."),
        Part("plan", "Changes to the plan", _planned(month), f"The plan did not change in {month.words}."),
        Part("ahead", f"Milestones in {after}", _ahead(month), f"No milestone is expected in {after}."),
    )


def nothing_happened(month: Month) -> str:
    """The sentence for a month in which nothing of the kind is recorded."""
    return (
        f"Nothing happened in {month.words} that this bulletin tells of: no milestone was achieved, no "
        "decision took effect, no saving was verified and the plan did not change."
    )


def _achieved(month: Month) -> tuple[Item, ...]:
    rows = [row for row in month.milestones if row.is_done and row.actual and month.holds(row.actual.last_on)]
    late = [row for row in month.milestones if row.is_done and month.is_told_late(row)]
    said = ", and recorded after the bulletin of that month was sent"
    return (
        *(_milestone(row, "achieved", f"Achieved {_on(row.actual)}{_against(row)}") for row in rows),
        *(_milestone(row, "achieved", f"Achieved {_on(row.actual)}{said}") for row in late),
    )


def _ahead(month: Month) -> tuple[Item, ...]:
    first = next_month(month.month_on)
    rows = [
        row
        for row in month.milestones
        if _is_dated(row) and row.expected and first <= row.expected.last_on <= month_end(first)
    ]
    items = [_milestone(row, "ahead", _expected(row)) for row in rows]
    late = [row for row in month.milestones if row.is_late]
    if late:
        number = len(late)
        page = reverse("programme:milestone_list", args=[month.programme.key])
        said = f"{count_of(number, 'milestone')} {are(number)} late"
        more = [f"{number - _NAMED:,} more"] if number > _NAMED else []
        names = listed([*(row.milestone.title for row in late[:_NAMED]), *more])
        items.append(Item("late", said, f"At {format_date(month.as_of)}: {names}.", page))
    return tuple(items)


def _decided(month: Month) -> tuple[Item, ...]:
    return tuple(
        Item(
            f"decided-{row.decision.pk}",
            f"{row.decision.title} ({row.decision.ref})",
            f"{row.start_line}.",
            row.decision.get_absolute_url(),
        )
        for row in month.decisions
    )


def _saved(month: Month) -> tuple[Item, ...]:
    before = month.verified_by(month.month_on - timedelta(days=1))
    after = month.verified_by(month.last_on)
    gained = {name: after.get(name, 0) - before.get(name, 0) for name in dict.fromkeys([*after, *before])}
    if not any(gained.values()):
        return ()
    total = sum(gained.values())
    by_then = f"By {format_date(month.last_on)} {format_pounds(sum(after.values()))} is verified in all."
    noun = mid_sentence(noun_of(Measure.GROSS))
    if total >= 0:
        title, said = f"{format_pounds(total)} of {noun} verified", f"In {month.words}, gross (before costs)."
    else:
        title = f"{format_pounds(-total)} less {noun} verified than before"
        said = f"Amounts verified earlier were taken back in {month.words}. Gross (before costs)."
    page = reverse("benefits:savings_detail", args=[month.programme.key])
    return (Item("saved", title, f"{said} {by_then}", page, figures=(*gained.items(), ("Together", total))),)


def _planned(month: Month) -> tuple[Item, ...]:
    return (*map(_version, month.versions), *(_moved(*one) for one in month.moved))


def _version(worth: VersionWorth) -> Item:
    version = worth.row.version
    reason = f" Reason: {mid_sentence(worth.row.reason)}." if worth.row.reason else ""
    first = f" The first plan: {format_pounds(worth.original_pence)}." if version.number > 1 else ""
    said = (
        f"In effect from {format_date(version.effective_on)}.{reason} Cashable saving planned over all "
        f"years, gross (before costs): {format_pounds(worth.gross_pence)}.{first}"
    )
    page = reverse("benefits:plan_list", args=[version.programme.key])
    return Item(f"version-{version.pk}", f"Plan version {version.number}", said, page)


def _moved(slip: SlipRow, then: ImpreciseDate, now: ImpreciseDate) -> Item:
    days = variance_days(then, now)
    way = "later" if days > 0 else "earlier"
    said = f"Now expected {_on(now)}, {count_of(abs(days), 'day')} {way} than the month before ({then})."
    return _milestone(slip.row, "moved", said, is_whole=True)


def _milestone(row: MilestoneRow, kind: str, said: str, *, is_whole: bool = False) -> Item:
    councils = f" For {listed([str(council) for council in row.councils])}." if row.councils else ""
    text = said if is_whole else f"{said}."
    milestone = row.milestone
    return Item(f"{kind}-{row.pk}", milestone.title, f"{text}{councils}", milestone.get_absolute_url())


def _expected(row: MilestoneRow) -> str:
    if row.is_done:
        return f"Achieved {_on(row.actual)}{_against(row)}"
    if row.is_late:
        return f"Was expected {_on(row.expected)}; not achieved yet"
    return f"Expected {_on(row.expected)}{_against(row)}"


def _against(row: MilestoneRow) -> str:
    """, 18 days late by the plan; empty where there is no plan to compare with."""
    return f", {mid_sentence(row.change)} by the plan" if row.change and not row.is_late else ""


def _on(day: ImpreciseDate | None) -> str:
    """On 5 October 2026; in the words of its source where the day is not known."""
    return f"on {day}" if day is not None and day.precision == "day" else f"in {day}"


def _is_dated(row: MilestoneRow) -> bool:
    return row.progress not in _HAS_NO_DATE
