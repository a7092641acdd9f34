"""A file written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex


def write_whole(path: Path, content: bytes) -> None:
    """Write beside `path` and put the new file in its place, so that a broken write leaves the old one whole.

    Raises OSError where it cannot be written, also where `path` is a folder or a device.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise IsADirectoryError(0, "it is not a file")
    draft = target.with_name(f".{target.name}.{token_hex(8)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
