"""What people ask of their own reminder mails and bulletins, on their page or by the link in a mail."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import stale_edit
from programme.models import BulletinSubscription, Programme, ReminderWish
from programme.rules.reminder_catalogue import RULES
from programme.rules.reminder_wishes import check_quiet_days, check_unwanted

EVERYTHING = "everything"
_SIGNER = Signer(salt="programme.reminders.stop")
_BY_LINK = "By the link in a mail, without signing in"


@transaction.atomic
def set_wishes(
    *,
    by: User,
    seen_version: int,
    unwanted: Collection[str],
    quiet_days: Collection[int],
    bulletins: Collection[str] | None = None,
    channel: Channel = Channel.PAGE,
) -> ReminderWish:
    """Set one's own kinds without mail, quiet days and the programmes whose bulletins one gets, by key.

    The version seen is 0 before the first time; without `bulletins` they stay as they are.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    values = {
        "unwanted": list(check_unwanted(unwanted)),
        "quiet_days": list(check_quiet_days(quiet_days)),
    }
    wish = ReminderWish.objects.filter(user=by).first()
    if wish is not None and seen_version == 0:
        raise stale_edit(wish.updated_at)
    if wish is not None:
        check_seen(wish, seen_version)
    moved = bulletins is not None and _subscribe(by, bulletins, channel)
    return _write(by, wish, values, moved=moved, channel=channel)


def stop_token(user: User, kind: str) -> str:
    """What a link holds that stops mail of one kind, or all, for one person; the same at every try."""
    return _SIGNER.sign_object([user.pk, kind])


def read_stop_token(token: str) -> tuple[User, str] | None:
    """Whose mail of which kind a link stops; None where it is not one of ours, or they have left."""
    try:
        user_id, kind = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    is_known = kind == EVERYTHING or (kind in RULES and not RULES[kind].is_statutory)
    return (user, kind) if user is not None and is_known else None


@transaction.atomic
def stop_mail(*, by: User, kind: str) -> None:
    """Stop one's own mail of one kind, or all that the law does not ask for; a second time does nothing.

    Of what one subscribed to the subscriptions end, so that it comes no more to the inbox either.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if kind == EVERYTHING:
        _turn_off(user)
        return
    wish = ReminderWish.objects.filter(user=user).first()
    unwanted, quiet_days = (wish.unwanted, wish.quiet_days) if wish else ([], [])
    if RULES[kind].by_subscription:
        if _subscribe(user, (), why=_BY_LINK):
            _write(user, wish, {"unwanted": unwanted, "quiet_days": quiet_days}, moved=True, why=_BY_LINK)
        return
    values = {"unwanted": list(check_unwanted([*unwanted, kind])), "quiet_days": quiet_days}
    _write(user, wish, values, why=_BY_LINK)


def _turn_off(user: User) -> None:
    if user.wants_reminders:
        User.objects.filter(pk=user.pk).update(wants_reminders=False)
        before, after = {"wants_reminders": True}, {"wants_reminders": False}
        audit.record(user, by=user, action="set_reminders", before=before, after=after, why=_BY_LINK)


def _subscribe(user: User, keys: Collection[str], channel: Channel = Channel.PAGE, why: str = "") -> bool:
    """Have the bulletins of these programmes and no others; whether that changed anything.

    Refuses a programme that the person may not read.
    The trail holds it under the person, not under the programme: who left is nobody's business there.
    """
    readable = Programme.objects.visible_to(user).filter(key__in=keys)
    wanted = {programme.key: programme for programme in readable}
    if len(wanted) != len(set(keys)):
        raise Refusal("Choose programmes from the list", "bulletins")
    own = BulletinSubscription.objects.filter(user=user)
    before = set(own.values_list("programme__key", flat=True))
    if before == set(wanted):
        return False
    own.exclude(programme__key__in=wanted).delete()
    BulletinSubscription.objects.bulk_create(
        BulletinSubscription(user=user, programme=wanted[key]) for key in sorted(set(wanted) - before)
    )
    audit.record(
        user,
        by=user,
        action="set_bulletins",
        channel=channel,
        before={"programmes": sorted(before)},
        after={"programmes": sorted(wanted)},
        why=why,
    )
    return True


def _write(
    user: User,
    wish: ReminderWish | None,
    values: dict[str, Any],
    *,
    moved: bool = False,
    channel: Channel = Channel.PAGE,
    why: str = "",
) -> ReminderWish:
    """Write the values; the next version too where only the subscriptions `moved`, which it stands for."""
    before = {name: getattr(wish, name) for name in values} if wish else {"unwanted": [], "quiet_days": []}
    if wish is None:
        wish = ReminderWish.objects.create(user=user, created_by=user, updated_by=user, **values)
    elif moved or values != before:
        write_next(wish, values, by=user, seen_version=wish.version)
    if values != before:
        audit.record(
            wish, by=user, action="set_wishes", channel=channel, before=before, after=values, why=why
        )
    return ReminderWish.objects.get(pk=wish.pk)
