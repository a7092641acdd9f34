"""The equity panel, its file, and what is recorded about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.equity import record_posts_removed
from benefits.fairness_policies import explains_for, posts_for
from benefits.models import EquityNote, PostsRemoved
from core.clock import today
from core.exports.responses import csv_response
from governance import equity_tables
from governance.actions.equity import explain_difference
from governance.equity_charts import share_chart
from governance.forms.equity import EquityNoteForm, PostsForm
from governance.queries.equity import equity_panel
from programme.models import Council, Programme
from programme.queries.partners import entering_councils
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

MENU_PAGE = "benefits:savings_detail"
NOT_TO_EXPLAIN = "Only an officer of a partner council or the programme manager can explain a difference"
NOT_TO_STATE = "Only an officer of a partner council can state its posts"


@login_required
@require_safe
def equity_page(request: HttpRequest, key: str) -> HttpResponse:
    """Is it fair? Every share beside what was agreed, and why it differs."""
    user = person(request)
    programme = visible_programme(user, key)
    panel = equity_panel(programme, today=today())
    councils = entering_councils(programme)
    context = {
        "panel": panel,
        "sentences": equity_tables.panel_sentences(panel),
        "chart": share_chart(panel),
        "shares": equity_tables.share_table(panel),
        "counts": equity_tables.count_table(panel),
        "missing": equity_tables.missing_sentences(panel),
        "keys": equity_tables.key_sentences(panel),
        "explains": {council.pk for council in explains_for(user, programme, councils)},
        "can_state": bool(posts_for(user, councils)),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "governance/equity_page.html", context)


@login_required
@require_safe
def equity_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The shares as a file, of all councils or of one, by `council`; by `table`, the numbers."""
    programme = visible_programme(person(request), key)
    panel = equity_panel(programme, today=today())
    name = f"{key}-equity-{panel.as_of.isoformat()}"
    if request.GET.get("table") == "numbers":
        return csv_response(equity_tables.count_file(panel), f"{name}-numbers")
    return csv_response(equity_tables.file_table(panel, request.GET.get("council", "")), name)


@login_required
@require_http_methods(FORM)
def equity_note_create(request: HttpRequest, key: str) -> HttpResponse:
    """Explain why a council's share differs."""
    user = person(request)
    programme = visible_programme(user, key)
    councils = _allowed(explains_for(user, programme, entering_councils(programme)), NOT_TO_EXPLAIN)
    page = _page(programme, "Explain a difference", "Save the explanation")

    def save(data: Mapping[str, Any]) -> EquityNote:
        return explain_difference(
            programme,
            by=user,
            council=data["council"],
            subject=data["subject"],
            text=data["text"],
            withholding=form.withholding(),
        )

    asked = {"subject": request.GET.get("subject", "")}
    chosen = next((one.pk for one in councils if one.key == request.GET.get("council")), None)
    form = EquityNoteForm(
        sent(request), councils=councils, initial=asked | ({"council": chosen} if chosen else {})
    )
    return record_form(request, page, form, save, saved="The explanation is recorded")


@login_required
@require_http_methods(FORM)
def posts_create(request: HttpRequest, key: str) -> HttpResponse:
    """State how many posts a council has removed so far."""
    user: User = person(request)
    programme = visible_programme(user, key)
    councils = _allowed(posts_for(user, entering_councils(programme)), NOT_TO_STATE)
    page = _page(programme, "State the posts removed", "Save the number")

    def save(data: Mapping[str, Any]) -> PostsRemoved:
        return record_posts_removed(
            programme,
            by=user,
            council=data["council"],
            posts=data["posts"],
            as_at_on=data["as_at_on"],
            evidence=data["evidence"],
        )

    form = PostsForm(sent(request), councils=councils)
    return record_form(request, page, form, save, saved="The number of posts is recorded")


def _allowed(councils: list[Council], reason: str) -> list[Council]:
    if not councils:
        raise PermissionDenied(reason)
    return councils


def _page(programme: Programme, heading: str, save: str) -> FormPage:
    back = reverse("governance:equity_page", args=[programme.key])
    return FormPage(
        heading,
        programme.name,
        save,
        back,
        ((programme.name, programme.get_absolute_url()), ("Is it fair?", back)),
        menu_page=MENU_PAGE,
        context=programme_context(programme),
    )
