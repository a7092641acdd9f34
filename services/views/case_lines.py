"""The lines of a business case as a grid that is read, typed in and pasted into."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_POST

from accounts.signed_in import person
from core.errors import Refusal, Refusals
from programme.views.links import FilterLink, filter_link
from services.actions.case_lines import save_lines
from services.actions.case_prices import convert_to_real
from services.actions.case_version import CaseChanged
from services.forms.case_grid import BLANK_ROWS, MOST_NEW_ROWS, GridForm, reviewed
from services.models import BusinessCase, CaseOption
from services.policies import check_edit_case, check_open
from services.queries.case_grid import CaseGrid, GridRow, case_grid, shown_option
from services.views.case_context import case_context, powers_in, press_case_again, seen_version, visible_case

# A page holds no more boxes than this, whatever the number of years, and no more rows.
MOST_BOXES, MOST_ROWS = 4_000, 200
MORE_ROWS = 10


class CaseLines(LoginRequiredMixin, View):
    """The lines of one option, a row a line and council, with boxes where the person may change them."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The grid of the option that the address names, else of the preferred one."""
        case = visible_case(request, pk)
        grid = _grid(request, case)
        return _show(request, _form(request, grid))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save what changed and show the grid again; or everything typed, with what to put right."""
        case = visible_case(request, pk)
        grid = _grid(request, case)
        if not grid.can_edit:
            _refuse(request, case)
        form = _form(request, grid, request.POST.dict())
        try:
            saved = save_lines(
                case, by=person(request), seen_version=seen_version(request), changes=form.changes()
            )
        except CaseChanged as said:
            fresh = _grid(request, said.current)
            form = reviewed(form, fresh, _page(request, fresh).object_list, said)
            return _show(request, form, HTTPStatus.CONFLICT)
        except (Refusal, Refusals) as said:
            if not form.errors:
                form.add(said)
            return _show(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        is_changed = saved.version != case.version
        messages.success(request, "The lines are saved" if is_changed else "Nothing was changed")
        return redirect(request.get_full_path())


@login_required
@require_POST
def case_convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Convert every line to prices of the base year."""
    case = visible_case(request, pk)
    try:
        convert_to_real(case, by=person(request), seen_version=seen_version(request))
        messages.success(request, "All amounts are now in prices of the base year")
    except CaseChanged as said:
        return press_case_again(request, said, "Convert to prices of the base year")
    except Refusal as said:
        messages.error(request, said.message)
    return redirect("services:case_lines", case.pk)


def _refuse(request: HttpRequest, case: BusinessCase) -> None:
    """Say why the person may not change the lines (403)."""
    check_open(case)
    check_edit_case(powers_in(request, case), case)


def _grid(request: HttpRequest, case: BusinessCase) -> CaseGrid:
    option = shown_option(case, request.GET.get("option", ""))
    return case_grid(case, powers_in(request, case), option=option, is_page=True)


def _page(request: HttpRequest, grid: CaseGrid) -> Page[GridRow]:
    rows = max(1, min(MOST_ROWS, MOST_BOXES // len(grid.years)))
    return Paginator(grid.rows, rows).get_page(request.GET.get("page"))


def _form(request: HttpRequest, grid: CaseGrid, data: dict[str, str] | None = None) -> GridForm:
    pools = grid.case.programme.cost_pools.all() if grid.can_edit_all else ()
    rows = _page(request, grid).object_list
    return GridForm(grid, data, rows=rows, pools=pools, blank_rows=_blank_rows(request))


def _blank_rows(request: HttpRequest) -> int:
    text = request.GET.get("rows", "")
    return min(int(text), MOST_NEW_ROWS) if text.isdecimal() and len(text) < 4 else BLANK_ROWS


def _show(request: HttpRequest, form: GridForm, status: int = HTTPStatus.OK) -> HttpResponse:
    grid = form.grid
    context: dict[str, Any] = case_context(grid.case, "lines") | {
        "grid": grid,
        "form": form,
        "page": _page(request, grid),
        "links": [_link(request, option, grid.option) for option in grid.options],
        "caption": grid.option.name if grid.option else grid.case.title,
        "more_url": _more_url(request, form),
    }
    return render(request, "services/case_grid.html", context, status=status)


def _link(request: HttpRequest, option: CaseOption, shown: CaseOption | None) -> FilterLink:
    link = filter_link(request, "option", option.ref, option.name)
    return FilterLink(link.label, link.url, option == shown)


def _more_url(request: HttpRequest, form: GridForm) -> str:
    address = reverse("services:case_lines", args=[form.grid.case.pk])
    option = form.grid.option.ref if form.grid.option else ""
    return f"{address}?{urlencode({'option': option, 'rows': len(form.new_rows) + MORE_ROWS})}"
