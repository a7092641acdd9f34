"""The reminder mails of a person, and for a programme manager those of the partnership's programmes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from programme.policies import is_administrator, powers_of
from programme.queries.reminders import mail_folder, mail_row, mails_about, mails_to
from programme.views.links import filter_link

MAILS_A_PAGE = 25
TO_ALL = "all"


@login_required
@require_safe
def reminder_list(request: HttpRequest) -> HttpResponse:
    """What was sent, what waits and what failed, the latest first."""
    user = person(request)
    managed = powers_of(user).managed
    is_about_all = bool(managed) and request.GET.get("to") == TO_ALL
    digests = mails_about(managed) if is_about_all else mails_to(user)
    page = Paginator(digests, MAILS_A_PAGE).get_page(request.GET.get("page"))
    links = [("", "Sent to me"), (TO_ALL, "Sent to everyone in your programmes")] if managed else []
    administers = is_about_all and is_administrator(user)
    context = {
        "page": page,
        "mails": [mail_row(digest, user, administers=administers) for digest in page],
        "links": [filter_link(request, "to", value, label) for value, label in links],
        "is_about_all": is_about_all,
        "mail_folder": mail_folder(),
    }
    return render(request, "programme/reminder_list.html", context)
