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
from core.rules.words import listed
from governance.actions.reporting.publishing import run_publishing, start_publishing
from governance.enums import FileFormat
from governance.models import Edition, EditionContent, Report
from governance.queries.reporting.editions import file_bytes, file_name
from programme.commands import asked_day, asked_programme, nearest_keys
from programme.models import Council, Programme


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
        """Find or publish the edition, then write; nothing is published where anything is asked wrongly."""
        programme, day = asked_programme(options["programme"]), asked_day(options["as_of"])
        council = _council(programme, options["council"]) if options["council"] else None
        folder = _folder(options["output"])
        edition = self._edition(programme, day, council, options)
        row = edition.contents.filter(is_exempt=options["exempt"]).first()
        if row is None:
            raise wrongly_asked(f"{edition} came out of a case file, which holds no exempt version")
        self._write(row, folder)

    def _edition(
        self, programme: Programme, day: date, council: Council | None, options: dict[str, Any]
    ) -> Edition:
        found = Edition.objects.of(programme.pk, council.pk if council else None).filter(as_of_on=day)
        edition = found.select_related("programme", "council").order_by("-number").first()
        if edition is not None:
            self.stderr.write(f"{edition} is published. Its files are written again")
            return edition
        report = Report.objects.drafts().filter(programme=programme, council=council, as_of_on=day).first()
        if report is None:
            raise wrongly_asked(_nothing(programme, day, council))
        edition = _published(report, _signer(programme, options["by"]), options["reason"])
        self.stderr.write(f"{edition} is published")
        return edition

    def _write(self, row: EditionContent, folder: Path) -> None:
        for form in FileFormat:
            path = folder / file_name(row.edition, form, is_exempt=row.is_exempt)
            try:
                write_whole(path, file_bytes(row, form))
            except PdfUnavailableError as error:
                self.stderr.write(str(error))
            except OSError as error:
                raise _not_written(path, error) from None
            else:
                self.stdout.write(str(path))


def _council(programme: Programme, key: str) -> Council:
    councils = {one.key: one for one in programme.partnership.councils.all()}
    if key not in councils:
        keys = nearest_keys(key, sorted(councils))
        raise wrongly_asked(f"No council with the key {key} belongs to {programme}. {keys}")
    return councils[key]


def _folder(output: str) -> Path:
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise wrongly_asked(f"{folder} is a file. Give a folder for --output") from None
    except OSError as error:
        raise _not_written(folder, error) from None
    return folder


def _nothing(programme: Programme, day: date, council: Council | None) -> str:
    """That there is nothing of the day, and of which days there is a draft or an edition."""
    said = f"There is no edition and no draft as recorded on {format_date(day)}. "
    editions = Edition.objects.of(programme.pk, council.pk if council else None)
    drafts = Report.objects.drafts().filter(programme=programme, council=council)
    kinds = (("edition", editions), ("draft", drafts))
    found = [
        f"{kind} of {format_date(one)}"
        for kind, rows in kinds
        for one in sorted(set(rows.values_list("as_of_on", flat=True)))
    ]
    return f"{said}There is: {listed(found)}" if found else f"{said}Begin a draft"


def _not_written(path: Path, error: OSError) -> CommandError:
    reason = (error.strerror or "unknown reason").lower()
    return CommandError(f"{path} cannot be written: {reason}", returncode=NOT_WRITTEN)


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
