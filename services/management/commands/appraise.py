"""manage.py appraise: writes the appraisal of a business case as one file."""

from __future__ import annotations

from argparse import ArgumentParser
from difflib import get_close_matches
from typing import Any

from django.core.management.base import CommandParser

from core.commands import FileCommand, some_of, wrongly_asked
from core.rules.words import listed
from services.appraisal_files.formats import FORMATS, TEXT_FORMATS
from services.models import BusinessCase
from services.queries.appraisal_report import AppraisalReport, appraisal_report


class Command(FileCommand[AppraisalReport]):
    """Writes the appraisal of one version."""

    formats, text_formats, example_name = FORMATS, TEXT_FORMATS, "appraisal"

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
        super().add_arguments(parser)

    def find(self, **options: Any) -> AppraisalReport:
        """The appraisal of the version asked for."""
        return appraisal_report(_case(options["ref"], options["programme"], options["number"]))

    def left_out(self, subject: AppraisalReport) -> str:
        """Lines whose figures are withheld."""
        return subject.appraisal.left_out


def _case(ref: str, programme: str | None, number: int | None) -> BusinessCase:
    """The version asked for, or the latest; says what there is where it cannot be found."""
    cases = BusinessCase.objects.select_related("programme__partnership").filter(ref=ref)
    if programme is not None:
        cases = cases.filter(programme__key=programme)
    found = list(cases.order_by("programme__key", "number"))
    if not found:
        raise wrongly_asked(_no_case(ref, programme))
    keys = list(dict.fromkeys(case.programme.key for case in found))
    if len(keys) > 1:
        raise wrongly_asked(
            f"{listed(keys)} each have a business case {ref}. Give one with --programme, for example "
            f"--programme {keys[0]}"
        )
    wanted = found[-1] if number is None else next((one for one in found if one.number == number), None)
    if wanted is None:
        numbers = listed([str(case.number) for case in found])
        raise wrongly_asked(f"Business case {ref} has no version {number}. It has {numbers}")
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
    return f"There is no business case {ref}{where}. There are: {some_of(refs)}"
