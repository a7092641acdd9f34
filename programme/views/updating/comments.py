"""Comments on a milestone: read, added, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from core.errors import Refusal
from programme.actions.updating.comments import add_comment, withdraw_comment
from programme.forms.updating.comment import CommentForm
from programme.models import MilestoneComment
from programme.policies import can_comment, check_comment
from programme.queries.updating.comments import comments_on, people_to_name
from programme.rules.updating.mentions import labelled
from programme.views.context import programme_context
from programme.views.milestones import visible_row
from programme.views.recording import FORM, FormPage, record_form, sent


@login_required
@require_http_methods(FORM)
def milestone_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """What people say about a milestone; those who take part in its programme may add to it."""
    user = person(request)
    milestone = visible_row(request, pk).milestone
    programme = milestone.programme
    may = can_comment(user, programme)
    if request.method == "POST":
        check_comment(user, programme)

    def save(data: Mapping[str, Any]) -> MilestoneComment:
        return add_comment(milestone, by=user, text=data["text"])

    page = FormPage(
        heading="Comments",
        caption=str(milestone),
        save="Add the comment",
        back_url=milestone.get_absolute_url(),
        crumbs=(
            (programme.name, programme.get_absolute_url()),
            ("Milestones", reverse("programme:milestone_list", args=[programme.key])),
            (milestone.ref, milestone.get_absolute_url()),
        ),
        menu_page="programme:milestone_list",
        context={
            "comments": comments_on(milestone),
            "may_comment": may,
            "people": labelled(people_to_name(programme)) if may else [],
            **programme_context(programme),
        },
    )
    return record_form(
        request,
        page,
        CommentForm(sent(request)),
        save,
        saved="Your comment is saved",
        then=MilestoneComment.get_absolute_url,
        template="programme/updating/milestone_comments.html",
    )


@login_required
@require_safe
def comment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a comment stands; nothing there (404) for a person who may not see its milestone."""
    return redirect(_visible(request, pk).get_absolute_url())


@login_required
@require_POST
def comment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment of one's own back."""
    comment = _visible(request, pk)
    try:
        withdraw_comment(comment, by=person(request))
    except Refusal as said:
        messages.error(request, said.message)
    else:
        messages.success(request, "Your comment is withdrawn")
    return redirect(comment.get_absolute_url())


def _visible(request: HttpRequest, pk: int) -> MilestoneComment:
    comments = MilestoneComment.objects.visible_to(person(request)).select_related("milestone__programme")
    return get_object_or_404(comments, pk=pk)
