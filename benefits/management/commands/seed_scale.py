"""manage.py seed_scale: fills a demonstration database with many made-up programmes, to measure with."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from benefits.actions.roll_ups import store_marked
from benefits.scale.people import MANAGER
from benefits.scale.world import Size, make_world
from core.clock import today
from core.rules.dates import parse_date
from programme.models import Programme


class Command(BaseCommand):
    """Makes all programmes in one transaction, once; says how far it is."""

    help = "Make many programmes with monthly figures, to measure with (DEMONSTRATION=1 only)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programmes", type=int, default=600)
        parser.add_argument("--figures", type=int, default=2_200_000, help="monthly figures in all")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same figures")
        parser.add_argument("--as-of", metavar="DATE", help="the day they stand at; today without it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Made-up programmes go into a demonstration only. Set DEMONSTRATION=1")
        if User.objects.filter(email=MANAGER).exists():
            raise CommandError("The made-up programmes are there already. Nothing was changed")
        if options["programmes"] < 1 or options["figures"] < options["programmes"]:
            raise CommandError("Give at least one programme, and a figure or more for each")
        day = parse_date(options["as_of"]) if options["as_of"] else today()
        size = Size(options["programmes"], options["figures"], options["seed"], day)
        self._make(size, options["verbosity"])

    def _make(self, size: Size, verbosity: int) -> None:
        began = time.monotonic()

        def told(programmes: int, figures: int) -> None:
            if verbosity:
                gone = time.monotonic() - began
                self.stdout.write(f"{programmes:,} programmes, {figures:,} figures, {gone:.0f} s")
                self.stdout.flush()

        written = make_world(size, told)
        seconds = time.monotonic() - began
        if verbosity:
            for name, count in written.items():
                self.stdout.write(f"{count:>12,}  {name}")
            rows = sum(count for name, count in written.items() if "." in name)
            self.stdout.write(f"{rows:,} rows in {seconds:.0f} s, {rows / max(seconds, 1):,.0f} a second")
        stored = store_marked(at_most=Programme.objects.count())
        if verbosity:
            gone = time.monotonic() - began - seconds
            self.stdout.write(f"Sums of {stored:,} programmes stored in {gone:.0f} s")
