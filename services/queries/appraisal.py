"""The appraisal of a business case: every option, jointly and for each council (F-02 to F-12, F-32, F-33).

One reading serves pages, charts, files, the API and the command. What a person may not see is withheld
here: costs that other councils have put in a draft, and figures that would tell of fewer than 5 people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.clock import today as today_in_london
from core.errors import Refusal
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.reference import (
    ReferenceTable,
    ReferenceVersion,
    newer_than,
    version_named,
    version_on,
)
from core.rules.words import listed
from programme.enums import SeriesName
from programme.models import Council, CouncilFigure
from services.enums import Position
from services.models import BusinessCase, CaseOption, CaseStatement
from services.policies import Powers
from services.queries.appraisal_inputs import CaseInputs, OptionInputs, case_inputs, day_of, is_drafting
from services.queries.few_people import protections_of, why_withheld
from services.queries.stored_case import StoredCase
from services.rules.discount import DiscountSchedule, schedule_of
from services.rules.option_flows import FlowLine
from services.rules.option_result import (
    Difference,
    Measures,
    OptionResult,
    Totals,
    against_bau,
    appraise_option,
)
from services.rules.payback import Origin
from services.rules.returns import exit_ratio, per_household
from services.rules.small_staff import Protection

_TABLE_NAMES = {
    ReferenceTable.DISCOUNT_RATES: "Discount rates",
    ReferenceTable.GDP_DEFLATORS: "GDP deflators",
    ReferenceTable.OPTIMISM_BIAS: "Optimism-bias bounds",
}

Missing = NotAssessable | Withheld


@dataclass(frozen=True, slots=True)
class ReferenceUse:
    """A table of reference data, the version that the case uses, and a newer one where there is one."""

    name: str
    used: ReferenceVersion
    newer: ReferenceVersion | None


@dataclass(frozen=True, slots=True)
class TaxBase:
    """A council's Band D equivalents in the last year up to the base year of the case."""

    year: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """What an option changes against business as usual, in pence."""

    net_pence: int
    npv_pence: int


@dataclass(frozen=True, slots=True)
class OptionAppraisal:
    """One option. Ask its methods, which withhold what may not be shown; `result` withholds nothing.

    A `scope` is None for all councils jointly, or a council's place in the order.
    """

    option: CaseOption
    lines: tuple[FlowLine, ...]
    titles: Mapping[str, str]
    result: OptionResult | NotAssessable
    difference: Difference | NotAssessable
    protection: Protection
    withheld: tuple[Withheld | None, ...]
    joint_withheld: Withheld | None
    change_withheld: tuple[Withheld | None, ...]
    joint_change_withheld: Withheld | None
    tax_bases: tuple[TaxBase | None, ...]
    missing: tuple[NotAssessable, ...]

    def hidden(self, scope: int | None) -> Withheld | None:
        """Why the figures of a scope are withheld; None where they are not."""
        return self.joint_withheld if scope is None else self.withheld[scope]

    def measures(self, scope: int | None) -> Measures | Missing:
        """Measures of all councils jointly, or of one."""
        hidden = self.hidden(scope)
        if hidden or isinstance(self.result, NotAssessable):
            return hidden or self.result  # type: ignore[return-value]
        return self.result.joint if scope is None else self.result.councils[scope]

    def council_sum(self) -> Totals | Missing:
        """Sums over the councils, which tables of councils print as their total (domain.md 4.9)."""
        if self.joint_withheld or isinstance(self.result, NotAssessable):
            return self.joint_withheld or self.result  # type: ignore[return-value]
        return self.result.council_sum

    def rounding_pence(self) -> int | Missing:
        """Councils' sum of net present values less the joint one: pennies of rounding (domain.md 4.9)."""
        if self.joint_withheld or isinstance(self.result, NotAssessable):
            return self.joint_withheld or self.result  # type: ignore[return-value]
        return self.result.rounding_pence

    def change(self, scope: int | None) -> Change | Missing:
        """What the option changes against business as usual (INV-34)."""
        hidden = self.joint_change_withheld if scope is None else self.change_withheld[scope]
        if hidden or isinstance(self.difference, NotAssessable):
            return hidden or self.difference  # type: ignore[return-value]
        if scope is None:
            return Change(self.difference.net_pence, self.difference.npv_pence)
        return Change(self.difference.council_nets_pence[scope], self.difference.council_npvs_pence[scope])

    def exit_cost(self, scope: int | None) -> int | Missing:
        """What going back to own arrangements would cost, in pence; it is in no other figure."""
        hidden = why_withheld(self.protection) if self.protection.is_exit_withheld else self.hidden(scope)
        if hidden or isinstance(self.result, NotAssessable):
            return hidden or self.result  # type: ignore[return-value]
        if not any(line.is_exit for line in self.lines):
            return NotAssessable("No exit cost is entered")
        return self.result.exit_cost_pence if scope is None else self.result.exit_costs_pence[scope]

    def exit_ratio(self, scope: int | None) -> Fraction | NotApplicable | Missing:
        """Exit cost in years of the net saving of the last year (F-32)."""
        cost, measures = self.exit_cost(scope), self.measures(scope)
        if not isinstance(cost, int):
            return cost
        if not isinstance(measures, Measures):
            return measures
        return exit_ratio(cost, measures.annual_net_pence)

    def per_household(self, scope: int | None) -> int | NotApplicable | Missing:
        """Net saving of the last year in pence a Band D equivalent household (F-33)."""
        measures = self.measures(scope)
        if not isinstance(measures, Measures):
            return measures
        known = self.tax_bases if scope is None else (self.tax_bases[scope],)
        if not known or None in known:
            return NotAssessable("The council tax base is not stated")
        return per_household(
            measures.annual_net_pence, sum((own.quantity for own in known if own), Decimal(0))
        )


