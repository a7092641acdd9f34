"""The steering group's dashboard of a programme, and its tables as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.files import FILES
from governance.dashboards.programme import steering_dashboard
from programme.views.context import programme_context, visible_programme


@login_required
@require_safe
def steering_page(request: HttpRequest, key: str) -> HttpResponse:
    """What a member of the steering group needs before a meeting, on one page."""
    facts = _facts(request, key)
    context = {"dashboard": steering_dashboard(facts), **programme_context(facts.programme)}
    return render(request, "governance/dashboards/steering.html", context)


@login_required
@require_safe
def steering_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """One table of the page as a file; `table` names it."""
    facts, name = _facts(request, key), request.GET.get("table", "savings")
    if name not in FILES:
        raise Http404("There is no such table")
    return csv_response(FILES[name](facts), f"{key}-steering-{name}-{facts.seen_on.isoformat()}")


def _facts(request: HttpRequest, key: str) -> SteeringFacts:
    user = person(request)
    return SteeringFacts(visible_programme(user, key), today(), user=user)
