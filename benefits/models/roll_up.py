"""Stored sums of a programme's ledgers: what the page of all programmes reads instead of every entry.

Nothing is stated here. Whatever stands in these tables can be worked out again from the ledgers, and
`manage.py check_rollups` compares the two.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benefits.enums import Measure
from benefits.querysets import RollUpQuerySet


class LedgerChange(models.Model):
    """A mark that something a programme's sums are made of was written since they were stored.

    The database itself writes it, whoever writes and in whatever way, within the same transaction. There is
    no lock in it: two people who post at once do not wait for each other.
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, related_name="+", db_constraint=False
    )

    def __str__(self) -> str:
        return f"change {self.pk} of programme {self.programme_id}"


class RollUp(models.Model):
    """The sums of one programme as they hold from a day on, until those of a later day do.

    There is one for the day on which it was made, and one for each later day on which a plan that is
    approved already takes effect.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="roll_ups")
    from_on = models.DateField()
    cut_off = models.DateField(null=True, blank=True, help_text="the data cut-off of the programme")
    first_fy = models.PositiveSmallIntegerField(null=True, help_text="of its years; empty where it has none")
    last_fy = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RollUpQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "from_on"], name="benefits_roll_up_unique")
        ]

    def __str__(self) -> str:
        return f"sums of programme {self.programme_id} from {self.from_on}"


class RollUpCell(models.Model):
    """One measure of one council in one financial year; empty where it cannot be worked out (not £0).

    There is one of all councils too, without a council, and one of all years, of year 0. The columns are
    those of `benefits.queries.figures.Figures`.
    """

    roll_up = models.ForeignKey(RollUp, on_delete=models.CASCADE, related_name="cells")
    council = models.ForeignKey(
        "programme.Council", on_delete=models.CASCADE, null=True, related_name="+", help_text="empty: all"
    )
    measure = models.CharField(max_length=20, choices=Measure)
    fy = models.PositiveSmallIntegerField("financial year", help_text="0: all years")
    original = models.BigIntegerField(null=True)
    current = models.BigIntegerField(null=True)
    forecast = models.BigIntegerField(null=True)
    claimed = models.BigIntegerField(null=True)
    verified = models.BigIntegerField(null=True)
    banked = models.BigIntegerField(null=True)
    original_to_date = models.BigIntegerField(null=True)
    current_to_date = models.BigIntegerField(null=True)
    forecast_no_target = models.BigIntegerField(null=True)
    verified_no_target = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["roll_up", "measure", "council", "fy"]
        constraints = [
            models.UniqueConstraint(
                fields=["roll_up", "measure", "council", "fy"],
                condition=Q(council__isnull=False),
                name="benefits_roll_up_cell_unique",
            ),
            models.UniqueConstraint(
                fields=["roll_up", "measure", "fy"],
                condition=Q(council__isnull=True),
                name="benefits_roll_up_whole_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of council {self.council_id} in {self.fy}"
