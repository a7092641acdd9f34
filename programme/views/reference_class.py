"""What partnerships before this one took and saved, as a page, as files, and beside a form."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.signed_in import person
from core.exports.responses import csv_response, workbook_response
from core.rules.reference import ReferenceVersion, versions
from programme.enums import PartnershipModel
from programme.queries.published_cases import published_cases
from programme.reference_class_exports import NOTES, reference_class_document, reference_class_table
from programme.rules.reference_class import (
    TABLE,
    CaseFigure,
    HistoryMeasure,
    ReferenceClass,
    kinds,
    like,
    reference_class,
)
from programme.views.links import filter_link

FILE_NAME = "partnerships-to-compare-with"
FOR_DATES = (HistoryMeasure.TIME_TO_LIVE,)
FOR_TARGETS = (HistoryMeasure.REALISED, HistoryMeasure.YEARLY_SAVING)
FOR_PLANS = (*FOR_TARGETS, HistoryMeasure.PAYBACK)


@login_required
@require_safe
def reference_class_detail(request: HttpRequest) -> HttpResponse:
    """Every measure with its range, its cases, sources and caveats."""
    more = published_cases(person(request))
    offered = [("", "All kinds"), *((kind, PartnershipModel(kind).label) for kind in kinds(more))]
    context = {
        "classes": _classes(request, more),
        "links": [filter_link(request, "kind", kind, label) for kind, label in offered],
        "version": _version(),
        "notes": NOTES,
        "menu_page": "programme:partnership_list",
    }
    return render(request, "programme/learning/reference_class.html", context)


@login_required
@require_safe
def reference_class_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The figures of the page, with the same choice, as a CSV file."""
    return csv_response(reference_class_table(_classes(request, published_cases(person(request)))), FILE_NAME)


@login_required
@require_safe
def reference_class_workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    classes = _classes(request, published_cases(person(request)))
    document = reference_class_document(classes, as_of=_version().retrieved_on)
    return workbook_response(document, FILE_NAME)


def beside(user: User, measures: Sequence[HistoryMeasure], kind: str = "") -> dict[str, list[ReferenceClass]]:
    """What a form that sets a target or a date shows folded beside its boxes. One query at least."""
    more = published_cases(user)
    return {"compared": [like(measure, kind, more) for measure in measures]}


def _classes(request: HttpRequest, more: Sequence[CaseFigure]) -> list[ReferenceClass]:
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds(more) else ""
    return [reference_class(measure, kind, more) for measure in HistoryMeasure]


def _version() -> ReferenceVersion:
    return versions(TABLE)[-1]
