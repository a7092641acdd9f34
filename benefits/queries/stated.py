"""What the figures stated by a programme's sources come to: savings, costs, payback, position, equity."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from benefits.enums import Recurrence, StatedKind, StatedSection
from benefits.models import StatedFigure
from benefits.rules.equity import EquityRow, compare_shares
from benefits.rules.net_position import level_net_position
from benefits.rules.payback import stated_payback
from benefits.rules.qualifier import Bound, bound_of, bound_of_ratio
from benefits.rules.realisation import realisation_percent
from benefits.rules.stated_sums import StatedAmount, StatedSum, stated_sum
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.money import parse_pounds
from core.rules.words import listed
from programme.enums import MemberStatus
from programme.models import Council, Programme
from services.rules.payback import NoPayback, Payback

YEARLY = frozenset({Recurrence.PER_YEAR.value})
ONE_OFF = frozenset({Recurrence.ONE_OFF.value})
EACH_COUNCIL = "each council"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which figures of a section to take; None takes all. `period` "" takes those without a period."""

    section: StatedSection
    recurrences: Collection[str]
    kind: StatedKind | None = None
    period: str | None = None
    categories: Collection[str] | None = None

    def takes(self, figure: StatedFigure) -> bool:
        """Whether `figure` is one of them. Printed totals and repetitions never are."""
        return (
            figure.counts_in_total
            and figure.section == self.section
            and figure.recurrence in self.recurrences
            and self.kind in {None, figure.stated_kind}
            and self.period in {None, figure.period_text}
            and (self.categories is None or figure.category in self.categories)
        )


@dataclass(frozen=True, slots=True)
class StatedSaving:
    """A net saving for each partner by key, and for all together; amounts as stated, never split."""

    by_council: Mapping[str, StatedSum | NotAssessable]
    together: StatedSum | NotAssessable


@dataclass(frozen=True, slots=True)
class StatedPayback:
    """Payback of stated figures, and how exact it is."""

    result: Payback | NoPayback | NotAssessable
    bound: Bound


@dataclass(frozen=True, slots=True)
class StatedPercent:
    """Percent of the plan that was reached, exact, and how exact its inputs let it be."""

    percent: Fraction | NotApplicable | NotAssessable
    bound: Bound


