"""Applies what time alone brings to decisions, as the timetable and the worker do every few minutes."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management import BaseCommand

from core.clock import LONDON, now
from core.rules.words import count_of
from governance.actions.due import apply_due_decisions


class Command(BaseCommand):
    """Says which decisions moved, from where to where. Running it again moves nothing twice."""

    help = "Apply closed call-ins, days of effect and lapses; run it again at any time without harm"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the moment."""
        parser.add_argument(
            "--as-of",
            type=_moment,
            metavar="DATETIME",
            help="the moment in London, for example 2027-01-16T00:01; now without it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply, and say what came of it."""
        moved = apply_due_decisions(options["as_of"] or now())
        for one in moved:
            self.stdout.write(f"{one.programme} {one.ref}: {one.from_state} to {one.to_state}")
        self.stdout.write(f"{count_of(len(moved), 'decision')} moved." if moved else "Nothing was due.")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("Enter a date and time, for example 2027-01-16T00:01") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
