"""manage.py load_case: brings case files into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from core.errors import StaleEdit
from governance.casefiles.files import read_files
from governance.casefiles.loading import load_documents
from governance.casefiles.of_others import check_all_published
from governance.casefiles.problems import CaseFileProblems


class Command(BaseCommand):
    """Loads all the files given in one transaction, or, where anything is wrong, none of them."""

    help = (
        "Load case files (docs/case-file.md). All are loaded, or none. Loading a file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a case file, or a file of councils")
        parser.add_argument(
            "--dry-run", action="store_true", help="check the files and say what would happen; change nothing"
        )
        parser.add_argument(
            "--published-only",
            action="store_true",
            help="refuse every file that is not a published case; for files from others",
        )
        parser.add_argument(
            "--by", metavar="EMAIL", help="the person in whose name to load; Concordat itself without it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = _person(options["by"]) if options["by"] else None
        try:
            read = read_files(options["files"])
            if options["published_only"]:
                check_all_published(read.documents)
            report = load_documents(read.documents, by=by, dry_run=options["dry_run"])
        except CaseFileProblems as error:
            raise CommandError(str(error)) from None
        except StaleEdit as error:
            raise CommandError(f"{error}. Nothing was imported; load again") from None
        for line in [*read.skipped, *report.lines()]:
            self.stdout.write(line)
        if not read.documents:
            raise CommandError("There is nothing to load: none of the files is a case file")
        if options["dry_run"]:
            self.stdout.write("This was a dry run. Nothing was changed")


def _person(email: str) -> User:
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"There is no active account with the address {email}")
    return person
