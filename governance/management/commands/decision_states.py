"""manage.py decision_states: writes docs/decision-states.md from the table of states and steps."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from governance.rules.machine import document


class Command(BaseCommand):
    """manage.py decision_states > docs/decision-states.md."""

    help = "Write the page about the states of a decision, with its diagram."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
