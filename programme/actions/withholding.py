"""Withhold a new row of a programme from its beginning (INV-37, INV-39)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from accounts.models import User
from core.actions.publication import Withholding, withheld_at_once
from programme.models import Programme
from programme.publication_policies import roles_here


def withheld_in(
    programme: Programme, why: Withholding | None, *, by: User, councils: Collection[int] | None = None
) -> dict[str, Any]:
    """The columns of a new row that concerns these councils, else every partner; none of one that is open.

    A monitoring officer of a council concerned certifies it by that.
    """
    if why is None:
        return {}
    return withheld_at_once(why, by=by, certifies=roles_here(by, programme, councils).certifies)
