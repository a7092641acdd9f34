"""How far from plan an amount may be before it must be explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from benefits.actions.commentary_limits import set_commentary_limits
from benefits.forms.commentary_limits import CommentaryLimitsForm
from benefits.models import CommentaryLimit
from benefits.policies import check_manage
from benefits.queries.commentary_limits import own_limits
from benefits.rules.commentary import PRODUCT_LIMITS
from benefits.views.pages import form_page, list_crumb
from core.clock import london_date
from core.rules.calendar import format_date
from programme.models import Programme
from programme.views.context import visible_programme
from programme.views.recording import FORM, record_form, sent

_LEAD = (
    "An amount or a forecast that is further from plan than both limits is stored only with an explanation."
)


@login_required
@require_http_methods(FORM)
def commentary_limits(request: HttpRequest, key: str) -> HttpResponse:
    """Set the limits of a programme."""
    user = person(request)
    programme = visible_programme(user, key)
    check_manage(user, programme)
    row = own_limits(programme)
    form = CommentaryLimitsForm(sent(request), row=row)
    crumb = list_crumb("What is still to enter", "benefits:to_enter", programme)
    page = form_page(
        programme, "When an amount is explained", "Save the limits", crumb, lead=_LEAD, facts=_facts(row)
    )

    def save(data: Mapping[str, Any]) -> Programme:
        seen_version = data["seen_version"] or 0
        set_commentary_limits(programme, by=user, seen_version=seen_version, limits=form.limits())
        return programme

    return record_form(request, page, form, save, saved="The limits are saved")


def _facts(row: CommentaryLimit | None) -> tuple[tuple[str, object], ...]:
    """What holds now, and who set it."""
    held = row.limits if row else PRODUCT_LIMITS
    if row is None:
        return (("Now", held.words), ("Set by", "Nobody: these are the limits of the product"))
    return (
        ("Now", held.words),
        ("Set by", f"{row.updated_by} on {format_date(london_date(row.updated_at))}"),
    )
