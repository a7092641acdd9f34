"""Archives, and files that are archives inside, with the same bytes each time they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
STORED_FIRST = "mimetype"


def archive_bytes(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of named files, all dated alike; OpenDocument's `mimetype` is not compressed."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_STORED if name == STORED_FIRST else zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            archive.writestr(entry, content)
    return output.getvalue()


def undated(made: bytes) -> bytes:
    """A file that is an archive inside, without the moment at which its parts were written."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return archive_bytes([(one.filename, archive.read(one)) for one in archive.infolist()])
