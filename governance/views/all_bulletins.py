"""The monthly bulletins of all programmes that a person may read, as page and file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from governance.bulletin_exports import bulletin_table
from governance.bulletin_filters import BulletinFilter
from governance.queries.all_bulletins import all_drafts, all_sent, readable_bulletins

PAGE_SIZE = 50


@login_required
@require_safe
def all_bulletins_list(request: HttpRequest) -> HttpResponse:
    """What was sent in every programme, and the drafts that the person may read."""
    user = person(request)
    readable = readable_bulletins(user)
    form = BulletinFilter(request.GET, readable=readable)
    choice = form.choice()
    page = Paginator(all_sent(user, choice), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "page": page,
        "sent": page.object_list,
        "drafts": all_drafts(readable, choice) if page.number == 1 else [],
    }
    return render(request, "governance/bulletins/all.html", context)


@login_required
@require_safe
def all_bulletins_csv(request: HttpRequest) -> HttpResponseBase:
    """What was sent, with the same choice, as a CSV file."""
    user = person(request)
    form = BulletinFilter(request.GET, readable=readable_bulletins(user))
    table = bulletin_table(all_sent(user, form.choice()))
    return csv_response(table, f"monthly-bulletins-{today().isoformat()}")
