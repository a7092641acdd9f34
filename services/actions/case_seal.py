"""Freeze a version of a business case that was issued before it came here, as a case file says."""

from __future__ import annotations

from copy import copy
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.enums import Channel
from services.enums import CaseState
from services.models import BusinessCase
from services.queries.case_content import hash_of_content, new_salt
from services.rules.case_states import ISSUED_ONCE


@transaction.atomic
def seal_case(
    case: BusinessCase,
    *,
    by: User,
    at: datetime,
    salt: str = "",
    is_stated: bool = False,
    loaded_by: User | None = None,
) -> BusinessCase:
    """The case with the hash of its content, frozen from now on; what is not issued or sealed already stays.

    A withdrawn version counts as issued only where the file states it (`is_stated`). The runs that shared
    its joint amounts are there already. `by` issued it, `loaded_by` is who loads the file (`by` without one).
    With the `salt` of the issue the hash is that of the issue; without one a new salt is made.
    """
    state = CaseState(case.state)
    if case.issued_at is not None or state not in ISSUED_ONCE:
        return case
    if state == CaseState.WITHDRAWN and not is_stated:
        return case
    sealed = copy(case)
    sealed.issued_at, sealed.issued_by, sealed.content_salt = at, by, salt or new_salt()
    sealed.content_hash = hash_of_content(sealed)
    BusinessCase.objects.filter(pk=case.pk, issued_at=None).update(
        issued_at=at,
        issued_by=by,
        content_hash=sealed.content_hash,
        content_salt=sealed.content_salt,
    )
    record(
        sealed,
        by=loaded_by or by,
        action="seal_case",
        channel=Channel.IMPORT,
        scope=case.programme.key,
        after={"content_hash": sealed.content_hash},
    )
    return sealed
