"""The reports of a programme: drafts for those who work on them, editions for everyone who reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from governance.enums import FileFormat, PublishingState
from governance.models import Edition, PublishingJob, Report
from governance.report_policies import Powers, can_draft, can_read_draft
from programme.models import Council, Programme
from programme.queries.partners import partner_councils


@dataclass(frozen=True, slots=True)
class ProgrammeReports:
    """Editions, the latest first; drafts that the reader may read; councils that they may draft for."""

    drafts: tuple[Report, ...]
    editions: tuple[Edition, ...]
    councils: tuple[Council, ...]
    can_draft_jointly: bool

    @property
    def can_draft(self) -> bool:
        """Whether the reader may begin a report."""
        return self.can_draft_jointly or bool(self.councils)


def programme_reports(programme: Programme, powers: Powers) -> ProgrammeReports:
    """What a person finds under reports; of drafts the publication that is under way. Five queries."""
    drafts = Report.objects.drafts().filter(programme=programme).select_related("council", "updated_by")
    drafts = drafts.prefetch_related(Prefetch("jobs", PublishingJob.objects.live(), to_attr="live_jobs"))
    editions = Edition.objects.filter(programme=programme).select_related(
        "council", "published_by", "corrects"
    )
    partners = partner_councils(programme.partnership_id)
    return ProgrammeReports(
        tuple(one for one in drafts if can_read_draft(powers, one)),
        tuple(editions.order_by("-published_at", "-pk")),
        tuple(one for one in partners if can_draft(powers, one.pk)),
        can_draft(powers, None),
    )


def visible_reports(user: User) -> QuerySet[Report]:
    """Reports of programmes that a person may read; whether they may read the draft is asked again."""
    return Report.objects.visible_to(user).select_related(
        "programme__partnership",
        "programme__sro",
        "council",
        "corrects",
        "edition",
        "updated_by",
        "created_by",
    )


def visible_editions(user: User) -> QuerySet[Edition]:
    """Editions of programmes that a person may read."""
    return Edition.objects.visible_to(user).select_related(
        "programme__partnership", "programme__sro", "council", "corrects", "published_by", "report"
    )


def visible_jobs(user: User) -> QuerySet[PublishingJob]:
    """Publications of programmes that a person may read."""
    return PublishingJob.objects.visible_to(user).select_related(
        "report__programme__partnership",
        "report__programme__sro",
        "report__council",
        "report__corrects",
        "report__edition",
        "created_by",
    )


def other_editions(edition: Edition) -> list[Edition]:
    """The other editions about the same, the latest first: what it can be compared with."""
    same = Edition.objects.of(edition.programme_id, edition.council_id).exclude(pk=edition.pk)
    return list(same.select_related("programme", "council"))


@dataclass(frozen=True, slots=True)
class Made:
    """One step of a publication, and whether it is done."""

    label: str
    is_done: bool


def steps_of(job: PublishingJob) -> list[Made]:
    """The steps of a publication in their order."""
    done = {one["name"] for one in job.made}
    files = [Made(str(form.label), f"open.{form.value}" in done) for form in FileFormat]
    is_published = job.state == PublishingState.DONE
    return [
        Made("Figures and texts frozen", job.frozen_at is not None),
        *files,
        Made("Published", is_published),
    ]
