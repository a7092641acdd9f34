"""The benefits register: each profile with what it is planned to give and what is verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from benefits.enums import Basis
from benefits.models import Benefit
from benefits.queries.ageing import waiting_actuals, waiting_claim
from benefits.queries.at_risk import MEASURED, reasons_by_benefit
from benefits.queries.benefits_map import BenefitsMap, linked_map, node_of
from benefits.queries.ledgers import Ledgers, PartnerCouncil, read_ledgers
from benefits.rules.benefits_map import Node, objectives
from benefits.rules.measures import sign_within
from benefits.rules.progress import measure_progress_percent
from benefits.rules.targets import IN_POUNDS, NO_TARGET, target_words
from benefits.rules.waiting import Waiting, WaitingClaim, waiting_of
from core.rules.assessment import NotApplicable, NotAssessable
from programme.models import Programme

ALL_PARTNERS = "All partner councils"
_PROGRESS_IN_POUNDS = NotApplicable("Its target is in pounds")
_TARGET_SET = NotApplicable("A target is set")


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One benefit as the register shows it; pence are over all years, None for a benefit without pounds.

    `reasons` say why it is at risk; none where it is not. `claims` wait for an answer; `objectives` are those
    to which the benefits map leads from it.
    """

    benefit: Benefit
    councils_text: str
    original_pence: int | None
    plan_pence: int | None
    forecast_pence: int | None
    claimed_pence: int | None
    verified_pence: int | None
    banked_pence: int | None
    reasons: tuple[str, ...] = ()
    claims: tuple[WaitingClaim, ...] = ()
    objectives: tuple[Node, ...] = ()

    @property
    def waiting(self) -> Waiting:
        """What is claimed of it and waits for an answer."""
        return waiting_of(self.claims)

    @property
    def class_text(self) -> str:
        """Cashable; or Dis-benefit, quantifiable."""
        label: str = self.benefit.get_benefit_class_display()
        return f"Dis-benefit, {label.lower()}" if self.benefit.is_disbenefit else label

    @property
    def starting_value(self) -> Decimal | None:
        """The measure before the change, without idle zeros."""
        return _plain(self.benefit.starting_value)

    @property
    def actual_value(self) -> Decimal | None:
        """The latest value of the measure, without idle zeros."""
        return _plain(self.benefit.actual_value)

    @property
    def starting_text(self) -> str:
        """The measure before the change, as it is read: 3,730,000."""
        return "" if self.starting_value is None else f"{self.starting_value:,f}"

    @property
    def actual_text(self) -> str:
        """The latest value of the measure, as it is read."""
        return "" if self.actual_value is None else f"{self.actual_value:,f}"

    @property
    def target_text(self) -> str:
        """The target with its unit, the source's own words, or that none is set."""
        return target_words(
            self.benefit.target_value,
            self.benefit.measure_unit,
            self.benefit.target_text,
            is_left_out=bool(self.benefit.no_target_reason),
            has_pounds=bool(self.plan_pence),
        )

    @property
    def has_progress(self) -> bool:
        """Whether progress can be given in percent."""
        return isinstance(self.progress_percent, Fraction)

    @property
    def progress_percent(self) -> Fraction | NotApplicable | NotAssessable:
        """How far the measure has come from its starting value to its target (F-19)."""
        if self.benefit.target_value is None and self.target_text == IN_POUNDS:
            return _PROGRESS_IN_POUNDS
        return measure_progress_percent(
            self.benefit.starting_value, self.benefit.target_value, self.benefit.actual_value
        )

    @property
    def no_target_reason(self) -> str | NotApplicable | None:
        """Why no target is set; None where nobody said so."""
        if self.target_text != NO_TARGET:
            return _TARGET_SET
        return self.benefit.no_target_reason or None


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a programme and its councils in their fixed order."""

    councils: tuple[PartnerCouncil, ...]
    rows: tuple[BenefitRow, ...]
    as_of: date
    ledgers: Ledgers


def benefits_register(programme: Programme, *, as_of: date) -> Register:
    """Every benefit of a programme with its figures as recorded on `as_of`.

    Thirteen queries, whatever the size.
    """
    ledgers = read_ledgers(programme, as_of=as_of)
    benefits = list(whole_benefits(Benefit.objects.filter(programme=programme)))
    contents, claims = linked_map(programme), waiting_claims(programme, as_of)
    return Register(ledgers.councils, _rows(programme, benefits, ledgers, contents, claims), as_of, ledgers)


def register_of(programme: Programme, ledgers: Ledgers) -> tuple[BenefitRow, ...]:
    """Every benefit of a programme, with ledgers read already, without its claims. Five queries or more."""
    benefits = list(whole_benefits(Benefit.objects.filter(programme=programme)))
    return _rows(programme, benefits, ledgers, linked_map(programme))


def waiting_claims(programme: Programme, as_of: date) -> dict[int, tuple[WaitingClaim, ...]]:
    """Claims that wait for an answer, by key of their benefit. One query."""
    found = defaultdict(list)
    for actual in waiting_actuals(programme, as_of=as_of):
        if actual.line.benefit_id is not None:
            found[actual.line.benefit_id].append(waiting_claim(actual, until=as_of))
    return {benefit: tuple(claims) for benefit, claims in found.items()}


def whole_benefits(benefits: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Benefits with all that a row of the register reads. Four queries."""
    related = benefits.select_related("owner", "sro", "service", "counted_in", "lesson", "source")
    return related.prefetch_related("councils", *MEASURED)


