"""Savings of every programme that a person may read, from their stored sums.

A programme whose entries changed since its sums were stored is read from its entries, so that what was
posted shows at once; its sums are stored anew within seconds. Where more than LIVE programmes have changed,
the rest are not assessable until then: a sum that may be wrong is never shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from benefits.enums import Measure
from benefits.models import LedgerChange, RollUp, RollUpCell
from benefits.queries.by_year import begun
from benefits.queries.figures import FIGURE_NAMES, Figures, pence_or_none, total
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.roll_ups import ALL_YEARS, CellValues, sums_on
from benefits.queries.scope import NO_PLAN, NO_RETURN
from core.rules.assessment import NotApplicable, NotAssessable
from programme.enums import MemberStatus
from programme.models import Council, Membership, PlanVersion, Programme
from programme.rules.rag import Thresholds

LIVE = 10
MOST_COUNCILS = 40
PARTNERS = (MemberStatus.ACTIVE, MemberStatus.LEFT)
SOME_NOT_FORECAST = NotAssessable("A line that is planned has no forecast")
BEING_ADDED = NotAssessable("Entries were made that are still being added up: look again in a minute")
OUTSIDE = NotApplicable("The programme has no figures for this year")
_READ = (
    "key",
    "name",
    "base_fy",
    "horizon_years",
    "facts_last_on",
    "rag_thresholds",
    "partnership__key",
    "partnership__name",
)
NO_SUCH_YEAR = Figures(*(OUTSIDE for _ in FIGURE_NAMES))
TOO_MANY = Figures(*(BEING_ADDED for _ in FIGURE_NAMES))
_WHY = {
    "forecast": SOME_NOT_FORECAST,
    "original": NO_PLAN,
    "current": NO_PLAN,
    "forecast_no_target": SOME_NOT_FORECAST,
}


@dataclass(frozen=True, slots=True)
class AllChoice:
    """What the figures are narrowed to: keys of a partnership and a council, a kind of line, a year."""

    partnership: str = ""
    council: str = ""
    kind: str = ""
    fy: int | None = None

    @property
    def measure(self) -> Measure:
        """What the figures are of: the kind chosen, else the cashable saving before costs."""
        return Measure(self.kind) if self.kind else Measure.GROSS


@dataclass(frozen=True, slots=True)
class ProgrammeSums:
    """One programme: its figures of the year chosen, and those of all its years (both where none is)."""

    programme: Programme
    cut_off: date | None
    year: Figures
    whole: Figures


@dataclass(frozen=True, slots=True)
class AllSavings:
    """The rows in the order asked for, and their totals.

    A total is missing where any row's figure is (INV-01); `known` has the totals of the `known_rows` that
    have every figure of the year.
    """

    as_of: date
    choice: AllChoice
    rows: tuple[ProgrammeSums, ...]
    without: int
    year: Figures
    whole: Figures
    known: Figures
    known_rows: int


@dataclass(frozen=True, slots=True)
class _Stored:
    """The stored sums of one programme that hold on the day asked about."""

    pk: int
    cut_off: date | None
    first_fy: int | None
    last_fy: int | None


@dataclass(frozen=True, slots=True)
class Readable:
    """The programmes that a person may read, and which of them have stored sums on a day."""

    as_of: date
    programmes: tuple[Programme, ...]
    stored: Mapping[int, _Stored]

    @property
    def partnerships(self) -> list[tuple[str, str]]:
        """Keys and names of their partnerships, by name."""
        named = {one.partnership.key: one.partnership.name for one in self.programmes}
        return sorted(named.items(), key=lambda pair: pair[1])

    @property
    def fys(self) -> range:
        """Every financial year that any has stored sums of."""
        first = [one.first_fy for one in self.stored.values() if one.first_fy is not None]
        last = [one.last_fy for one in self.stored.values() if one.last_fy is not None]
        return range(min(first), max(last) + 1) if first and last else range(0)

    def councils(self, partnership: str, council: str) -> list[PartnerCouncil]:
        """The partners to choose from: of one partnership, or of all where they are few. One query.

        The council asked for is among them if it is a partner at all.
        """
        partnerships = {one.partnership_id for one in self.programmes}
        members = Membership.objects.filter(status__in=PARTNERS, partnership__in=partnerships)
        if partnership:
            members = members.filter(partnership__key=partnership)
        rows = members.order_by("council__short_name", "council__pk").values_list(
            "council", "council__key", "council__short_name"
        )
        found = [PartnerCouncil(*row) for row in dict.fromkeys(rows)]
        return found if len(found) <= MOST_COUNCILS else [one for one in found if one.key == council]


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held of one programme: its data cut-off, the values of the year chosen, and of all years."""

    cut_off: date | None
    values: dict[int, CellValues]


