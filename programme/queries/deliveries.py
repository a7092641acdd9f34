"""The record of mails: how far each has come, by whom it was carried, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import FailedAddress, User
from programme.enums import NOT_ARRIVED, DeliveryState, Receipt, Stage
from programme.models import Digest
from programme.policies import is_administrator

_NO_WORD = Q(receipt="")
_FAILED = Q(receipt__in=NOT_ARRIVED)
# Which mails are at which stage: the carrier's word counts before what this program thought of it.
AT_STAGE: Mapping[Stage, Q] = {
    Stage.QUEUED: Q(state=DeliveryState.WAITING),
    Stage.SENDING: Q(state=DeliveryState.SENDING),
    Stage.SENT: Q(state=DeliveryState.SENT) & _NO_WORD,
    Stage.DELIVERED: Q(state=DeliveryState.SENT, receipt=Receipt.DELIVERED),
    Stage.FAILED: Q(state=DeliveryState.FAILED),
    Stage.NOT_DELIVERED: Q(state__in=(DeliveryState.SENT, DeliveryState.GIVEN_UP)) & _FAILED,
    Stage.GIVEN_UP: Q(state=DeliveryState.GIVEN_UP) & ~_FAILED,
    Stage.WITHDRAWN: Q(state=DeliveryState.WITHDRAWN),
}
_PLAIN = {
    DeliveryState.WAITING: Stage.QUEUED,
    DeliveryState.SENDING: Stage.SENDING,
    DeliveryState.SENT: Stage.SENT,
    DeliveryState.FAILED: Stage.FAILED,
    DeliveryState.GIVEN_UP: Stage.GIVEN_UP,
    DeliveryState.WITHDRAWN: Stage.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One mail as the record shows it; `address`, and the words of a fault, which can hold it, are empty for
    whoever may not read it.
    """

    pk: int
    day_on: date
    recipient: str
    address: str
    stage: Stage
    count: int
    tries: int
    channel: str
    provider_id: str
    queued_at: datetime
    tried_at: datetime | None
    sent_at: datetime | None
    settled_at: datetime | None
    error: str

    @property
    def last_at(self) -> datetime:
        """When something last happened to it."""
        return self.settled_at or self.sent_at or self.tried_at or self.queued_at


def deliveries_of(user: User, *, everybody: bool, stage: str = "", person: str = "") -> QuerySet[Digest]:
    """Mails that the person may follow, the latest first: their own, or with `everybody` all they may see."""
    rows = Digest.objects.visible_to(user) if everybody else Digest.objects.filter(recipient=user)
    if stage:
        rows = rows.filter(AT_STAGE[Stage(stage)])
    if person:
        rows = rows.filter(recipient__name__icontains=person)
    counted = rows.select_related("recipient").annotate(count=Count("reminders"))
    return counted.order_by("-day_on", "recipient__name", "pk")


def may_read_address(digest: Digest, reader: User, *, administers: bool) -> bool:
    """Whether the reader may know where a mail went: it was their own, or they administer addresses."""
    return administers or digest.recipient_id == reader.pk


def words_of_fault(digest: Digest, reader: User, *, administers: bool) -> str:
    """Why a mail did not go, for who may read the address, which the carrier's words can hold.

    What became of a mail that was withdrawn is this program's own sentence, and everybody's.
    """
    is_own_sentence = digest.state == DeliveryState.WITHDRAWN
    may_read = is_own_sentence or may_read_address(digest, reader, administers=administers)
    return digest.error if may_read else ""


def delivery_row(digest: Digest, reader: User, *, administers: bool) -> DeliveryRow:
    """A mail of `deliveries_of` as the record shows it to this reader. No query."""
    may_read = may_read_address(digest, reader, administers=administers)
    return DeliveryRow(
        pk=digest.pk,
        day_on=digest.day_on,
        recipient=str(digest.recipient),
        address=digest.address if may_read else "",
        stage=stage_of(digest),
        count=getattr(digest, "count", 0),
        tries=digest.attempts,
        channel=digest.get_channel_display() if digest.channel else "",
        provider_id=digest.provider_id,
        queued_at=digest.created_at,
        tried_at=digest.claimed_at,
        sent_at=digest.sent_at,
        settled_at=digest.receipt_at,
        error=words_of_fault(digest, reader, administers=administers),
    )


def stage_of(digest: Digest) -> Stage:
    """How far a mail has come."""
    state = DeliveryState(digest.state)
    if state in (DeliveryState.SENT, DeliveryState.GIVEN_UP) and digest.receipt in NOT_ARRIVED:
        return Stage.NOT_DELIVERED
    if state == DeliveryState.SENT and digest.receipt == Receipt.DELIVERED:
        return Stage.DELIVERED
    return _PLAIN[state]


def sees_others(user: User) -> bool:
    """Whether there can be mails to others that the person may follow."""
    return is_administrator(user) or Digest.objects.visible_to(user).exclude(recipient=user).exists()


def standing_failures() -> QuerySet[FailedAddress]:
    """Addresses to which no mail goes now, the latest first. One query."""
    return FailedAddress.objects.standing().select_related("user")
