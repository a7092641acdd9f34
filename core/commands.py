"""Commands that write one file: in which format, where to, and what is said where it cannot be written."""

from __future__ import annotations

from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.exports.whole_file import write_whole

STANDARD_OUTPUT = "-"
# What a script reads: 1 is that the file could not be written, 2 that what was asked for is wrong.
NOT_WRITTEN, WRONGLY_ASKED = 1, 2

Subject = TypeVar("Subject")


class FileCommand(BaseCommand, Generic[Subject]):
    """Writes the file whole, or leaves what was there as it was.

    A subclass names its formats and those of them that are text, says what to call a file in an example,
    and finds what the file is about.
    """

    formats: Mapping[str, Callable[[Subject], bytes]]
    text_formats: Collection[str]
    example_name: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--format and --output; a subclass adds its own before them."""
        parser.add_argument("--format", metavar="FORMAT", required=True, help=self._formats())
        parser.add_argument(
            "--output",
            metavar="FILE",
            required=True,
            help="file to write, replaced whole; - is standard output, not for xlsx",
        )

    @abstractmethod
    def find(self, **options: Any) -> Subject:
        """What the file is about; raises CommandError with WRONGLY_ASKED."""

    def left_out(self, subject: Subject) -> str:
        """What is said of the items that are withheld from the file (row 71); nothing where none is."""
        return ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Read at one moment, then write."""
        form, output = self._format(options["format"], options["output"]), options["output"]
        with transaction.atomic():
            subject = self.find(**options)
            content = self.formats[form](subject)
        said = self.left_out(subject)
        if said:
            self.stderr.write(said)
        try:
            if output == STANDARD_OUTPUT:
                self._print(content)
                return
            write_whole(_path(output), content)
        except OSError as error:
            raise CommandError(_not_written(output, error), returncode=NOT_WRITTEN) from None
        if options["verbosity"]:
            self.stderr.write(f"Wrote {output}, {len(content):,} bytes")

    def _print(self, content: bytes) -> None:
        """As UTF-8, whatever the terminal's own encoding is."""
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(content.decode(), ending="")
        else:
            binary.write(content)
            binary.flush()

    def _format(self, text: str, output: str) -> str:
        if text not in self.formats:
            raise wrongly_asked(f"There is no format {text}. Use --format {self._formats()}")
        if output == STANDARD_OUTPUT and text not in self.text_formats:
            raise wrongly_asked(
                f"Format {text} does not go to standard output. Give a file, for example "
                f"--output {self.example_name}.{text}"
            )
        return text

    def _formats(self) -> str:
        *most, last = self.formats
        return f"{', '.join(most)} or {last}"


def wrongly_asked(message: str) -> CommandError:
    """The refusal of a command whose words are wrong; a script sees exit code 2."""
    return CommandError(message, returncode=WRONGLY_ASKED)


def some_of(names: list[str], *, most: int = 10) -> str:
    """The first names, and how many more there are."""
    others = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{others}"


def _path(output: str) -> Path:
    path = Path(output)
    if not path.parent.is_dir():
        raise CommandError(
            f"There is no folder {path.parent}. Make it, or give another --output. Nothing was written",
            returncode=NOT_WRITTEN,
        )
    return path


def _not_written(output: str, error: OSError) -> str:
    reason = (error.strerror or "unknown reason").lower()
    if output == STANDARD_OUTPUT:
        return f"Standard output cannot be written: {reason}"
    return f"{output} cannot be written: {reason}. Nothing was written"
