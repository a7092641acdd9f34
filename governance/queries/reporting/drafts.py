"""A draft as it stands: the whole report that it would make today."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from core.publishing.content import Content
from governance.models import Edition, EditionContent, Report, ReportAddition
from governance.queries.reporting.editions import edition_content
from governance.reporting.contents import report_content
from governance.reporting.facts import Facts, Texts

OPEN, EXEMPT = "open", "exempt"


def facts_of(report: Report) -> Facts:
    """What a report is made of, as recorded on its day, beside what the last edition said. Two queries."""
    texts = Texts(
        summary=report.summary,
        request=report.request,
        disbenefits=report.disbenefits,
        harmonisation=report.harmonisation,
        next_report=report.next_report,
        narratives=dict(report.narratives),
        corrects=report.corrects.number if report.corrects else None,
        what_changed=report.what_changed,
    )
    council_key = report.council.key if report.council else ""
    additions = tuple(additions_of(report))
    return Facts(report.programme, report.as_of_on, council_key, texts, _previous(report), additions)


def additions_of(report: Report) -> QuerySet[ReportAddition]:
    """What the exempt version adds to the texts of a report, without what was taken away. One query."""
    return ReportAddition.objects.filter(report=report.pk).exclude(text="").order_by("pk")


def next_number(programme_pk: int, council_pk: int | None) -> int:
    """The number of the next edition, jointly or of one council. One query."""
    highest = Edition.objects.of(programme_pk, council_pk).order_by().aggregate(highest=Max("number"))
    return int(highest["highest"] or 0) + 1


def draft_content(report: Report, *, number: int, version: str = OPEN, facts: Facts | None = None) -> Content:
    """The report as it would be published now; `facts` where they are read already."""
    return report_content(facts or facts_of(report), number=number, version=version)


def _previous(report: Report) -> Content | None:
    """The open version of the last edition about the same, but not of the one that this corrects."""
    rows = EditionContent.objects.open().filter(
        edition__programme=report.programme_id, edition__council=report.council_id
    )
    if report.corrects_id:
        rows = rows.exclude(edition=report.corrects_id)
    row = rows.select_related("edition").order_by("-edition__number").first()
    return edition_content(row) if row else None