def benefit_row(benefit: Benefit, ledgers: Ledgers, contents: BenefitsMap) -> BenefitRow:
    """One benefit, read by `whole_benefits`, with its figures."""
    return _rows(benefit.programme, [benefit], ledgers, contents)[0]


def _rows(
    programme: Programme,
    found: Sequence[Benefit],
    ledgers: Ledgers,
    contents: BenefitsMap,
    claims: Mapping[int, tuple[WaitingClaim, ...]] | None = None,
) -> tuple[BenefitRow, ...]:
    held = held_by_benefit(ledgers, {one.pk for one in found if one.is_disbenefit})
    pounds = {
        one.pk: (held.get((one.pk, Basis.CURRENT)), held.get((one.pk, Basis.FORECAST)) or None)
        for one in found
    }
    reasons = reasons_by_benefit(programme, found, pounds, contents)
    return tuple(
        BenefitRow(
            benefit,
            _councils_text(benefit, ledgers),
            original_pence=held.get((benefit.pk, Basis.ORIGINAL)),
            plan_pence=held.get((benefit.pk, Basis.CURRENT)),
            forecast_pence=held.get((benefit.pk, Basis.FORECAST)),
            claimed_pence=held.get((benefit.pk, Basis.CLAIMED)),
            verified_pence=held.get((benefit.pk, Basis.VERIFIED)),
            banked_pence=held.get((benefit.pk, Basis.BANKED)),
            reasons=reasons[benefit.pk],
            claims=(claims or {}).get(benefit.pk, ()),
            objectives=tuple(objectives(node_of(benefit), contents.links)),
        )
        for benefit in found
    )


def held_by_benefit(ledgers: Ledgers, disbenefits: Collection[int]) -> dict[tuple[int, Basis], int]:
    """Pence by benefit and basis; a benefit with any amount has one in every basis.

    What a benefit costs is taken off what it saves (INV-22); of `disbenefits` the other way round.
    """
    sums: dict[tuple[int, Basis], int] = defaultdict(int)
    with_pounds: set[int] = set()
    for amount in ledgers.amounts:
        if amount.line.benefit_pk is not None:
            is_disbenefit = amount.line.benefit_pk in disbenefits
            sign = sign_within(amount.line.measure, is_disbenefit=is_disbenefit)
            sums[amount.line.benefit_pk, amount.basis] += sign * amount.pence
            with_pounds.add(amount.line.benefit_pk)
    return {(pk, basis): sums[pk, basis] for pk in with_pounds for basis in Basis}


def _councils_text(benefit: Benefit, ledgers: Ledgers) -> str:
    """Names of the benefit's councils in the programme's order, each with its successors; none means all."""
    named = {council.pk for council in benefit.councils.all()}
    if not named:
        return ALL_PARTNERS
    after = ledgers.successors
    names = ((one.pk, one.name) for one in ledgers.councils if one.pk in named)
    return ", ".join(f"{name} (then {after[pk]})" if pk in after else name for pk, name in names)


def _plain(value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
