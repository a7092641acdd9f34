"""Two versions of a business case, difference by difference, as a page and a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from core.exports.responses import csv_response
from programme.queries.partners import partner_councils
from services.case_compare_exports import comparison_table
from services.policies import powers_of
from services.queries.case_compare import CaseComparison, compare_cases
from services.views.business_cases import case_context, visible_case


@login_required
@require_safe
def case_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What changed between two versions, from the older to the newer."""
    comparison = _comparison(request, pk, other)
    context = {
        **case_context(comparison.newer, "versions"),
        "councils": partner_councils(comparison.newer.programme.partnership_id),
        "comparison": comparison,
        "parts": [
            ("About the case", comparison.facts),
            ("Options", comparison.options),
            ("Lines", comparison.lines),
            ("The five cases", comparison.sections),
            ("Apportionment keys", comparison.keys),
            ("Criteria", comparison.criteria),
        ],
    }
    return render(request, "services/case_compare.html", context)


@login_required
@require_safe
def case_compare_csv(request: HttpRequest, pk: int, other: int) -> StreamingHttpResponse:
    """Every difference as a CSV file."""
    found = _comparison(request, pk, other)
    name = f"{found.newer.ref}-{found.older.number}-to-{found.newer.number}".lower()
    return csv_response(comparison_table(found), name)


def _comparison(request: HttpRequest, pk: int, other: int) -> CaseComparison:
    """Two versions of one case; nothing there (404) where they are not."""
    case, second = visible_case(request, pk), visible_case(request, other)
    if (case.programme_id, case.ref) != (second.programme_id, second.ref):
        raise Http404
    return compare_cases(case, second, powers_of(person(request), case.programme))
