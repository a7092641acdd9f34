"""Monthly bulletins: begun by a person or by the day, edited, given up, and sent once."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.actions.system_user import system_user
from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import LONDON, now, today
from core.enums import Channel
from core.errors import Refusal
from core.publishing.content import content_hash
from core.rules.calendar import bank_holidays, format_date, format_time, is_working_day
from core.rules.text import check_reason, check_text
from governance.actions.reporting.telling import tell_sent
from governance.bulletin_policies import check_draft, check_edit, check_send, powers_of, vouches
from governance.bulletins.content import to_bytes
from governance.enums import BulletinState
from governance.models import Bulletin, SentBulletin
from governance.queries.bulletins import (
    all_items,
    draft_content,
    fingerprint_of,
    next_number,
    warnings_of,
)
from governance.rules.bulletins import (
    check_month,
    check_notes,
    check_places,
    first_month,
    month_before,
    month_words,
)
from programme.models import BulletinSubscription, Programme

logger = logging.getLogger(__name__)

DRAFTED = "There is a draft for {} already. Change that one, or give it up first"
SENT_ALREADY = "The bulletin of {} was sent on {}. Correct it instead"
NOT_A_DRAFT = "This draft was given up, so it cannot be changed"
IS_SENT = "This bulletin was sent on {} at {}, as number {}. It cannot be changed or sent again"
SAY_WHAT_CHANGED = "Say what the correction changes, and why"
ONE_CORRECTION = "There is a draft that corrects bulletin {} already"
SAYS_OTHER = "What the records say has changed since you looked at this bulletin. Open it again, then send it"
NOT_ITS_ITEM = "Choose items of this bulletin"


@dataclass(frozen=True, slots=True)
class BulletinTexts:
    """Everything that people add to a bulletin: the notes and places by the keys of its items."""

    introduction: str = ""
    what_changed: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int | None] = field(default_factory=dict)
    left_out: Collection[str] = ()


@transaction.atomic
def start_bulletin(
    programme: Programme, *, by: User, month_on: date, channel: Channel = Channel.PAGE
) -> Bulletin:
    """A draft about a month of the programme that has ended; refuses a second one of the same month."""
    check_draft(powers_of(by, programme))
    earliest = first_month(programme.base_fy, programme.created_at.astimezone(LONDON).date())
    first = check_month(month_on, today(), earliest)
    Programme.objects.select_for_update().get(pk=programme.pk)
    there = Bulletin.objects.filter(programme=programme, month_on=first, corrects__isnull=True)
    found = there.exclude(state=BulletinState.WITHDRAWN).select_related("sent").first()
    if found is not None:
        raise Refusal(_there_already(found), "month_on")
    return _begin(programme, first, by=by, channel=channel)


@transaction.atomic
def correct_bulletin(
    sent: SentBulletin, *, by: User, what_changed: str, channel: Channel = Channel.PAGE
) -> Bulletin:
    """A draft that corrects what was sent, with the texts of that; sent, it is a bulletin of its own."""
    programme = sent.programme
    check_draft(powers_of(by, programme))
    Programme.objects.select_for_update().get(pk=programme.pk)
    said = _what_changed(what_changed)
    if Bulletin.objects.drafts().filter(corrects=sent).exists():
        raise Refusal(ONE_CORRECTION.format(sent.number))
    old = sent.bulletin
    texts = {name: getattr(old, name) for name in ("introduction", "notes", "places", "left_out")}
    return _begin(programme, sent.month_on, by=by, channel=channel, corrects=sent, what_changed=said, **texts)


@transaction.atomic
def edit_bulletin(
    bulletin: Bulletin, *, by: User, seen_version: int, texts: BulletinTexts, channel: Channel = Channel.PAGE
) -> Bulletin:
    """Write what people add to a draft, whole.

    Saving without a change leaves no trace, unless it says that a second person has read the draft.
    """
    powers = powers_of(by, bulletin.programme)
    check_edit(powers)
    locked = _lock_draft(bulletin)
    check_seen(locked, seen_version)
    values = _checked(locked, texts)
    before = {name: getattr(locked, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed and not vouches(powers, locked):
        return locked
    write_next(locked, changed, by=by, seen_version=seen_version)
    _record(
        locked,
        by=by,
        action="edit_bulletin" if changed else "read_bulletin",
        channel=channel,
        before={name: before[name] for name in changed},
        after=changed,
    )
    return _again(bulletin)


@transaction.atomic
def withdraw_bulletin(
    bulletin: Bulletin, *, by: User, seen_version: int, why: str, channel: Channel = Channel.PAGE
) -> Bulletin:
    """Give a draft up; it stays on record, and another can be begun."""
    check_draft(powers_of(by, bulletin.programme))
    locked = _lock_draft(bulletin)
    check_seen(locked, seen_version)
    reason = check_text(why, "Reason", 500, "why")
    check_reason(reason, "Say why it is given up", "why")
    write_next(locked, {"state": BulletinState.WITHDRAWN}, by=by, seen_version=seen_version)
    states = {"before": {"state": BulletinState.DRAFT}, "after": {"state": BulletinState.WITHDRAWN}}
    _record(locked, by=by, action="withdraw_bulletin", channel=channel, why=reason, **states)
    return _again(bulletin)


@transaction.atomic
def send_bulletin(
    bulletin: Bulletin,
    *,
    by: User,
    seen_version: int,
    seen_content: str,
    reason: str = "",
    channel: Channel = Channel.PAGE,
) -> SentBulletin:
    """Freeze a draft as it stands, number it and put it into the inbox of every subscriber, once.

    All of it is one transaction: a program that ends half-way has sent nothing, and a second call is
    refused. The mails are digests like any other, so that the worker and the sweep carry them on.
    What it says must be what the person looked at, by the `fingerprint_of` that.
    What the draft warns of (row 72) needs a reason, which the trail keeps.
    """
    Programme.objects.select_for_update().get(pk=bulletin.programme_id)
    locked = _lock_draft(bulletin)
    check_send(powers_of(by, locked.programme), locked)
    check_seen(locked, seen_version)
    why = check_text(reason, "Reason", 500, "reason")
    content = draft_content(locked, number=next_number(locked.programme_id))
    if fingerprint_of(content) != seen_content:
        raise Refusal(SAYS_OTHER)
    for warning in warnings_of(content):
        check_reason(why, f"{warning}, or say why it is sent all the same", "reason", "72")
    kept = to_bytes(content)
    sent = SentBulletin.objects.create(
        programme=locked.programme,
        number=content.number,
        month_on=locked.month_on,
        corrects=locked.corrects,
        what_changed=locked.what_changed,
        content=kept,
        content_hash=content_hash(kept),
        sent_at=now(),
        sent_by=by,
    )
    write_next(locked, {"state": BulletinState.SENT, "sent": sent}, by=by, seen_version=seen_version)
    told = tell_sent(sent)
    after = {"state": BulletinState.SENT, "number": sent.number, "hash": sent.content_hash, "told": told}
    before = {"state": BulletinState.DRAFT}
    _record(locked, by=by, action="send_bulletin", channel=channel, before=before, after=after, why=why)
    return sent


def why_closed(bulletin: Bulletin) -> str:
    """Why nobody can change or send it any more; empty for a draft."""
    if bulletin.sent is not None:
        at = bulletin.sent.sent_at.astimezone(LONDON)
        return IS_SENT.format(format_date(at.date()), format_time(at), bulletin.sent.number)
    return "" if bulletin.state == BulletinState.DRAFT else NOT_A_DRAFT


def draft_due_bulletins(moment: datetime) -> list[Bulletin]:
    """From the first working day of a month, a draft about the month before for each programme under way
    whose bulletin somebody gets or has got; those made now.

    Harmless at any repeat and at any number at once: a month that has a bulletin, also one given up, is let
    alone. A programme that cannot be drafted does not stop the others.
    """
    day = moment.astimezone(LONDON).date()
    if not is_working_day(day, bank_holidays()):
        return []
    month_on = month_before(day)
    asked = BulletinSubscription.objects.values("programme")
    had = SentBulletin.objects.values("programme")
    live = Programme.objects.live()
    wanted = live.filter(pk__in=asked) | live.filter(pk__in=had)
    missing = wanted.exclude(bulletins__month_on=month_on).distinct().order_by("pk")
    made = (_try_draft(key, month_on) for key in missing.values_list("pk", flat=True))
    return [one for one in made if one is not None]


def _try_draft(programme_pk: int, month_on: date) -> Bulletin | None:
    try:
        return _draft_due(programme_pk, month_on)
    except Exception:
        logger.exception("The bulletin of programme %s could not be drafted", programme_pk)
        return None


@transaction.atomic
def _draft_due(programme_pk: int, month_on: date) -> Bulletin | None:
    programme = Programme.objects.select_for_update().get(pk=programme_pk)
    if Bulletin.objects.filter(programme=programme, month_on=month_on).exists():
        return None
    logger.info("A draft of the bulletin of %s is made", programme)
    return _begin(programme, month_on, by=system_user(), channel=Channel.TASK)


def _begin(programme: Programme, month_on: date, *, by: User, channel: Channel, **values: Any) -> Bulletin:
    made = Bulletin.objects.create(
        programme=programme, month_on=month_on, created_by=by, updated_by=by, **values
    )
    corrects = values.get("corrects")
    after = {"month": month_on.isoformat(), "corrects": corrects.number if corrects else ""}
    if values.get("what_changed"):
        after["what_changed"] = values["what_changed"]
    _record(made, by=by, action="start_bulletin", channel=channel, after=after)
    return made


def _there_already(found: Bulletin) -> str:
    words = month_words(found.month_on)
    if found.sent is None:
        return DRAFTED.format(words)
    return SENT_ALREADY.format(words, format_date(found.sent.sent_at.astimezone(LONDON).date()))


def _lock_draft(bulletin: Bulletin) -> Bulletin:
    """The draft, held until the end of the transaction; refuses what is no draft any more."""
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("programme", "corrects", "sent")
    locked = rows.get(pk=bulletin.pk)
    if why := why_closed(locked):
        raise Refusal(why)
    return locked


def _checked(bulletin: Bulletin, texts: BulletinTexts) -> dict[str, Any]:
    known = {item.key for part in all_items(bulletin) for item in part.items}
    known |= {*bulletin.notes, *bulletin.places, *bulletin.left_out}
    named = {*texts.notes, *texts.places, *texts.left_out}
    if not named <= known:
        raise Refusal(NOT_ITS_ITEM, "items")
    return {
        "introduction": check_text(texts.introduction, "Introduction", field="introduction"),
        "what_changed": _what_changed(texts.what_changed) if bulletin.corrects_id else "",
        "notes": check_notes(texts.notes),
        "places": check_places(texts.places),
        "left_out": sorted(set(texts.left_out)),
    }


def _what_changed(text: str) -> str:
    body = check_text(text, "What changed", field="what_changed")
    check_reason(body, SAY_WHAT_CHANGED, "what_changed")
    return body


def _again(bulletin: Bulletin) -> Bulletin:
    return Bulletin.objects.select_related("programme", "corrects", "sent", "updated_by").get(pk=bulletin.pk)


def _record(bulletin: Bulletin, **written: Any) -> None:
    audit.record(bulletin, scope=bulletin.programme.key, **written)
