"""A council joins or leaves a partnership, or is to be abolished. History is kept (INV-42 to INV-44)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Max

from accounts.models import User
from core.actions import audit
from core.actions.versions import write_next
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.dates import ImpreciseDate, check_not_future
from core.rules.text import check_text, stale_edit
from programme.enums import LgrStatus, MemberStatus
from programme.models import Council, CouncilSuccessor, Membership, Partnership
from programme.policies import check_manage_council, check_manage_partnership
from programme.queries.leaving import blocking_of
from programme.queries.partners_lost import check_none_lost, councils_beside
from programme.rules.membership import (
    Successor,
    already_partner,
    check_left_after_joined,
    check_successors,
    check_why,
)


def lock_partners(partnership_id: int) -> Partnership:
    """The partnership, locked: one writer at a time changes its partners, or what names them (INV-42).

    Whoever locks pools too locks them after it.
    """
    return Partnership.objects.select_for_update().get(pk=partnership_id)


@transaction.atomic
def record_council_joined(
    partnership: Partnership,
    council: Council,
    *,
    by: User,
    joined_on: date,
    channel: Channel = Channel.PAGE,
) -> Membership:
    """The council as a partner from `joined_on`: it has no plan and no entries before (INV-43).

    Takes up again a council that left or stayed out. Refuses one that is a partner already (row 78).
    """
    check_manage_partnership(by, partnership)
    _check_day(joined_on, "Joining date", "joined_on")
    locked = lock_partners(partnership.pk)
    row = Membership.objects.filter(partnership=locked, council=council).first()
    if row is not None and row.status == MemberStatus.ACTIVE:
        raise already_partner(council.short_name)
    before = _plain(row) if row else {}
    row = row or Membership(partnership=locked, council=council, order_index=_next_place(locked))
    row.status = MemberStatus.ACTIVE
    row.set_date("joined", ImpreciseDate.day(joined_on))
    row.set_date("left", None)
    row.version = row.version + 1 if row.pk else 1
    row.save()
    _audit(row, by=by, action="record_council_joined", channel=channel, before=before)
    return row


@transaction.atomic
def record_council_left(
    membership: Membership,
    *,
    by: User,
    left_on: date,
    why: str,
    seen_version: int,
    channel: Channel = Channel.PAGE,
) -> Membership:
    """The council as one that left: its entries to `left_on` stay, later ones are refused (row 76).

    Refuses while a key still gives it a share after that day, or none follows the key that did (INV-42).
    """
    check_manage_partnership(by, membership.partnership)
    lock_partners(membership.partnership_id)
    _check_day(left_on, "Leaving date", "left_on")
    words = check_text(why, "Reason", 500, "why")
    check_why(words)
    if membership.version != seen_version:
        raise stale_edit(audit.last_change(membership) or now())
    if membership.status != MemberStatus.ACTIVE:
        raise Refusal(f"{membership.council} is not a partner now", "left_on", "76")
    check_left_after_joined(membership.joined_last_on, left_on)
    open_items = blocking_of(membership, left_on, by)
    if open_items:
        raise Refusals([Refusal(item.text, "left_on", "INV-42") for item in open_items])
    before = _plain(membership)
    membership.status = MemberStatus.LEFT
    membership.set_date("left", ImpreciseDate.day(left_on))
    membership.note = "\n".join(part for part in (membership.note, words) if part)
    seen = Membership.objects.filter(pk=membership.pk, version=seen_version)
    written = seen.update(
        status=membership.status,
        left_first_on=membership.left_first_on,
        left_last_on=membership.left_last_on,
        left_precision=membership.left_precision,
        left_text=membership.left_text,
        note=membership.note,
        version=F("version") + 1,
    )
    if not written:
        raise stale_edit(audit.last_change(membership) or now())
    membership.version = seen_version + 1
    _audit(membership, by=by, action="record_council_left", channel=channel, before=before, why=words)
    return membership


@transaction.atomic
def record_abolition(
    council: Council,
    *,
    by: User,
    abolished_on: date,
    weights: Mapping[Council, object],
    seen_version: int,
    channel: Channel = Channel.PAGE,
) -> Council:
    """The day on which a council ends, and the councils that take over by their weights (INV-44).

    `abolished_on` is vesting day, the first of the successors. Refuses as rows 18 and 19, and to replace a
    successor that holds entries of its own; no successor at all is let through, and profiles after that day
    then ask for one (row 77).
    """
    check_manage_council(by, council)
    chosen = check_successors(
        council.short_name, [Successor(one.short_name, weight) for one, weight in weights.items()]
    )
    before, beside = _succession(council), councils_beside(council)
    values = {"abolished_on": abolished_on, "lgr_status": LgrStatus.ORDER_MADE}
    write_next(council, values, by=by, seen_version=seen_version)
    council.successors.all().delete()
    CouncilSuccessor.objects.bulk_create(
        CouncilSuccessor(
            council=council,
            successor=successor,
            weight=weight,
            from_on=abolished_on,
            created_by=by,
            updated_by=by,
        )
        for successor, weight in zip(weights, chosen, strict=True)
    )
    check_none_lost(beside, councils_beside(council), "successors", by=by)
    saved = Council.objects.get(pk=council.pk)
    audit.record(
        saved,
        by=by,
        action="record_abolition",
        channel=channel,
        scope=council.key,
        before=before,
        after=_succession(saved) | {"version": saved.version},
    )
    return saved


def _check_day(day: date, noun: str, field: str) -> None:
    try:
        check_not_future(day, today(), noun)
    except Refusal as refusal:
        raise Refusal(refusal.message, field, refusal.code) from None


def _next_place(partnership: Partnership) -> int:
    last = partnership.memberships.aggregate(last=Max("order_index"))["last"]
    return 0 if last is None else int(last) + 1


def _plain(row: Membership) -> dict[str, object]:
    joined, left = row.get_date("joined"), row.get_date("left")
    return {
        "council": row.council.key,
        "status": str(row.status),
        "joined": joined and str(joined),
        "left": left and str(left),
    }


def _succession(council: Council) -> dict[str, object]:
    rows = council.successors.select_related("successor").order_by("successor__key")
    return {
        "abolished_on": council.abolished_on and council.abolished_on.isoformat(),
        "successors": {row.successor.key: str(row.weight.normalize()) for row in rows},
    }


def _audit(
    row: Membership,
    *,
    by: User,
    action: str,
    channel: Channel,
    before: dict[str, object],
    why: str = "",
) -> None:
    audit.record(
        row,
        by=by,
        action=action,
        channel=channel,
        scope=row.partnership.key,
        before=before,
        after=_plain(row) | {"version": row.version},
        why=why,
    )
