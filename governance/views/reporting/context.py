"""The reports, publications and editions that pages and the API are about, for who may see them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.models import User
from governance.models import Edition, EditionContent, PublishingJob, Report, ReportAddition
from governance.queries.reporting.reports import visible_editions, visible_jobs, visible_reports
from governance.report_policies import check_read_draft, powers_of


def readable_report(user: User, pk: int) -> Report:
    """The report, nothing there (404) for who may not see its programme, refused to who reads no drafts."""
    report = get_object_or_404(visible_reports(user), pk=pk)
    check_read_draft(powers_of(user, report.programme), report)
    return report


def readable_addition(user: User, pk: int) -> ReportAddition:
    """What the exempt version adds to a text, to who reads the draft; not one that was taken away."""
    rows = ReportAddition.objects.filter(report__in=visible_reports(user)).exclude(text="")
    addition = get_object_or_404(rows.select_related("updated_by"), pk=pk)
    addition.report = readable_report(user, addition.report_id)
    return addition


def readable_job(user: User, pk: int) -> PublishingJob:
    """The publication, to the same people."""
    job = get_object_or_404(visible_jobs(user), pk=pk)
    check_read_draft(powers_of(user, job.report.programme), job.report)
    return job


def visible_edition(user: User, pk: int) -> Edition:
    """The edition, or nothing there (404)."""
    return get_object_or_404(visible_editions(user), pk=pk)


def compared_edition(user: User, edition: Edition, pk: int) -> Edition:
    """Another edition about the same, or nothing there (404)."""
    same = visible_editions(user).filter(programme=edition.programme_id, council=edition.council_id)
    return get_object_or_404(same, pk=pk)


def version_of(edition: Edition, *, is_exempt: bool) -> EditionContent:
    """What an edition says in one version."""
    rows = EditionContent.objects.filter(edition=edition, is_exempt=is_exempt)
    return get_object_or_404(rows.select_related("edition__programme", "edition__council"))
