"""manage.py load_demonstration: fills an empty database with real cases and a made-up living programme."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.clock import today
from core.errors import Refusal
from core.rules.dates import parse_date
from governance.casefiles.problems import CaseFileProblems
from governance.demonstration.editions import publish_demonstration
from governance.demonstration.loading import load_demonstration
from governance.demonstration.people import demonstration_sign_ins


class Command(BaseCommand):
    """Loads the demonstration once; a second run changes nothing."""

    help = "Load the demonstration: the casebook and a made-up programme around today (DEMONSTRATION=1 only)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of", metavar="DATE", help="the day the programme lives on; today without it"
        )
        parser.add_argument(
            "--no-edition", action="store_true", help="publish no benefits report: it takes half a minute"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration is loaded in demonstration mode only. "
                "Set DEMONSTRATION=1 and use a database that holds nothing else."
            )
        try:
            as_of = _day(options["as_of"])
            loaded = load_demonstration(settings.BASE_DIR / "casebook", as_of)
        except (Refusal, CaseFileProblems) as error:
            raise CommandError(str(error)) from None
        published = [] if options["no_edition"] else publish_demonstration(as_of)
        if options["verbosity"]:
            self._tell(loaded, published)

    def _tell(self, loaded: list[str], published: list[str]) -> None:
        """Say what was loaded and published and who can sign in, or that nothing had to be done."""
        if not loaded and not published:
            self.stdout.write("The demonstration is loaded already. Nothing was changed")
            return
        for line in (*(f"Loaded {line}" for line in loaded), *published):
            self.stdout.write(line)
        for role, name, email, password in demonstration_sign_ins():
            self.stdout.write(f"{role}: {name}, {email}, password {password}")


def _day(text: str | None) -> date:
    return parse_date(text) if text else today()
