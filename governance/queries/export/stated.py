"""What the sources of a past case state, and what follows: nothing is split or added that they keep whole.

Figures of different documents, kinds, recurrences and periods are kept apart: a saving a year is never added
to one in total, nor a plan to what was achieved, nor a figure of 2011 to one of 2016.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from benefits.enums import Recurrence, StatedKind, StatedSection
from benefits.models import StatedFigure
from benefits.queries.as_stated import StatedRow, figures_as_stated, read_stated
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.stated import (
    Choice,
    StatedFigures,
    one_off_cost,
)
from benefits.rules.equity import EquityRow, shares_percent
from benefits.rules.net_position import level_net_position
from benefits.rules.payback import stated_payback
from benefits.rules.qualifier import Bound, bound_of_difference, bound_of_ratio
from benefits.rules.stated_sums import StatedSum
from core.rules.assessment import NotApplicable, NotAssessable
from programme.models import Programme
from services.rules.payback import NoPayback, Payback

Amount = StatedSum | NotAssessable
ONE_OFF_COST = "One-off cost"
_PLANS = (StatedKind.PLANNED, StatedKind.TARGET)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one document that are of one section, kind, recurrence and period."""

    section: StatedSection
    kind: str
    recurrence: Recurrence
    period: str
    document: str
    figures: tuple[StatedFigure, ...]
    sources: tuple[str, ...]

    @property
    def choice(self) -> Choice:
        """How the figures are chosen among others."""
        return Choice(self.section, {self.recurrence.value}, StatedKind(self.kind) if self.kind else None)

    @property
    def is_yearly_saving(self) -> bool:
        """Whether it is a saving that comes every year."""
        return self.section == StatedSection.SAVING and self.recurrence == Recurrence.PER_YEAR


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A group's sum for one council, or for all, and that council's share of it."""

    group: Group
    council: PartnerCouncil | None
    amount: Amount
    share: Fraction | NotAssessable | NotApplicable
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatedReturn:
    """What comes back of a one-off cost: payback, and the position at the end of each year of operation.

    `is_read_as_yearly` says that the source does not state the saving as one of every year.
    """

    group: Group
    is_read_as_yearly: bool
    council: PartnerCouncil | None
    cost: Amount
    saving: Amount
    result: Payback | NoPayback | NotAssessable
    positions: tuple[int, ...] | NotAssessable

    @property
    def payback_bound(self) -> Bound:
        """How exact the payback is."""
        return bound_of_ratio(_bound(self.cost), _bound(self.saving))

    @property
    def position_bound(self) -> Bound:
        """How exact the positions are."""
        return bound_of_difference(_bound(self.saving), _bound(self.cost))


@dataclass(frozen=True, slots=True)
class StatedProgress:
    """A yearly saving that was achieved, in percent of one that was planned."""

    achieved: Group
    plan: Group
    council: PartnerCouncil | None
    percent: Fraction | NotAssessable | NotApplicable
    bound: Bound


@dataclass(frozen=True, slots=True)
class StatedShare:
    """A council's share of a yearly saving beside its share of the one-off cost."""

    group: Group
    council: PartnerCouncil
    row: EquityRow | NotAssessable | NotApplicable


@dataclass(frozen=True, slots=True)
class StatedExport:
    """The figures as printed, and what they come to."""

    rows: tuple[StatedRow, ...]
    totals: tuple[StatedTotal, ...]
    returns: tuple[StatedReturn, ...]
    progress: tuple[StatedProgress, ...]
    shares: tuple[StatedShare, ...]


def stated_export(programme: Programme) -> StatedExport:
    """What the sources of a programme state. Three queries."""
    stated = read_stated(programme)
    councils = tuple(PartnerCouncil(one.pk, one.key, one.short_name) for one in stated.partners)
    every = _groups(stated.figures)
    groups = [group for group in every if group.section != StatedSection.EXIT_COST]
    return StatedExport(
        rows=tuple(row for part in figures_as_stated(stated) for row in part.rows),
        totals=(*_totals(stated, groups, councils), *_exit_costs(stated, every)),
        returns=tuple(_returns(stated, groups, councils, programme.horizon_years)),
        progress=tuple(_progress(stated, groups, councils)),
        shares=tuple(_shares(stated, groups, councils)),
    )


def _groups(figures: Sequence[StatedFigure]) -> list[Group]:
    """Figures that may be added, in the order of the source; printed totals and repetitions are left out."""
    found: dict[tuple[StatedSection, str, Recurrence, str, str], list[StatedFigure]] = defaultdict(list)
    for figure in figures:
        if figure.counts_in_total:
            key = (
                StatedSection(figure.section),
                figure.stated_kind,
                Recurrence(figure.recurrence),
                figure.period_text,
                figure.source.document if figure.source else "",
            )
            found[key].append(figure)
    return [
        Group(*key, tuple(own), tuple(dict.fromkeys(str(figure.source or "") for figure in own)))
        for key, own in found.items()
    ]


def _totals(
    stated: StatedFigures, groups: Sequence[Group], councils: Sequence[PartnerCouncil]
) -> Iterator[StatedTotal]:
    for group in groups:
        own = StatedFigures(stated.partners, group.figures)
        totals = {council: _total(own, group.choice, "Amount", council) for council in councils}
        pence = {council.name: _pence(total) for council, total in totals.items()}
        shares = shares_percent(pence, "The amount")
        for council, total in totals.items():
            share = shares[council.name] if isinstance(shares, dict) else shares
            yield StatedTotal(group, council, total, share)
        whole = Fraction(100) if isinstance(shares, dict) else shares
        yield StatedTotal(group, None, _total(own, group.choice, "Amount", None), whole)


