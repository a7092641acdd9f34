"""The product's addresses and those of the floors that its pages are measured against."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import get_template
from django.urls import include, path

from accounts.signed_in import person
from benefits.models import ActualAmount, ForecastAmount, PlanAmount
from core.actions.audit import record
from core.clock import today
from core.exports.responses import WORKBOOK_TYPE
from programme.models import Council, Milestone, Programme
from programme.views.context import visible_programme

ROWS = 50
_COLUMNS = 18
_DATES = ("ref", "title", "plan_last_on", "forecast_last_on", "actual_last_on", "note")
_CELL = ("basis", "council__short_name", "fy", "period")


def floor(request: HttpRequest, key: str) -> HttpResponse:
    """One template and one query by a unique index: the least that a Django page costs here."""
    council = get_object_or_404(Council, key=key)
    return HttpResponse(get_template("benchmarks/floor.html").render({"council": council}))


@login_required
def figures_floor(request: HttpRequest, key: str) -> HttpResponse:
    """All monthly figures of a programme, summed by the database in one query, as one table in the frame.

    It works nothing out: no plan in effect, no superseded forecast, no part of a year, no share, no chart.
    """
    programme = visible_programme(person(request), key)
    return render(
        request, "benchmarks/figures_floor.html", {"programme": programme, "rows": _sums(programme)}
    )


@login_required
def sums_floor(request: HttpRequest) -> HttpResponse:
    """The names of as many programmes as one page of the roll-up shows, in the frame, without figures."""
    programmes = Programme.objects.visible_to(person(request)).select_related("partnership")[:ROWS]
    return render(request, "benchmarks/sums_floor.html", {"programmes": programmes})


@login_required
def portfolio_floor(request: HttpRequest) -> HttpResponse:
    """The programmes with how many milestones each has and how many are past, counted by the database."""
    gone = Q(milestones__forecast_last_on__lt=today(), milestones__actual_last_on__isnull=True)
    rows = Programme.objects.visible_to(person(request)).select_related("partnership")
    counted = rows.annotate(total=Count("milestones"), gone=Count("milestones", filter=gone))
    return render(request, "benchmarks/sums_floor.html", {"programmes": counted[:ROWS]})


@login_required
def milestones_floor(request: HttpRequest, key: str) -> HttpResponse:
    """The names and dates of a programme's milestones in the frame, read in one query and not judged."""
    programme = visible_programme(person(request), key)
    rows = programme.milestones.values_list(*_DATES)
    return render(request, "benchmarks/milestones_floor.html", {"programme": programme, "rows": rows})


@login_required
def workbook_floor(request: HttpRequest, key: str) -> HttpResponse:
    """The milestones of a programme as a bare workbook: plain values in 18 columns, nothing worked out."""
    programme = visible_programme(person(request), key)
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(programme.milestones.values_list(*_DATES)):
        for column in range(_COLUMNS):
            sheet.write_string(number, column, str(row[column % len(row)]))
    book.close()
    return HttpResponse(output.getvalue(), content_type=WORKBOOK_TYPE)


@login_required
def update_floor(request: HttpRequest, pk: int) -> HttpResponse:
    """A new forecast of a milestone and one line of history in one transaction: nothing asked or refused."""
    day = today()
    with transaction.atomic():
        Milestone.objects.filter(pk=pk).update(forecast_first_on=day, forecast_last_on=day)
        record(Milestone(pk=pk), by=person(request), action="update_milestone", after={"forecast": str(day)})
    return render(request, "benchmarks/floor.html", {"council": pk})


def _sums(programme: Programme) -> QuerySet[Any, Any]:
    plans = PlanAmount.objects.filter(plan_version__programme=programme)
    forecasts = ForecastAmount.objects.filter(snapshot__programme=programme)
    actuals = ActualAmount.objects.filter(line__programme=programme)
    answer = Case(When(verification__isnull=True, then=Value("claimed")), default=F("verification__outcome"))
    return _grouped(plans, Value("plan")).union(
        _grouped(forecasts, Value("forecast")), _grouped(actuals, answer), all=True
    )


def _grouped(rows: QuerySet[Any, Any], basis: Any) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(basis=Case(When(fy__gt=0, then=basis), output_field=CharField()))
    return named.values_list(*_CELL).annotate(pence=Sum("amount_pence"))


urlpatterns = [
    path("milestones-floor/<slug:key>/", milestones_floor, name="milestones_floor"),
    path("workbook-floor/<slug:key>/", workbook_floor, name="workbook_floor"),
    path("update-floor/<int:pk>/", update_floor, name="update_floor"),
    path("floor/<slug:key>/", floor, name="floor"),
    path("figures-floor/<slug:key>/", figures_floor, name="figures_floor"),
    path("sums-floor/", sums_floor, name="sums_floor"),
    path("portfolio-floor/", portfolio_floor, name="portfolio_floor"),
    path("", include("config.urls")),
]
