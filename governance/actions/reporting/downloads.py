"""Open the exempt version of an edition, and download files: each time on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal
from core.exports.pdf import PdfUnavailableError
from core.models import ExemptAccess
from governance.enums import FileFormat
from governance.models import EditionContent
from governance.queries.reporting.editions import CONTENT_TYPES, council_of_exempt, file_bytes, file_name
from governance.report_policies import check_open_exempt, powers_of

NO_PDF = "PDF files cannot be made on this server. Choose another format"


@dataclass(frozen=True, slots=True)
class Download:
    """A file of an edition, to be saved."""

    name: str
    content: bytes
    content_type: str


@transaction.atomic
def open_exempt_version(row: EditionContent, *, by: User, channel: Channel = Channel.PAGE) -> ExemptAccess:
    """Record that a person opens the exempt version; who may not is refused (403)."""
    _check_open(row, by)
    if not row.is_exempt:
        raise Refusal("This is open to everyone who can see it", code="INV-37")
    audit.record(row, by=by, action="open_exempt", channel=channel, scope=row.edition.programme.key)
    return _accessed(row, by)


@transaction.atomic
def open_exempt_versions(
    rows: Iterable[EditionContent], *, by: User, channel: Channel = Channel.PAGE
) -> None:
    """Record that a person opens the exempt versions of several editions; all of them, or none."""
    for row in rows:
        open_exempt_version(row, by=by, channel=channel)


@transaction.atomic
def download_file(
    row: EditionContent, form: FileFormat, *, by: User, channel: Channel = Channel.PAGE
) -> Download:
    """A file of an edition with an audit row of its download; made again where it is no longer kept."""
    if row.is_exempt:
        _check_open(row, by)
        _accessed(row, by)
    try:
        content = file_bytes(row, form)
    except PdfUnavailableError as error:
        raise Refusal(NO_PDF, "format") from error
    audit.record(
        row,
        by=by,
        action="download_edition",
        channel=channel,
        scope=row.edition.programme.key,
        after={"format": form.value, "sha256": sha256(content).hexdigest()},
    )
    name = file_name(row.edition, form, is_exempt=row.is_exempt)
    return Download(name, content, CONTENT_TYPES[form])


def _check_open(row: EditionContent, by: User) -> None:
    check_open_exempt(powers_of(by, row.edition.programme), council_of_exempt(row))


def _accessed(row: EditionContent, by: User) -> ExemptAccess:
    return ExemptAccess.objects.create(
        by=by,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        object_label=str(row)[:300],
        scope=row.edition.programme.key,
    )
