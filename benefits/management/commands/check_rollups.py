"""manage.py check_rollups: compares the stored sums of every programme with its entries."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benefits.actions.roll_ups import repair_roll_up, store_roll_up
from benefits.queries.roll_ups import Difference, differences, has_marks
from core.clock import today
from programme.models import Programme


class Command(BaseCommand):
    """Prints each difference and ends with 1 where there is any; repairs nothing unless told to."""

    help = "Compare the stored sums of the ledgers with the entries themselves"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", metavar="KEY", help="one programme only")
        parser.add_argument(
            "--repair", action="store_true", help="store what is wrong anew, and write it to the audit trail"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        programmes = Programme.objects.order_by("pk")
        if options["programme"]:
            programmes = programmes.filter(key=options["programme"])
            if not programmes:
                raise CommandError(f"There is no programme {options['programme']}")
        wrong = sum(self._check(one, repair=options["repair"]) for one in programmes.iterator())
        if options["verbosity"]:
            self.stdout.write(f"{programmes.count():,} programmes compared, {wrong:,} with differences")
        if wrong and not options["repair"]:
            sys.exit(1)

    def _check(self, programme: Programme, *, repair: bool) -> bool:
        """Whether a programme has differences. One that is marked has none: pages read its entries."""
        if has_marks(programme):
            self.stdout.write(f"{programme.key}: entries were made that are still being added up")
            if repair:
                store_roll_up(programme)
            return False
        found = repair_roll_up(programme, by=None) if repair else differences(programme, today())
        for one in found:
            self._tell(programme, one)
        return bool(found)

    def _tell(self, programme: Programme, one: Difference) -> None:
        self.stdout.write(f"{programme.key}: {one.cell}: stored {one.stored}, entries give {one.true}")
