"""Milestones out of an edited file: first each change, from what to what, then all of them at once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.views.edited_file import EditedFilePage, edited_file
from programme.actions.milestone_file import store_milestone_edits
from programme.exchange.edit_rows import read_milestone_edits
from programme.views.context import programme_context
from programme.views.exchange.milestone_files import programme_to_edit
from programme.views.recording import FORM

MENU_PAGE = "programme:milestone_list"


@login_required
@require_http_methods(FORM)
def milestone_import(request: HttpRequest, key: str) -> HttpResponse:
    """The form; what a file would change; or, where that was seen and confirmed, the change itself."""
    user = person(request)
    programme = programme_to_edit(user, key)
    page = EditedFilePage(
        purpose=f"milestones of {key}",
        noun="milestone",
        template="programme/exchange/milestone_import.html",
        back_url=reverse(MENU_PAGE, args=[key]),
        context={"menu_page": MENU_PAGE, **programme_context(programme)},
        read=lambda file: read_milestone_edits(programme, file, by=user),
        store=lambda read, name: len(store_milestone_edits(read, by=user, file_name=name)),
    )
    return edited_file(request, page)
