"""Drafts beside the demonstration, for the pages that only a draft has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts.models import User
from benefits.actions.plan_content import amounts_of, save_amounts
from benefits.actions.plan_proposal import propose_plan, submit_plan_proposal, withdraw_plan_proposal
from benefits.enums import OPEN_PROPOSALS
from benefits.models import PlanProposal
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN
from programme.models import Programme
from programme.queries.partners import partner_councils
from services.actions.case_lines import save_lines
from services.actions.case_versions import start_version
from services.models import BusinessCase, CostPool
from services.queries.case_amounts import LineChange
from tests.services.factories import CostPoolFactory, key_of

POOL, TRAINING = "P-9", "BC-L-7"
INFLATION = "Prices rose by more than the councils had allowed for in the first plan."


def next_version(case: BusinessCase) -> BusinessCase:
    """The version of a case after this one, with one line dearer; made by the manager where it is not yet."""
    versions = BusinessCase.objects.filter(programme=case.programme_id, ref=case.ref)
    found = versions.filter(number=case.number + 1).first()
    if found:
        return found
    fresh = start_version(case, by=_manager(), seen_version=case.version)
    dearer = LineChange(TRAINING, amounts={(None, case.base_fy): 75_000_00})
    return save_lines(fresh, by=_manager(), seen_version=fresh.version, changes=[dearer])


def unused_key() -> dict[str, Any]:
    """What the address of a key takes that has shared nothing yet."""
    pool = CostPool.objects.filter(programme__key=KEY, ref=POOL).first()
    return {"pk": (pool or _new_pool()).keys.get().pk}


def _new_pool() -> CostPool:
    """A pool with one key, by which nothing was shared yet."""
    programme = Programme.objects.get(key=KEY)
    made: CostPool = CostPoolFactory(programme=programme, ref=POOL, name="Training rooms")
    key_of(made, dict.fromkeys(partner_councils(programme.partnership_id), 1))
    return made


def proposed_plan(*, is_submitted: bool = False) -> dict[str, Any]:
    """What the address of a proposed plan takes: a draft with £1 more a year, or the same submitted.

    A programme has one open proposal: whatever was open is withdrawn.
    """
    programme = Programme.objects.get(key=KEY)
    for other in PlanProposal.objects.filter(programme=programme, state__in=OPEN_PROPOSALS):
        withdraw_plan_proposal(
            other, by=_manager(), seen_version=other.version, reason="Another one is shown"
        )
    made = propose_plan(programme, by=_manager(), reason_code="inflation", narrative=INFLATION)
    more = [replace(amount, pence=amount.pence + 1_00) for amount in amounts_of(made)[:4]]
    amounts = [*more, *amounts_of(made)[4:]]
    made = save_amounts(made, by=_manager(), seen_version=made.version, amounts=amounts)
    if is_submitted:
        made = submit_plan_proposal(made, by=_manager(), seen_version=made.version)
    return {"pk": made.pk}


def _manager() -> User:
    return User.objects.get(email=PRIYA_RAMAN.email)