def read_programmes(user: User, *, as_of: date) -> Readable:
    """The programmes that `user` may read, each with whether its entries must be. Two queries."""
    marked = LedgerChange.objects.filter(programme=OuterRef("pk"))
    stored = RollUp.objects.filter(programme=OuterRef("pk"))
    planned = PlanVersion.objects.filter(programme=OuterRef("pk"))
    rows = Programme.objects.visible_to(user).select_related("partnership").only(*_READ)
    programmes = tuple(
        rows.annotate(is_changed=Q(Exists(marked)) | (Q(Exists(planned)) & ~Q(Exists(stored))))
    )
    held = RollUp.objects.filter(programme__in=[one.pk for one in programmes], from_on__lte=as_of)
    columns = held.order_by("from_on").values_list("programme", "pk", "cut_off", "first_fy", "last_fy")
    found = {row[0]: _Stored(row[1], row[2], row[3], row[4]) for row in columns}
    return Readable(as_of, programmes, found)


def all_savings(
    readable: Readable,
    choice: AllChoice,
    *,
    order: Callable[[ProgrammeSums], tuple[Any, ...]] | None = None,
    live: int = LIVE,
) -> AllSavings:
    """Every programme that may be read and that has figures of the choice.

    One query, and ten more for each programme whose entries have just changed, `live` at most.
    """
    chosen = [one for one in readable.programmes if choice.partnership in {"", one.partnership.key}]
    changed = [one for one in chosen if one.is_changed]  # type: ignore[attr-defined]
    rows: list[ProgrammeSums | None] = []
    if changed:
        council = Council.objects.get(key=choice.council).pk if choice.council else None
        rows += [_live(one, choice, readable.as_of, council) for one in changed[:live]]
        rows += [ProgrammeSums(one, None, TOO_MANY, TOO_MANY) for one in changed[live:]]
    entries = {one.pk for one in changed}
    unchanged = [one for one in chosen if one.pk not in entries and one.pk in readable.stored]
    held = _held(readable, unchanged, choice)
    rows += [_row(one, held[one.pk], choice) for one in unchanged if one.pk in held]
    found = [row for row in rows if row is not None]
    found.sort(key=order or (lambda row: (row.programme.name,)))
    return _with_totals(found, choice, readable.as_of, without=len(chosen) - len(found))


def _held(readable: Readable, programmes: Sequence[Programme], choice: AllChoice) -> dict[int, _Held]:
    """What is stored of each programme for the choice. One query."""
    owner = {readable.stored[one.pk].pk: one.pk for one in programmes}
    of_council = {"council__key": choice.council} if choice.council else {"council__isnull": True}
    rows = RollUpCell.objects.filter(
        roll_up__in=owner,
        measure=choice.measure,
        fy__in={ALL_YEARS, choice.fy or ALL_YEARS},
        **of_council,
    )
    held: dict[int, _Held] = {}
    for row in rows.order_by().values_list("roll_up", "fy", *FIGURE_NAMES):
        programme = owner[row[0]]
        if programme not in held:
            held[programme] = _Held(readable.stored[programme].cut_off, {})
        held[programme].values[row[1]] = row[2:]
    return held


def _live(programme: Programme, choice: AllChoice, as_of: date, council: int | None) -> ProgrammeSums | None:
    """A programme read from its entries."""
    sums = sums_on(programme, as_of)
    values = {
        fy: found
        for fy in (ALL_YEARS, choice.fy or ALL_YEARS)
        if (found := sums.cells.get((choice.measure.value, council, fy))) is not None
    }
    return _row(programme, _Held(sums.cut_off, values), choice) if values else None


def _row(programme: Programme, held: _Held, choice: AllChoice) -> ProgrammeSums:
    whole = figures_of(held.values.get(ALL_YEARS), programme.thresholds)
    if choice.fy is None:
        return ProgrammeSums(programme, held.cut_off, whole, whole)
    if choice.fy not in held.values:
        return ProgrammeSums(programme, held.cut_off, NO_SUCH_YEAR, whole)
    year = begun(figures_of(held.values[choice.fy], programme.thresholds), choice.fy, held.cut_off)
    return ProgrammeSums(programme, held.cut_off, year, whole)


def figures_of(values: CellValues | None, thresholds: Thresholds) -> Figures:
    if values is None:
        return NO_SUCH_YEAR
    if None not in values:
        return Figures(*values, limits=thresholds)  # type: ignore[arg-type]
    pairs = zip(FIGURE_NAMES, values, strict=True)
    found = (_WHY.get(name, NO_RETURN) if value is None else value for name, value in pairs)
    return Figures(*found, limits=thresholds)


def _with_totals(
    rows: Sequence[ProgrammeSums], choice: AllChoice, as_of: date, *, without: int
) -> AllSavings:
    known = [row for row in rows if _is_known(row.year)]
    return AllSavings(
        as_of=as_of,
        choice=choice,
        rows=tuple(rows),
        without=without,
        year=_total(row.year for row in rows),
        whole=_total(row.whole for row in rows),
        known=_total(row.year for row in known),
        known_rows=len(known),
    )


def _total(figures: Iterable[Figures]) -> Figures:
    """The sum of what applies: a programme that has no such year adds nothing to it."""
    return total([one for one in figures if one is not NO_SUCH_YEAR])


def _is_known(figures: Figures) -> bool:
    names = ("original", "current", "forecast")
    return all(pence_or_none(getattr(figures, name)) is not None for name in names)
