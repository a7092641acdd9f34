"""The monthly bulletins of the demonstration: one sent to those who subscribe, the next in draft.

Each step is the action that people take, by the person who may take it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from accounts.models import User
from core.enums import Channel
from governance.actions.bulletins import (
    BulletinTexts,
    edit_bulletin,
    send_bulletin,
    start_bulletin,
)
from governance.demonstration.golden import KEY
from governance.demonstration.people import D_LEWIS, M_HART, PRIYA_RAMAN, R_OSEI, SAM_OKAFOR
from governance.models import Bulletin, SentBulletin
from governance.queries.bulletins import all_items, draft_content, fingerprint_of
from governance.rules.bulletins import month_before
from programme.actions.reminding.wishes import set_wishes
from programme.models import Programme, ReminderWish

SUBSCRIBERS = (M_HART, D_LEWIS, R_OSEI)
_SENT = "What the three councils did together this month, from their own records."
_DRAFT = "Thank you to everybody who went through Carrick’s records with us."
_NOTE = "The next steering group hears what this means for the plan."


def send_demonstration_bulletins(programme: Programme, day: date) -> list[str]:
    """Subscribe three people, send the bulletin of the month before last and begin the next; what was done.

    Does nothing where there is a bulletin already.
    """
    if Bulletin.objects.filter(programme=programme).exists():
        return []
    for person in SUBSCRIBERS:
        _subscribe(_who(person.email))
    month_on = month_before(day)
    earlier = _written(programme, month_before(month_on), _SENT)
    sent = send_bulletin(
        earlier,
        by=_who(SAM_OKAFOR.email),
        seen_version=earlier.version,
        seen_content=fingerprint_of(draft_content(earlier)),
        channel=Channel.TASK,
    )
    draft = _written(programme, month_on, _DRAFT)
    return [_said(sent), f"Began a draft: {draft}"]


def _said(sent: SentBulletin) -> str:
    return f"Sent {sent}"


def _subscribe(user: User) -> None:
    wish = ReminderWish.objects.filter(user=user).first()
    set_wishes(
        by=user,
        seen_version=wish.version if wish else 0,
        unwanted=wish.unwanted if wish else [],
        quiet_days=wish.quiet_days if wish else [],
        bulletins=[KEY],
        channel=Channel.TASK,
    )


def _written(programme: Programme, month_on: date, introduction: str) -> Bulletin:
    """A draft by the programme manager, with a paragraph under the first thing that is to come."""
    manager = _who(PRIYA_RAMAN.email)
    draft = start_bulletin(programme, by=manager, month_on=month_on, channel=Channel.TASK)
    texts = BulletinTexts(introduction=introduction, notes=_notes(draft))
    return edit_bulletin(draft, by=manager, seen_version=draft.version, texts=texts, channel=Channel.TASK)


def _notes(draft: Bulletin) -> Mapping[str, str]:
    ahead = next(part for part in all_items(draft) if part.key == "ahead")
    return {ahead.items[0].key: _NOTE} if ahead.items else {}


def _who(email: str) -> User:
    return User.objects.get(email=email)
