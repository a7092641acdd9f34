"""manage.py publish_edition: publishes the draft of a day, or finds its edition, and writes the files."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from core.commands import NOT_WRITTEN, wrongly_asked
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.exports.pdf import PdfUnavailableError
from core.exports.whole_file import write_whole
from core.rules.calendar import format_date
from core.rules.dates import parse_date
from governance.actions.reporting.publishing import run_publishing, start_publishing
from governance.enums import FileFormat
from governance.models import Edition, EditionContent, Report
from governance.queries.reporting.editions import file_bytes, file_name
from programme.models import Programme


class Command(BaseCommand):
    """Writes every file of an edition into a folder."""

    help = (
        "Write every file of the benefits report of a programme to a day. Where there is an edition of that "
        "day, its files are written again; else the draft of that day is signed and published. "
        "Exit codes: 0 written, 1 not written, 2 wrongly asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", metavar="KEY", required=True, help="key of the programme")
        parser.add_argument("--as-of", metavar="DATE", required=True, help="the day of the report")
        parser.add_argument("--council", metavar="KEY", default="", help="the report of this council alone")
        parser.add_argument("--exempt", action="store_true", help="the exempt version, not the open one")
        parser.add_argument("--output", metavar="DIR", required=True, help="folder to write into")
        parser.add_argument(
            "--by", metavar="EMAIL", help="who signs; the senior responsible owner without it"
        )
        parser.add_argument("--reason", default="", help="why it is published where the checklist warns")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find or publish the edition, then write."""
        programme = Programme.objects.filter(key=options["programme"]).first()
        if programme is None:
            raise wrongly_asked(f"There is no programme with the key {options['programme']}")
        day = _day(options["as_of"])
        edition = self._edition(programme, day, options)
        row = edition.contents.select_related("edition__programme", "edition__council").get(
            is_exempt=options["exempt"]
        )
        self._write(row, Path(options["output"]))

    def _edition(self, programme: Programme, day: date, options: dict[str, Any]) -> Edition:
        about = {"programme": programme, "as_of_on": day}
        council = options["council"]
        about |= {"council__key": council} if council else {"council__isnull": True}
        found = Edition.objects.filter(**about).order_by("-number").first()
        if found is not None:
            return found
        report = Report.objects.drafts().filter(**about).first()
        if report is None:
            raise wrongly_asked(
                f"There is no edition and no draft as recorded on {format_date(day)}. Begin a draft"
            )
        return _published(report, _signer(programme, options["by"]), options["reason"])

    def _write(self, row: EditionContent, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for form in FileFormat:
            path = folder / file_name(row.edition, form, is_exempt=row.is_exempt)
            try:
                write_whole(path, file_bytes(row, form))
            except PdfUnavailableError as error:
                self.stderr.write(str(error))
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}", returncode=NOT_WRITTEN) from error
            else:
                self.stdout.write(str(path))


def _published(report: Report, by: User, reason: str) -> Edition:
    try:
        job = start_publishing(
            report,
            by=by,
            seen_version=report.version,
            deliver=lambda pk: None,
            reason=reason,
            channel=Channel.TASK,
        )
    except (Refusal, Refusals, PermissionDenied) as said:
        raise CommandError(str(said), returncode=NOT_WRITTEN) from said
    run_publishing(job.pk)
    job.refresh_from_db()
    edition = Edition.objects.filter(report=report).first()
    if edition is None:
        raise CommandError(job.error or "Another worker has it. Try again", returncode=NOT_WRITTEN)
    return edition


def _signer(programme: Programme, email: str | None) -> User:
    by = User.objects.filter(email__iexact=email).first() if email else programme.sro
    if by is None:
        raise wrongly_asked(
            f"There is nobody with the address {email}" if email else "Say who signs: --by EMAIL"
        )
    return by


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except Refusal as refusal:
        raise wrongly_asked(f"--as-of {text}: {refusal}") from None
