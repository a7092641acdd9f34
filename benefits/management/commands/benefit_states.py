"""manage.py benefit_states: writes docs/benefit-states.md from the table of states and steps."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from benefits.rules.machine import document


class Command(BaseCommand):
    """manage.py benefit_states > docs/benefit-states.md."""

    help = "Write the page about the states of a benefit, with its diagram."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
