"""The panels of savings: what each one answers, and how it is read from one choice of the ledgers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from benefits.enums import Every, Sums
from benefits.models import Benefit
from benefits.panel_sentences import (
    causes_sentence,
    delivery_sentence,
    measures_sentence,
    over_time_sentence,
    realisation_sentence,
)
from benefits.queries.at_risk import measured_benefits
from benefits.queries.causes import Causes, causes_of_change
from benefits.queries.delivery import DeliverySplit, delivery_split
from benefits.queries.households import Households, households
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.measure_trends import MeasureTrends, measure_trends
from benefits.queries.over_time import OverTime, over_time
from benefits.queries.realisation import Realisation, realisation
from benefits.queries.scope import Choice, Scope
from core.rules.assessment import NotApplicable, NotAssessable
from programme.models import Programme


@dataclass(frozen=True)
class Panels:
    """Every panel of one choice, each read when it is first asked for."""

    programme: Programme
    scope: Scope
    every: Every = Every.MONTH
    sums: Sums = Sums.CUMULATIVE

    @property
    def choice(self) -> Choice:
        """What the figures are narrowed to."""
        return self.scope.choice

    @property
    def council(self) -> PartnerCouncil | None:
        """The council chosen."""
        return self.scope.councils[0] if self.choice.council and self.scope.councils else None

    @cached_property
    def over_time(self) -> OverTime:
        """Plans, forecast and what is returned, period by period. No query."""
        return over_time(self.scope, self.every, self.sums)

    @cached_property
    def causes(self) -> Causes | NotAssessable:
        """From the original plan to the forecast. One query at most."""
        return causes_of_change(self.scope)

    @cached_property
    def benefits(self) -> list[Benefit]:
        """The benefits of the programme with what is measured of them, for every panel. Three queries."""
        return measured_benefits(self.programme)

    @cached_property
    def delivery(self) -> DeliverySplit | NotApplicable:
        """Delivered, on track and at risk. One query beside the benefits, seven with a benefits map."""
        return delivery_split(self.programme, self.scope, self.benefits)

    @cached_property
    def realisation(self) -> Realisation | NotApplicable:
        """How much of each plan is realised. One query where its rows are asked for."""
        return realisation(self.scope)

    @cached_property
    def households(self) -> Households | None:
        """What a year's net saving is equivalent to. One query."""
        return households(self.scope)

    @cached_property
    def measures(self) -> MeasureTrends:
        """The measures of the benefits. No query beside them."""
        return measure_trends(self.benefits, self.scope.ledgers, self.choice, self.council)


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: the name of its page, what it is called, and what it says of a choice."""

    name: str
    title: str
    sentence: Callable[[Panels], str]

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"benefits:savings_{self.name}"


PANELS = (
    Panel("over_time", "Savings over time", lambda panels: over_time_sentence(panels.over_time)),
    Panel("causes", "Why the forecast differs", lambda panels: causes_sentence(panels.causes)),
    Panel("confidence", "How sure the savings are", lambda panels: delivery_sentence(panels.delivery)),
    Panel("realisation", "How much is realised", lambda panels: realisation_sentence(panels.realisation)),
    Panel("measures", "Measures over time", lambda panels: measures_sentence(panels.measures)),
)
