"""Open data: the feed of editions, each table, each file, and the content as it was hashed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core.exports.csv_file import csv_text
from core.exports.json_file import json_text
from core.publishing.files import as_table
from core.stored_files import read
from governance.casefiles.published import CASE_TYPE, case_name, published_case
from governance.models import EditionContent
from governance.queries.open_publication.editions import OpenEdition, OpenFile, kept_files, public_editions
from governance.queries.reporting.editions import file_name
from governance.views.open_publication.public import address, data_response, edition_or_404, public_view

CSV_TYPE = "text/csv; charset=utf-8"
JSON_TYPE = "application/json"
FEED_TYPE = "application/feed+json"
FEED_VERSION = "https://jsonfeed.org/version/1.1"


@public_view
def open_feed(request: HttpRequest) -> HttpResponse:
    """Every open edition of public programmes as a JSON feed, the latest first."""
    feed = {
        "version": FEED_VERSION,
        "title": "Benefits reports of councils that share services",
        "language": "en-GB",
        "home_page_url": address("open_index"),
        "feed_url": address("open_feed"),
        "items": [_item(row) for row in public_editions()],
    }
    return data_response(json_text(feed), FEED_TYPE)


@public_view
def open_editions(request: HttpRequest, key: str) -> HttpResponse:
    """The open editions of one programme, and the tables of the latest with their stable addresses."""
    found = edition_or_404(key)
    tables = [
        {"key": one.key, "title": one.caption, "unit": one.unit, "url": address("open_table", key, one.key)}
        for one in found.content.tables
    ]
    listed = {
        "programme": key,
        "name": found.programme.name,
        "page": address("open_page", key),
        "tables": tables,
        "editions": [_item(row) for row in public_editions(key)],
    }
    return data_response(json_text(listed), JSON_TYPE)


@public_view
def open_table(request: HttpRequest, key: str, table: str) -> HttpResponse:
    """One table of the latest open edition, as CSV."""
    return _table(edition_or_404(key), table)


@public_view
def open_edition_table(request: HttpRequest, key: str, number: int, table: str) -> HttpResponse:
    """One table of one open edition, as CSV."""
    return _table(edition_or_404(key, number), table)


@public_view
def open_content(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What an open edition says, byte for byte: its SHA-256 is the hash that the report names."""
    return data_response(bytes(edition_or_404(key, number).row.content), JSON_TYPE)


@public_view
def open_file(request: HttpRequest, key: str, number: int, ending: str) -> HttpResponse:
    """A file of an open edition, while it is kept; none is made for a visitor."""
    found = edition_or_404(key, number)
    file = next((one for one in found.files if one.ending == ending), None)
    if file is None:
        raise Http404
    try:
        content = read(file.path)
    except FileNotFoundError as error:
        raise Http404 from error
    return data_response(content, file.content_type, file_name(found.edition, file.form, is_exempt=False))


@public_view
def open_case(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """An open edition as a case file, for other councils to load."""
    found = edition_or_404(key, number)
    return data_response(published_case(found), CASE_TYPE, case_name(found))


def _table(found: OpenEdition, key: str) -> HttpResponse:
    figures = found.table(key)
    if figures is None:
        raise Http404
    name = f"{found.programme.key}-{found.edition.number}-{key}.csv"
    return data_response(csv_text(as_table(figures)), CSV_TYPE, name)


def _item(row: EditionContent) -> dict[str, Any]:
    edition = row.edition
    key, number = edition.programme.key, edition.number
    page = address("open_edition", key, number)
    return {
        "id": page,
        "url": page,
        "title": str(edition),
        "content_text": f"{edition}, as recorded on {edition.as_of_on.isoformat()}",
        "date_published": edition.published_at.isoformat(),
        "attachments": [_attachment(row, one) for one in kept_files(row)],
        "_edition": {
            "programme": key,
            "number": number,
            "as_of_on": edition.as_of_on.isoformat(),
            "sha256": row.content_hash,
            "content": address("open_content", key, number),
            "what_changed": edition.what_changed,
        },
    }


def _attachment(row: EditionContent, file: OpenFile) -> dict[str, Any]:
    return {
        "url": address("open_file", row.edition.programme.key, row.edition.number, file.ending),
        "mime_type": file.content_type,
        "title": file.label,
        "size_in_bytes": file.size_bytes,
    }
