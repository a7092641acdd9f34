"""What only the exempt version of a benefits report says beside its texts."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from core.models import Publication, Versioned, publication_constraints
from core.publication import withheld_sentence
from governance.enums import AdditionPlace, ReportState


class ReportAddition(Versioned, Publication):
    """An addition to one text of a report; an empty one was taken away and stands nowhere.

    `earlier` holds the texts before, each with who wrote it and when: as withheld as the text itself.
    """

    withheld_fields = ("text",)
    open_fields = ()

    report = models.ForeignKey("governance.Report", on_delete=models.PROTECT, related_name="additions")
    place = models.CharField("to which text", max_length=20, choices=AdditionPlace)
    text = models.TextField(blank=True)
    earlier = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            *publication_constraints("governance_report_addition"),
            models.UniqueConstraint(fields=["report", "place"], name="governance_report_addition_one"),
        ]

    def __str__(self) -> str:
        return f"Addition to {self.get_place_display()}"

    @property
    def sentence(self) -> str:
        """What the open version says in its place; empty once it is released."""
        return withheld_sentence(self)

    def get_absolute_url(self) -> str:
        """The edition that it stands in, else the reports of the programme: not everybody reads drafts."""
        if self.report.state == ReportState.PUBLISHED and self.report.edition:
            return self.report.edition.get_absolute_url()
        return reverse("governance:report_list", args=[self.report.programme.key])
