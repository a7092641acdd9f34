"""The front page of a person who has signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from programme.models import Programme
from programme.policies import powers_of
from programme.queries.programmes import programme_summaries
from programme.queries.work import Scope, work_list
from programme.views.links import Layout, Place

FIRST_ROWS = 5


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the person, and the programmes they can see; in the demonstration, where mail lands."""
    as_of, powers = today(), powers_of(person(request))
    work = work_list(person(request), scope=Scope.MINE, as_of=as_of, powers=powers)
    programmes = list(Programme.objects.visible_to(person(request)).select_related("partnership"))
    context = {
        "work": work,
        "rows": work.needing[:FIRST_ROWS],
        "place": Place(Layout.HOME, back=reverse("home"), shows_programme=work.programme is None),
        "summaries": programme_summaries(programmes, as_of=as_of, powers=powers),
        "mail_folder": settings.EMAIL_FILE_PATH if settings.DEMONSTRATION else None,
    }
    return render(request, "programme/home.html", context)
