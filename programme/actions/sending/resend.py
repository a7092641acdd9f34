"""Have a mail sent again by hand."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.enums import Channel
from core.errors import Refusal
from programme.actions.digests import Deliver, message_id
from programme.enums import DeliveryState
from programme.models import Digest, Resending
from programme.policies import check_resend

OVER = (DeliveryState.SENT, DeliveryState.GIVEN_UP)
ON_ITS_WAY = "This mail is on its way already"
NOT_NEEDED = "This mail was not needed any more. There is nothing to send again"
MOVED = "The reminders of this mail went into a later one. Have that one sent again"
SHORTEST_REASON = 10
NO_REASON = f"Say in at least {SHORTEST_REASON} characters why it is sent again"
# What is kept of the sending before, by the same names in both tables.
KEPT = (
    "message_id",
    "state",
    "attempts",
    "sent_at",
    "error",
    "channel",
    "address",
    "provider_id",
    "receipt",
    "receipt_at",
)


@transaction.atomic
def resend_digest(
    digest: Digest, *, by: User, reason: str, deliver: Deliver, channel: str = Channel.PAGE
) -> Digest:
    """Queue a mail again under a new Message-ID, with what became of the earlier sending kept; audited.

    A new one, because mail systems show a second mail of one Message-ID to nobody, and because GOV.UK Notify,
    asked by the old reference, would say that it has the mail already.
    """
    held = Digest.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=digest.pk)
    check_resend(by, held)
    reason = " ".join(reason.split())
    _check(held, reason)
    before = {name: getattr(held, name) for name in KEPT}
    Resending.objects.create(digest=held, asked_by=by, reason=reason, **before)
    held.state, held.message_id, held.attempts = DeliveryState.WAITING, message_id(), 0
    held.claim_key = held.error = held.channel = held.address = held.provider_id = held.receipt = ""
    held.sent_at = held.claimed_at = held.receipt_at = None
    held.save()
    held.reminders.update(dropped_at=None)
    record(
        held,
        by=by,
        action="resend_digest",
        channel=channel,
        before={"state": before["state"], "message_id": before["message_id"]},
        after={"state": held.state, "message_id": held.message_id},
        why=reason,
    )
    transaction.on_commit(lambda: deliver(held.pk), robust=True)
    return held


def _check(digest: Digest, reason: str) -> None:
    if digest.state == DeliveryState.WITHDRAWN:
        raise Refusal(NOT_NEEDED)
    if digest.state not in OVER:
        raise Refusal(ON_ITS_WAY)
    if not digest.reminders.exists():
        raise Refusal(MOVED)
    if len(reason) < SHORTEST_REASON:
        raise Refusal(NO_REASON, "reason")
