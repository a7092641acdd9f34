"""Sent bulletins, taken in as they were: same number, same bytes. Nothing is sent by a load."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from core.publishing.keeping import from_text
from governance.bulletins.keys import Name, item_names
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import audit_entry, report_kept
from governance.enums import BulletinState
from governance.models import Bulletin, SentBulletin
from governance.rules.bulletins import month_words
from programme.models import Programme

FROZEN = "it was sent and cannot be changed. Correct it by a bulletin of its own"
HAS_OTHER = "there is another one of {} here, so it was not taken in. Give the draft here up first"
LACKS_FIRST = "bulletin {}, which it corrects, was not taken in"


def load_bulletins(loading: Loading, file: CaseFile, programme: Programme) -> None:
    """Take in the bulletins that are not there yet; one that is there stays, and what differs is reported."""
    entries = sorted(file.entries("bulletins"), key=lambda one: one.integer("number") or 0)
    rows = programme.sent_bulletins.select_related("corrects", "sent_by", "bulletin")
    known = {row.number: row for row in rows}
    there = [str(number) for number in sorted(known)]
    keys = {name: key for key, name in item_names(programme).items()} if entries else {}
    for entry in entries:
        number = needed(entry.integer("number"))
        values, texts = _values(loading, entry, known), _texts(entry, keys)
        sent = known.get(number)
        if sent is not None:
            why = FROZEN if _differs(sent, entry, values, texts, keys.values()) else ""
        elif not (why := _why_not(entry, programme, known)):
            known[number] = _take_in(loading, entry, programme, values, texts)
        if why:
            loading.report.refused.append(f"Bulletin {number}: {why}")
    report_kept(loading, "bulletin", there, [str(entry.integer("number")) for entry in entries])


def _values(loading: Loading, entry: Entry, known: Mapping[int, SentBulletin]) -> dict[str, Any]:
    return {
        "number": needed(entry.integer("number")),
        "month_on": needed(entry.day("month")),
        "corrects": known.get(entry.integer("corrects") or 0),
        "what_changed": entry.text("what_changed"),
        "sent_at": needed(entry.moment("at")),
        "sent_by": loading.author(entry),
        "content_hash": entry.text("sha256"),
    }


def _texts(entry: Entry, keys: Mapping[Name, str]) -> dict[str, Any]:
    """What people added, by the keys that the items have here."""
    items = {keys[one.text("kind"), one.text("of")]: one for one in entry.entries("items")}
    return {
        "introduction": entry.text("introduction"),
        "notes": {key: one.text("text") for key, one in items.items() if "text" in one},
        "places": {key: needed(one.integer("place")) for key, one in items.items() if "place" in one},
        "left_out": sorted(key for key, one in items.items() if one.yes("left_out")),
        "told": sorted(key for key, one in items.items() if one.yes("told", default=True)),
    }


def _differs(
    sent: SentBulletin,
    entry: Entry,
    values: Mapping[str, Any],
    texts: Mapping[str, Any],
    keys: Collection[str],
) -> bool:
    """Whether the file says something else of one that is there; it is silent of items that are gone."""
    bulletin = sent.bulletin
    added: dict[str, Any] = {
        name: {key: value for key, value in getattr(bulletin, name).items() if key in keys}
        for name in ("notes", "places")
    }
    added |= {
        "introduction": bulletin.introduction,
        "left_out": [key for key in bulletin.left_out if key in keys],
    }
    return (
        any(getattr(sent, name) != value for name, value in values.items())
        or (entry.integer("corrects") is None) != (sent.corrects is None)
        or any(texts[name] != value for name, value in added.items())
    )


def _why_not(entry: Entry, programme: Programme, known: Mapping[int, SentBulletin]) -> str:
    """Why a bulletin of the file has no place here; empty where it has."""
    corrected = entry.integer("corrects")
    if corrected is not None:
        return "" if corrected in known else LACKS_FIRST.format(corrected)
    month_on = needed(entry.day("month"))
    of_month = Bulletin.objects.filter(programme=programme, month_on=month_on, corrects__isnull=True)
    has_other = of_month.exclude(state=BulletinState.WITHDRAWN).exists()
    return HAS_OTHER.format(month_words(month_on)) if has_other else ""


def _take_in(
    loading: Loading, entry: Entry, programme: Programme, values: Mapping[str, Any], texts: Mapping[str, Any]
) -> SentBulletin:
    """The bulletin as it was sent, and the draft that it was made of."""
    sent = SentBulletin.objects.create(programme=programme, content=from_text(entry.raw("content")), **values)
    bulletin = Bulletin.objects.create(
        programme=programme,
        sent=sent,
        state=BulletinState.SENT,
        created_by=loading.by,
        updated_by=loading.by,
        **{name: values[name] for name in ("month_on", "corrects", "what_changed")},
        **texts,
    )
    after = {"number": sent.number, "month": sent.month_on.isoformat(), "hash": sent.content_hash}
    audit_entry(loading, bulletin, noun="bulletin", scope=programme.key, after=after)
    return sent