@dataclass(frozen=True, slots=True)
class CaseAppraisal:
    """A case with its options appraised, the reference data used, and what the section 151 officers state."""

    case: BusinessCase
    councils: tuple[Council, ...]
    fys: tuple[int, ...]
    options: tuple[OptionAppraisal, ...]
    references: tuple[ReferenceUse, ...]
    statements: tuple[CaseStatement, ...]
    schedule: DiscountSchedule | NotAssessable
    left_out: str = ""

    @property
    def bau(self) -> OptionAppraisal | None:
        """Business as usual; None while a draft has none."""
        return next((one for one in self.options if one.option.is_bau), None)

    @property
    def preferred(self) -> OptionAppraisal | None:
        """The preferred option, else the first that is neither business as usual nor a variant."""
        chosen = [one for one in self.options if one.option.is_preferred]
        others = [one for one in self.options if not one.option.is_bau and one.option.variant_of_id is None]
        return next(iter(chosen + others), None)

    @property
    def objections(self) -> tuple[CaseStatement, ...]:
        """Statements that do not support the case; they are printed first."""
        return tuple(one for one in self.statements if one.position == Position.DO_NOT_SUPPORT)

    @property
    def names(self) -> tuple[str, ...]:
        """Short names of the councils, in their order."""
        return tuple(str(council) for council in self.councils)

    @property
    def newer_references(self) -> tuple[ReferenceUse, ...]:
        """Tables of which there is a newer version than the case uses."""
        return tuple(use for use in self.references if use.newer)

    def option(self, ref: str) -> OptionAppraisal | None:
        """The option of that reference."""
        return next((one for one in self.options if one.option.ref == ref), None)


