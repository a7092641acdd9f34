"""How much of each plan is realised: by council, service, class and benefit (F-15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from benefits.enums import BenefitClass, Measure
from benefits.models import Benefit
from benefits.queries.figures import Figure, Figures, Percent, total
from benefits.queries.scope import NO_SERVICE, Choice, Scope, changed, only, parts_by
from benefits.rules.measures import COST_MEASURES, noun_of
from benefits.rules.realisation import NO_TARGET
from core.rules.assessment import NotApplicable
from programme.rules.rag import Rating, RatingWord

NO_SAVING = NotApplicable("A cost is spent, not realised: choose a kind of saving")
_CLASSES = {
    Measure.GROSS: BenefitClass.CASHABLE,
    Measure.INCOME_UNBUDGETED: BenefitClass.NON_CASHABLE,
    Measure.NON_CASHABLE: BenefitClass.NON_CASHABLE,
    Measure.COST_AVOIDANCE: BenefitClass.NON_CASHABLE,
}


class Grouping(StrEnum):
    """By what the rows are told apart."""

    COUNCIL = "council"
    SERVICE = "service"
    CLASS = "class"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True)
class RealisationRow:
    """One row: everything that was realised, and of it what has a target, which alone is in the percentage.

    `to_date` is of the years chosen up to the data cut-off, `year` of one whole financial year. A row where
    no line has a target is not counted at all (scenario 20 of domain.md 11).
    """

    grouping: Grouping
    name: str
    sub: str
    measure: Measure
    choice: Choice
    benefit: str
    benefit_pk: int | None
    to_date: Figures
    targeted: Figures
    year: Figures
    targeted_year: Figures
    has_target: bool

    @property
    def realised_percent(self) -> Percent:
        """Verified in percent of the plan to date (F-15, INV-35)."""
        return self.targeted.realised_percent if self.has_target else NO_TARGET

    @property
    def variance(self) -> Figure:
        """Verified less the plan to date, of what has a target."""
        return self.targeted.verified_variance if self.has_target else NO_TARGET

    @property
    def rating(self) -> Rating:
        """How the verified amount to date stands against its plan (F-26)."""
        return self.targeted.realised_rating if self.has_target else _UNRATED

    @property
    def forecast_percent(self) -> Percent:
        """The year's forecast in percent of its plan (F-15)."""
        return self.targeted_year.forecast_percent if self.has_target else NO_TARGET

    @property
    def untargeted_pence(self) -> int:
        """What is verified of lines without a target; it is in no percentage."""
        verified, counted = self.to_date.verified, self.targeted.verified
        return verified - counted if isinstance(verified, int) and isinstance(counted, int) else 0


_UNRATED = Rating(RatingWord.NOT_APPLICABLE, NO_TARGET.reason)


@dataclass(frozen=True)
class Realisation:
    """How much is realised; `fy` is the year of the full-year forecast, `whole` the sum of councils.

    `without_target` are the keys of benefits whose pounds have no target, which are in no percentage.
    """

    scope: Scope
    fy: int
    whole: RealisationRow
    without_target: frozenset[int]

    @cached_property
    def rows(self) -> tuple[RealisationRow, ...]:
        """The rows of every grouping. One query, once it is asked for."""
        make = _Maker(self.scope)
        return (*make.councils(), *make.services(), *make.classes(), *make.benefits())

    def by(self, grouping: Grouping) -> tuple[RealisationRow, ...]:
        """The rows of one grouping."""
        return tuple(row for row in self.rows if row.grouping == grouping)


def realisation(scope: Scope) -> Realisation | NotApplicable:
    """How much of each plan is realised, in the years and for the councils chosen."""
    if scope.choice.measure in COST_MEASURES:
        return NO_SAVING
    make = _Maker(scope)
    return Realisation(
        scope,
        make.fy,
        make.row(Grouping.COUNCIL, "Total", scope, scope.choice.measure),
        make.without_target(),
    )


