"""manage.py export_benefits: writes what a programme saves against its plan as one file."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from difflib import get_close_matches
from typing import Any

from core.clock import today
from core.commands import FileCommand, some_of, wrongly_asked
from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.dates import parse_date
from core.rules.words import listed
from governance.benefits_files.formats import FORMATS, TEXT_FORMATS
from governance.queries.benefits_export import BenefitsExport, benefits_export
from programme.models import Programme


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
        as_of = _day(options["as_of"])
        return benefits_export(_programme(options["programme"]), as_of=as_of)

    def left_out(self, subject: BenefitsExport) -> str:
        """Decisions whose words are withheld."""
        return subject.left_out


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        day = parse_date(text)
    except Refusal as refusal:
        raise wrongly_asked(
            f"--as-of {text}: {refusal}. Give a day, for example --as-of {today().isoformat()}"
        ) from None
    if day > today():
        raise wrongly_asked(
            f"--as-of {text} is in the future. Give {format_date(today())} or a day before it: "
            "what is expected later is in the file as forecast"
        )
    return day


def _programme(key: str) -> Programme:
    programme = Programme.objects.select_related("partnership").filter(key=key).first()
    if programme is None:
        raise wrongly_asked(f"There is no programme with the key {key}. {_keys(key)}")
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
    return f"Keys: {some_of(keys)}"
