"""What goes out next and why, and a test mail to oneself."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import person
from core.errors import Refusal
from core.rules.calendar import bank_holidays, format_date, next_working_day
from core.rules.words import count_of
from programme.actions.reminding.trial import send_trial
from programme.policies import powers_of
from programme.queries.reminding.preview import next_run_day, preview
from programme.rules.reminder_previews import day_asked
from programme.views.links import FilterLink, filter_link
from programme.views.reminders import TO_ALL

DAYS_OFFERED = 5
A_PAGE = 100


@login_required
@require_safe
def reminder_preview(request: HttpRequest) -> HttpResponse:
    """Per person what the run of a day would send: one's own, or for a manager that of their programmes."""
    user = person(request)
    managed = powers_of(user).managed
    is_about_all = bool(managed) and request.GET.get("to") == TO_ALL
    first = next_run_day()
    day = day_asked(request.GET.get("on", ""), first)
    links = [("", "To me"), (TO_ALL, "To everyone in your programmes")] if managed else []
    rows = preview(day, own=user, managed=managed if is_about_all else ())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "day": day,
        "page": page,
        "rows": page.object_list,
        "days": _day_links(request, first, day),
        "links": [filter_link(request, "to", value, label) for value, label in links],
        "is_about_all": is_about_all,
        "menu_page": "programme:my_work",
    }
    return render(request, "programme/reminding/preview.html", context)


@login_required
@require_POST
def reminder_trial(request: HttpRequest) -> HttpResponse:
    """Send oneself a test of the next mail."""
    user = person(request)
    try:
        count = send_trial(by=user, day=next_run_day())
    except Refusal as said:
        messages.error(request, said.message)
    else:
        messages.success(request, f"A test with {count_of(count, 'thing')} is on its way to {user.email}")
    return redirect("programme:reminder_preview")


def _day_links(request: HttpRequest, first: date, shown: date) -> list[FilterLink]:
    """Links to the next days on which mails go, and to the one that is shown."""
    days = {first}
    for _ in range(DAYS_OFFERED - 1):
        days.add(next_working_day(max(days), bank_holidays()))
    links = []
    for day in sorted(days | {shown}):
        link = filter_link(request, "on", day.isoformat(), format_date(day))
        links.append(FilterLink(link.label, link.url, day == shown))
    return links
