"""Pages of bodies and meetings; the demonstration plans no meeting, so the first that asks makes one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from accounts.enums import RoleName
from core.stored_files import keep
from governance.demonstration.golden import KEY
from governance.enums import Attending, MeetingState
from governance.models import AgendaItem, Attendance, Body, BodyMember, Meeting, Paper
from programme.models import Council
from tests.browser.page_case import Arguments, PageCase, with_key

CLERK = RoleName.DEMOCRATIC_SERVICES
HELD_AT = datetime(2026, 10, 6, 17, 30, tzinfo=UTC)


def _body() -> Body:
    return Body.objects.filter(partnership__key=KEY).order_by("order_index")[0]


def _member() -> BodyMember:
    body = _body()
    by = {"created_by": body.created_by, "updated_by": body.updated_by}
    council = Council.objects.get(key="ashmere")
    member, _ = BodyMember.objects.get_or_create(
        body=body, name="Cllr A Hart", defaults={"council": council, "from_on": date(2026, 5, 1), **by}
    )
    return member


def _meeting() -> Meeting:
    member = _member()
    by = {"created_by": member.created_by, "updated_by": member.updated_by}
    meeting, _ = Meeting.objects.get_or_create(
        body=member.body,
        starts_at=HELD_AT,
        defaults={"place": "Town Hall", "state": MeetingState.HELD, "minutes": "All agreed.", **by},
    )
    Attendance.objects.get_or_create(meeting=meeting, member=member, defaults={"state": Attending.PRESENT})
    return meeting


def _item() -> AgendaItem:
    meeting = _meeting()
    by = {"created_by": meeting.created_by, "updated_by": meeting.updated_by}
    item, _ = AgendaItem.objects.get_or_create(
        meeting=meeting, number=1, defaults={"title": "Budget", "text": "To agree the budget.", **by}
    )
    return item


def _paper() -> Paper:
    item = _item()
    found = Paper.objects.filter(item=item).first()
    return found or Paper.objects.create(
        item=item,
        title="Budget report",
        path=keep("papers", b"%PDF-1.7"),
        file_name="budget.pdf",
        content_type="application/pdf",
        size_bytes=8,
        sha256="0" * 64,
        entered_by=item.created_by,
    )


def _pk(row: Callable[[], Any]) -> Arguments:
    return lambda: {"pk": row().pk}


def _pack(kind: str) -> Arguments:
    return lambda: {"pk": _paper().item.meeting_id, "kind": kind}


READ = [
    PageCase("governance:council_body_list", with_key("carrick")),
    PageCase("governance:body_detail", _pk(_body)),
    PageCase("governance:meeting_detail", lambda: {"pk": _paper().item.meeting_id}),
    PageCase("governance:meeting_pack", _pack("pack"), "pack"),
    PageCase("governance:meeting_pack", _pack("decisions"), "decisions"),
    PageCase("governance:meeting_pack", _pack("full"), "full"),
]
EDIT = [
    PageCase("governance:body_create", with_key(KEY)),
    PageCase("governance:council_body_create", with_key("brockvale"), role=CLERK),
    PageCase("governance:body_update", _pk(_body)),
    PageCase("governance:body_member_create", _pk(_body)),
    PageCase("governance:body_member_update", _pk(_member)),
    PageCase("governance:body_chair", _pk(_body)),
    PageCase("governance:meeting_create", _pk(_body)),
    PageCase("governance:meeting_update", _pk(_meeting)),
    PageCase("governance:meeting_call_off", _pk(_meeting)),
    PageCase("governance:meeting_publish", _pk(_meeting)),
    PageCase("governance:meeting_attendance", _pk(_meeting)),
    PageCase("governance:meeting_minutes", _pk(_meeting)),
    PageCase("governance:meeting_minutes_approve", _pk(_meeting)),
    PageCase("governance:meeting_item_create", _pk(_meeting)),
    PageCase("governance:meeting_item_update", _pk(_item)),
    PageCase("governance:meeting_interest", _pk(_item)),
    PageCase("governance:meeting_votes", _pk(_item)),
    PageCase("governance:meeting_outcome", _pk(_item)),
    PageCase("governance:paper_create", _pk(_item)),
    PageCase("governance:paper_replace", _pk(_paper)),
]
FILES = {
    "governance:meeting_item_move",
    "governance:meeting_item_remove",
    "governance:meeting_pack_pdf",
    "governance:meeting_pack_open",
    "governance:paper_file",
}
