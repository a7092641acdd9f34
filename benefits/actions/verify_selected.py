"""Verify what a section 151 officer selected in the queue: ticked one by one, or all that is not unusual."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from benefits.actions.actual import Verified, verify_actuals
from benefits.models import ActualAmount
from benefits.queries.claims import claims_to_verify
from core.enums import Channel
from core.errors import Refusal
from programme.models import Council, Programme


@dataclass(frozen=True, slots=True)
class Selected:
    """Keys of claims: those ticked, and those taken together as not unusual, whether ticked or not."""

    ticked: frozenset[int]
    together: frozenset[int] = frozenset()

    @property
    def keys(self) -> frozenset[int]:
        """All of them."""
        return self.ticked | self.together


@transaction.atomic
def verify_selected(
    programme: Programme,
    council: Council | None,
    selected: Selected,
    *,
    by: User,
    as_of: date,
    channel: Channel = Channel.PAGE,
) -> Verified:
    """Verify them, each by itself. One taken together that has become unusual since stays, and says why."""
    rows = ActualAmount.objects.visible_to(by).filter(pk__in=selected.keys, line__programme=programme)
    chosen = list(rows.select_related("line__benefit", "line__programme", "council").order_by("pk"))
    unusual = _unusual(programme, council, selected.together, by=by, as_of=as_of)
    passed = [row for row in chosen if row.pk not in unusual]
    verified = verify_actuals(passed, by=by, channel=channel) if passed or not chosen else Verified((), ())
    stay = [(row, unusual[row.pk]) for row in chosen if row.pk in unusual]
    return Verified(verified.done, (*verified.refused, *stay))


def _unusual(
    programme: Programme, council: Council | None, keys: Collection[int], *, by: User, as_of: date
) -> dict[int, Refusal]:
    """Which of these need a tick of their own as things are now, with the words that say so."""
    if not keys:
        return {}
    claims = claims_to_verify(programme, by, as_of=as_of, council=council).open
    return {
        claim.pk: Refusal(f"Tick it by itself. {claim.why_unusual}", "claims", "unusual")
        for claim in claims
        if claim.pk in keys and claim.why_unusual
    }