def appraise_case(
    case: BusinessCase,
    powers: Powers | None = None,
    *,
    today: date | None = None,
    stored: StoredCase | None = None,
    opens_exempt: bool = False,
) -> CaseAppraisal:
    """Stored lines to results, jointly and for each council.

    `powers` are those of the reader, who sees in a draft only the own costs of the councils that they work
    for; None is a reader who sees all drafts. At most nine queries, however many lines there are, five
    fewer where `stored` has read the rows already; more where an earlier version or this has lines about
    few people. A page for those who may open what is exempt says so (`opens_exempt`); a file or an answer
    of the API never does.
    """
    as_of = today or today_in_london()
    inputs = case_inputs(case, today=as_of, stored=stored, opens_exempt=opens_exempt)
    schedule = _schedule(case, as_of)
    bases = _tax_bases(inputs)
    protections = protections_of(inputs, today=as_of)
    readings = [
        _Reading.of(option, protection, inputs, schedule, powers)
        for option, protection in zip(inputs.options, protections, strict=True)
    ]
    bau = next((one for one in readings if one.inputs.option.is_bau), None)
    return CaseAppraisal(
        case=case,
        councils=inputs.councils,
        fys=inputs.fys,
        options=tuple(_appraisal(one, bau, bases) for one in readings),
        references=_references(case, as_of),
        statements=_statements(case, inputs.councils, stored),
        schedule=schedule,
        left_out=inputs.left_out,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """An option appraised, before it is compared with business as usual."""

    inputs: OptionInputs
    result: OptionResult | NotAssessable
    protection: Protection
    withheld: tuple[Withheld | None, ...]
    joint_withheld: Withheld | None

    @classmethod
    def of(
        cls,
        option: OptionInputs,
        protection: Protection,
        inputs: CaseInputs,
        schedule: DiscountSchedule | NotAssessable,
        powers: Powers | None,
    ) -> _Reading:
        drafts = _hidden_drafts(option, inputs, powers)
        names = [str(inputs.councils[place]) for place in sorted(drafts)]
        return cls(
            option,
            _result(option, inputs, schedule),
            protection,
            tuple(
                _held_by([str(council)])
                if place in drafts
                else why_withheld(protection)
                if place in protection.councils
                else None
                for place, council in enumerate(inputs.councils)
            ),
            _held_by(names) if drafts else why_withheld(protection) if protection.is_total_withheld else None,
        )


def _held_by(names: Sequence[str]) -> Withheld:
    return Withheld(f"Held by {listed(names)} until the case is issued")


def _hidden_drafts(option: OptionInputs, inputs: CaseInputs, powers: Powers | None) -> frozenset[int]:
    """Places of the councils whose own amounts in a draft the reader may not see."""
    if powers is None or not is_drafting(inputs.case):
        return frozenset()
    return frozenset(
        place for place in option.own_councils if not powers.sees_draft_of(inputs.councils[place])
    )


def _result(
    option: OptionInputs, inputs: CaseInputs, schedule: DiscountSchedule | NotAssessable
) -> OptionResult | NotAssessable:
    if option.missing:
        return option.missing[0]
    if isinstance(schedule, NotAssessable):
        return schedule
    return appraise_option(
        option.lines,
        len(inputs.councils),
        schedule,
        length=inputs.length,
        origin=Origin(inputs.case.payback_origin),
    )


def _appraisal(reading: _Reading, bau: _Reading | None, bases: tuple[TaxBase | None, ...]) -> OptionAppraisal:
    usual = bau.withheld if bau else (None,) * len(reading.withheld)
    return OptionAppraisal(
        option=reading.inputs.option,
        lines=reading.inputs.lines,
        titles=reading.inputs.titles,
        result=reading.result,
        difference=_difference(reading, bau),
        protection=reading.protection,
        withheld=reading.withheld,
        joint_withheld=reading.joint_withheld,
        change_withheld=tuple(own or other for own, other in zip(reading.withheld, usual, strict=True)),
        joint_change_withheld=reading.joint_withheld or (bau.joint_withheld if bau else None),
        tax_bases=bases,
        missing=reading.inputs.missing,
    )


def _difference(reading: _Reading, bau: _Reading | None) -> Difference | NotAssessable:
    if bau is None:
        return NotAssessable("Add business as usual: options are measured against it")
    if isinstance(reading.result, NotAssessable):
        return reading.result
    if isinstance(bau.result, NotAssessable):
        return NotAssessable(f"Business as usual: {bau.result.reason}")
    return against_bau(reading.result, bau.result)


def _schedule(case: BusinessCase, as_of: date) -> DiscountSchedule | NotAssessable:
    """The rates that the case has kept; before it keeps any, those in force."""
    try:
        version = (
            case.discount_version or version_on(ReferenceTable.DISCOUNT_RATES, day_of(case, as_of)).version
        )
        return schedule_of(version)
    except Refusal as refusal:
        return NotAssessable(refusal.message)


def _references(case: BusinessCase, as_of: date) -> tuple[ReferenceUse, ...]:
    kept = {
        ReferenceTable.DISCOUNT_RATES: case.discount_version,
        ReferenceTable.GDP_DEFLATORS: case.deflator_version,
        ReferenceTable.OPTIMISM_BIAS: case.bias_version,
    }
    uses = []
    for table, name in _TABLE_NAMES.items():
        try:
            used = (
                version_named(table, kept[table]) if kept[table] else version_on(table, day_of(case, as_of))
            )
        except Refusal:
            continue
        uses.append(ReferenceUse(name, used, newer_than(table, used.version, as_of)))
    return tuple(uses)


def _tax_bases(inputs: CaseInputs) -> tuple[TaxBase | None, ...]:
    stated = CouncilFigure.objects.filter(
        council__in=[council.pk for council in inputs.councils],
        series=SeriesName.TAX_BASE,
        year__lte=inputs.case.base_fy,
        quantity__isnull=False,
    )
    latest: dict[int, TaxBase] = {}
    for council, year, quantity in stated.order_by("year").values_list("council", "year", "quantity"):
        latest[council] = TaxBase(year, Decimal(quantity or 0))
    return tuple(latest.get(council.pk) for council in inputs.councils)


def _statements(
    case: BusinessCase, councils: Sequence[Council], stored: StoredCase | None
) -> tuple[CaseStatement, ...]:
    """Each council's statement: those that do not support first, then in the order of the councils."""
    places = {council.pk: place for place, council in enumerate(councils)}
    found = stored.statements if stored else case.statements.select_related("council", "stated_by")
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.position != Position.DO_NOT_SUPPORT,
                places.get(one.council_id, len(places)),
            ),
        )
    )
