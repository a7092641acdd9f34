"""Everything of one line of a business case but its amounts by year."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_POST

from accounts.signed_in import person
from core.errors import Refusal, Refusals
from core.forms.fields import add_refusals
from services.actions.case_lines import save_lines
from services.actions.case_version import CaseChanged
from services.forms.case_line import LineForm, reviewed
from services.models import BusinessCase, BusinessCaseLine
from services.policies import can_edit_case, check_edit_case
from services.queries.case_amounts import LineChange
from services.queries.case_grid import opens_exempt_of, stated_withheld
from services.queries.case_line_facts import line_facts
from services.views.case_context import case_context, powers_in, press_case_again, seen_version, visible_case


class CaseLineDetail(LoginRequiredMixin, View):
    """What a line says of itself: a form for the manager of a draft, facts for everyone else."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
        """The line as it is."""
        case = visible_case(request, pk)
        line = _line(case, line_pk)
        may_change = can_edit_case(powers_in(request, case), case)
        return _show(request, case, line, LineForm(case=case, line=line) if may_change else None)

    def post(self, request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
        """Save and go back to the grid, or show the form again with everything typed."""
        case = visible_case(request, pk)
        line = _line(case, line_pk)
        check_edit_case(powers_in(request, case), case)
        form = LineForm(request.POST, case=case, line=line)
        if not form.is_valid():
            return _show(request, case, line, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            saved = save_lines(
                case,
                by=person(request),
                seen_version=form.cleaned_data["seen_version"],
                changes=[LineChange(line.ref, form.details())],
            )
        except CaseChanged as said:
            fresh = reviewed(form, said, _line(said.current, line_pk))
            return _show(request, said.current, line, fresh, HTTPStatus.CONFLICT)
        except (Refusal, Refusals) as said:
            add_refusals(form, _of_fields(said))
            return _show(request, case, line, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        is_changed = saved.version != case.version
        words = f"Line {form.cleaned_data['ref']} is saved" if is_changed else "Nothing was changed"
        messages.success(request, words)
        return redirect(_grid_url(case, form.cleaned_data["option"].ref))


@login_required
@require_POST
def case_line_remove(request: HttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """Take a line out of a draft."""
    case = visible_case(request, pk)
    line = _line(case, line_pk)
    change = LineChange(line.ref, is_removed=True)
    try:
        save_lines(case, by=person(request), seen_version=seen_version(request), changes=[change])
        messages.success(request, f"Line {line.ref} is removed")
    except CaseChanged as said:
        return press_case_again(request, said, f"Remove line {line.ref}")
    return redirect(_grid_url(case, line.option.ref))


def _line(case: BusinessCase, line_pk: int) -> BusinessCaseLine:
    lines = BusinessCaseLine.objects.select_related("option", "pool", "source")
    return get_object_or_404(lines, pk=line_pk, business_case=case)


def _of_fields(said: Refusal | Refusals) -> Refusals:
    """The refusals under the names of the form's fields: title of L-1.title."""
    refusals = said.refusals if isinstance(said, Refusals) else [said]
    return Refusals(
        [Refusal(one.message, (one.field or "").rpartition(".")[2] or None, one.code) for one in refusals]
    )


def _grid_url(case: BusinessCase, option_ref: str) -> str:
    return f"{reverse('services:case_lines', args=[case.pk])}?{urlencode({'option': option_ref})}"


def _show(
    request: HttpRequest,
    case: BusinessCase,
    line: BusinessCaseLine,
    form: LineForm | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    powers = powers_in(request, case)
    hides_stated = None if form else stated_withheld(case, line, powers)
    opens_exempt = line.is_withheld and opens_exempt_of(case, powers)
    context: dict[str, Any] = case_context(case, "lines") | {
        "line": line,
        "form": form,
        "facts": [] if form else line_facts(line, hides_stated=hides_stated, opens_exempt=opens_exempt),
        "lines_url": _grid_url(case, line.option.ref),
    }
    return render(request, "services/case_line_detail.html", context, status=status)
