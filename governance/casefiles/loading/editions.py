"""Published editions, taken in as they were: same number, same bytes. Nothing is published by a load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.publishing.keeping import from_text
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import audit_entry, report_kept
from governance.enums import ReportState
from governance.models import Edition, EditionContent, Report
from governance.rules.reports import TEXTS
from programme.models import Programme

Slot = tuple[int | None, int]
FROZEN = "it is published and cannot be changed. Correct it by an edition of its own"


def load_editions(loading: Loading, file: CaseFile, programme: Programme) -> None:
    """Take in the editions that are not there yet; one that is there stays, and what differs is reported."""
    rows = programme.editions.select_related("council", "published_by", "report")
    known: dict[Slot, Edition] = {(row.council_id, row.number): row for row in rows}
    there = [_ref(edition) for edition in known.values()]
    hashes = _open_hashes(programme) if known else {}
    named = []
    for entry in sorted(file.entries("editions"), key=lambda one: one.integer("number") or 0):
        values, texts = _values(loading, entry, known), _texts(entry)
        slot = (values["council"].pk if values["council"] else None, values["number"])
        edition = known.get(slot)
        if edition is None:
            edition = known[slot] = _take_in(loading, entry, programme, values, texts)
        elif hashes.get(edition.pk) != entry.text("sha256") or _differs(edition, values, texts):
            loading.report.refused.append(f"Edition {_ref(edition)}: {FROZEN}")
        named.append(_ref(edition))
    report_kept(loading, "edition", there, named)


def _ref(edition: Edition) -> str:
    """2, or 2 of Ashmere."""
    return f"{edition.number} of {edition.council}" if edition.council else str(edition.number)


def _open_hashes(programme: Programme) -> dict[int, str]:
    rows = EditionContent.objects.open().filter(edition__programme=programme)
    return dict(rows.values_list("edition", "content_hash"))


def _values(loading: Loading, entry: Entry, known: Mapping[Slot, Edition]) -> dict[str, Any]:
    council, corrected = loading.council(entry), entry.integer("corrects")
    return {
        "council": council,
        "number": needed(entry.integer("number")),
        "as_of_on": needed(entry.day("as_of")),
        "corrects": None if corrected is None else known[council.pk if council else None, corrected],
        "what_changed": entry.text("what_changed"),
        "published_at": needed(entry.moment("at")),
        "published_by": loading.author(entry),
    }


def _texts(entry: Entry) -> dict[str, Any]:
    narratives = {one.text("section"): one.text("text") for one in entry.entries("narratives")}
    return {"narratives": narratives, **{name: entry.text(name) for name in TEXTS}}


def _differs(edition: Edition, values: Mapping[str, Any], texts: Mapping[str, Any]) -> bool:
    """Whether the file says something else; it may be silent of a corrected edition it had no room for."""
    said = {name: value for name, value in values.items() if name != "corrects" or value}
    return any(getattr(edition, name) != value for name, value in said.items()) or any(
        getattr(edition.report, name) != value for name, value in texts.items()
    )


def _take_in(
    loading: Loading, entry: Entry, programme: Programme, values: Mapping[str, Any], texts: Mapping[str, Any]
) -> Edition:
    """The edition, its open version, and the report that it was made of."""
    edition = Edition.objects.create(programme=programme, **values)
    content, digest = from_text(entry.raw("content")), entry.text("sha256")
    EditionContent.objects.create(edition=edition, content=content, content_hash=digest)
    Report.objects.create(
        programme=programme,
        edition=edition,
        state=ReportState.PUBLISHED,
        created_by=loading.by,
        updated_by=loading.by,
        **{name: values[name] for name in ("council", "as_of_on", "corrects", "what_changed")},
        **texts,
    )
    after = {"number": edition.number, "as_of_on": edition.as_of_on.isoformat(), "hashes": {"open": digest}}
    audit_entry(loading, edition, noun="edition", scope=programme.key, after=after)
    return edition
