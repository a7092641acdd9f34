"""Which versions of business cases wait for one person's statement as section 151 officer (INV-15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from programme.models import Council
from services.enums import CaseState
from services.models import BusinessCase, CaseStatement
from services.policies import Powers


@dataclass(frozen=True, slots=True)
class StatementAwaited:
    """A version in section 151 review, and a council for which it has no statement."""

    case: BusinessCase
    council: Council


def statements_awaited(powers: Mapping[int, Powers]) -> list[StatementAwaited]:
    """The statements that a person is asked for, in the order of programmes, versions and councils.

    `powers` are the person's, by programme. Nobody signs a case that they started (row 35). Three queries,
    however many programmes; none for who signs nowhere.
    """
    signed = {programme: own.signed_councils for programme, own in powers.items() if own.signed_councils}
    if not signed:
        return []
    authors = {own.user_id for own in powers.values()}
    cases = BusinessCase.objects.filter(programme__in=signed, state=CaseState.S151_REVIEW)
    asked = list(cases.exclude(created_by__in=authors).order_by("programme", "ref", "number"))
    made = set(CaseStatement.objects.filter(business_case__in=asked).values_list("business_case", "council"))
    councils = Council.objects.order_by("short_name").in_bulk(set().union(*signed.values()))
    return [
        StatementAwaited(case, council)
        for case in asked
        for key, council in councils.items()
        if key in signed[case.programme_id] and (case.pk, key) not in made
    ]
