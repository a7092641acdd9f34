"""Meetings: plan them, publish their agendas, record who came, write and approve minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from core import clock
from core.rules.calendar import format_date
from governance.actions.bodies import scope_of
from governance.actions.meetings import (
    approve_minutes,
    call_off_meeting,
    plan_meeting,
    publish_agenda,
    record_attendance,
    update_meeting,
    write_minutes,
)
from governance.body_policies import check_keep
from governance.enums import MeetingState
from governance.forms.meetings import (
    AgendaForm,
    ApprovalForm,
    AttendanceForm,
    CallOffForm,
    MeetingForm,
    MinutesForm,
)
from governance.models import Body, Meeting
from governance.queries.body_councils import body_councils
from governance.queries.meetings import agenda_due_of, expected_members, meeting_page, meetings_of
from governance.rules.agenda import agenda_prompt
from governance.views.bodies import FORM, MENU_PAGE, body_form_page
from programme.views.recording import FormPage, record_form, sent


@login_required
@require_safe
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda, its papers, who came, and what was resolved."""
    user = person(request)
    meeting = get_object_or_404(meetings_of(user), pk=pk)
    page = meeting_page(meeting, user)
    context = {
        "meeting": meeting,
        "body": meeting.body,
        "owner": scope_of(meeting.body),
        "page": page,
        "councils": page.councils,
        "menu_page": MENU_PAGE,
    }
    return render(request, "governance/meeting_detail.html", context)


@login_required
@require_http_methods(FORM)
def meeting_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting of a body."""
    user = person(request)
    bodies = Body.objects.visible_to(user).select_related("partnership", "council")
    body = get_object_or_404(bodies, pk=pk)
    check_keep(user, body)
    form = MeetingForm(sent(request), councils=body_councils(scope_of(body)))

    def save(data: Mapping[str, Any]) -> Meeting:
        return plan_meeting(body, by=user, arrangements=form.arrangements())

    page = body_form_page(body, "Plan a meeting", "Save the meeting")
    return record_form(request, page, form, save, saved="The meeting is planned")


@login_required
@require_http_methods(FORM)
def meeting_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting to another time or place."""
    user, meeting = _kept(request, pk)
    councils = body_councils(scope_of(meeting.body))
    form = MeetingForm(sent(request), councils=councils, meeting=meeting)

    def save(data: Mapping[str, Any]) -> Meeting:
        return update_meeting(meeting, by=user, seen_version=seen(data), arrangements=form.arrangements())

    page = meeting_form_page(meeting, "Change when and where", "Save the change")
    return record_form(request, page, form, save, saved="The change is saved")


@login_required
@require_http_methods(FORM)
def meeting_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    user, meeting = _kept(request, pk)
    form = CallOffForm(sent(request), initial={"seen_version": meeting.version})

    def save(data: Mapping[str, Any]) -> Meeting:
        return call_off_meeting(meeting, by=user, seen_version=seen(data), reason=data["reason"])

    page = meeting_form_page(meeting, "Call the meeting off", "Call it off")
    return record_form(request, page, form, save, saved="The meeting is called off")


@login_required
@require_http_methods(FORM)
def meeting_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the agenda is published; says whether that is in time."""
    user, meeting = _kept(request, pk)
    form = AgendaForm(sent(request), initial={"seen_version": meeting.version, "published_on": clock.today()})
    due = agenda_due_of(meeting)
    facts = [("Meeting", format_date(clock.london_date(meeting.starts_at)))]
    if due is not None:
        facts += [
            ("Last day to publish", f"{format_date(due.by_on)}: {due.reason}"),
            ("Today", agenda_prompt(due, None, clock.today())),
        ]

    def save(data: Mapping[str, Any]) -> Meeting:
        return publish_agenda(meeting, by=user, seen_version=seen(data), published_on=data["published_on"])

    lead = (
        "Dates are prompts: they are counted from each council’s own recorded rules. The monitoring officer "
        "decides. Once it is published, items stay in their order and are added only as late items."
    )
    page = meeting_form_page(meeting, "Publish the agenda", "Record it as published", lead, facts)
    return record_form(request, page, form, save, saved="The agenda is published")


@login_required
@require_http_methods(FORM)
def meeting_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who will come, or who came, and who took the chair."""
    user, meeting = _kept(request, pk)
    has_begun = meeting.starts_at <= clock.now()
    form = AttendanceForm(
        sent(request),
        meeting=meeting,
        members=expected_members(meeting),
        states=dict(meeting.attendances.values_list("member", "state")),
        has_begun=has_begun,
    )

    def save(data: Mapping[str, Any]) -> Meeting:
        return record_attendance(
            meeting, by=user, seen_version=seen(data), states=form.states(), chaired_by=data["chaired_by"]
        )

    lead = "" if form.members else "Nobody sits on this body yet. Add its members first."
    heading = "Record who came" if has_begun else "Record who comes"
    page = meeting_form_page(meeting, heading, "Save the list", lead)
    return record_form(request, page, form, save, saved="The list is saved")


@login_required
@require_http_methods(FORM)
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes, as a draft."""
    user, meeting = _kept(request, pk)
    form = MinutesForm(sent(request), initial={"seen_version": meeting.version, "minutes": meeting.minutes})

    def save(data: Mapping[str, Any]) -> Meeting:
        return write_minutes(meeting, by=user, seen_version=seen(data), minutes=data["minutes"])

    lead = "They stay a draft until a later meeting approves them."
    page = meeting_form_page(meeting, "Write the minutes", "Save the draft", lead)
    return record_form(request, page, form, save, saved="The draft is saved")


@login_required
@require_http_methods(FORM)
def meeting_minutes_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a later meeting approved the minutes."""
    user, meeting = _kept(request, pk)
    later = Meeting.objects.filter(
        body=meeting.body, starts_at__gt=meeting.starts_at, state=MeetingState.HELD
    ).order_by("starts_at")
    form = ApprovalForm(sent(request), later=later, seen_version=meeting.version)

    def save(data: Mapping[str, Any]) -> Meeting:
        return approve_minutes(meeting, by=user, seen_version=seen(data), at=data["at"])

    lead = "Once approved, the minutes, votes and outcomes of this meeting cannot change."
    page = meeting_form_page(meeting, "Approve the minutes", "Record the approval", lead)
    return record_form(request, page, form, save, saved="The minutes are approved")


def meeting_form_page(
    meeting: Meeting, heading: str, save: str, lead: str = "", facts: Any = (), context: Any = None
) -> FormPage:
    """A form about a meeting, with the way to it."""
    body = meeting.body
    day = format_date(clock.london_date(meeting.starts_at))
    crumbs = (
        (str(scope_of(body)), scope_of(body).get_absolute_url()),
        (body.name, body.get_absolute_url()),
        (day, meeting.get_absolute_url()),
    )
    return FormPage(
        heading,
        f"{body.name}, {day}",
        save,
        meeting.get_absolute_url(),
        crumbs,
        lead=lead,
        facts=tuple(facts),
        menu_page=MENU_PAGE,
        context=context or {},
    )


def seen(data: Mapping[str, Any]) -> int:
    """The version that the form was shown with; 0, which no row has, where none was sent."""
    return data["seen_version"] or 0


def _kept(request: HttpRequest, pk: int) -> tuple[User, Meeting]:
    """The person and the meeting, where the person may keep it."""
    user = person(request)
    meeting = get_object_or_404(meetings_of(user), pk=pk)
    check_keep(user, meeting.body)
    return user, meeting