class _Maker:
    """Makes rows of one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.fy = scope.this_fy if scope.choice.fy is None else scope.choice.fy

    def councils(self) -> Iterator[RealisationRow]:
        """The measure shown, council by council."""
        for council in self.scope.councils:
            own = changed(
                self.scope, councils=(council,), choice=replace(self.scope.choice, council=council.key)
            )
            yield self.row(Grouping.COUNCIL, council.name, own, own.choice.measure)

    def services(self) -> Iterator[RealisationRow]:
        """The measure shown, service by service; lines that belong to none come last."""
        parts = parts_by(self._of([self.scope.choice.measure]), lambda line: line.service_ref)
        for ref in sorted(parts, key=lambda ref: (not ref, parts[ref].lines[0].service_name)):
            part = parts[ref]
            own = changed(part, choice=replace(part.choice, service=ref or NO_SERVICE))
            name = part.lines[0].service_name or "No one service"
            yield self.row(Grouping.SERVICE, name, own, own.choice.measure)

    def classes(self) -> Iterator[RealisationRow]:
        """Each saving in its class; what frees no budget is never added to what does (INV-17)."""
        for measure in self._measures():
            label = str(_CLASSES[measure].label) if measure in _CLASSES else str(measure.label)
            name = label if measure in {Measure.GROSS, self.scope.choice.kind} else noun_of(measure)
            sub = "" if name == label else label
            yield self.row(Grouping.CLASS, name, self._of([measure]), measure, sub=sub)

    def benefits(self) -> Iterator[RealisationRow]:
        """Each benefit with pounds, one row for each saving it gives."""
        pks = {line.benefit_pk for line in self.scope.lines if line.benefit_pk is not None}
        named = {one.pk: one for one in Benefit.objects.filter(pk__in=pks).only("pk", "ref", "title")}
        for measure in self._measures():
            parts = parts_by(self._of([measure]), lambda line: line.benefit_pk)
            for pk, part in parts.items():
                if pk is not None:
                    row = self.row(Grouping.BENEFIT, named[pk].title, part, measure, sub=noun_of(measure))
                    yield replace(row, benefit=named[pk].ref, benefit_pk=pk)

    def row(
        self, grouping: Grouping, name: str, scope: Scope, measure: Measure, *, sub: str = ""
    ) -> RealisationRow:
        """One row of the lines and councils of `scope`."""
        parts = scope.parts(measure)
        own = {line.pk for line in scope.lines if line.measure in parts}
        targeted = own & self.scope.targeted
        counted = scope if targeted == own else only(scope, lambda line: line.pk in targeted)
        return RealisationRow(
            grouping,
            name,
            sub,
            measure,
            scope.choice,
            "",
            None,
            to_date=_figures(scope, measure, scope.chosen_fys),
            targeted=_figures(counted, measure, scope.chosen_fys),
            year=_figures(scope, measure, [self.fy]),
            targeted_year=_figures(counted, measure, [self.fy]),
            has_target=bool(targeted),
        )

    def without_target(self) -> frozenset[int]:
        """Benefits that give a saving of which no line has a target."""
        found: set[int] = set()
        for measure in self._measures():
            parts = self.scope.parts(measure)
            own = [line for line in self.scope.lines if line.measure in parts]
            targeted = {line.benefit_pk for line in own if line.pk in self.scope.targeted}
            found |= {line.benefit_pk for line in own if line.benefit_pk is not None} - targeted
        return frozenset(found)

    def _measures(self) -> list[Measure]:
        if self.scope.choice.kind:
            return [self.scope.choice.measure]
        return [measure for measure in _CLASSES if self.scope.parts(measure)]

    def _of(self, measures: Iterable[Measure]) -> Scope:
        """The scope with the lines alone that count in these measures."""
        wanted = {part for measure in measures for part in self.scope.parts(measure)}
        return only(self.scope, lambda line: line.measure in wanted)


def _figures(scope: Scope, measure: Measure, fys: Iterable[int]) -> Figures:
    return total(scope.figures(measure, council, fy) for council in scope.councils for fy in fys)
