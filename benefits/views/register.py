"""The benefits register and one benefit."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from benefits.exports import benefit_table
from benefits.policies import can_manage
from benefits.queries.benefit_page import benefit_story, benefits_to_read
from benefits.queries.benefits_map import linked_map
from benefits.queries.claimants import key_of
from benefits.queries.double_counts import double_counts
from benefits.queries.ledgers import read_ledgers
from benefits.queries.measured import measured_years
from benefits.queries.register import benefit_row, benefits_register
from benefits.tables.savings import benefit_lines
from benefits.views.benefit_links import benefit_links, beside
from benefits.views.context import as_of_today
from core.exports.responses import csv_response
from programme.views.context import visible_programme


@login_required
@require_safe
def benefit_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every benefit: what it is, whose, what it is to give, and what is verified."""
    programme = visible_programme(person(request), key)
    register = benefits_register(programme, as_of=as_of_today(programme))
    context = {
        "programme": programme,
        "councils": register.councils,
        "rows": register.rows,
        "can_manage": can_manage(person(request), programme),
    }
    return render(request, "benefits/benefit_list.html", context)


@login_required
@require_safe
def benefit_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The register as CSV."""
    programme = visible_programme(person(request), key)
    as_of = as_of_today(programme)
    rows = benefits_register(programme, as_of=as_of).rows
    return csv_response(benefit_table(rows), f"{key}-benefits-{as_of.isoformat()}")


@login_required
@require_safe
def benefit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One benefit's agreed definition, and its lines of pounds."""
    user = person(request)
    benefit = get_object_or_404(benefits_to_read(user), pk=pk)
    as_of = as_of_today(benefit.programme)
    ledgers = read_ledgers(benefit.programme, as_of=as_of)
    contents = linked_map(benefit.programme)
    row = benefit_row(benefit, ledgers, contents)
    story = benefit_story(benefit, user, contents)
    context = {
        "programme": benefit.programme,
        "councils": ledgers.councils,
        "row": row,
        "lines": benefit_lines(benefit, ledgers, as_of=as_of),
        "measured": measured_years(benefit, benefit.readings.all()),
        "story": story,
        "links": benefit_links(benefit, story, user),
        "before": beside(story.follows_from),
        "after": beside(story.leads_to),
        "can_manage": story.hands.manages,
        "doubles": double_counts(benefit.programme, as_of=as_of).of({key_of(benefit)}),
    }
    return render(request, "benefits/benefit_detail.html", context)
