"""Milestones out of a plan from elsewhere: which column is what, what would be added, then all of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from core.errors import Refusal, Refusals
from core.forms.fields import add_refusals
from core.imports.pasted import PastedText
from core.rules.words import count_of
from programme.actions.milestone_file import LONGEST_NAME
from programme.actions.plan_import import import_plan, try_plan
from programme.exchange.plan_rows import NewPlan
from programme.exchange.plan_source import PlanSource, of_table, open_plan
from programme.forms.exchange import MatchForm, PlanFileForm
from programme.models import Programme
from programme.policies import check_plan
from programme.views.context import programme_context, visible_programme

MENU_PAGE = "programme:milestone_list"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: HttpRequest, key: str) -> HttpResponse:
    """The form for a file; its columns, to be matched; what it would add; or, once confirmed, that added."""
    user = person(request)
    programme = visible_programme(user, key)
    check_plan(user, programme)
    if request.method != "POST":
        return _show(request, programme, PlanFileForm())
    return _match(request, programme) if "rows" in request.POST else _open(request, programme)


def _open(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A file that was sent: its columns, or at once what it would add where they need no matching."""
    form = PlanFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, programme, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file = form.cleaned_data["file"]
    try:
        source = open_plan(programme, file, all_tasks=form.takes_all_tasks)
    except Refusal as said:
        add_refusals(form, said)
        return _show(request, programme, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file_name = str(file.name)[-LONGEST_NAME:]
    if source.is_matched:
        match = MatchForm(source.guess, sheet=source.sheet, guess=source.guess)
        return _preview(request, programme, source, match, file_name)
    match = MatchForm(sheet=source.sheet, guess=source.guess)
    return _show(request, programme, PlanFileForm(), match=match, source=source, file_name=file_name)


def _match(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Columns that were matched: what the rows would add; or, where that was confirmed, add it."""
    file_name = request.POST.get("file_name", "")
    try:
        source = of_table(PastedText(request.POST["rows"].encode()))
    except Refusal as said:
        return _refused(request, programme, said)
    match = MatchForm(request.POST, sheet=source.sheet, guess=source.guess)
    if "confirmed" not in request.POST or not match.is_valid():
        return _preview(request, programme, source, match, file_name)
    try:
        plan = import_plan(programme, source.sheet, match.matching(), by=person(request), file_name=file_name)
    except (Refusal, Refusals):
        return _preview(request, programme, source, match, file_name)
    messages.success(request, f"{count_of(len(plan.made), 'milestone')} added")
    return redirect(MENU_PAGE, programme.key)


def _preview(
    request: HttpRequest, programme: Programme, source: PlanSource, match: MatchForm, file_name: str
) -> HttpResponse:
    """What would be added, or what is wrong, above the columns that were chosen."""
    shown: dict[str, Any] = {"source": source, "match": match, "file_name": file_name}
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY
    if not match.is_valid():
        return _show(request, programme, PlanFileForm(), status=wrong, **shown)
    try:
        plan = try_plan(programme, source.sheet, match.matching(), by=person(request))
    except Refusal as said:
        if said.field not in match.fields:
            return _refused(request, programme, said)
        add_refusals(match, said)
        return _show(request, programme, PlanFileForm(), status=wrong, **shown)
    if plan.table.problems:
        shown |= {"problems": plan.table.problems, "summary": plan.table.summary}
        return _show(request, programme, PlanFileForm(), status=wrong, **shown)
    shown |= {"plan": plan, "rows": _rows(plan), "left_out": [*source.left_out, *plan.left_out]}
    return _show(request, programme, PlanFileForm(), **shown)


def _rows(plan: NewPlan) -> list[tuple[Any, list[str]]]:
    """Each row with what it is to wait for."""
    waits = plan.waits
    return [(row, waits.get(row.number, [])) for row in plan.table.rows]


def _refused(request: HttpRequest, programme: Programme, said: Refusal) -> HttpResponse:
    form = PlanFileForm(request.POST, request.FILES)
    form.full_clean()
    form.errors.clear()
    add_refusals(form, said)
    return _show(request, programme, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _show(
    request: HttpRequest,
    programme: Programme,
    form: PlanFileForm,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "back_url": reverse(MENU_PAGE, args=[programme.key]),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
        **more,
    }
    return render(request, "programme/exchange/plan_import.html", context, status=status)
