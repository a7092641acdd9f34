"""What is held about the person who is signed in, and its download."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import NO_STORE, saved_as
from governance.actions.subject_access import export_held
from governance.queries.subject_access.personal import number_of_rows, personal_tables
from governance.subject_access_files import LEFT_OUT, ZIP_TYPE


@login_required
@require_safe
@cache_control(no_store=True, private=True)
def held_detail(request: HttpRequest) -> HttpResponse:
    """What kinds of things are held, how many of each, and what the download leaves out."""
    _, *others = personal_tables(person(request))
    counted = [(table.title, number_of_rows(table)) for table in others]
    context = {
        "held": [(title, number) for title, number in counted if number],
        "none": [title for title, number in counted if not number],
        "left_out": LEFT_OUT,
    }
    return render(request, "governance/held.html", context)


@login_required
@require_POST
def held_download(request: HttpRequest) -> HttpResponse:
    """All of it as an archive; its making is recorded, so it is asked for by a button."""
    user = person(request)
    content = export_held(user, by=user)
    headers = saved_as(file_name(today())) | NO_STORE
    return HttpResponse(content, content_type=ZIP_TYPE, headers=headers)


def file_name(day: date) -> str:
    """held-about-you-2026-11-24.zip."""
    return f"held-about-you-{day.isoformat()}.zip"
