"""manage.py appraise: writes the appraisal of a business case as one file."""

from __future__ import annotations

from argparse import ArgumentParser
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.exports.whole_file import write_whole
from core.rules.words import listed
from services.appraisal_files.formats import FORMATS, TEXT_FORMATS
from services.models import BusinessCase
from services.queries.appraisal_report import appraisal_report

STANDARD_OUTPUT = "-"
# What a script reads: 1 is that the file could not be written, 2 that what was asked for is wrong.
NOT_WRITTEN, WRONGLY_ASKED = 1, 2
_MOST_REFS = 10


class Command(BaseCommand):
    """Writes the file whole, or leaves what was there as it was."""

    help = (
        "Write the appraisal of a business case, jointly and by council, as one file (docs/appraisal.md). "
        "Exit codes: 0 written, 1 not written, 2 wrongly asked."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A parser in which --version is of the case, not of the framework."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ref", metavar="REF", help="reference of the business case")
        parser.add_argument(
            "--programme", metavar="KEY", help="key of its programme; needed where two have that reference"
        )
        parser.add_argument(
            "--version",
            dest="number",
            metavar="N",
            type=int,
            help="version of the case; the latest without it",
        )
        parser.add_argument("--format", metavar="FORMAT", required=True, help=_formats())
        parser.add_argument(
            "--output",
            metavar="FILE",
            required=True,
            help="file to write, replaced whole; - is standard output, not for xlsx",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        form, output = _format(options["format"], options["output"]), options["output"]
        with transaction.atomic():
            case = _case(options["ref"], options["programme"], options["number"])
            content = FORMATS[form](appraisal_report(case))
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
            f"--output appraisal.{text}",
            returncode=WRONGLY_ASKED,
        )
    return text


def _formats() -> str:
    *most, last = FORMATS
    return f"{', '.join(most)} or {last}"


def _case(ref: str, programme: str | None, number: int | None) -> BusinessCase:
    """The version asked for, or the latest; says what there is where it cannot be found."""
    cases = BusinessCase.objects.select_related("programme__partnership").filter(ref=ref)
    if programme is not None:
        cases = cases.filter(programme__key=programme)
    found = list(cases.order_by("programme__key", "number"))
    if not found:
        raise CommandError(_no_case(ref, programme), returncode=WRONGLY_ASKED)
    keys = list(dict.fromkeys(case.programme.key for case in found))
    if len(keys) > 1:
        raise CommandError(
            f"{listed(keys)} each have a business case {ref}. Give one with --programme, for example "
            f"--programme {keys[0]}",
            returncode=WRONGLY_ASKED,
        )
    wanted = found[-1] if number is None else next((one for one in found if one.number == number), None)
    if wanted is None:
        numbers = listed([str(case.number) for case in found])
        raise CommandError(
            f"Business case {ref} has no version {number}. It has {numbers}", returncode=WRONGLY_ASKED
        )
    return wanted


def _no_case(ref: str, programme: str | None) -> str:
    """The references that come nearest, or some that there are."""
    cases = (
        BusinessCase.objects.all()
        if programme is None
        else BusinessCase.objects.filter(programme__key=programme)
    )
    where = "" if programme is None else f" in programme {programme}"
    refs = list(cases.order_by("ref").values_list("ref", flat=True).distinct())
    if not refs:
        return f"There is no business case{where}"
    nearest = get_close_matches(ref, refs, n=3, cutoff=0.5)
    if nearest:
        return f"There is no business case {ref}{where}. The nearest: {listed(nearest)}"
    others = f" and {len(refs) - _MOST_REFS} more" if len(refs) > _MOST_REFS else ""
    return f"There is no business case {ref}{where}. There are: {', '.join(refs[:_MOST_REFS])}{others}"


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
