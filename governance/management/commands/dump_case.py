"""manage.py dump_case: writes a programme as a case file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.exports.whole_file import write_whole
from governance.casefiles.dumping import dump_case
from governance.casefiles.dumping.bulletins import bulletins_left_out
from governance.casefiles.dumping.editions import editions_left_out
from governance.casefiles.dumping.fairness import POSTS_LEFT_OUT, posts_left_out
from governance.casefiles.published import published_case
from governance.queries.exempt import withheld_words
from governance.queries.open_publication.editions import previewed_edition
from programme.models import Programme


class Command(BaseCommand):
    """Writes all of one programme, so that it loads back to the same state elsewhere."""

    help = "Write a programme as a case file (docs/case-file.md), to the screen or to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", metavar="KEY", help="key of the programme")
        parser.add_argument(
            "--published",
            action="store_true",
            help="only what the latest open edition says, without names, as a case for other councils",
        )
        parser.add_argument("--output", metavar="FILE", help="file to write; it is replaced whole")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            programme = _programme(options["key"])
            content, said = (_published if options["published"] else _whole)(programme)
        for line in filter(None, said):
            self.stderr.write(line)
        if not options["output"]:
            self.stdout.write(content.decode(), ending="")
            return
        _write(Path(options["output"]), content)
        self.stderr.write(f"Wrote {options['output']}, {len(content):,} bytes")


def _whole(programme: Programme) -> tuple[bytes, list[str]]:
    """Everything, and what is left out of it."""
    left_out = POSTS_LEFT_OUT if posts_left_out(programme) else ""
    too_early = [editions_left_out(programme), bulletins_left_out(programme)]
    return dump_case(programme), [withheld_words(programme), left_out, *too_early]


def _published(programme: Programme) -> tuple[bytes, list[str]]:
    """What the latest open edition says."""
    found = previewed_edition(programme)
    if found is None:
        raise CommandError("There is no edition yet. Publish one first")
    return published_case(found), []


def _programme(key: str) -> Programme:
    programme = Programme.objects.select_related("partnership__source", "sro").filter(key=key).first()
    if programme is None:
        keys = ", ".join(Programme.objects.order_by("key").values_list("key", flat=True)) or "none yet"
        raise CommandError(f"There is no programme with the key {key}. Keys: {keys}")
    return programme


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise CommandError(
            f"{path} cannot be written: {(error.strerror or 'unknown reason').lower()}"
        ) from None
