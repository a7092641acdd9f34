"""manage.py subject_access: writes all that is held about one person, to answer their request."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from accounts.actions.system_user import system_user
from accounts.models import User
from core.commands import FileCommand, wrongly_asked
from core.enums import Channel
from core.errors import Refusal
from governance.actions.subject_access import export_held


class Command(FileCommand[bytes]):
    """Writes what is held about one person."""

    formats, text_formats, example_name = {"zip": lambda content: content}, (), "held"

    help = (
        "Write all that is held about one person as an archive of JSON and CSV, to answer a request "
        "(docs/data-protection.md). The audit trail keeps that it was made, and why. "
        "Exit codes: 0 written, 1 not written, 2 wrongly asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="e-mail address of the person's account")
        parser.add_argument("--reason", required=True, help="for which request, for example its number")
        parser.add_argument("--output", metavar="FILE", required=True, help="file to write, replaced whole")
        parser.set_defaults(format="zip")

    def find(self, **options: Any) -> bytes:
        """All that is held about the person, on record."""
        address = options["email"].strip().lower()
        person = User.objects.filter(email=address).first()
        if person is None:
            raise wrongly_asked(f"There is no account with the address {address}")
        try:
            return export_held(person, by=system_user(), channel=Channel.TASK, why=options["reason"])
        except Refusal as refusal:
            raise wrongly_asked(refusal.message) from None
