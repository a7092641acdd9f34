"""Send the digests: each claimed by a conditional update, checked again, sent, and marked as sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from accounts.models import FailedAddress, User
from core.clock import now, today
from core.rules.calendar import bank_holidays, next_working_day
from programme.actions.digests import Deliver
from programme.actions.reminders import send_due_reminders, tell_what_cannot_wait
from programme.channels import NotTakenError, SendingError, carrier_named, chosen_carrier
from programme.enums import NOT_ARRIVED, DeliveryState
from programme.mails import digest_mail
from programme.models import Digest, Reminder, ReminderRun
from programme.queries.reminding.changes import changes_for
from programme.queries.reminding.still_due import owed_to_who_is_away, still_due
from programme.queries.reminding.waiting import UNCLAIMED
from programme.rules.reminders import MOST_TRIES, run_day

logger = logging.getLogger(__name__)

# Longer than the task's hard time limit, so that a claim this old has no living worker behind it.
STALE_AFTER = timedelta(minutes=5)
# A message that the broker has not delivered by then counts as lost; a second one does no harm.
LOST_AFTER = timedelta(minutes=1)
MOST_AT_ONCE = 1000
# While the database is away, a mail that has gone out waits this many seconds to be marked.
PATIENCE = 100
PAUSE = 1
NO_END = "The program that was sending it ended before it was done"


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's hold on a digest. Another may take over once it is stale; then its marks do nothing."""

    digest_id: int
    key: str

    def mark(self, **values: object) -> bool:
        """Write `values` to the digest; False where the hold is lost."""
        held = Digest.objects.filter(pk=self.digest_id, claim_key=self.key, state=DeliveryState.SENDING)
        return bool(held.update(**values))


def deliver_digest(*, digest_id: int) -> str | None:
    """Send one digest unless another has it; the state it ends in, or None where there is nothing to do.

    Safe to call at any time and any number of times. A worker that is killed before the send loses nothing.
    One killed between the send and its mark repeats this one mail, under the same Message-ID, where a mail
    server carries it; GOV.UK Notify is asked before a second try, and what it has is not sent again.
    """
    claim = _claim(digest_id)
    if claim is None:
        logger.info("Digest %s is gone, done or in other hands", digest_id)
        return None
    digest = Digest.objects.select_related("recipient").get(pk=digest_id)
    reminders = list(digest.reminders.all())
    try:
        settled = _settle_taken(claim, digest, reminders)
        return settled or _send(claim, digest, reminders)
    except NotTakenError as error:
        return _fail(claim, MOST_TRIES, error)
    except SendingError as error:
        return _fail(claim, digest.attempts, error)


def _send(claim: Claim, digest: Digest, reminders: Sequence[Reminder]) -> str | None:
    """Hand the mail to the carrier, where there is still something to say."""
    items = still_due(digest, reminders)
    owed = owed_to_who_is_away(digest, reminders, items)
    if not items:
        return _finish(claim, DeliveryState.WITHDRAWN, [], owed)
    _check_address(digest.recipient)
    day = max(digest.day_on, today())
    mail = digest_mail(digest, set(items.values()), day, changes_for(digest))
    carrier = chosen_carrier()
    # The heartbeat: a worker that slept past its time has lost its hold, and does not send.
    if not claim.mark(claimed_at=now(), channel=carrier.name, address=digest.recipient.email):
        return None
    given = carrier.send(mail)
    return _finish(claim, DeliveryState.SENT, list(items), owed, _taken(given))


def _settle_taken(claim: Claim, digest: Digest, reminders: Sequence[Reminder]) -> str | None:
    """Mark as sent what an earlier try has handed over, as far as the carrier can tell; else None."""
    if digest.attempts == 1 or not digest.channel:
        return None
    given = carrier_named(digest.channel).taken(digest.message_id)
    if given is None:
        return None
    logger.info("Digest %s was taken at an earlier try", digest.pk)
    told = [one.pk for one in reminders]
    return _finish(claim, DeliveryState.SENT, told, values=_taken(given))


def _taken(given: str) -> dict[str, object]:
    """What is written of a mail that its carrier took; given up where it has said already that it did not
    arrive, so that its reminders go into the person's next mail."""
    failed = [When(receipt=one, then=Value(one.label)) for one in NOT_ARRIVED]
    state = Case(
        When(receipt__in=NOT_ARRIVED, then=Value(DeliveryState.GIVEN_UP.value)),
        default=Value(DeliveryState.SENT.value),
    )
    error = Case(*failed, default=Value(""))
    return {"state": state, "error": error, "sent_at": now(), "provider_id": given}


