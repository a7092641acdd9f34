"""Milestones of a programme as workbooks: to be read, and to be edited and sent back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from core.exports.tables import Table
from programme.exchange.edit_file import edit_document, edit_table
from programme.exchange.edit_owners import Owners
from programme.exports import milestone_document
from programme.filters import MilestoneFilter
from programme.models import Programme
from programme.policies import Powers, check_update_some_milestone, powers_of
from programme.queries.milestones import MilestoneRow, milestone_rows
from programme.views.context import visible_programme
from programme.views.overview.asked import rows_asked


@login_required
@require_safe
def milestone_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The rows of the list, with the same choice, as a workbook."""
    programme = visible_programme(person(request), key)
    asked = rows_asked(request, programme)
    rows = MilestoneFilter(request.GET, rows=asked.rows).narrowed().rows
    document = milestone_document(programme, rows, as_of=asked.day)
    return workbook_response(document, f"{key}-milestones-{asked.day.isoformat()}")


@login_required
@require_safe
def milestone_edit_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """Those of them that the person may update, as a workbook to be edited and sent back."""
    programme, table = _to_edit(request, key)
    return workbook_response(edit_document(programme, table, as_of=today()), _file_name(programme))


@login_required
@require_safe
def milestone_edit_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The same as a CSV file."""
    programme, table = _to_edit(request, key)
    return csv_response(table, _file_name(programme))


def programme_to_edit(user: User, key: str) -> Programme:
    """The programme, for a person who may update one of its milestones; for another the reason why not."""
    programme = visible_programme(user, key)
    check_update_some_milestone(user, programme)
    return programme


def _to_edit(request: HttpRequest, key: str) -> tuple[Programme, Table[MilestoneRow]]:
    programme = programme_to_edit(person(request), key)
    powers = powers_of(person(request))
    rows = [row for row in _chosen(request, programme, powers) if row.can_update]
    may_plan = powers.manages(programme.partnership_id)
    return programme, edit_table(rows, Owners.of(programme), as_of=today(), may_plan=may_plan)


def _chosen(request: HttpRequest, programme: Programme, powers: Powers) -> list[MilestoneRow]:
    rows = milestone_rows(programme.milestones.all(), as_of=today(), powers=powers)
    return MilestoneFilter(request.GET, rows=rows).narrowed().rows


def _file_name(programme: Programme) -> str:
    return f"{programme.key}-milestones-to-edit-{today().isoformat()}"
