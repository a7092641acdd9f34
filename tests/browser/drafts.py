"""Drafts beside the demonstration, for the pages that only a draft has."""

from __future__ import annotations

from typing import Any

from accounts.models import User
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


def _manager() -> User:
    return User.objects.get(email=PRIYA_RAMAN.email)
