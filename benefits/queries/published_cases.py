"""Published cases of other councils, as cases to compare with.

A case of the casebook was read in its papers, and each of its figures stands in a curated table with what to
bear in mind. A case loaded from the file that another installation publishes (docs/case-file.md) differs:
nobody here has read its papers, so each of its figures says who published it and that it is not checked. It
is known by the ending of its key, which only such files give; what this installation published itself is no
case to compare with. Its file does not say which milestone was go-live, so it tells no time to go-live.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from accounts.models import User
from benefits.enums import Recurrence, StatedKind, StatedSection
from benefits.models import StatedFigure
from core.rules.money import format_prose
from core.rules.words import count_of
from programme.models import Programme
from programme.rules.reference_class import MONTHS, CaseFigure, HistoryMeasure

ENDING = "-published"
MOST_OWN_KEY = 60 - len(ENDING)
# What the ref of a figure begins with: the yearly saving of the plan in force, and of the last year that was
# over what was first planned and what is verified. The key of the council follows.
YEARLY_PLAN, PLANNED_YEAR, VERIFIED_YEAR = "Y", "YP", "YV"
NOT_CHECKED = "As published by {}, not checked against its papers. "
NOT_A_YEAR = "The report is of no financial year that was over and verified in every council."
NO_GO_LIVE = "The report does not say which milestone was go-live."
NO_COSTS = "The report lists no cost of setting up beside a yearly saving."
_GROSS = "Cashable savings before costs; "


def published_figures(user: User) -> list[CaseFigure]:
    """What each loaded case that `user` may read says of each measure. Three queries, one where none is."""
    programmes = _loaded(user)
    if not programmes:
        return []
    stated = StatedFigure.objects.filter(programme__in=programmes, amount_pence__isnull=False)
    rows: dict[int, list[StatedFigure]] = {}
    for row in stated.select_related("source").order_by("order_index", "pk"):
        rows.setdefault(row.programme_id, []).append(row)
    return [figure for one in programmes for figure in _Case(one, rows.get(one.pk, [])).figures()]


def _loaded(user: User) -> list[Programme]:
    """Loaded programmes of others with the number of their partners. At most two queries."""
    ended = Programme.objects.visible_to(user).filter(key__endswith=ENDING)
    found = list(
        ended.select_related("partnership")
        .annotate(partners=Count("partnership__memberships", distinct=True))
        .order_by("partnership__name", "key")
    )
    if not found:
        return []
    published_here = {key[:MOST_OWN_KEY] for key in Programme.objects.values_list("key", flat=True)}
    return [one for one in found if one.key.removesuffix(ENDING) not in published_here]


@dataclass(frozen=True, slots=True)
class _Year:
    """What the councils of a case saved in one year, together, by the figures that say it."""

    pence: int
    rows: Sequence[StatedFigure]

    @property
    def words(self) -> str:
        """£420,000."""
        return format_prose(self.pence)


@dataclass(frozen=True, slots=True)
class _Case:
    """One loaded case: its programme, with the number of its partners, and what it states."""

    programme: Programme
    rows: Sequence[StatedFigure]

    def figures(self) -> Iterator[CaseFigure]:
        """One figure for each measure, empty where the report does not suffice for it."""
        yield self._figure(HistoryMeasure.TIME_TO_LIVE, NO_GO_LIVE)
        verified, planned, plan = (self._year(one) for one in (VERIFIED_YEAR, PLANNED_YEAR, YEARLY_PLAN))
        yield self._realised(verified, planned)
        yield self._payback(plan)
        yield self._yearly(verified, plan)

    def _realised(self, verified: _Year | None, planned: _Year | None) -> CaseFigure:
        measure = HistoryMeasure.REALISED
        if verified is None or planned is None or planned.pence <= 0 or _period(verified) != _period(planned):
            return self._figure(measure, NOT_A_YEAR)
        worked = f"{verified.words} verified for {_period(verified)}, {planned.words} planned at first"
        caveat = f"{_GROSS}what is verified by now of the last year that was over."
        value = Fraction(verified.pence * 100, planned.pence)
        return self._figure(measure, caveat, value, worked, (*verified.rows, *planned.rows), verified=True)

    def _payback(self, plan: _Year | None) -> CaseFigure:
        measure = HistoryMeasure.PAYBACK
        costs = [
            one
            for one in self.rows
            if one.section == StatedSection.COST and one.recurrence == Recurrence.ONE_OFF
        ]
        pence = sum(one.amount_pence or 0 for one in costs)
        if plan is None or plan.pence <= 0 or pence <= 0:
            return self._figure(measure, NO_COSTS)
        worked = f"{format_prose(pence)} to set up, {plan.words} saved a year, both as planned"
        caveat = f"{_GROSS}a cost whose line names a person is not in it."
        return self._figure(
            measure, caveat, Fraction(pence * MONTHS, plan.pence), worked, (*costs, *plan.rows)
        )

    def _yearly(self, verified: _Year | None, plan: _Year | None) -> CaseFigure:
        measure, told = HistoryMeasure.YEARLY_SAVING, verified or plan
        if told is None or told.pence <= 0:
            return self._figure(measure, NOT_A_YEAR)
        councils = count_of(self._partners, "council")
        if verified:
            worked = f"{told.words} verified for {_period(told)}, {councils}"
            caveat = f"{_GROSS}what is verified by now of the last year that was over."
        else:
            worked = f"{told.words} a year by the plan in force, {councils}"
            caveat = f"{_GROSS}the last year of the plan."
        value = Fraction(told.pence, self._partners)
        return self._figure(measure, caveat, value, worked, told.rows, verified=verified is not None)

    @property
    def _partners(self) -> int:
        return int(getattr(self.programme, "partners", 0))

    def _year(self, letters: str) -> _Year | None:
        """The figures of a kind, one for each partner and all of one year; None where any is missing."""
        kind = StatedKind.ACHIEVED if letters == VERIFIED_YEAR else StatedKind.PLANNED
        rows = [
            one
            for one in self.rows
            if one.section == StatedSection.SAVING
            and one.stated_kind == kind
            and one.recurrence == Recurrence.PER_YEAR
            and one.ref.startswith(f"{letters}-")
        ]
        if not rows or len(rows) != self._partners or len({one.period_text for one in rows}) > 1:
            return None
        return _Year(sum(one.amount_pence or 0 for one in rows), rows)

    def _figure(
        self,
        measure: HistoryMeasure,
        caveat: str,
        value: Fraction | None = None,
        worked: str = "",
        rows: Sequence[StatedFigure] = (),
        *,
        verified: bool = False,
    ) -> CaseFigure:
        partnership = self.programme.partnership
        return CaseFigure(
            measure=measure,
            case=self.programme.key,
            title=partnership.name,
            kind=partnership.model,
            low=value,
            high=value,
            bound="at least" if verified else "",
            counts=verified,
            worked=worked,
            records=tuple(one.ref for one in rows),
            found_in=_sources(rows),
            caveat=NOT_CHECKED.format(partnership.name) + caveat,
            is_checked=False,
        )


def _period(year: _Year) -> str:
    return year.rows[0].period_text


def _sources(rows: Iterable[StatedFigure]) -> str:
    """Each document once."""
    return "; ".join(dict.fromkeys(one.source.document for one in rows if one.source))
