"""Large files of amounts: a durable row that the worker takes up."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from benefits.enums import EntryKind, ImportState
from benefits.querysets import ImportJobQuerySet
from core.clock import LONDON
from core.models import Job
from core.rules.calendar import format_date, format_time
from core.rules.words import count_of

NOTHING = "Nothing was imported."


class ImportJob(Job):
    """One file of amounts: checked by the worker, shown, confirmed by who sent it, and imported whole."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="import_jobs")
    kind = models.CharField(max_length=8, choices=EntryKind)
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=200, help_text="where the file is kept in the data folder")
    why = models.CharField(max_length=500, blank=True)
    as_at_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    rows = models.PositiveIntegerField(null=True, blank=True, help_text="rows of the file, once it is read")
    rows_done = models.PositiveIntegerField(default=0, help_text="rows checked so far")
    change_count = models.PositiveIntegerField(default=0)
    changes = models.JSONField(
        default=list, blank=True, help_text="the first of them: line, council, time, now, then"
    )
    problem_count = models.PositiveIntegerField(default=0)
    problems = models.JSONField(
        default=list, blank=True, help_text="the first of them: row, column, text, message"
    )
    seen = models.TextField(blank=True, help_text="the ledgers that the file was compared with")
    error = models.CharField(max_length=500, blank=True, help_text="why it was not imported")

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "claimed_at"], name="benefits_import_state")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("benefits:import_job_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """Whether the worker has it, or will."""
        return self.state in RUNNING

    @property
    def is_storing(self) -> bool:
        """Whether the worker is importing it."""
        return self.state == ImportState.STORING

    @property
    def outcome(self) -> str:
        """What came of it, in a sentence or two; empty while it runs."""
        if self.is_running:
            return ""
        if self.state == ImportState.FAILED:
            return f"{self.error}. {NOTHING}"
        amounts, rows = count_of(self.change_count, "amount"), count_of(self.rows or 0, "row")
        if self.state == ImportState.DONE and self.ended_at:
            ended_at = self.ended_at.astimezone(LONDON)
            return f"{amounts} imported at {format_time(ended_at)} on {format_date(ended_at.date())}."
        if self.state == ImportState.READY:
            return f"{rows} would change {amounts}. Nothing is imported yet."
        if self.state == ImportState.REFUSED:
            verb = "is" if self.problem_count == 1 else "are"
            cells = count_of(self.problem_count, "cell")
            return f"{cells} of {rows} {verb} wrong. Fix them and send the file again. {NOTHING}"
        return NOTHING

    @property
    def can_be_confirmed(self) -> bool:
        """Whether it was checked without errors and would change something."""
        return self.state == ImportState.READY and self.change_count > 0

    @property
    def can_be_cancelled(self) -> bool:
        """Whether nothing is being stored, or was."""
        return self.state in CANCELLABLE


RUNNING = (ImportState.WAITING, ImportState.CHECKING, ImportState.CONFIRMED, ImportState.STORING)
CANCELLABLE = (ImportState.WAITING, ImportState.CHECKING, ImportState.READY, ImportState.CONFIRMED)
