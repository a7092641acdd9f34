"""Business cases that were worked out again without a council that objects (domain.md 2.8, row 68)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from governance.models import Decision
from programme.models import Council
from services.enums import CaseState
from services.models import ApportionmentShare, BusinessCase, BusinessCaseAmount

_STANDS = (CaseState.ISSUED, CaseState.RECOMMENDED, CaseState.APPROVED)


def is_rerun_without(case: BusinessCase, decision: Decision, councils: Sequence[Council]) -> bool:
    """Whether the case is another issued version of the programme in which these councils have no part.

    No part: no amount of their own, and no share of what is joint. Three queries.
    """
    if not rerun_cases(decision).filter(pk=case.pk).exists():
        return False
    own = BusinessCaseAmount.objects.filter(line__business_case=case, council__in=councils)
    shares = ApportionmentShare.objects.filter(run__line__business_case=case, council__in=councils)
    return not own.exclude(amount_pence=0).exists() and not shares.exclude(share_pence=0).exists()


def rerun_cases(decision: Decision) -> QuerySet[BusinessCase]:
    """Issued cases of the programme beside the one that the decision approves, the latest first."""
    cases = BusinessCase.objects.filter(programme=decision.programme_id, state__in=_STANDS)
    return cases.filter(~Q(pk=decision.business_case_id)).order_by("-issued_at", "-pk")
