"""Councils, and one council's own page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.clock import today
from governance.council_charts import position_chart, saving_chart, share_chart
from governance.queries.council_page import CouncilPage, council_page, councils_for
from programme.models import Council
from programme.policies import powers_of
from programme.views.links import FilterLink


@login_required
@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    """Councils that the person may read, with their partnerships."""
    context = {"rows": councils_for(person(request)), "menu_page": "programme:partnership_list"}
    return render(request, "governance/council_list.html", context)


@login_required
@require_safe
def council_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One council: its decisions, its savings, its share, its milestones, its figures."""
    user = person(request)
    council = get_object_or_404(Council.objects.visible_to(user), key=key)
    page = council_page(
        council,
        user=user,
        powers=powers_of(user),
        as_of=today(),
        chosen=request.GET.get("programme", ""),
    )
    context = {
        "council": council,
        "page": page,
        "programme": page.programme,
        "councils": page.partners,
        "links": _links(page),
        "saving_chart": saving_chart(page),
        "share_chart": share_chart(page),
        "position_chart": position_chart(page),
    }
    return render(request, "governance/council_detail.html", context)


def _links(page: CouncilPage) -> list[FilterLink]:
    """The programmes to choose from, where there is more than one."""
    if len(page.programmes) < 2:
        return []
    return [
        FilterLink(programme.name, f"?programme={programme.key}", programme == page.programme)
        for programme in page.programmes
    ]
