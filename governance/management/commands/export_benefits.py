"""manage.py export_benefits: writes what a programme saves against its plan as one file."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from core.clock import today
from core.commands import FileCommand
from governance.benefits_files.formats import FORMATS, TEXT_FORMATS
from governance.queries.benefits_export import BenefitsExport, benefits_export
from programme.commands import asked_day, asked_programme


class Command(FileCommand[BenefitsExport]):
    """Writes what one programme saves."""

    formats, text_formats, example_name = FORMATS, TEXT_FORMATS, "benefits"

    help = (
        "Write a programme's savings against plan, milestones and decisions as one file (docs/export.md). "
        "Exit codes: 0 written, 1 not written, 2 wrongly asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", metavar="KEY", required=True, help="key of the programme")
        parser.add_argument(
            "--as-of", metavar="DATE", help="the day to look from, today or before; today without it"
        )
        super().add_arguments(parser)

    def find(self, **options: Any) -> BenefitsExport:
        """The programme as it stands on the day asked for."""
        as_of = today() if options["as_of"] is None else asked_day(options["as_of"])
        return benefits_export(asked_programme(options["programme"]), as_of=as_of)

    def left_out(self, subject: BenefitsExport) -> str:
        """Decisions whose words are withheld."""
        return subject.left_out
