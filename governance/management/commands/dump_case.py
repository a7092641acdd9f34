"""manage.py dump_case: writes a programme as a case file."""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from governance.casefiles.dumping import dump_case
from programme.models import Programme


class Command(BaseCommand):
    """Writes all of one programme, so that it loads back to the same state elsewhere."""

    help = "Write a programme as a case file (docs/case-file.md), to the screen or to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", metavar="KEY", help="key of the programme")
        parser.add_argument("--output", metavar="FILE", help="file to write; it is replaced whole")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            content = dump_case(_programme(options["key"]))
        if not options["output"]:
            self.stdout.write(content.decode(), ending="")
            return
        _write_whole(Path(options["output"]), content)
        self.stderr.write(f"Wrote {options['output']}, {len(content):,} bytes")


def _programme(key: str) -> Programme:
    programme = Programme.objects.select_related("partnership__source", "sro").filter(key=key).first()
    if programme is None:
        keys = ", ".join(Programme.objects.order_by("key").values_list("key", flat=True)) or "none yet"
        raise CommandError(f"There is no programme with the key {key}. Keys: {keys}")
    return programme


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and put it in its place, so that a broken write leaves the old file whole."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(
            f"{path} cannot be written: {(error.strerror or 'unknown reason').lower()}"
        ) from None
