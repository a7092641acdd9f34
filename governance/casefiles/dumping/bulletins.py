"""Monthly bulletins that were sent: what each says, and the texts that a correction begins with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from core.publishing.keeping import to_text
from core.rules.words import count_of
from governance.bulletins.keys import Name, item_names, told_keys
from governance.casefiles.dumping.shape import Fields, compact, day_of, email_of, moment_of
from governance.casefiles.writing import Inline
from governance.models import Bulletin, SentBulletin
from programme.models import Programme

# Beside the editions, within the 10MB of a case file: ten years of long bulletins.
ROOM_BYTES = 2_000_000


def dump_bulletins(programme: Programme) -> list[Fields]:
    """Bulletins in the order of their numbers, without who subscribed."""
    rows = _that_fit(programme)
    names = item_names(programme) if rows else {}
    return [_bulletin(row, names) for row in rows]


def bulletins_left_out(programme: Programme) -> str:
    """How many early bulletins a case file has no room for, in words; empty where it has room for all."""
    number = programme.sent_bulletins.count() - len(_that_fit(programme))
    return f"There is no room for {count_of(number, 'early monthly bulletin')}" if number else ""


def _that_fit(programme: Programme) -> list[SentBulletin]:
    """The latest for as long as there is room, each correction with what it corrects. One query."""
    rows = SentBulletin.objects.filter(programme=programme).select_related("bulletin", "sent_by", "corrects")
    latest, left = [], ROOM_BYTES
    for row in rows.order_by("-number"):
        left -= len(row.content)
        if left < 0:
            break
        latest.append(row)
    kept: dict[int, SentBulletin] = {}
    for row in reversed(latest):
        if row.corrects_id is None or row.corrects_id in kept:
            kept[row.pk] = row
    return list(kept.values())


def _bulletin(row: SentBulletin, names: Mapping[str, Name]) -> Fields:
    return compact(
        {
            "number": row.number,
            "month": day_of(row.month_on),
            "corrects": row.corrects.number if row.corrects else None,
            "what_changed": row.what_changed,
            "at": moment_of(row.sent_at),
            "by": email_of(row.sent_by),
            "introduction": row.bulletin.introduction,
            "items": list(_items(row.bulletin, told_keys(row), names)),
            "sha256": row.content_hash,
            "content": to_text(bytes(row.content)),
        }
    )


def _items(bulletin: Bulletin, told: Collection[str], names: Mapping[str, Name]) -> Iterator[Fields]:
    """What it told, and what people added to that; without what is not there any more."""
    found = {*told, *bulletin.notes, *bulletin.places}
    known = sorted((names[key], key) for key in found if key in names)
    for (kind, of), key in known:
        fields = {
            "kind": kind,
            "of": of,
            "text": bulletin.notes.get(key),
            "place": bulletin.places.get(key),
            "left_out": True if key in bulletin.left_out else None,
            "told": None if key in told else False,
        }
        yield Inline(compact(fields))