@dataclass(frozen=True, slots=True)
class ExitCost:
    """What it would cost all partners to separate again; disputed where another source says otherwise."""

    total_pence: int
    bound: Bound
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class StatedFigures:
    """The stated figures of one programme with its partners, read once."""

    partners: tuple[Council, ...]
    figures: tuple[StatedFigure, ...]

    def total(self, choice: Choice, councils: Collection[str] | None = None) -> StatedSum | NotAssessable:
        """The chosen figures for `councils` by key; for all partners together without them.

        What is stated for all in one figure comes before the sum of what is stated for each (INV-01 holds
        between figures of the ledgers; sources do not always agree with themselves).
        """
        wanted = frozenset(self._keys() if councils is None else councils)
        return stated_sum(self._amounts(choice), wanted)

    def saving(self, choice: Choice) -> StatedSaving:
        """The chosen savings for each partner, and for all."""
        by_council = {council.key: self.total(choice, [council.key]) for council in self.partners}
        return StatedSaving(by_council, self.total(choice))

    def payback(self, cost: Choice, saving: Choice) -> StatedPayback:
        """Simple payback: one-off cost over a level net saving a year (F-08)."""
        spent, saved = self.total(cost), self.total(saving)
        result = stated_payback(_pence(spent), _pence(saved))
        return StatedPayback(result, bound_of_ratio(_bound(spent), _bound(saved)))

    def net_position(self, cost: Choice, saving: Choice, years: int) -> list[int] | NotAssessable:
        """Position at the end of years 1 to `years`: the cost at the start, then the saving each year."""
        spent, saved = self.total(cost), self.total(saving)
        if isinstance(spent, NotAssessable):
            return spent
        if isinstance(saved, NotAssessable):
            return saved
        return level_net_position(spent.pence, saved.pence, years)

    def percent_of_plan(
        self, reached: Choice, plan: Choice, councils: Collection[str] | None = None
    ) -> StatedPercent:
        """What was reached against the plan, in percent (F-15)."""
        achieved, planned = self.total(reached, councils), self.total(plan, councils)
        percent = realisation_percent(_pence(planned), _pence(achieved))
        return StatedPercent(percent, bound_of_ratio(_bound(achieved), _bound(planned)))

    def equity(self, saving: Choice, cost: Choice) -> list[EquityRow] | NotAssessable | NotApplicable:
        """Each partner's share of the saving beside its share of the cost (F-35).

        Not assessable where a cost is not split between those who bear it: half and half is never assumed.
        """
        costs: dict[str, Fraction] = {council.key: Fraction(0) for council in self.partners}
        for figure in self._chosen(cost):
            split = self._split(figure)
            if split is None:
                return NotAssessable(f"{figure.label} is not split between {self._names(figure)}")
            for key, share in split.items():
                costs[key] = costs.get(key, Fraction(0)) + share
        gains = {key: _pence(total) for key, total in self.saving(saving).by_council.items()}
        return compare_shares(gains, costs, measured_noun="Net saving", other_noun="One-off cost")

    def exit_cost(self) -> ExitCost | NotAssessable:
        """What separating again would cost all partners, by the first source that states it."""
        totals = [total for figure in self.figures if (total := self._exit_total(figure)) is not None]
        if not totals:
            return NotAssessable("The cost of separating again is not stated")
        first = totals[0]
        return ExitCost(first.pence, first.bound, any(total.pence != first.pence for total in totals))

    def _chosen(self, choice: Choice) -> Iterator[StatedFigure]:
        return (figure for figure in self.figures if choice.takes(figure))

    def _amounts(self, choice: Choice) -> Iterator[StatedAmount]:
        return (
            StatedAmount(self._councils(figure), figure.amount_pence, figure.qualifier)
            for figure in self._chosen(choice)
        )

    def _keys(self) -> list[str]:
        return [council.key for council in self.partners]

    def _councils(self, figure: StatedFigure) -> frozenset[str]:
        """Whom a figure is stated for; all partners where the source names none."""
        keys = [council.key for council in figure.councils.all()]
        return frozenset(self._keys() if figure.is_combined else keys or self._keys())

    def _names(self, figure: StatedFigure) -> str:
        keys = self._councils(figure)
        return listed([council.short_name for council in self.partners if council.key in keys])

    def _split(self, figure: StatedFigure) -> dict[str, Fraction] | None:
        """Each council's part of a cost, by its stated percentages; None where they are not stated."""
        if figure.amount_pence is None:
            return None
        councils = self._councils(figure)
        if len(councils) == 1:
            return {key: Fraction(figure.amount_pence) for key in councils}
        shares = (figure.details.get("apportionment") or {}).get("shares_pct")
        if not shares:
            return None
        return {key: figure.amount_pence * Fraction(share) / 100 for key, share in shares.items()}

    def _exit_total(self, figure: StatedFigure) -> StatedSum | None:
        """The whole of an exit cost: as stated, or times the partners where it is stated for each."""
        if figure.section != StatedSection.EXIT_COST or figure.amount_pence is None:
            return None
        stated = figure.details.get("total_gbp")
        each = len(self.partners) if figure.details.get("per") == EACH_COUNCIL else 1
        pence = parse_pounds(stated) if stated else figure.amount_pence * each
        return StatedSum(pence, bound_of(figure.qualifier))


def stated_figures(programme: Programme) -> StatedFigures:
    """What the sources of a programme state, and its present partners in their order. Three queries."""
    memberships = programme.partnership.memberships.filter(status=MemberStatus.ACTIVE)
    partners = tuple(row.council for row in memberships.select_related("council"))
    figures = StatedFigure.objects.filter(programme=programme).prefetch_related("councils")
    return StatedFigures(partners, tuple(figures))


def yearly_saving(
    kind: StatedKind, *, period: str | None = None, read_as_yearly: Recurrence | None = None
) -> Choice:
    """Savings of a kind that come every year.

    `read_as_yearly` takes those of another recurrence instead, as when a source leaves open how often a
    saving comes, or states a first year.
    """
    recurrences = YEARLY if read_as_yearly is None else frozenset({read_as_yearly.value})
    return Choice(StatedSection.SAVING, recurrences, kind, period)


def whole_life_saving(kind: StatedKind) -> Choice:
    """Savings of a kind in total, over the life of a contract or the period that the source names."""
    return Choice(StatedSection.SAVING, frozenset({Recurrence.TOTAL.value}), kind)


def one_off_cost(categories: Collection[str] | None = None) -> Choice:
    """Costs that come once; those of some categories only."""
    return Choice(StatedSection.COST, ONE_OFF, categories=categories)


def _pence(total: StatedSum | NotAssessable) -> int | None:
    return None if isinstance(total, NotAssessable) else total.pence


def _bound(total: StatedSum | NotAssessable) -> Bound:
    return Bound.UNKNOWN if isinstance(total, NotAssessable) else total.bound
