"""manage.py dump_case: writes a programme as a case file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.exports.whole_file import write_whole
from governance.casefiles.dumping import dump_case
from governance.casefiles.dumping.fairness import POSTS_LEFT_OUT, posts_left_out
from governance.queries.exempt import withheld_words
from programme.models import Programme


class Command(BaseCommand):
    """Writes all of one programme, so that it loads back to the same state elsewhere."""

    help = "Write a programme as a case file (docs/case-file.md), to the screen or to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", metavar="KEY", help="key of the programme")
        parser.add_argument("--output", metavar="FILE", help="file to write; it is replaced whole")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            programme = _programme(options["key"])
            content, words = dump_case(programme), withheld_words(programme)
            said = [words, POSTS_LEFT_OUT if posts_left_out(programme) else ""]
        for line in filter(None, said):
            self.stderr.write(line)
        if not options["output"]:
            self.stdout.write(content.decode(), ending="")
            return
        _write(Path(options["output"]), content)
        self.stderr.write(f"Wrote {options['output']}, {len(content):,} bytes")


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
