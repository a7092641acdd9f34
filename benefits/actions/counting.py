"""Change how benefits count beside each other: what part each claims, and which one another contains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.actions.profile import chain_of, check_shares
from benefits.models import Benefit
from benefits.policies import check_manage
from benefits.rules.budgets import WHOLE
from core.actions import audit
from core.actions.versions import write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_reason, check_text
from programme.models import Programme


@transaction.atomic
def count_benefit_in(
    benefit: Benefit, parent: Benefit, *, by: User, reason: str, channel: Channel = Channel.PAGE
) -> Benefit:
    """The benefit as one that another contains, so that it adds nothing itself (INV-18)."""
    check_manage(by, benefit.programme)
    lock_programmes([benefit.programme_id])
    check_reason(reason, "Explain why it is counted there")
    if parent.programme_id != benefit.programme_id:
        raise Refusal("Choose a benefit of this programme", "counted_in")
    if benefit.pk in chain_of(benefit.programme, parent):
        raise Refusal("A benefit cannot be counted in itself. Choose another", "counted_in", "INV-18")
    before = benefit.counted_in.ref if benefit.counted_in else None
    return _write(
        benefit,
        {"counted_in": parent},
        by=by,
        action="count_benefit_in",
        channel=channel,
        before={"counted_in": before},
        after={"counted_in": parent.ref},
        why=reason,
    )


@transaction.atomic
def set_attribution(
    percents: Mapping[Benefit, int], *, by: User, reason: str, channel: Channel = Channel.PAGE
) -> list[Benefit]:
    """The benefits, each with another part of the effect, and why; refuses as row 41 what all come to."""
    check_reason(reason, "Explain why it is shared so")
    text = check_text(reason, "Reason", 500, "reason")
    for benefit in percents:
        check_manage(by, benefit.programme)
    lock_programmes({benefit.programme_id for benefit in percents})
    done = []
    for benefit, percent in percents.items():
        if not 0 <= percent <= WHOLE:
            raise Refusal("Enter a whole percentage from 0 to 100", "attribution_percent", "INV-19")
        saved = _write(
            benefit,
            {"attribution_percent": percent, "attribution_reason": text},
            by=by,
            action="set_attribution",
            channel=channel,
            before={"attribution_percent": benefit.attribution_percent},
            after={"attribution_percent": percent},
            why=text,
        )
        done.append(saved)
    for saved in done:
        check_shares(saved)
    return done


def lock_programmes(keys: Collection[int]) -> None:
    """Lock programmes, always in one order, so that two people who lock the same ones wait for each other."""
    list(Programme.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _write(
    benefit: Benefit,
    values: Mapping[str, Any],
    *,
    by: User,
    action: str,
    channel: Channel,
    before: dict[str, Any],
    after: dict[str, Any],
    why: str,
) -> Benefit:
    write_next(benefit, values, by=by, seen_version=benefit.version)
    saved = Benefit.objects.select_related("programme__partnership").get(pk=benefit.pk)
    audit.record(
        saved,
        by=by,
        action=action,
        channel=channel,
        scope=saved.programme.key,
        before=before | {"version": benefit.version},
        after=after | {"version": saved.version},
        why=why,
    )
    return saved
