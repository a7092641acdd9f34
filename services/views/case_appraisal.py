"""The appraisal of a business case, its sensitivity, and its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.exports.responses import WORKBOOK_TYPE, csv_response, saved_as
from services.appraisal_charts import cash_flow_chart, council_chart, distribution_chart, tornado_chart
from services.appraisal_files.compensation import position_table
from services.appraisal_files.fields import AnyTable, Place
from services.appraisal_files.figures import measure_table, year_table
from services.appraisal_files.formats import FORMATS
from services.appraisal_files.risks import bin_table, scenario_table
from services.appraisal_tables import (
    below_zero,
    council_years_table,
    councils_table,
    options_table,
    range_table,
    scenarios_table,
    switching_rows,
    years_table,
)
from services.models import BusinessCase
from services.policies import Powers
from services.queries.appraisal import CaseAppraisal, OptionAppraisal, appraise_case
from services.queries.appraisal_report import AppraisalReport, appraisal_report, option_report
from services.queries.appraisal_sensitivity import option_sensitivity
from services.queries.case_grid import opens_exempt_of
from services.rules.monte_carlo import NpvRange
from services.views.case_context import case_context, powers_in, visible_case

CONTENT_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "xlsx": WORKBOOK_TYPE}
# The tables beside charts, one option each, by the name of their file.
TABLE_FILES: dict[str, Callable[[AppraisalReport], AnyTable]] = {
    "years.csv": year_table,
    "measures.csv": measure_table,
    "scenarios.csv": scenario_table,
    "distribution.csv": bin_table,
    "positions.csv": position_table,
}


@dataclass(frozen=True, slots=True)
class AppraisalPage:
    """A case of an address, what its reader may do, its appraisal, and the option that is shown."""

    case: BusinessCase
    powers: Powers
    appraisal: CaseAppraisal
    option: OptionAppraisal | None
    context: dict[str, Any]


@login_required
@require_safe
def case_appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """Options compared; of one option the cash flow, the years and each council."""
    page = appraisal_page(request, pk, tab="appraisal")
    context = {**page.context, "options_table": options_table(page.appraisal)}
    if page.option is not None:
        context |= {
            "years": years_table(page.appraisal, page.option),
            "council_years": council_years_table(page.appraisal, page.option),
            "by_council": councils_table(page.appraisal, page.option),
            "cash_flow": cash_flow_chart(
                page.appraisal, page.option, csv_url=file_url(page, "years.csv", page.option)
            ),
            "councils_chart": council_chart(
                page.appraisal, page.option, csv_url=file_url(page, "measures.csv", page.option)
            ),
        }
    return render(request, "services/case_appraisal.html", context)


@login_required
@require_safe
def case_sensitivity(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of one option when assumptions fail, and the range of its result."""
    page = appraisal_page(request, pk, tab="sensitivity")
    context = dict(page.context)
    if page.option is not None:
        found = option_sensitivity(page.appraisal, page.option)
        context |= {
            "found": found,
            "switching": switching_rows(found),
            "has_range": isinstance(found.range, NpvRange),
            "below_zero": below_zero(found),
            "scenarios": scenarios_table(page.appraisal, found),
            "tornado": tornado_chart(
                page.appraisal, found, csv_url=file_url(page, "scenarios.csv", page.option)
            ),
            "distribution": distribution_chart(
                page.appraisal, found, csv_url=file_url(page, "distribution.csv", page.option)
            ),
            "range_table": range_table(page.appraisal, found),
        }
    return render(request, "services/case_sensitivity.html", context)


@login_required
@require_safe
def case_appraisal_file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The whole appraisal as a file, or one table of one option as CSV (`option` names it)."""
    case = visible_case(request, pk)
    stem, _, form = name.rpartition(".")
    file_name = f"{case.ref}-v{case.number}-{stem}"
    if stem == "appraisal" and form in FORMATS:
        content = FORMATS[form](appraisal_report(case, powers_in(request, case)))
        return HttpResponse(
            content,
            content_type=CONTENT_TYPES[form],
            headers=saved_as(f"{file_name}.{form}"),
        )
    if name not in TABLE_FILES:
        raise Http404("There is no such file")
    appraisal = appraise_case(case, powers_in(request, case))
    option = _chosen(request, appraisal)
    if option is None:
        raise Http404("There is no such option")
    report = option_report(appraisal, option, has_range=name == "distribution.csv")
    table = _of_option(TABLE_FILES[name](report), option.option.ref)
    return csv_response(table.as_sheet(), f"{file_name}-{option.option.ref}")


def appraisal_page(request: HttpRequest, pk: int, *, tab: str) -> AppraisalPage:
    """The case as its reader may see it, with what every one of these pages shows."""
    case = visible_case(request, pk)
    powers = powers_in(request, case)
    appraisal = appraise_case(case, powers, opens_exempt=opens_exempt_of(case, powers))
    option = _chosen(request, appraisal)
    context = {
        **case_context(case, tab),
        "appraisal": appraisal,
        "option": option,
        "objections": appraisal.objections,
        "councils": appraisal.councils,
    }
    return AppraisalPage(case, powers, appraisal, option, context)


def file_url(page: AppraisalPage, name: str, option: OptionAppraisal) -> str:
    """Where a table of one option is as CSV."""
    address = reverse("services:case_appraisal_file", args=[page.case.pk, name])
    return f"{address}?{urlencode({'option': option.option.ref})}"


def _chosen(request: HttpRequest, appraisal: CaseAppraisal) -> OptionAppraisal | None:
    """The option that the address names, else the preferred one; 404 where there is none of that name."""
    ref = request.GET.get("option", "")
    found = appraisal.option(ref) if ref else appraisal.preferred
    if ref and found is None:
        raise Http404("There is no such option")
    return found


def _of_option(table: AnyTable, ref: str) -> AnyTable:
    """The rows of one option."""
    field = next(field for field in table.fields if field.place == Place.OPTION)
    return replace(table, rows=[row for row in table.rows if field.value(row) == ref])
