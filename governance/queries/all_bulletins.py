"""The monthly bulletins of all programmes that a person may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from governance.bulletin_policies import can_read_draft
from governance.models import Bulletin, SentBulletin
from programme.models import Partnership, Programme
from services.policies import powers_in


@dataclass(frozen=True, slots=True)
class BulletinChoice:
    """What the list is narrowed to, by key; empty for all."""

    partnership: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Readable:
    """Every partnership that one may read, and the programmes of which one finds bulletins, by name.

    `drafted` are those programmes whose drafts one reads.
    """

    partnerships: tuple[Partnership, ...]
    programmes: tuple[Programme, ...]
    drafted: frozenset[int]


def readable_bulletins(user: User) -> Readable:
    """Of which programmes one finds bulletins. Four queries."""
    sent = Exists(SentBulletin.objects.filter(programme=OuterRef("pk")))
    drafts = Exists(Bulletin.objects.drafts().filter(programme=OuterRef("pk")))
    rows = Programme.objects.visible_to(user).annotate(has_sent=sent, has_draft=drafts)
    found = list(rows.order_by("name", "pk"))
    powers = powers_in(user, found)
    drafted = frozenset(one.pk for one in found if one.has_draft and can_read_draft(powers[one.pk]))
    partnerships = Partnership.objects.visible_to(user).order_by("name", "pk")
    programmes = (one for one in found if one.has_sent or one.pk in drafted)
    return Readable(tuple(partnerships), tuple(programmes), drafted)


def all_sent(user: User, choice: BulletinChoice) -> QuerySet[SentBulletin]:
    """What was sent, the latest first. One query."""
    rows = SentBulletin.objects.visible_to(user).defer("content").filter(**_chosen(choice))
    related = rows.select_related("programme__partnership", "sent_by", "corrects")
    return related.defer("corrects__content").order_by("-sent_at", "-pk")


def all_drafts(readable: Readable, choice: BulletinChoice) -> list[Bulletin]:
    """The drafts that one may read, the latest month first. One query."""
    rows = Bulletin.objects.drafts().filter(programme__in=readable.drafted, **_chosen(choice))
    related = rows.select_related("programme__partnership", "updated_by", "corrects")
    return list(related.defer("corrects__content").order_by("-month_on", "programme__name", "pk"))


def _chosen(choice: BulletinChoice) -> dict[str, str]:
    chosen = {
        "programme__partnership__key": choice.partnership,
        "programme__key": choice.programme,
    }
    return {path: key for path, key in chosen.items() if key}
