"""Published editions of the benefits report: what each says in its open version, and its texts."""

from __future__ import annotations

from collections.abc import Mapping

from core.publishing.keeping import to_text
from core.rules.words import count_of
from governance.casefiles.dumping.shape import Fields, compact, day_of, email_of, moment_of
from governance.models import Edition, EditionContent, Report
from governance.rules.reports import TEXTS
from programme.models import Programme

# A case file holds at most 10MB: about sixty editions, and the rest of the programme.
ROOM_BYTES = 5_000_000


def dump_editions(programme: Programme) -> list[Fields]:
    """Editions with their open versions, jointly first and then by council, each in its order."""
    contents = _contents_that_fit(programme)
    rows = Edition.objects.filter(pk__in=contents).select_related("council", "corrects", "published_by")
    reports = {row.edition_id: row for row in Report.objects.filter(edition__in=contents)}
    found = sorted(rows, key=lambda row: (row.council.key if row.council else "", row.number))
    return [_edition(row, contents, reports.get(row.pk)) for row in found]


def editions_left_out(programme: Programme) -> str:
    """How many early editions a case file has no room for, in words; empty where it has room for all."""
    number = programme.editions.count() - len(_contents_that_fit(programme))
    return (
        f"There is no room for {count_of(number, 'early edition')} of the benefits report" if number else ""
    )


def _contents_that_fit(programme: Programme) -> dict[int, EditionContent]:
    """The open versions by edition, of the latest for as long as there is room. One query."""
    rows = EditionContent.objects.open().filter(edition__programme=programme)
    found, left = {}, ROOM_BYTES
    for row in rows.order_by("-edition__published_at", "-edition__pk"):
        left -= len(row.content)
        if left < 0:
            break
        found[row.edition_id] = row
    return found


def _edition(row: Edition, contents: Mapping[int, EditionContent], report: Report | None) -> Fields:
    content = contents[row.pk]
    corrected = row.corrects if row.corrects_id in contents else None
    narratives = report.narratives if report else {}
    return compact(
        {
            "number": row.number,
            "council": row.council.key if row.council else None,
            "as_of": day_of(row.as_of_on),
            "corrects": corrected.number if corrected else None,
            "what_changed": row.what_changed,
            "at": moment_of(row.published_at),
            "by": email_of(row.published_by),
            **{name: getattr(report, name, "") for name in TEXTS},
            "narratives": [
                {"section": number, "text": narratives[number]} for number in sorted(narratives, key=int)
            ],
            "sha256": content.content_hash,
            "content": to_text(bytes(content.content)),
        }
    )
