"""Where a figure comes from."""

from __future__ import annotations

from django.db import models

from core.enums import Qualifier


class Source(models.Model):
    """A place in a document: what a reader opens to check a figure."""

    document = models.CharField(max_length=300)
    locator = models.CharField(max_length=300, blank=True, help_text="page, table or section")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "locator"], name="core_source_unique")]

    def __str__(self) -> str:
        return f"{self.document}, {self.locator}" if self.locator else self.document


class Sourced(models.Model):
    """A row that was stated somewhere: its source and how exact it is."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    qualifier = models.CharField(max_length=12, choices=Qualifier, default=Qualifier.EXACT)

    class Meta:
        abstract = True
