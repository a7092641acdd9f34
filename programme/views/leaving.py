"""A council leaves: what must be settled by its last day, in order, as page and file."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from core.rules.calendar import financial_year, fy_end
from programme.enums import MemberStatus
from programme.forms.leaving import LastDayForm
from programme.leaving_files import leaving_table
from programme.models import Membership, Partnership
from programme.policies import can_manage_partnership
from programme.queries.leaving import blocking, leaving_of

MENU_PAGE = "programme:partnership_list"


@login_required
@require_safe
def council_leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """What must be settled: keys, claims, compensation, funds, benefits, milestones, decisions, plan."""
    user, membership = person(request), _membership(request, pk)
    form = LastDayForm(request.GET if "left_on" in request.GET else None)
    left_on = _last_day(form, membership)
    groups = leaving_of(membership, left_on, user)
    url = reverse("programme:council_leaving_csv", args=[membership.pk])
    context = {
        "membership": membership,
        "form": form,
        "left_on": left_on,
        "groups": groups,
        "blocking": blocking(groups),
        "csv_url": f"{url}?left_on={left_on.day}+{left_on.month}+{left_on.year}",
        "has_left": membership.status == MemberStatus.LEFT,
        "can_record": can_manage_partnership(user, membership.partnership),
        "menu_page": MENU_PAGE,
    }
    return render(request, "programme/council_leaving.html", context)


@login_required
@require_safe
def council_leaving_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as CSV."""
    membership = _membership(request, pk)
    form = LastDayForm(request.GET if "left_on" in request.GET else None)
    if form.is_bound and not form.is_valid():
        raise Http404("There is no such day")
    left_on = _last_day(form, membership)
    groups = leaving_of(membership, left_on, person(request))
    return csv_response(leaving_table(groups), f"{membership.council.key}-leaves-{left_on.isoformat()}")


def _membership(request: HttpRequest, pk: int) -> Membership:
    own = Partnership.objects.visible_to(person(request))
    rows = Membership.objects.filter(partnership__in=own, status__in=(MemberStatus.ACTIVE, MemberStatus.LEFT))
    return get_object_or_404(rows.select_related("partnership", "council"), pk=pk)


def _last_day(form: LastDayForm, membership: Membership) -> date:
    """The day asked for, else the one on which it left, else the end of this financial year."""
    asked = form.cleaned_data.get("left_on") if form.is_valid() else None
    return asked or membership.left_last_on or fy_end(financial_year(today()))
