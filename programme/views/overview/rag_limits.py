"""The limits between Green, Amber and Red of one programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from programme.actions.rag_limits import set_rag_limits
from programme.forms.rag_limits import RagLimitsForm
from programme.models import Programme
from programme.policies import check_set_limits
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent


@login_required
@require_http_methods(FORM)
def rag_limits(request: HttpRequest, key: str) -> HttpResponse:
    """Change them; every rating of the programme follows at once."""
    user = person(request)
    programme = visible_programme(user, key)
    check_set_limits(user, programme)
    form = RagLimitsForm(sent(request), programme=programme)

    def save(data: Mapping[str, Any]) -> Programme:
        return set_rag_limits(programme, by=user, seen_version=data["seen_version"], limits=form.limits())

    back = reverse("programme:rating_detail", args=[programme.key])
    page = FormPage(
        heading="Limits of ratings",
        caption=programme.name,
        save="Save the limits",
        back_url=back,
        lead="Every rating follows these limits at once. Reports already frozen stay as they are.",
        crumbs=((programme.name, programme.get_absolute_url()), ("Rating", back)),
        menu_page="programme:programme_detail",
        context=programme_context(programme),
    )
    return record_form(request, page, form, save, saved="The limits are saved")
