"""What a proposed plan changes, as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits.plan_files import change_table, route_table, version_table, worth_table
from benefits.queries.plan_changes import plan_changes
from benefits.queries.plan_route import route_rows
from benefits.queries.plans import version_worth
from benefits.views.plans import visible_proposal
from core.clock import today
from core.exports.responses import csv_response
from programme.views.context import visible_programme


@login_required
@require_safe
def plan_csv(request: HttpRequest, key: str) -> HttpResponseBase:
    """Every plan version: original, current, reason, who approved it and by which decision, as CSV."""
    programme = visible_programme(person(request), key)
    return csv_response(version_table(version_worth(programme, as_of=today())), f"{key}-plans")


@login_required
@require_safe
def plan_proposal_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The amounts that change, what the plan is worth, or the way to its decision, as `table` says."""
    table = request.GET.get("table", "amounts")
    proposal = visible_proposal(person(request), pk)
    changes = plan_changes(proposal)
    name = f"{proposal.programme.key}-plan-{proposal.number}-{table}"
    if table == "amounts":
        return csv_response(change_table(changes), name)
    if table == "worth":
        return csv_response(worth_table(changes), name)
    if table == "route":
        return csv_response(route_table(route_rows(proposal, changes)), name)
    raise Http404("There is no such file")
