"""manage.py export_benefits: writes what a programme saves against its plan as one file."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.clock import today
from core.errors import Refusal
from core.exports.whole_file import write_whole
from core.rules.calendar import format_date
from core.rules.dates import parse_date
from core.rules.words import listed
from governance.benefits_files.formats import FORMATS, TEXT_FORMATS
from governance.queries.benefits_export import benefits_export
from programme.models import Programme

STANDARD_OUTPUT = "-"
# What a script reads: 1 is that the file could not be written, 2 that what was asked for is wrong.
NOT_WRITTEN, WRONGLY_ASKED = 1, 2
_MOST_KEYS = 10


class Command(BaseCommand):
    """Writes the file whole, or leaves what was there as it was."""

    help = (
        "Write a programme's savings against plan, milestones and decisions as one file (docs/export.md). "
        "Exit codes: 0 written, 1 not written, 2 wrongly asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", metavar="KEY", required=True, help="key of the programme")
        parser.add_argument(
            "--as-of", metavar="DATE", help="the day to look from, today or before; today without it"
        )
        parser.add_argument("--format", metavar="FORMAT", required=True, help=f"{_formats()}")
        parser.add_argument(
            "--output",
            metavar="FILE",
            required=True,
            help="file to write, replaced whole; - is standard output, not for xlsx",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        form, output = _format(options["format"], options["output"]), options["output"]
        as_of = _day(options["as_of"])
        with transaction.atomic():
            content = FORMATS[form](benefits_export(_programme(options["programme"]), as_of=as_of))
        try:
            if output == STANDARD_OUTPUT:
                self._print(content)
                return
            write_whole(_path(output), content)
        except OSError as error:
            raise CommandError(_not_written(output, error), returncode=NOT_WRITTEN) from None
        if options["verbosity"]:
            self.stderr.write(f"Wrote {output}, {len(content):,} bytes")

    def _print(self, content: bytes) -> None:
        """As UTF-8, whatever the terminal's own encoding is."""
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(content.decode(), ending="")
        else:
            binary.write(content)
            binary.flush()


def _format(text: str, output: str) -> str:
    if text not in FORMATS:
        raise CommandError(f"There is no format {text}. Use --format {_formats()}", returncode=WRONGLY_ASKED)
    if output == STANDARD_OUTPUT and text not in TEXT_FORMATS:
        raise CommandError(
            f"Format {text} does not go to standard output. Give a file, for example "
            f"--output benefits.{text}",
            returncode=WRONGLY_ASKED,
        )
    return text


def _formats() -> str:
    *most, last = FORMATS
    return f"{', '.join(most)} or {last}"


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        day = parse_date(text)
    except Refusal as refusal:
        raise CommandError(
            f"--as-of {text}: {refusal}. Give a day, for example --as-of {today().isoformat()}",
            returncode=WRONGLY_ASKED,
        ) from None
    if day > today():
        raise CommandError(
            f"--as-of {text} is in the future. Give {format_date(today())} or a day before it: "
            "what is expected later is in the file as forecast",
            returncode=WRONGLY_ASKED,
        )
    return day


def _programme(key: str) -> Programme:
    programme = Programme.objects.select_related("partnership").filter(key=key).first()
    if programme is None:
        raise CommandError(
            f"There is no programme with the key {key}. {_keys(key)}", returncode=WRONGLY_ASKED
        )
    return programme


def _keys(key: str) -> str:
    """The keys that come nearest, or some that there are."""
    keys = list(Programme.objects.order_by("key").values_list("key", flat=True))
    if not keys:
        return "No programme is loaded yet: load a case file with load_case"
    nearest = get_close_matches(key.lower(), keys, n=3, cutoff=0.5) or [
        found for found in keys if key and key.lower() in found
    ]
    if nearest:
        return f"The nearest: {listed(nearest[:3])}"
    others = f" and {len(keys) - _MOST_KEYS} more" if len(keys) > _MOST_KEYS else ""
    return f"Keys: {', '.join(keys[:_MOST_KEYS])}{others}"


def _path(output: str) -> Path:
    path = Path(output)
    if not path.parent.is_dir():
        raise CommandError(
            f"There is no folder {path.parent}. Make it, or give another --output. Nothing was written",
            returncode=NOT_WRITTEN,
        )
    return path


def _not_written(output: str, error: OSError) -> str:
    reason = (error.strerror or "unknown reason").lower()
    if output == STANDARD_OUTPUT:
        return f"Standard output cannot be written: {reason}"
    return f"{output} cannot be written: {reason}. Nothing was written"
