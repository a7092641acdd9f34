"""Where collected static files are kept, and how."""

from collections.abc import Iterable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that carry their content's hash, compressed; the API page's own large files are not."""

    def compress_files(self, paths: Iterable[str]) -> Any:
        """Compress all files but those of the API documentation, which take longer than all others together."""
        return super().compress_files(path for path in paths if not path.startswith("drf_spectacular_sidecar/"))
