"""Papers before a meeting: uploaded once, replaced by a later number, never overwritten."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core import stored_files
from core.actions import audit
from core.actions.publication import Withholding
from core.enums import Channel
from core.errors import Refusal
from core.imports.documents import Document, read_document
from core.imports.files import Uploaded
from core.publication import shown_file_name
from core.rules.text import check_text
from governance.actions.bodies import scope_of
from governance.body_policies import check_keep
from governance.enums import MeetingState
from governance.models import AgendaItem, Paper
from governance.rules.meetings import check_minutes_open

FOLDER = "papers"
_LONGEST_FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A file and its title. The title is always open; the file may be withheld."""

    title: str
    file: Uploaded | None
    withholding: Withholding | None = None


def add_paper(item: AgendaItem, *, by: User, paper: NewPaper, channel: Channel = Channel.PAGE) -> Paper:
    """A paper for an item; refuses the wrong type, size, an empty file and macros (row 81)."""
    return _put(item, None, by, paper, "add_paper", channel)


def replace_paper(old: Paper, *, by: User, paper: NewPaper, channel: Channel = Channel.PAGE) -> Paper:
    """The next number of a paper; the one before stays as it was, and can still be opened."""
    return _put(old.item, old, by, paper, "replace_paper", channel)


def _put(
    item: AgendaItem, old: Paper | None, by: User, paper: NewPaper, action: str, channel: Channel
) -> Paper:
    """Keep the file, then store its row; a file without a row is deleted again."""
    check_keep(by, item.meeting.body)
    if item.meeting.state == MeetingState.CANCELLED:
        raise Refusal("This meeting is called off", code="meeting")
    check_minutes_open(item.meeting.minutes_state)
    values = _checked(paper)
    if paper.file is None:
        raise Refusal("Choose a file", "file", "81")
    document = read_document(paper.file)
    name = (paper.file.name or "")[-_LONGEST_FILE_NAME:]
    path = stored_files.keep(FOLDER, document.content)
    try:
        return _store(item, old, by, values, document, name, path, action, channel)
    except BaseException:
        stored_files.forget(path)
        raise


@transaction.atomic
def _store(
    item: AgendaItem,
    old: Paper | None,
    by: User,
    values: dict[str, object],
    document: Document,
    name: str,
    path: str,
    action: str,
    channel: Channel,
) -> Paper:
    AgendaItem.objects.select_for_update().get(pk=item.pk)
    if old is not None and Paper.objects.filter(replaces=old).exists():
        raise Refusal("A later number replaces this paper already. Replace that one", "file", "paper")
    row = Paper.objects.create(
        item=item,
        number=old.number + 1 if old else 1,
        replaces=old,
        path=path,
        file_name=name,
        content_type=document.type.content_type,
        size_bytes=len(document.content),
        sha256=hashlib.sha256(document.content).hexdigest(),
        entered_by=by,
        **values,
    )
    audit.record(
        row,
        by=by,
        action=action,
        channel=channel,
        scope=scope_of(item.meeting.body).key,
        after={
            "title": row.title,
            "number": row.number,
            "file_name": shown_file_name(row, name),
            "sha256": row.sha256,
            "publication_class": row.publication_class,
        },
    )
    return row


def _checked(paper: NewPaper) -> dict[str, object]:
    title = check_text(paper.title, "Title", 200, "title")
    if not title:
        raise Refusal("Enter the title", "title")
    return {"title": title, **(paper.withholding.values() if paper.withholding else {})}
