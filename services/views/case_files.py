"""The lines of a business case as a file, and out of one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views import View
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.actions.publication import Withholding
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.exports.responses import WORKBOOK_TYPE, csv_response, saved_as
from core.forms.fields import add_refusals
from core.imports.pasted import PastedText, canonical_csv
from core.rules.words import count_of
from services.actions.case_lines import save_lines
from services.actions.case_rows import new_ones_withheld
from services.actions.case_version import CaseChanged
from services.case_line_exports import line_table, line_workbook
from services.case_line_imports import LineImport, read_lines
from services.forms.case_import import LineImportForm
from services.models import BusinessCase
from services.policies import can_edit_case, check_edit_case, check_open
from services.queries.case_grid import case_grid
from services.queries.case_import import import_preview
from services.views.case_context import case_context, powers_in, seen_version, visible_case


@login_required
@require_safe
def case_lines_file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The lines of every option as a workbook with live totals, or as CSV."""
    case = visible_case(request, pk)
    grid = case_grid(case, powers_in(request, case))
    file_name = f"{case.programme.key}-{case.ref.lower()}-v{case.number}-lines"
    if name == "csv":
        return csv_response(line_table(grid), file_name)
    if name != "xlsx":
        raise Http404
    return HttpResponse(
        line_workbook(grid),
        content_type=WORKBOOK_TYPE,
        headers=saved_as(f"{file_name}.xlsx"),
    )


class CaseLinesImport(LoginRequiredMixin, View):
    """Lines out of a file or out of pasted rows: first what they would change, then all of it or nothing."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form."""
        case = _case_to_change(request, pk)
        return _show(request, case, _form(request, case))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the file would change; or, where that was seen and confirmed, the change itself."""
        case = _case_to_change(request, pk)
        confirmed = request.POST.get("confirmed_rows", "")
        form = _form(request, case, request.POST, request.FILES)
        if form.is_unclear:
            return _show(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            if confirmed:
                return _store(request, case, confirmed, form.why())
            new_ones_withheld((), form.why())
            read = read_lines(case, form.source(case), by=person(request))
        except CaseChanged as said:
            return _show_stale(request, form, confirmed, said)
        except (Refusal, Refusals) as said:
            form.is_valid()
            add_refusals(form, said)
            return _show(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        if read.table.problems:
            return _show(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY, read)
        return _show(request, case, form, HTTPStatus.OK, read)


def _form(request: HttpRequest, case: BusinessCase, *sent: Any) -> LineImportForm:
    return LineImportForm(*sent, adds_lines=can_edit_case(powers_in(request, case), case))


def _store(request: HttpRequest, case: BusinessCase, rows: str, why: Withholding | None) -> HttpResponse:
    """Store rows that were checked before; they are checked again, all or nothing."""
    read = read_lines(case, PastedText(rows.encode()), by=person(request))
    read.table.check()
    save_lines(
        case,
        by=person(request),
        seen_version=seen_version(request),
        changes=new_ones_withheld(read.changes, why),
        channel=Channel.IMPORT,
    )
    verb = "is" if read.changed_lines == 1 else "are"
    messages.success(request, f"{count_of(read.changed_lines, 'line')} {verb} imported")
    return redirect("services:case_lines", case.pk)


def _show_stale(request: HttpRequest, form: LineImportForm, rows: str, said: CaseChanged) -> HttpResponse:
    """What the same rows would change now, after someone else saved."""
    read = read_lines(said.current, PastedText(rows.encode()), by=person(request))
    return _show(request, said.current, form, HTTPStatus.CONFLICT, read, stale=said.message)


def _case_to_change(request: HttpRequest, pk: int) -> BusinessCase:
    case = visible_case(request, pk)
    powers = powers_in(request, case)
    if not any(powers.edits_council(council) for _, council in powers.own):
        check_edit_case(powers, case)
    check_open(case)
    return case


def _show(
    request: HttpRequest,
    case: BusinessCase,
    form: LineImportForm,
    status: int = HTTPStatus.OK,
    read: LineImport | None = None,
    stale: str = "",
) -> HttpResponse:
    context: dict[str, Any] = case_context(case, "lines") | {"form": form, "stale": stale}
    if read and read.table.problems:
        context["problems"] = read.table.problems
        context["summary"] = _summary(read)
    elif read:
        context["preview"] = import_preview(case, read.changes)
        context["read"] = read
        context["rows"] = canonical_csv(read.table)
    return render(request, "services/case_lines_import.html", context, status=status)


def _summary(read: LineImport) -> str:
    try:
        read.table.check()
    except Refusals as said:
        return said.refusals[0].message
    return ""
