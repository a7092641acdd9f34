"""Write the digests of a day: many people in one transaction, each person still exactly one mail."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from core.rules.calendar import format_date
from programme.enums import DeliveryState
from programme.models import Digest, Reminder
from programme.queries.reminding.waiting import UNCLAIMED, UNSENT, carried_since, held_for
from programme.rules.reminders import Due

# A transaction holds its people's rows: so short that another run, or a claim, waits for a moment only.
MOST_PEOPLE = 500
MOST_ITEMS = 5_000


class Deliver(Protocol):
    """Hands a digest's key on to whoever sends it."""

    def __call__(self, digest_id: int, /) -> object:
        """Hand it on."""


@dataclass(frozen=True, slots=True)
class Made:
    """The keys of the digests of a part that are to be sent, and of those among them that this run made."""

    kept: Sequence[int] = ()
    new: Sequence[int] = ()


def make_digests(
    due: Mapping[int, Sequence[Due]],
    people: Collection[int],
    day: date,
    deliver: Deliver | None,
    *,
    is_urgent: bool = False,
) -> list[int]:
    """Make or fill the digest of `day` of each of the people, part by part; the keys of those to be sent.

    Who has had the mail of the day gets no other, unless it is urgent: then one more.

    All are made before the first is handed on, so that who sends does not take the processor from who makes.
    Where the broker is away the rest stays behind for the sweep, as it does where this run is killed: a run
    with ten thousand people does not wait for the broker ten thousand times.
    What another run has in hand is passed over and looked at last, so that two runs at once share the work.
    """
    # SQLite has no row locks to pass over: its transactions wait for each other.
    make = partial(_make_part, due=due, day=day, is_urgent=is_urgent)
    waits = not connection.features.has_select_for_update_skip_locked
    first = [(part, make(part, waits=waits)) for part in _parts(sorted(people), due)]
    made = [found or make(part, waits=True) or Made() for part, found in first]
    if deliver is not None:
        # Who made a digest hands it on; one that got lost on the way is the sweep's.
        new = [key for one in made for key in one.new]
        transaction.on_commit(lambda: _hand_on(new, deliver), robust=True)
    return [key for one in made for key in one.kept]


def _parts(people: Sequence[int], due: Mapping[int, Sequence[Due]]) -> Iterator[list[int]]:
    """The people in order, so many at a time that neither they nor their items are too many."""
    part: list[int] = []
    items = 0
    for person in people:
        items += len(due.get(person, ()))
        if part and (len(part) == MOST_PEOPLE or items > MOST_ITEMS):
            yield part
            part, items = [], len(due.get(person, ()))
        part.append(person)
    if part:
        yield part


@transaction.atomic
def _make_part(
    people: Sequence[int],
    due: Mapping[int, Sequence[Due]],
    day: date,
    *,
    is_urgent: bool,
    waits: bool,
) -> Made | None:
    """The digests of these people that are not on their way already. A fixed number of queries.

    None where another run has some of them in hand and this one does not wait for it.
    """
    if not _hold(people, waits=waits):
        return None
    news = _news(people, due)
    if is_urgent:
        people = sorted({one.item.recipient_id for one in news})
    digests, new = _digests_of(people, day, is_urgent)
    if not digests:
        return Made()
    _carry_over(digests, day)
    _take_held(digests, day)
    Reminder.objects.bulk_create(
        reminder_of(one, digests[one.item.recipient_id]) for one in news if one.item.recipient_id in digests
    )
    return Made(_keys(digests), new)


def _news(people: Sequence[int], due: Mapping[int, Sequence[Due]]) -> list[Due]:
    """What no other run has told these people meanwhile. One query."""
    of_them = [one for person in people for one in due.get(person, ())]
    known = set(Reminder.objects.filter(key__in=[one.key for one in of_them]).values_list("key", flat=True))
    return [one for one in of_them if one.key not in known]


def _hold(people: Sequence[int], *, waits: bool) -> bool:
    """Let one run at a time make these people's digests; False where another has some and this one is not
    to wait.

    Always in the same order, so that no two runs wait for each other. SQLite has no row locks; its
    transaction itself holds the others off.
    """
    held = User.objects.select_for_update(no_key=True, skip_locked=not waits)
    found = list(held.filter(pk__in=people).order_by("pk").values_list("pk", flat=True))
    return waits or len(found) == len(people)


def _digests_of(people: Sequence[int], day: date, is_urgent: bool) -> tuple[dict[int, Digest], list[int]]:
    """Each person's last digest of `day`, made where there is none; without those that are on their way.

    Where it is urgent one more is made in their place. Beside them the keys of those made.
    """
    of_day = Digest.objects.select_for_update().filter(recipient__in=people, day_on=day).order_by("number")
    found = {digest.recipient_id: digest for digest in of_day}
    numbers = {
        person: found[person].number + 1 if person in found else 1
        for person in people
        if person not in found or (is_urgent and found[person].state not in UNCLAIMED)
    }
    made = Digest.objects.bulk_create(
        Digest(recipient_id=person, day_on=day, number=number, message_id=message_id())
        for person, number in numbers.items()
    )
    there = found | {digest.recipient_id: digest for digest in made}
    kept = {person: digest for person, digest in sorted(there.items()) if digest.state in UNCLAIMED}
    return kept, [digest.pk for digest in made]


def _carry_over(digests: Mapping[int, Digest], day: date) -> None:
    """Move the reminders of earlier mail that has not been sent into these: one mail a person a day."""
    earlier = Digest.objects.select_for_update().filter(
        recipient__in=list(digests), day_on__lt=day, state__in=UNSENT
    )
    unsent = list(earlier.order_by("pk").values_list("pk", flat=True))
    if not unsent:
        return
    of_day = Digest.objects.filter(pk__in=_keys(digests), recipient__digests=OuterRef("digest"))
    Reminder.objects.filter(digest__in=unsent, created_at__gte=carried_since(day)).update(
        digest=Subquery(of_day.values("pk")[:1])
    )
    Digest.objects.filter(pk__in=unsent, state__in=UNCLAIMED).update(
        state=DeliveryState.WITHDRAWN, error=f"Its reminders went into the mail of {format_date(day)}"
    )


def _take_held(digests: Mapping[int, Digest], day: date) -> None:
    """Put what waited for a day on which its person wants mail into their mail of this day."""
    of_day = Digest.objects.filter(pk__in=_keys(digests), recipient=OuterRef("recipient"))
    Reminder.objects.filter(held_for(day), recipient__in=list(digests)).update(
        digest=Subquery(of_day.values("pk")[:1]), mail_on=None
    )


def _keys(digests: Mapping[int, Digest]) -> list[int]:
    return [digest.pk for digest in digests.values()]


def reminder_of(one: Due, digest: Digest | None) -> Reminder:
    """The row of a reminder in this mail; without one it waits for its day, or is in the inbox alone."""
    return Reminder(
        key=one.key,
        rule=one.item.rule,
        object_id=one.item.object_id,
        title=one.item.title,
        programme_id=one.item.programme_id,
        recipient_id=one.item.recipient_id,
        due_on=one.item.due_on,
        offset_days=one.offset_days,
        in_place_of_id=one.item.in_place_of.person_id if one.item.in_place_of else None,
        digest=digest,
        mail_on=None if digest else one.mail_on,
    )


def _hand_on(digest_ids: Sequence[int], deliver: Deliver) -> None:
    for digest_id in digest_ids:
        deliver(digest_id)


def message_id() -> str:
    """Identifies a mail for ever, however often it is sent."""
    return f"<{uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"
