"""Lines of a case that no file or answer of the API may show: about fewer than 5 people, or exempt.

A page shows them to nobody but those who enter them, and exempt ones to those who may open them (INV-37,
INV-38).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from core.clock import today as today_in_london
from core.enums import PublicationClass
from core.rules.assessment import Withheld
from core.rules.suppression import SMALL_COUNT
from services.models import BusinessCase, BusinessCaseLine
from services.queries.appraisal_inputs import CaseInputs, case_inputs
from services.rules.small_staff import Protection, protect
from services.rules.told import Edition, Told

FEW_PEOPLE = Withheld("It tells of fewer than 5 people, or would let a reader work out a figure that does")
EXEMPT_OR_FEW = Withheld(
    "It is exempt or tells of fewer than 5 people, or would let a reader work out a figure that is or does"
)


def why_withheld(protection: Protection) -> Withheld:
    """Why figures of an option are not shown."""
    return EXEMPT_OR_FEW if protection.has_exempt else FEW_PEOPLE


def is_private(*, opens_exempt: bool = False) -> Q:
    """Condition: a line is about few people, or exempt where the reader does not open that."""
    is_about_few = Q(staff_count__gt=0, staff_count__lt=SMALL_COUNT)
    return is_about_few if opens_exempt else is_about_few | ~Q(publication_class=PublicationClass.OPEN)


def lines_withheld(case: BusinessCase, *, opens_exempt: bool = False) -> Mapping[str, Withheld]:
    """Why the lines that are private, and those that must be withheld beside them, are not shown.

    By reference. The appraisal prints totals that hold them, so both must be withheld wherever lines are
    shown. One query, of a later version two, where no version so far has such a line; seven more a version
    else.
    """
    has_private = case.lines.filter(is_private(opens_exempt=opens_exempt)).exists()
    if not has_private and not _earlier_versions(case, opens_exempt=opens_exempt):
        return {}
    day = today_in_london()
    inputs = case_inputs(case, today=day, opens_exempt=opens_exempt)
    return {ref: why_withheld(found) for found in protections_of(inputs, today=day) for ref in found.lines}


def protections_of(inputs: CaseInputs, *, today: date) -> tuple[Protection, ...]:
    """What of each option may not be shown, given what earlier versions of the case show.

    Of a later version one query; where a line of an earlier one is private, eight more a version.
    """
    earlier = _earlier_versions(inputs.case, opens_exempt=inputs.opens_exempt)
    if not earlier and not any(option.few_people for option in inputs.options):
        return (Protection(),) * len(inputs.options)
    told, has_exempt = Told(), any(option.has_exempt for option in inputs.options)
    for version in earlier:
        before = case_inputs(version, today=today, opens_exempt=inputs.opens_exempt)
        has_exempt = has_exempt or any(option.has_exempt for option in before.options)
        _protect_in_turn(before, told)
    return tuple(replace(found, has_exempt=has_exempt) for found in _protect_in_turn(inputs, told))


def _protect_in_turn(inputs: CaseInputs, told: Told) -> tuple[Protection, ...]:
    councils = tuple(council.pk for council in inputs.councils)
    found = []
    for option in inputs.options:
        edition = Edition(option.option.ref, option.titles, councils, inputs.case.base_fy)
        shown = protect(option.lines, option.pools, told, edition)
        found.append(replace(shown, lines=shown.lines | option.few_people))
    return tuple(found)


def _earlier_versions(case: BusinessCase, *, opens_exempt: bool) -> list[BusinessCase]:
    """Earlier versions in order, if one of them or the case has a private line; else none."""
    if case.number == 1:
        return []
    versions = BusinessCase.objects.filter(programme=case.programme_id, ref=case.ref)
    private = BusinessCaseLine.objects.filter(
        is_private(opens_exempt=opens_exempt), business_case=OuterRef("pk")
    )
    found = list(
        versions.filter(number__lte=case.number)
        .annotate(has_private=Exists(private))
        .select_related("programme__partnership")
        .order_by("number")
    )
    if not any(version.has_private for version in found):
        return []
    return [version for version in found if version.number < case.number]
