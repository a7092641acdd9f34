"""What the steering group of the demonstration resolved when it last met, and what is before it tonight."""

from __future__ import annotations

import hashlib

from accounts.actions.system_user import system_user
from accounts.models import User
from core import stored_files
from core.clock import london_date
from core.imports.documents import CSV
from governance.demonstration.decisions import STEERING_GROUP
from governance.demonstration.timing import Timing
from governance.enums import MeetingState
from governance.models import AgendaItem, Decision, Meeting, Paper
from programme.models import Programme

_LAST = (
    ("Progress since July", "", "Noted. The group asks for the state of Carrick’s records at each meeting."),
    ("Data-sharing agreement", "D-08", "Recommended to the three councils."),
    ("Shared ICT contract", "D-09", "Recommended to the three councils."),
)
_TONIGHT = (
    ("Joint committee for revenues and benefits", "D-10", "Delegation by each council to one committee."),
    ("Compensation for Carrick", "D-11", "What each council pays so that none is worse off."),
    ("Shared pay and grading", "D-07", "Version 2, with pay protected for two years."),
    ("Cover for six roles", "", "Who stands in, and from when. The note names posts, not people."),
)
_NOTE = (
    "Post,Cover named,From\n"
    "Service desk lead,yes,2026-12-01\n"
    "Payroll lead,no,\n"
    "Licensing lead,yes,2027-01-04\n"
)


def put_agendas(programme: Programme, timing: Timing) -> None:
    """Items of the last meeting held with their outcomes; those of the next one, published, with a paper."""
    by = system_user()
    decisions = {one.ref: one for one in Decision.objects.filter(programme=programme)}
    own = Meeting.objects.filter(body__partnership=programme.partnership_id, body__ref=STEERING_GROUP)
    last = own.filter(state=MeetingState.HELD).latest("starts_at")
    tonight = own.filter(state=MeetingState.PLANNED).earliest("starts_at")
    rows = [
        *(_item(last, place, by, title, outcome=said) for place, (title, _, said) in enumerate(_LAST, 1)),
        *(_item(tonight, place, by, title, text=said) for place, (title, _, said) in enumerate(_TONIGHT, 1)),
    ]
    for row, (_, ref, _) in zip(rows, (*_LAST, *_TONIGHT), strict=True):
        row.decision = decisions.get(ref)
        row.save()
    _put_paper(rows[-1], by)
    _publish(last, timing)
    _publish(tonight, timing)


def _publish(meeting: Meeting, timing: Timing) -> None:
    meeting.agenda_published_on = timing.agenda_day(london_date(meeting.starts_at))
    meeting.save(update_fields=["agenda_published_on"])


def _item(
    meeting: Meeting, number: int, by: User, title: str, *, text: str = "", outcome: str = ""
) -> AgendaItem:
    return AgendaItem(
        meeting=meeting,
        number=number,
        title=title,
        text=text,
        outcome=outcome,
        created_by=by,
        updated_by=by,
    )


def _put_paper(item: AgendaItem, by: User) -> None:
    content = _NOTE.encode()
    Paper.objects.create(
        item=item,
        title=item.title,
        path=stored_files.keep("papers", content),
        file_name="cover.csv",
        content_type=CSV.content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        entered_by=by,
    )
