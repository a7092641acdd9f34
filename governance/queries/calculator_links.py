"""Ways to the calculator of last lawful days, with what is known filled in already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from core.rules.calendar import format_date
from governance.enums import ApprovalBody, BodyType
from governance.models import CouncilDecision, Meeting
from governance.rules.facts import Answer, Proposal
from programme.enums import MemberStatus
from programme.models import Programme

# Who decides at the meetings of a body; the others only recommend, look on or look back.
ROUTE_OF: Mapping[str, ApprovalBody] = {
    BodyType.CABINET: ApprovalBody.EXECUTIVE,
    BodyType.COUNCIL: ApprovalBody.FULL_COUNCIL,
    BodyType.JOINT_COMMITTEE: ApprovalBody.EXECUTIVE,
}
_NO_ROUTE = (ApprovalBody.NOT_STATED, ApprovalBody.JOINT_COMMITTEE)


def days_of_answer(asked: CouncilDecision, answer: Answer, proposal: Proposal) -> str:
    """The calculator for one council's decision, on its day where one is set. No query."""
    is_key = proposal.is_key if answer.is_key is None else answer.is_key
    return _url(
        asked.decision.programme.key,
        on=answer.next_meeting_on,
        council=asked.council.key if asked.council else "",
        route="" if answer.approval_body in _NO_ROUTE else answer.approval_body,
        is_key=is_key,
        is_private=answer.is_private,
    )


def days_of_meeting(meeting: Meeting, user: User, *, day: date, is_key: bool) -> str:
    """The calculator for a meeting that decides, in the first programme that it can be for; else empty.

    One query where the body decides, none where it does not.
    """
    route = ROUTE_OF.get(meeting.body.type)
    if route is None:
        return ""
    programme = _programmes(meeting, user).first()
    council = meeting.body.council.key if meeting.body.council else ""
    return _url(programme, on=day, council=council, route=route, is_key=is_key) if programme else ""


def _programmes(meeting: Meeting, user: User) -> QuerySet[Programme, str]:
    body = meeting.body
    readable = Programme.objects.visible_to(user)
    if body.council_id is None:
        own = readable.filter(partnership=body.partnership_id)
    else:
        own = readable.filter(
            partnership__memberships__council=body.council_id,
            partnership__memberships__status=MemberStatus.ACTIVE,
        )
    return own.order_by("pk").values_list("key", flat=True)


def _url(
    programme: str, *, on: date | None, council: str, route: str, is_key: bool, is_private: bool = False
) -> str:
    query = QueryDict(mutable=True)
    known = {"on": format_date(on) if on else "", "council": council, "route": route}
    query.update({name: value for name, value in known.items() if value})
    query.update({name: "on" for name, is_so in (("key", is_key), ("private", is_private)) if is_so})
    return f"{reverse('governance:notice_calculator', args=[programme])}?{query.urlencode()}"
