"""manage.py check_cases: checks that issued business cases still say what they said when they were issued."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.rules.words import count_of
from services.models import BusinessCase
from services.queries.case_content import has_issued_content


class Command(BaseCommand):
    """Compares the content of each issued version with its fingerprint, and fails if one differs."""

    help = "Check that every issued business case still has the fingerprint of the day it was issued."

    def handle(self, *args: Any, **options: Any) -> None:
        issued = BusinessCase.objects.exclude(content_hash="").select_related("programme")
        cases = list(issued.order_by("programme__key", "ref", "number"))
        changed = [case for case in cases if not has_issued_content(case)]
        for case in changed:
            self.stderr.write(
                f"{case.programme.key} {case.ref} version {case.number} has changed since its issue"
            )
        if changed:
            raise CommandError(f"{len(changed)} of {count_of(len(cases), 'issued version')} changed")
        self.stdout.write(f"{count_of(len(cases), 'issued version')} checked: as issued")
