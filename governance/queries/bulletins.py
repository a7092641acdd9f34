"""The bulletins of a programme: drafts for those who work on them, what was sent for every reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import User
from core.clock import london_date, today
from core.enums import Channel
from core.models import AuditEvent
from core.publishing.content import content_hash
from core.publishing.paper import document_pdf
from governance.bulletin_policies import Powers, can_count, can_draft, can_read_draft
from governance.bulletins.content import BulletinContent, Item, Part, from_bytes, to_bytes
from governance.bulletins.document import as_document
from governance.bulletins.happened import Month, nothing_happened, parts_of
from governance.enums import BulletinItemKind, FileFormat
from governance.models import Bulletin, SentBulletin
from governance.queries.reminders.bulletins import BulletinsSent
from governance.queries.reporting.editions import ENDINGS, MAKERS
from governance.queries.reporting.history import CHANNELS, ReportEvent, TextChange
from governance.rules.bulletins import arranged, month_words
from governance.rules.reports import IDENTIFIES, names_few_people
from programme.models import Programme, Reminder
from programme.queries.reminding.subscriptions import subscribers_of
from programme.queries.role_holders import role_holders

_WHAT = {
    "start_bulletin": "Draft begun",
    "edit_bulletin": "Changed",
    "read_bulletin": "Read and saved as it stood",
    "withdraw_bulletin": "Draft given up",
    "send_bulletin": "Sent",
    "import_bulletin": "Taken from a case file, as it was sent",
}
_LABELS = {"introduction": "Introduction", "what_changed": "What changed"}
_BY_ITEM = {"notes": "Paragraph", "places": "Place"}
_KINDS = dict(BulletinItemKind.choices)
# What a bulletin can be taken away as.
FILES = (FileFormat.PDF, FileFormat.DOCX)
# What happened in the month itself; what lies ahead does not make a month eventful.
_AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class ProgrammeBulletins:
    """What was sent, the latest first; drafts that the reader may read; `subscribers` where they may know."""

    drafts: tuple[Bulletin, ...]
    sent: tuple[SentBulletin, ...]
    can_draft: bool
    subscribers: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """How many were told of a bulletin that was sent, and how far its mail is."""

    inboxes: int
    mailed: int
    waiting: int

    @property
    def inbox_alone(self) -> int:
        """How many get no mail of it."""
        return self.inboxes - self.mailed - self.waiting


def programme_bulletins(programme: Programme, powers: Powers) -> ProgrammeBulletins:
    """What a person finds under bulletins. Two queries, two more for who may know the subscribers."""
    drafts = Bulletin.objects.drafts().filter(programme=programme)
    drafts = drafts if can_read_draft(powers) else drafts.none()
    sent = SentBulletin.objects.filter(programme=programme).defer("content")
    return ProgrammeBulletins(
        tuple(drafts.select_related("programme", "updated_by", "corrects")),
        tuple(sent.select_related("programme", "sent_by", "corrects").order_by("-number")),
        can_draft(powers),
        subscriber_count(programme) if can_count(powers) else None,
    )


def subscriber_count(programme: Programme) -> int:
    """How many get the bulletin of a programme: they asked for it and may still read it. Two queries."""
    people = subscribers_of({programme.pk}).get(programme.pk, {})
    return len(role_holders().readers_among(people, programme.partnership_id)) if people else 0


def told_of(bulletin: SentBulletin) -> Told:
    """How many were told, and how far the mail is. One query."""
    rows = Reminder.objects.filter(rule=BulletinsSent.rule, object_id=bulletin.pk).order_by()
    found = rows.aggregate(
        inboxes=Count("pk"),
        mailed=Count("pk", Q(digest__sent_at__isnull=False)),
        waiting=Count(
            "pk",
            Q(mail_on__isnull=False)
            | Q(digest__isnull=False, digest__sent_at__isnull=True, dropped_at__isnull=True),
        ),
    )
    return Told(**found)


def visible_bulletins(user: User) -> QuerySet[Bulletin]:
    """Bulletins of programmes that a person may read; whether they may read the draft is asked again."""
    return Bulletin.objects.visible_to(user).select_related(
        "programme__partnership", "programme__sro", "corrects", "sent", "updated_by", "created_by"
    )


def visible_sent(user: User) -> QuerySet[SentBulletin]:
    """Sent bulletins of programmes that a person may read."""
    return SentBulletin.objects.visible_to(user).select_related(
        "programme__partnership", "programme__sro", "corrects", "sent_by", "bulletin"
    )


def next_number(programme_pk: int) -> int:
    """The number of the next bulletin of a programme. One query."""
    highest = SentBulletin.objects.filter(programme=programme_pk).aggregate(highest=Max("number"))
    return int(highest["highest"] or 0) + 1


def all_items(bulletin: Bulletin, *, as_of: date | None = None) -> tuple[Part, ...]:
    """Everything that happened in the month, whatever is left out. A fixed number of queries."""
    return parts_of(Month(bulletin.programme, bulletin.month_on, as_of or today()))


def draft_content(
    bulletin: Bulletin, *, number: int = 0, parts: tuple[Part, ...] | None = None, as_of: date | None = None
) -> BulletinContent:
    """The bulletin as it would be sent now; `parts` where they are read already."""
    found = all_items(bulletin, as_of=as_of) if parts is None else parts
    is_empty = not any(part.items for part in found if part.key != _AHEAD)
    month = Month(bulletin.programme, bulletin.month_on, as_of or today())
    return BulletinContent(
        title=f"Bulletin of {bulletin.programme.name}, {month_words(bulletin.month_on)}",
        programme=bulletin.programme.name,
        month=month_words(bulletin.month_on),
        number=number,
        lead=nothing_happened(month) if is_empty else "",
        introduction=bulletin.introduction,
        corrects=bulletin.corrects.number if bulletin.corrects else 0,
        what_changed=bulletin.what_changed,
        parts=tuple(part for part in (_arranged(one, bulletin) for one in found) if not part.is_silent),
    )


def sent_content(sent: SentBulletin) -> BulletinContent:
    """What a bulletin said when it was sent; without the addresses of another database."""
    content = from_bytes(bytes(sent.content))
    if sent.bulletin.is_of_here:
        return content
    parts = (
        replace(part, items=tuple(replace(item, path="") for item in part.items)) for part in content.parts
    )
    return replace(content, parts=tuple(parts))


def bulletin_file(sent: SentBulletin, form: FileFormat) -> bytes:
    """A sent bulletin as a file, the same bytes each time; raises PdfUnavailableError."""
    document = as_document(sent_content(sent), sent)
    if form == FileFormat.PDF:
        return document_pdf(document, is_brief=True)
    return MAKERS[form](document, london_date(sent.sent_at))


def bulletin_file_name(sent: SentBulletin, form: FileFormat) -> str:
    """abc-bulletin-2.pdf."""
    return f"{sent.programme.key}-bulletin-{sent.number}.{ENDINGS[form]}"


def fingerprint_of(content: BulletinContent) -> str:
    """A mark of what a draft says, whatever number it will have: who sends it sends what they looked at."""
    return content_hash(to_bytes(replace(content, number=0)))


def warnings_of(content: BulletinContent) -> list[str]:
    """What to look at before it is sent (row 72)."""
    return [IDENTIFIES] if names_few_people(content.texts) else []


def bulletin_history(bulletin: Bulletin, parts: Iterable[Part]) -> list[ReportEvent]:
    """Everything that happened to a bulletin, the latest first; `parts` name the items. One query."""
    titles = {item.key: item.title for part in parts for item in part.items}
    about = AuditEvent.objects.filter(object_type=Bulletin._meta.label_lower, object_id=bulletin.pk)
    return [_event(event, titles) for event in about.select_related("by").order_by("-pk")]


def _arranged(part: Part, bulletin: Bulletin) -> Part:
    """The part as it is to be shown; where all of it is left out it does not say that nothing happened."""
    items = arranged(part.items, bulletin.places, bulletin.left_out)
    noted: Iterator[Item] = (replace(item, note=bulletin.notes.get(item.key, "")) for item in items)
    return replace(part, items=tuple(noted), nothing="" if part.items else part.nothing)


def _event(event: AuditEvent, titles: Mapping[str, str]) -> ReportEvent:
    is_edit = event.action == "edit_bulletin"
    changes = tuple(_changes(event.before, event.after, titles)) if is_edit else ()
    what = _WHAT.get(event.action, event.action)
    return ReportEvent(event.at, str(event.by), CHANNELS[Channel(event.channel)], what, changes, event.why)


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], titles: Mapping[str, str]
) -> Iterator[TextChange]:
    for name, label in _LABELS.items():
        if name in after:
            yield TextChange(label, before.get(name, ""), after[name])
    for name, label in _BY_ITEM.items():
        old, new = before.get(name) or {}, after.get(name) or {}
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                named = f"{label}: {_named(key, titles)}"
                yield TextChange(named, str(old.get(key, "")), str(new.get(key, "")))
    if "left_out" in after:
        old_names, new_names = (
            "\n".join(_named(key, titles) for key in side["left_out"]) for side in (before, after)
        )
        yield TextChange("Left out", old_names, new_names)


def _named(key: str, titles: Mapping[str, str]) -> str:
    """What an item is called; of one that is not there to be named, what kind of thing it is."""
    return titles.get(key) or _KINDS.get(key.partition("-")[0], key)
