"""Send oneself a trial of one's next reminder mail."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import FailedAddress, User
from core.actions import audit
from core.clock import now
from core.errors import Refusal
from programme.actions.digests import message_id
from programme.channels import SendingError, chosen_carrier
from programme.mails import trial_mail
from programme.models import Digest
from programme.queries.reminding.due import due_on
from programme.queries.reminding.still_due import still_due
from programme.queries.reminding.waiting import waiting_for
from programme.rules.reminders import DueItem

SENT_TRIAL = "send_trial_reminder"
WAIT = timedelta(minutes=1)


def send_trial(*, by: User, day: date) -> int:
    """Send the person who asks what the run of `day` would send them, marked as a test; how many things.

    No reminder and no digest is stored, so the real mail goes out all the same. Refuses a second one within
    a minute, and in the carrier's words what it does not take.
    """
    before = audit.last_change(by, [SENT_TRIAL])
    if before is not None and now() - before < WAIT:
        raise Refusal("You sent yourself a test a moment ago. Wait a minute")
    failed = FailedAddress.objects.of(by)
    if failed is not None:
        raise Refusal(f"Mail to {failed.address} did not arrive: {failed.words}")
    digest = Digest(recipient=by, day_on=day, message_id=message_id())
    items = _items(digest)
    audit.record(by, by=by, action=SENT_TRIAL)
    try:
        chosen_carrier().send(trial_mail(digest, items, day))
    except SendingError as error:
        raise Refusal(f"It could not be sent: {error}") from error
    return len(items)


def _items(digest: Digest) -> set[DueItem]:
    """What the mail will say: what the run of its day finds, what waits for it, and what did not go out."""
    person, day = digest.recipient, digest.day_on
    due = {one.item for one in due_on(day).due if one.item.recipient_id == person.pk and one.mail_on == day}
    waiting = list(waiting_for(day).filter(recipient=person))
    return due | set(still_due(digest, waiting).values())
