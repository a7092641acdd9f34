"""Large files of amounts: how far the worker is, what it found, and the word that lets it import them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.signed_in import person
from benefits.actions.import_jobs import cancel_import, confirm_import
from benefits.models import ImportJob
from benefits.tasks import deliver
from benefits.views.pages import SAVINGS_MENU
from core.errors import Refusal
from core.htmx import is_enhanced
from core.imports.tables import CellProblem
from programme.views.context import programme_context


@login_required
@require_safe
def import_job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The job; the part that changes by itself where htmx asks for it."""
    job = _own(request, pk)
    context = {
        "job": job,
        "problems": [CellProblem(*problem) for problem in job.problems],
        "back_url": reverse(f"benefits:{job.kind}_import", args=[job.programme.key]),
        "menu_page": SAVINGS_MENU,
        **programme_context(job.programme),
    }
    template = "benefits/import_job_state.html" if is_enhanced(request) else "benefits/import_job_detail.html"
    return render(request, template, context)


@login_required
@require_POST
def import_job_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what was checked."""
    job = _own(request, pk)
    try:
        confirm_import(job, by=person(request), deliver=deliver)
    except Refusal as said:
        messages.error(request, said.message)
    return redirect(job)


@login_required
@require_POST
def import_job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Import nothing of it."""
    job = _own(request, pk)
    try:
        cancel_import(job, by=person(request))
    except Refusal as said:
        messages.error(request, said.message)
    return redirect(job)


def _own(request: HttpRequest, pk: int) -> ImportJob:
    """A job that this person sent; there is nothing here for others."""
    rows = ImportJob.objects.of(person(request)).select_related("programme__partnership")
    return get_object_or_404(rows, pk=pk)
