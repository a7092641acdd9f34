"""Lines of a case that no page, file or answer of the API may show: about fewer than 5 people (INV-38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef

from core.clock import today as today_in_london
from core.rules.suppression import SMALL_COUNT
from services.models import BusinessCase, BusinessCaseLine
from services.queries.appraisal_inputs import CaseInputs, case_inputs
from services.rules.small_staff import Protection, protect
from services.rules.told import Edition, Told


def lines_withheld(case: BusinessCase) -> frozenset[str]:
    """References of the lines about few people, and of those that must be withheld beside them.

    The appraisal prints totals that hold them, so both must be withheld wherever lines are shown. One
    query, of a later version two, where no version so far has such a line; seven more a version else.
    """
    if not _has_few(case) and not _earlier_versions(case):
        return frozenset()
    day = today_in_london()
    protections = protections_of(case_inputs(case, today=day), today=day)
    return frozenset().union(*(found.lines for found in protections))


def protections_of(inputs: CaseInputs, *, today: date) -> tuple[Protection, ...]:
    """What of each option may not be shown, given what earlier versions of the case show.

    Of a later version one query; where a line of an earlier one is about few people, eight more a version.
    """
    earlier = _earlier_versions(inputs.case)
    if not earlier and not any(option.few_people for option in inputs.options):
        return (Protection(),) * len(inputs.options)
    told = Told()
    for version in earlier:
        _protect_in_turn(case_inputs(version, today=today), told)
    return _protect_in_turn(inputs, told)


def _protect_in_turn(inputs: CaseInputs, told: Told) -> tuple[Protection, ...]:
    councils = tuple(council.pk for council in inputs.councils)
    found = []
    for option in inputs.options:
        edition = Edition(option.option.ref, option.titles, councils, inputs.case.base_fy)
        shown = protect(option.lines, option.pools, told, edition)
        found.append(replace(shown, lines=shown.lines | option.few_people))
    return tuple(found)


def _has_few(case: BusinessCase) -> bool:
    return case.lines.filter(staff_count__gt=0, staff_count__lt=SMALL_COUNT).exists()


def _earlier_versions(case: BusinessCase) -> list[BusinessCase]:
    """Earlier versions in order, if one of them or the case has a line about few people; else none."""
    if case.number == 1:
        return []
    versions = BusinessCase.objects.filter(programme=case.programme_id, ref=case.ref)
    small = BusinessCaseLine.objects.filter(
        business_case=OuterRef("pk"), staff_count__gt=0, staff_count__lt=SMALL_COUNT
    )
    found = list(
        versions.filter(number__lte=case.number)
        .annotate(has_few=Exists(small))
        .select_related("programme__partnership")
        .order_by("number")
    )
    if not any(version.has_few for version in found):
        return []
    return [version for version in found if version.number < case.number]
