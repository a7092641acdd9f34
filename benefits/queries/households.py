"""What a year's net saving is equivalent to for one household (F-33)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from benefits.enums import Measure
from benefits.queries.figures import Figure, total
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.scope import Scope
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import format_fy
from programme.enums import SeriesName
from programme.models import CouncilFigure
from services.rules.returns import per_household

NOT_STATED = NotAssessable("The council tax base is not stated")


@dataclass(frozen=True, slots=True)
class Household:
    """One council, or all for None: its net saving, its tax base in Band D equivalents, and what that is."""

    council: PartnerCouncil | None
    net: Figure
    tax_base: Decimal | None
    equivalent: int | NotApplicable | NotAssessable

    @property
    def name(self) -> str:
        """Carrick; Total."""
        return self.council.name if self.council else "Total"


@dataclass(frozen=True, slots=True)
class Households:
    """The forecast net saving of one year for each council, then for all where there are several."""

    fy: int
    rows: tuple[Household, ...]


def households(scope: Scope) -> Households | None:
    """The net saving of the year chosen, or of the last one, a household; None where only a part is shown.

    Households are those of the councils that are partners in the year. Another council is a row only where
    the year holds a saving or cost of it. One query.
    """
    if scope.choice.kind or scope.choice.service or not scope.fys or not scope.parts(Measure.NET):
        return None
    fy = scope.chosen_fys[-1]
    bases, partners = _tax_bases(scope, fy), scope.partners_in(fy)
    nets = {council: scope.figures(Measure.NET, council, fy) for council in scope.councils}
    rows = [
        _household(council, net.forecast, bases.get(council.pk))
        if council.pk in partners
        else _no_partner(council, net.forecast, fy)
        for council, net in nets.items()
        if council.pk in partners or net.forecast != 0 or len(nets) == 1
    ]
    if len(nets) > 1:
        known = [bases.get(council.pk) for council in nets if council.pk in partners]
        rows.append(_household(None, total(nets.values()).forecast, _whole(known)))
    return Households(fy, tuple(rows))


def _whole(bases: list[Decimal | None]) -> Decimal | None:
    """The sum; None where one of them is not stated, or there is none."""
    known = [base for base in bases if base is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(bases) else None


def _no_partner(council: PartnerCouncil, net: Figure, fy: int) -> Household:
    reason = NotApplicable(f"{council.name} is no partner in {format_fy(fy)}, or its area has passed on")
    return Household(council, net, None, reason if isinstance(net, int) else net)


def _household(council: PartnerCouncil | None, net: Figure, tax_base: Decimal | None) -> Household:
    if not isinstance(net, int):
        return Household(council, net, tax_base, net)
    return Household(council, net, tax_base, NOT_STATED if tax_base is None else per_household(net, tax_base))


def _tax_bases(scope: Scope, fy: int) -> dict[int, Decimal]:
    """Each council's latest tax base up to a year, by its key."""
    stated = CouncilFigure.objects.filter(
        council__in=[council.pk for council in scope.councils],
        series=SeriesName.TAX_BASE,
        year__lte=fy,
        quantity__isnull=False,
    )
    rows = stated.order_by("year").values_list("council", "quantity")
    return {council: Decimal(quantity or 0) for council, quantity in rows}
