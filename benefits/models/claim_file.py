"""Evidence files of actual amounts."""

from __future__ import annotations

from django.db import models

from benefits.querysets import ClaimFileQuerySet
from core.models import Entered


class ClaimFile(Entered):
    """A file that proves an actual amount. Append-only: more can be added, none taken away."""

    actual = models.ForeignKey("benefits.ActualAmount", on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=200, help_text="where the file is kept, under the data folder")
    file_name = models.CharField(max_length=200, help_text="as it was called; only ever shown as text")
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = ClaimFileQuerySet.as_manager()

    class Meta:
        ordering = ["actual", "pk"]

    def __str__(self) -> str:
        return self.file_name
