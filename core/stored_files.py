"""Files that people uploaded, kept in the data folder under names that say nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def keep(folder: str, content: bytes) -> str:
    """Keep a file under a name of its own that cannot be guessed; the path under the data folder."""
    return default_storage.save(f"{folder}/{uuid4().hex}", ContentFile(content))


def read(path: str) -> bytes:
    """The bytes of a file that was kept; raises FileNotFoundError where it is gone."""
    with default_storage.open(path) as file:
        return bytes(file.read())


def forget(path: str) -> None:
    """Delete a file whose row was not stored after all."""
    default_storage.delete(path)


def kept(folder: str) -> dict[str, datetime]:
    """The paths of all files of a folder, each with the moment from which it is there."""
    if not default_storage.exists(folder):
        return {}
    found = {}
    for name in default_storage.listdir(folder)[1]:
        with suppress(FileNotFoundError):  # another process may forget it meanwhile
            found[f"{folder}/{name}"] = default_storage.get_modified_time(f"{folder}/{name}")
    return found
