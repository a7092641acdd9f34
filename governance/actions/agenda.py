"""Items of an agenda: what is put before a meeting, in which order, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions import audit
from core.actions.publication import Withholding
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.publication import sent_back
from core.rules.text import check_text
from governance.actions.bodies import scope_of
from governance.body_policies import check_keep
from governance.enums import MeetingState
from governance.models import AgendaItem, Body, Decision, Meeting
from governance.queries.meeting_decisions import can_have
from governance.rules.agenda import check_agenda_open
from governance.rules.meetings import check_minutes_open

LONGEST_TEXT = 20_000
NO_DECISION = "There is no such decision"
NOT_OF_PARTNERSHIP = "Choose a decision of this partnership"
NOT_ASKED = "Choose a decision that this council is asked to take"
UP, DOWN = "up", "down"
_ASIDE = 30_000


@dataclass(frozen=True, slots=True)
class Item:
    """What an item is about. Its title is always open; whether its text is withheld is said when it is new.

    `text` of None leaves the text of an item as it is, which nobody needs to open for that.
    """

    title: str
    text: str | None = ""
    decision: Decision | None = None
    withholding: Withholding | None = None


@transaction.atomic
def add_item(meeting: Meeting, *, by: User, item: Item, channel: Channel = Channel.PAGE) -> AgendaItem:
    """A new last item of the agenda; once the agenda is published it is a late item."""
    check_keep(by, meeting.body)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _check_open(locked)
    _check_decision(meeting.body, item.decision, by)
    values = _checked(item) | (item.withholding.values() if item.withholding else {})
    last = locked.items.aggregate(last=Max("number"))["last"] or 0
    row = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        created_by=by,
        updated_by=by,
        **values,
    )
    _record(row, by, "add_agenda_item", channel, after=_plain(row, values) | {"number": row.number})
    return row


@transaction.atomic
def update_item(
    row: AgendaItem, *, by: User, seen_version: int, item: Item, channel: Channel = Channel.PAGE
) -> AgendaItem:
    """The item with other words; refuses once the agenda is published, and a stale edit.

    Whether it is withheld stays as it is: that has an action of its own.
    """
    check_keep(by, row.meeting.body)
    check_seen(row, seen_version)
    _check_open(row.meeting)
    check_agenda_open(row.meeting.agenda_published_on)
    if item.decision != row.decision:
        _check_decision(row.meeting.body, item.decision, by)
    values = _checked(replace(item, **sent_back(row, {"text": item.text})))
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    before, after = _plain(row, {name: getattr(row, name) for name in values}), _plain(row, values)
    saved = _write(row, values, by, seen_version)
    _record(
        saved, by, "update_agenda_item", channel,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return saved


@transaction.atomic
def move_item(row: AgendaItem, *, by: User, direction: str, channel: Channel = Channel.PAGE) -> AgendaItem:
    """The item one place up or down; at the end of the agenda it stays where it is."""
    check_keep(by, row.meeting.body)
    meeting = Meeting.objects.select_for_update().get(pk=row.meeting_id)
    _check_open(meeting)
    check_agenda_open(meeting.agenda_published_on)
    item = AgendaItem.objects.get(pk=row.pk)
    others = meeting.items.filter(number__lt=item.number).order_by("-number")
    if direction == DOWN:
        others = meeting.items.filter(number__gt=item.number).order_by("number")
    other = others.first()
    if other is None:
        return row
    table = AgendaItem.objects
    table.filter(pk=item.pk).update(number=_ASIDE + item.number)
    table.filter(pk=other.pk).update(number=item.number)
    table.filter(pk=item.pk).update(number=other.number)
    saved = _fresh(item.pk)
    _record(
        saved, by, "move_agenda_item", channel,
        before={"number": item.number}, after={"number": saved.number},
    )  # fmt: skip
    return saved


@transaction.atomic
def remove_item(row: AgendaItem, *, by: User, seen_version: int, channel: Channel = Channel.PAGE) -> Meeting:
    """The agenda without the item; those after it move up. Refuses where papers were put for it."""
    check_keep(by, row.meeting.body)
    meeting = Meeting.objects.select_for_update().get(pk=row.meeting_id)
    check_seen(row, seen_version)
    _check_open(meeting)
    check_agenda_open(meeting.agenda_published_on)
    if row.papers.exists():
        raise Refusal("This item has papers. It stays on the agenda", code="agenda")
    _record(row, by, "remove_agenda_item", channel, before={"title": row.title, "number": row.number})
    row.delete()
    for number, later in enumerate(meeting.items.order_by("number"), 1):
        if later.number != number:
            AgendaItem.objects.filter(pk=later.pk).update(number=number)
    return meeting


@transaction.atomic
def record_outcome(
    row: AgendaItem, *, by: User, seen_version: int, outcome: str, channel: Channel = Channel.PAGE
) -> AgendaItem:
    """What the meeting resolved on the item, in words; until its minutes are approved."""
    check_keep(by, row.meeting.body)
    check_seen(row, seen_version)
    check_held(row.meeting)
    check_minutes_open(row.meeting.minutes_state)
    text = outcome_of(row, outcome)
    saved = _write(row, {"outcome": text}, by, seen_version)
    before, after = ("withheld", "withheld") if row.is_withheld else (row.outcome, text)
    _record(saved, by, "record_item_outcome", channel, before={"outcome": before}, after={"outcome": after})
    return saved


def outcome_of(row: AgendaItem, outcome: str) -> str:
    """What is sent as resolved; a withheld one that comes back as it was shown stays as it is."""
    return check_text(sent_back(row, {"outcome": outcome})["outcome"], "What was resolved", field="outcome")


def check_held(meeting: Meeting) -> None:
    """Refuse what only a meeting that was held can have: votes, interests, outcomes."""
    if meeting.state != MeetingState.HELD:
        raise Refusal("Record who came to the meeting first", code="meeting")


def _check_decision(body: Body, decision: Decision | None, by: User) -> None:
    """Refuse a decision that the person may not read, as if there were none, or that is not the body's."""
    if decision is None:
        return
    if not Decision.objects.visible_to(by).filter(pk=decision.pk).exists():
        raise Refusal(NO_DECISION, "decision")
    if not can_have(body, decision):
        raise Refusal(NOT_ASKED if body.partnership_id is None else NOT_OF_PARTNERSHIP, "decision")


