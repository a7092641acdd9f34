"""The steering group's dashboards of a programme and of a partnership, and their tables as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from core.exports.tables import Table
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.files import FILES
from governance.dashboards.partnership import FILES as PARTNERSHIP_FILES
from governance.dashboards.partnership import PartnershipFacts, partnership_dashboard
from governance.dashboards.programme import steering_dashboard
from programme.models import Partnership
from programme.views.context import programme_context, visible_programme

Facts = TypeVar("Facts")
PAGE = "governance/dashboards/steering.html"


@login_required
@require_safe
def steering_page(request: HttpRequest, key: str) -> HttpResponse:
    """What a member of the steering group needs before a meeting, on one page."""
    facts = _facts(request, key)
    context = {"dashboard": steering_dashboard(facts), **programme_context(facts.programme)}
    return render(request, PAGE, context)


@login_required
@require_safe
def steering_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """One table of the page as a file; `table` names it."""
    facts = _facts(request, key)
    return _file(request, FILES, facts, f"{key}-steering", "savings")


@login_required
@require_safe
def partnership_steering(request: HttpRequest, key: str) -> HttpResponse:
    """The same of all programmes of a partnership: which is worst, and why."""
    facts = _partnership_facts(request, key)
    context = {
        "dashboard": partnership_dashboard(facts),
        "councils": facts.councils,
        "menu_page": "programme:partnership_list",
    }
    return render(request, PAGE, context)


@login_required
@require_safe
def partnership_steering_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """One table of the partnership's page as a file."""
    facts = _partnership_facts(request, key)
    return _file(request, PARTNERSHIP_FILES, facts, f"{key}-partnership", "programmes")


def _facts(request: HttpRequest, key: str) -> SteeringFacts:
    user = person(request)
    return SteeringFacts(visible_programme(user, key), today(), user=user)


def _partnership_facts(request: HttpRequest, key: str) -> PartnershipFacts:
    user = person(request)
    partnership = get_object_or_404(Partnership.objects.visible_to(user), key=key)
    return PartnershipFacts(partnership, today(), user)


def _file(
    request: HttpRequest,
    files: Mapping[str, Callable[[Facts], Table[Any]]],
    facts: Facts,
    named: str,
    usual: str,
) -> StreamingHttpResponse:
    name = request.GET.get("table", usual)
    if name not in files:
        raise Http404("There is no such table")
    return csv_response(files[name](facts), f"{named}-{name}-{today().isoformat()}")
