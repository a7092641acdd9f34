"""What is still to enter, and by whom: of a programme as page and file, and of oneself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits.exports import to_enter_table
from benefits.policies import can_manage, enters_for
from benefits.queries.commentary_limits import limits_of
from benefits.queries.double_counts import double_count_sentence
from benefits.queries.to_enter import ToEnter, my_to_enter, to_enter
from benefits.views.pages import SAVINGS_MENU
from core.clock import today
from core.exports.responses import csv_response
from programme.models import Council, Programme
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.links import FilterLink, filter_link


@login_required
@require_safe
def to_enter_page(request: HttpRequest, key: str) -> HttpResponse:
    """Amounts late, missing, returned or not verified, of all councils or one."""
    programme = visible_programme(person(request), key)
    councils = entering_councils(programme)
    can_enter = bool(enters_for(person(request), councils))
    manages = can_manage(person(request), programme)
    context = {
        "rows": _rows(request, programme, councils),
        "limits": limits_of(programme),
        "links": _links(request, councils),
        "can_enter": can_enter,
        "can_forecast": can_enter or manages,
        "can_manage": manages,
        "csv_url": f"{request.path.rstrip('/')}.csv?{request.GET.urlencode()}",
        "double_counts": double_count_sentence(programme, as_of=today()),
        "menu_page": SAVINGS_MENU,
        **programme_context(programme),
    }
    return render(request, "benefits/to_enter.html", context)


@login_required
@require_safe
def to_enter_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as CSV."""
    programme = visible_programme(person(request), key)
    rows = _rows(request, programme, entering_councils(programme))
    return csv_response(to_enter_table(rows), f"{programme.key}-to-enter")


@login_required
@require_safe
def my_to_enter_page(request: HttpRequest) -> HttpResponse:
    """What waits for oneself, in every programme."""
    context = {"rows": my_to_enter(person(request), as_of=today()), "menu_page": "programme:my_work"}
    return render(request, "benefits/my_to_enter.html", context)


def _rows(request: HttpRequest, programme: Programme, councils: list[Council]) -> list[ToEnter]:
    asked = request.GET.get("council", "")
    chosen = [one for one in councils if asked in {"", one.key}]
    return to_enter([programme], as_of=today(), councils=chosen)


def _links(request: HttpRequest, councils: list[Council]) -> list[FilterLink]:
    links = [filter_link(request, "council", "", "All councils")]
    return links + [filter_link(request, "council", one.key, str(one)) for one in councils]
