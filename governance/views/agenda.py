"""Items of an agenda: add, change, move and remove them; interests and votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.signed_in import person
from core.errors import Refusal, StaleEdit
from core.rules.ids import number_in
from core.rules.words import count_of
from governance.actions.agenda import (
    DOWN,
    UP,
    add_item,
    move_item,
    record_outcome,
    remove_item,
    update_item,
)
from governance.actions.votes import declare_interest, record_votes
from governance.body_policies import check_keep
from governance.forms.meetings import InterestForm, ItemForm, ItemOutcomeForm, VotesForm
from governance.models import AgendaItem
from governance.queries.meeting_decisions import decisions_for
from governance.queries.meetings import expected_members, items_of, meetings_of, present_members
from governance.views.bodies import FORM
from governance.views.meetings import meeting_form_page, seen
from programme.views.recording import press_again, record_form, sent


@login_required
@require_http_methods(FORM)
def meeting_item_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item to the agenda."""
    user = person(request)
    meeting = get_object_or_404(meetings_of(user), pk=pk)
    check_keep(user, meeting.body)
    form = ItemForm(sent(request), decisions=decisions_for(user, meeting.body))

    def save(data: Mapping[str, Any]) -> AgendaItem:
        return add_item(meeting, by=user, item=form.item())

    is_late = meeting.agenda_published_on is not None
    lead = (
        "The agenda is published: this is a late item, and its minutes say why it was urgent."
        if is_late
        else ""
    )
    page = meeting_form_page(meeting, "Add an item", "Save the item", lead)
    return record_form(request, page, form, save, saved="The item is on the agenda")


@login_required
@require_http_methods(FORM)
def meeting_item_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item until the agenda is published."""
    user, item = kept_item(request, pk)
    form = ItemForm(sent(request), decisions=decisions_for(user, item.meeting.body), row=item)

    def save(data: Mapping[str, Any]) -> AgendaItem:
        return update_item(item, by=user, seen_version=seen(data), item=form.item())

    page = meeting_form_page(item.meeting, f"Change item {item.number}", "Save the item")
    return record_form(request, page, form, save, saved="The item is saved")


@login_required
@require_POST
def meeting_item_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item one place up or down."""
    user, item = kept_item(request, pk)
    direction = DOWN if request.POST.get("direction") == DOWN else UP
    try:
        moved = move_item(item, by=user, direction=direction)
    except Refusal as said:
        messages.error(request, said.message)
    else:
        messages.success(request, f"{moved.title} is item {moved.number} now")
    return redirect(f"{item.meeting.get_absolute_url()}#agenda")


@login_required
@require_POST
def meeting_item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda until it is published."""
    user, item = kept_item(request, pk)
    version = request.POST.get("seen_version", "")
    try:
        remove_item(item, by=user, seen_version=number_in(version))
    except StaleEdit as said:
        page = meeting_form_page(item.meeting, f"Take item {item.number} off", "Take it off", item.title)
        return press_again(request, page, said, item.version)
    except Refusal as said:
        messages.error(request, said.message)
    else:
        messages.success(request, f"{item.title} is off the agenda")
    return redirect(f"{item.meeting.get_absolute_url()}#agenda")


@login_required
@require_http_methods(FORM)
def meeting_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an interest that a member declared in an item."""
    user, item = kept_item(request, pk)
    form = InterestForm(sent(request), members=present_members(item.meeting))

    def save(data: Mapping[str, Any]) -> Any:
        names = ("member", "kind", "text", "has_left", "has_dispensation")
        return declare_interest(item, by=user, **{name: data[name] for name in names})

    heading = f"Record an interest in item {item.number}"
    page = meeting_form_page(item.meeting, heading, "Save the interest", item.title)
    return record_form(request, page, form, save, saved="The interest is recorded")


@login_required
@require_http_methods(FORM)
def meeting_votes(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how each member voted on an item, and what was resolved."""
    user, item = kept_item(request, pk)
    votes = list(item.votes.all())
    form = VotesForm(
        sent(request),
        row=item,
        members=expected_members(item.meeting),
        votes={vote.member_id: vote.choice for vote in votes if not vote.is_casting},
        casting=next((vote.choice for vote in votes if vote.is_casting), ""),
    )

    def save(data: Mapping[str, Any]) -> AgendaItem:
        return record_votes(
            item,
            by=user,
            seen_version=seen(data),
            votes=form.votes(),
            casting=data["casting"],
            outcome=form.outcome(),
        )

    present = present_members(item.meeting).filter(is_voting=True).count()
    lead = f"{item.title}. {count_of(present, 'voting member')} present."
    page = meeting_form_page(item.meeting, f"Record the vote on item {item.number}", "Save the vote", lead)
    return record_form(request, page, form, save, saved="The vote is recorded")


@login_required
@require_http_methods(FORM)
def meeting_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a meeting resolved on an item, in words; votes are recorded with it where they were."""
    user, item = kept_item(request, pk)
    form = ItemOutcomeForm(sent(request), row=item)

    def save(data: Mapping[str, Any]) -> AgendaItem:
        return record_outcome(item, by=user, seen_version=seen(data), outcome=form.outcome())

    page = meeting_form_page(
        item.meeting, f"Record what was resolved on item {item.number}", "Save what was resolved", item.title
    )
    return record_form(request, page, form, save, saved="What was resolved is recorded")


def kept_item(request: HttpRequest, pk: int) -> tuple[User, AgendaItem]:
    """The person and the item, where the person may keep its meeting."""
    user = person(request)
    item = get_object_or_404(items_of(user), pk=pk)
    check_keep(user, item.meeting.body)
    return user, item