def _check_address(recipient: User) -> None:
    """Refuse an address that mail does not reach: it waits until there is another, or it is cleared."""
    failed = FailedAddress.objects.of(recipient)
    if failed is not None:
        raise NotTakenError(f"Mail to {failed.address} did not arrive: {failed.words}")


def sweep_deliveries(*, deliver: Deliver) -> list[int]:
    """Hand on again what was lost, failed or left half done, and make up for a run that did not take place.

    After the run of the day it tells what came in since and can lawfully be done on this day alone. Gives up
    after five tries. Returns the keys of the digests handed on.
    """
    moment = now()
    unfinished = _unfinished(moment)
    given_up = unfinished.filter(attempts__gte=MOST_TRIES).update(state=DeliveryState.GIVEN_UP, error=NO_END)
    if given_up:
        logger.error("Gave up %s mails after %s tries", given_up, MOST_TRIES)
    digest_ids = list(_unfinished(moment).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for digest_id in digest_ids:
        deliver(digest_id)
    day = run_day(moment, bank_holidays())
    if day is None:
        return digest_ids
    if ReminderRun.objects.filter(day_on=day).exists():
        return digest_ids + tell_what_cannot_wait(day=day, deliver=deliver)
    return digest_ids + send_due_reminders(day=day, deliver=deliver)


def _claim(digest_id: int) -> Claim | None:
    """Take the digest where it is free or its holder is gone; None where it is not to be had."""
    claim = Claim(digest_id, uuid4().hex)
    moment = now()
    free = Q(state__in=UNCLAIMED) | Q(state=DeliveryState.SENDING, claimed_at__lt=moment - STALE_AFTER)
    taken = Digest.objects.filter(free, pk=digest_id, attempts__lt=MOST_TRIES).update(
        state=DeliveryState.SENDING,
        attempts=F("attempts") + 1,
        claimed_at=moment,
        claim_key=claim.key,
        error="",
    )
    return claim if taken else None


def _unfinished(moment: datetime) -> QuerySet[Digest]:
    """Digests that nobody seems to be sending."""
    return Digest.objects.filter(
        Q(state=DeliveryState.FAILED)
        | Q(state=DeliveryState.WAITING, created_at__lt=moment - LOST_AFTER)
        | Q(state=DeliveryState.SENDING, claimed_at__lt=moment - STALE_AFTER)
    )


def _finish(
    claim: Claim,
    end: DeliveryState,
    told: Sequence[int],
    owed: Sequence[int] = (),
    values: Mapping[str, object] | None = None,
) -> str | None:
    """Mark the digest, which of its reminders were left out, and those `owed` to who is away as theirs.

    The state it ends in as far as this program did it; None where the hold was lost meanwhile.

    What has gone out must not go unmarked: while the database is away this waits for it, for less time than
    makes the hold stale.
    """
    deadline = monotonic() + PATIENCE
    while True:
        try:
            is_ours = _marked(claim, told, owed, {"state": end.value, **(values or {})})
            return end.value if is_ours else None
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or monotonic() > deadline:
                raise
            logger.warning("The database is away; digest %s waits to be marked", claim.digest_id)
            connection.close()
            sleep(PAUSE)


def _marked(claim: Claim, told: Sequence[int], owed: Sequence[int], values: Mapping[str, object]) -> bool:
    with transaction.atomic():
        if not claim.mark(**values):
            logger.warning("Digest %s was taken over while it was being sent", claim.digest_id)
            return False
        if owed:
            _give_back(owed)
        left_out = Reminder.objects.filter(digest=claim.digest_id).exclude(pk__in=told)
        left_out.update(dropped_at=now())
    return True


def _give_back(reminders: Sequence[int]) -> None:
    """Let what their delegate can no longer be told go into the next mail of those who are away."""
    following = next_working_day(today(), bank_holidays())
    Reminder.objects.filter(pk__in=reminders).update(
        recipient=F("in_place_of"), in_place_of=None, digest=None, mail_on=following, read_at=None
    )


def _fail(claim: Claim, attempts: int, error: Exception) -> str:
    """Mark the digest as failed with the carrier's words, or as given up after the last try."""
    state = DeliveryState.GIVEN_UP if attempts >= MOST_TRIES else DeliveryState.FAILED
    claim.mark(state=state, error=(str(error) or type(error).__name__)[:500])
    logger.error(
        "Digest %s could not be sent, try %s of %s: %s", claim.digest_id, attempts, MOST_TRIES, error
    )
    return state
