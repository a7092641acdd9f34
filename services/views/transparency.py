"""What one council publishes of its shared posts under the Transparency Code, for one day."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response
from programme.models import Council
from services.forms.transparency import DayForm
from services.queries.shared_posts import CouncilPosts, posts_published_by
from services.shared_post_exports import organisation_chart_table, senior_salaries_table


@login_required
@require_safe
def transparency_detail(request: HttpRequest, key: str) -> HttpResponse:
    """The organisation chart and the senior salaries, as far as posts are shared."""
    posts, form = _found(request, key)
    context = {
        "council": posts.council,
        "posts": posts,
        "form": form,
        "menu_page": "programme:partnership_list",
    }
    return render(request, "services/transparency.html", context)


@login_required
@require_safe
def organisation_chart_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The council's shared posts of the top three tiers as a CSV file."""
    posts = _for_a_file(request, key)
    return csv_response(organisation_chart_table(posts), _file_name("organisation-chart", posts))


@login_required
@require_safe
def senior_salaries_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The council's shared posts paid £50,000 or more as a CSV file."""
    posts = _for_a_file(request, key)
    return csv_response(senior_salaries_table(posts), _file_name("senior-salaries", posts))


def _found(request: HttpRequest, key: str) -> tuple[CouncilPosts, forms.Form]:
    """What the council shares on the day asked for; today where that is none, or no day at all."""
    user = person(request)
    council = get_object_or_404(Council.objects.visible_to(user), key=key)
    form = DayForm(request.GET or None, initial={"on": today()})
    on: date | None = form.cleaned_data.get("on") if form.is_valid() else None
    return posts_published_by(council, user=user, on=on or today()), form


def _for_a_file(request: HttpRequest, key: str) -> CouncilPosts:
    """The same; nothing is there (404) for what is no day: a file never holds another than was asked for."""
    posts, form = _found(request, key)
    if form.errors:
        raise Http404("Enter a real date, for example 30 4 2027")
    return posts


def _file_name(name: str, posts: CouncilPosts) -> str:
    return f"{posts.council.key}-{name}-{posts.on.isoformat()}"
