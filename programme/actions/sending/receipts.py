"""Take in what a carrier says became of a mail, as often and in whatever order it says it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import FailedAddress, User
from programme.enums import DeliveryState, Receipt
from programme.models import Digest, Resending

logger = logging.getLogger(__name__)

# A mail in these states takes the word of its carrier over what this program thought of it.
_BEYOND = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Word:
    """One delivery receipt. `reference` is the Message-ID of the mail, `given` the carrier's own number, and
    `receipt` one of Receipt."""

    reference: str
    given: str
    address: str
    receipt: str
    at: datetime


@transaction.atomic
def take_receipt(word: Word) -> bool:
    """Keep what became of a mail; False where no mail has this reference.

    A mail that did not arrive is given up, so that its reminders go into the person's next mail. One that
    arrived is sent, even where this program never came to mark it so.
    """
    kept: Digest | Resending
    digest = Digest.objects.select_for_update().filter(message_id=word.reference).first()
    resending = Resending.objects.select_for_update().filter(message_id=word.reference).first()
    if digest is not None:
        kept, recipient = digest, digest.recipient
    elif resending is not None:
        kept, recipient = resending, resending.digest.recipient
    else:
        return False
    if kept.receipt == word.receipt:
        return True
    kept.receipt, kept.receipt_at, kept.provider_id = word.receipt, word.at, word.given
    if digest is not None:
        _settle(digest, word)
    kept.save()
    if word.receipt == Receipt.PERMANENT_FAILURE:
        keep_failed_address(recipient, word.address or kept.address, Receipt(word.receipt).label)
    return True


def _settle(digest: Digest, word: Word) -> None:
    """Let the mail's own state follow; one that is in a worker's hands or was withdrawn keeps its own."""
    if digest.state not in _BEYOND:
        return
    digest.sent_at = digest.sent_at or word.at
    if word.receipt == Receipt.DELIVERED:
        digest.state, digest.error = DeliveryState.SENT, ""
    else:
        digest.state, digest.error = DeliveryState.GIVEN_UP, Receipt(word.receipt).label


def keep_failed_address(person: User, address: str, words: str) -> None:
    """Send no more to an address that does not exist; known ones and earlier addresses change nothing."""
    if address.casefold() != person.email.casefold():
        logger.info("Mail to an earlier address of person %s did not arrive", person.pk)
        return
    FailedAddress.objects.get_or_create(
        user=person, address=person.email, cleared_at=None, defaults={"words": words}
    )
