"""What the items of a bulletin are called in another database: their kind, and the id of what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from governance.bulletins.content import from_bytes
from governance.enums import BulletinItemKind
from governance.models import SentBulletin
from programme.models import Programme

OF_MILESTONES = (BulletinItemKind.ACHIEVED, BulletinItemKind.AHEAD, BulletinItemKind.MOVED)
OF_NOTHING = (BulletinItemKind.SAVED, BulletinItemKind.LATE)
Name = tuple[str, str]


def item_names(programme: Programme) -> Mapping[str, Name]:
    """By key of an item, its kind and the id of its milestone, decision or plan version. Three queries."""
    milestones = dict(programme.milestones.values_list("pk", "ref"))
    found: dict[str, Name] = {kind.value: (kind.value, "") for kind in OF_NOTHING}
    for kind in OF_MILESTONES:
        found |= _named(kind, milestones.items())
    found |= _named(BulletinItemKind.DECIDED, programme.decisions.values_list("pk", "ref"))
    return found | _named(BulletinItemKind.VERSION, programme.plan_versions.values_list("pk", "number"))


def _named(kind: BulletinItemKind, rows: Iterable[tuple[int, object]]) -> dict[str, Name]:
    return {f"{kind.value}-{pk}": (kind.value, str(name)) for pk, name in rows}


def told_keys(sent: SentBulletin) -> frozenset[str]:
    """The keys that the items of a bulletin have here, of those told and those left out."""
    if sent.bulletin.told is not None:
        return frozenset(sent.bulletin.told)
    parts = from_bytes(bytes(sent.content)).parts
    return frozenset({item.key for part in parts for item in part.items} | {*sent.bulletin.left_out})
