"""Additions that only the exempt version of a report shows: by who may open what is exempt.

What they say stands in no audit event: the trail names to which text, the paragraph and the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.publication import Withholding, certificate
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel, PublicationClass
from core.errors import Refusal
from core.publication import check_not_stand_in, part_sent_back
from core.rules.text import check_text
from governance.actions.reporting.drafts import lock_draft
from governance.enums import AdditionPlace
from governance.models import Report, ReportAddition
from governance.report_policies import check_edit, check_open_exempt, powers_of

ENTER_TEXT = "Enter what the exempt version says"
IS_THERE = "There is an addition to this text already. Change that one"
NO_PLACE = "Choose the text that this is added to"
RELEASED = "This was released and stands in the open version. Write the open text instead"
_KEPT = ("publication_class", "exempt_paragraph", "public_interest_reason", "exempt_review_on")


@dataclass(frozen=True, slots=True)
class AdditionWords:
    """What an addition says, and why it is withheld; an empty text takes it away."""

    text: str
    exempt_paragraph: int | None = None
    public_interest_reason: str = ""


@transaction.atomic
def add_exempt_words(
    report: Report, *, by: User, place: str, words: AdditionWords, channel: Channel = Channel.PAGE
) -> ReportAddition:
    """An addition to a text of a draft; withheld at once, and proposed until it is certified."""
    locked = _to_write(report, by)
    if place not in AdditionPlace.values:
        raise Refusal(NO_PLACE, "place")
    text = check_text(words.text, "Text", field="text")
    if not text:
        raise Refusal(ENTER_TEXT, "text")
    check_not_stand_in(text, "text")
    values = _why(words) | {"text": text} | certificate(None)
    row = ReportAddition.objects.filter(report=locked, place=place).first()
    if row is not None and row.text:
        raise Refusal(IS_THERE, "place")
    if row is None:
        row = ReportAddition.objects.create(
            report=locked, place=place, created_by=by, updated_by=by, **values
        )
    else:
        write_next(row, values, by=by, seen_version=row.version)
    return _saved(row, by=by, action="add_exempt_words", channel=channel, before={})


@transaction.atomic
def change_exempt_words(
    addition: ReportAddition,
    *,
    by: User,
    seen_version: int,
    words: AdditionWords,
    channel: Channel = Channel.PAGE,
) -> ReportAddition:
    """Other words, or another reason; what was certified is proposed anew. An empty text takes it away.

    The sentence that stands for the text leaves it as it is stored. What was made confidential stays so.
    """
    locked = _to_write(addition.report, by)
    row = ReportAddition.objects.select_for_update().get(pk=addition.pk)
    row.report = locked
    check_seen(row, seen_version)
    if not row.is_withheld:
        raise Refusal(RELEASED, "text", "INV-37")
    text = check_text(part_sent_back(row, row.text, words.text, "text"), "Text", field="text")
    is_exempt = text and row.publication_class == PublicationClass.EXEMPT
    values = _why(words) if is_exempt else {name: getattr(row, name) for name in _KEPT}
    if text != row.text:
        was = {"text": row.text, "by": str(row.updated_by), "on": today().isoformat()}
        values |= {"text": text, "earlier": [*row.earlier, was]}
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    written = values | certificate(None)
    before = _open_part(row)
    write_next(row, written, by=by, seen_version=seen_version)
    action = "change_exempt_words" if text else "remove_exempt_words"
    return _saved(row, by=by, action=action, channel=channel, before=before)


def _to_write(report: Report, by: User) -> Report:
    """The draft, held; it counts as changed, so that nobody signs what they have not seen."""
    powers = powers_of(by, report.programme)
    check_edit(powers, report)
    check_open_exempt(powers, report.council_id)
    locked = lock_draft(report)
    write_next(locked, {}, by=by, seen_version=locked.version)
    return locked


def _why(words: AdditionWords) -> dict[str, Any]:
    reason = Withholding(
        exempt_paragraph=words.exempt_paragraph, public_interest_reason=words.public_interest_reason
    )
    return reason.values()


def _saved(
    row: ReportAddition, *, by: User, action: str, channel: Channel, before: dict[str, Any]
) -> ReportAddition:
    related = ReportAddition.objects.select_related("report__programme", "report__council", "report__edition")
    saved = related.get(pk=row.pk)
    audit.record(
        saved,
        by=by,
        action=action,
        channel=channel,
        scope=saved.report.programme.key,
        before=before,
        after=_open_part(saved),
        why=saved.public_interest_reason,
    )
    return saved


def _open_part(row: ReportAddition) -> dict[str, Any]:
    """What the trail says of it: everything but its text."""
    return {
        "place": row.place,
        "publication_class": row.publication_class,
        "exempt_paragraph": row.exempt_paragraph,
        "public_interest_reason": row.public_interest_reason,
        "is_written": bool(row.text),
        "version": row.version,
    }
