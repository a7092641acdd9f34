"""Where collected static files are kept, and when they are collected again."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

UNCOMPRESSED = "drf_spectacular_sidecar/"


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files under names that carry their content's hash, compressed."""

    def create_compressor(self, **options: Any) -> Any:
        """Compress by gzip alone: Brotli saves a tenth more and makes the first start three times as long."""
        return super().create_compressor(**options, use_brotli=False)

    def compress_files(self, paths: Iterable[str]) -> Any:
        """Compress all files but the API page's own, which take longer than all others together."""
        return super().compress_files(path for path in paths if not path.startswith(UNCOMPRESSED))


def collect_when_changed() -> None:
    """Collect the static files when any of them changed since the last time, or none was collected yet."""
    if settings.DEBUG:
        return
    note = settings.DATA_DIR / "static-files-collected"
    fingerprint = _fingerprint()
    if settings.STATIC_ROOT.is_dir() and note.is_file() and note.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(fingerprint)


def _fingerprint() -> str:
    """Return a hash over name, size and time of every static file."""
    lines = sorted(_describe(path) for path in _source_files())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _source_files() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def _describe(path: Path) -> str:
    status = path.stat()
    return f"{path} {status.st_size} {status.st_mtime_ns}"