def _exit_costs(stated: StatedFigures, every: Sequence[Group]) -> Iterator[StatedTotal]:
    """What separating again would cost all partners, by the first source that states it."""
    group = next((group for group in every if group.section == StatedSection.EXIT_COST), None)
    if group is None:
        return
    found = stated.exit_cost()
    no_share = NotApplicable("A council may separate alone, so the cost has no shares")
    if isinstance(found, NotAssessable):
        yield StatedTotal(group, None, found, no_share)
    else:
        note = "Another source states another amount" if found.is_disputed else ""
        yield StatedTotal(group, None, StatedSum(found.total_pence, found.bound), no_share, note)


def _returns(
    stated: StatedFigures, groups: Sequence[Group], councils: Sequence[PartnerCouncil], years: int
) -> Iterator[StatedReturn]:
    for group in _repaying(groups):
        own = StatedFigures(stated.partners, (*group.figures, *_one_off_costs(groups, group.document)))
        for council in (*councils, None):
            cost = _total(own, one_off_cost(), ONE_OFF_COST, council)
            saving = _total(own, group.choice, "Saving", council)
            yield _return(group, council, cost, saving, years)


def _return(
    group: Group, council: PartnerCouncil | None, cost: Amount, saving: Amount, years: int
) -> StatedReturn:
    result: Payback | NoPayback | NotAssessable
    positions: tuple[int, ...] | NotAssessable
    if isinstance(cost, NotAssessable):
        result = positions = cost
    elif isinstance(saving, NotAssessable):
        result = positions = saving
    else:
        result = stated_payback(cost.pence, saving.pence)
        positions = tuple(level_net_position(cost.pence, saving.pence, years))
    return StatedReturn(group, not group.is_yearly_saving, council, cost, saving, result, positions)


def _repaying(groups: Sequence[Group]) -> Iterator[Group]:
    """Savings of every year, and those that may be: where the source leaves it open, or states no other."""
    yearly = {group.document for group in groups if group.is_yearly_saving}
    for group in groups:
        if group.section != StatedSection.SAVING:
            continue
        is_open = group.recurrence == Recurrence.NOT_STATED
        is_only = group.recurrence == Recurrence.TOTAL and group.document not in yearly
        if group.is_yearly_saving or is_open or is_only:
            yield group


def _one_off_costs(groups: Sequence[Group], document: str) -> list[StatedFigure]:
    wanted = (StatedSection.COST, Recurrence.ONE_OFF, document)
    return [
        figure
        for group in groups
        if (group.section, group.recurrence, group.document) == wanted
        for figure in group.figures
    ]


def _progress(
    stated: StatedFigures, groups: Sequence[Group], councils: Sequence[PartnerCouncil]
) -> Iterator[StatedProgress]:
    yearly = [group for group in groups if group.is_yearly_saving]
    for achieved in yearly:
        for plan in yearly:
            if achieved.kind == StatedKind.ACHIEVED and plan.kind in _PLANS:
                own = StatedFigures(stated.partners, (*achieved.figures, *plan.figures))
                for council in (*councils, None):
                    yield _percent(own, achieved, plan, council)


def _percent(
    own: StatedFigures, achieved: Group, plan: Group, council: PartnerCouncil | None
) -> StatedProgress:
    for noun, group in (("Planned saving", plan), ("Achieved saving", achieved)):
        total = _total(own, group.choice, noun, council)
        if isinstance(total, NotAssessable):
            return StatedProgress(achieved, plan, council, total, Bound.UNKNOWN)
    found = own.percent_of_plan(achieved.choice, plan.choice, _keys(council))
    return StatedProgress(achieved, plan, council, found.percent, found.bound)


def _shares(
    stated: StatedFigures, groups: Sequence[Group], councils: Sequence[PartnerCouncil]
) -> Iterator[StatedShare]:
    for group in groups:
        if group.is_yearly_saving:
            own = StatedFigures(stated.partners, (*group.figures, *_one_off_costs(groups, group.document)))
            cost = _total(own, one_off_cost(), ONE_OFF_COST, None)
            found = cost if isinstance(cost, NotAssessable) else own.equity(group.choice, one_off_cost())
            by_council = {row.council: row for row in found} if isinstance(found, list) else {}
            for council in councils:
                yield StatedShare(
                    group, council, found if not isinstance(found, list) else by_council[council.key]
                )


def _total(own: StatedFigures, choice: Choice, noun: str, council: PartnerCouncil | None) -> Amount:
    """The chosen figures for one council, or for all; where there is no sum, what of it is not stated."""
    found = own.total(choice, _keys(council))
    if isinstance(found, StatedSum):
        return found
    chosen = [figure for figure in own.figures if choice.takes(figure)]
    if not chosen:
        return NotAssessable(f"{noun} is not stated")
    if any(figure.amount_pence is None for figure in chosen):
        return NotAssessable(f"{noun}: the source gives no amount")
    whom = f"{council} alone" if council else "all councils together"
    return NotAssessable(f"{noun} is not stated for {whom}")


def _keys(council: PartnerCouncil | None) -> list[str] | None:
    return [council.key] if council else None


def _pence(amount: Amount) -> int | None:
    return None if isinstance(amount, NotAssessable) else amount.pence


def _bound(amount: Amount) -> Bound:
    return Bound.UNKNOWN if isinstance(amount, NotAssessable) else amount.bound