def _checked(item: Item) -> dict[str, Any]:
    title = check_text(item.title, "Title", 300, "title")
    if not title:
        raise Refusal("Enter the title", "title")
    text = {} if item.text is None else {"text": check_text(item.text, "Text", LONGEST_TEXT, "text")}
    return {"title": title, "decision": item.decision, **text}


def _check_open(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refusal("This meeting is called off", code="meeting")
    check_minutes_open(meeting.minutes_state)


def _write(row: AgendaItem, values: dict[str, Any], by: User, seen_version: int) -> AgendaItem:
    write_next(row, values, by=by, seen_version=seen_version)
    return _fresh(row.pk)


def _fresh(pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related(
        "meeting__body__partnership", "meeting__body__council", "decision"
    )
    return rows.get(pk=pk)


def _record(row: AgendaItem, by: User, action: str, channel: Channel, **parts: Any) -> None:
    audit.record(row, by=by, action=action, channel=channel, scope=scope_of(row.meeting.body).key, **parts)


def _plain(row: AgendaItem, values: dict[str, Any]) -> dict[str, Any]:
    """The columns as the audit trail keeps them: never what is withheld."""
    plain = {name: _plain_value(value) for name, value in values.items()}
    if row.is_withheld and plain.get("text"):
        plain["text"] = "withheld"
    return plain


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decision):
        return value.ref
    return value.isoformat() if isinstance(value, date) else value
