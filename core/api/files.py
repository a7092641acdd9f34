"""Files sent to the API, and what is answered of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class FileSerializer(serializers.Serializer[Any]):
    """A CSV or XLSX file; with `dry_run` it is only said what it would change."""

    file = serializers.FileField(allow_empty_file=True)
    dry_run = serializers.BooleanField(required=False, default=False)
