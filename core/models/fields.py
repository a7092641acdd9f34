"""Columns of a date that may be known only to a month, a season or a year."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from core.enums import DatePrecision
from core.rules.dates import ImpreciseDate


def first_on() -> models.DateField[Any, Any]:
    """First day that the stated date can mean."""
    return models.DateField(null=True, blank=True)


def last_on() -> models.DateField[Any, Any]:
    """Last day that the stated date can mean; the date is overdue after it."""
    return models.DateField(null=True, blank=True)


def precision() -> models.CharField[Any, Any]:
    """How exactly the date is known; empty when there is no date."""
    return models.CharField(max_length=20, choices=DatePrecision, blank=True, default="")


def date_text() -> models.CharField[Any, Any]:
    """The date in the words of its source, for example "spring 2011"."""
    return models.CharField(max_length=120, blank=True, default="")


def date_order(table: str, name: str) -> models.CheckConstraint:
    """Constraint: both days of the date `name` are there, in order, or neither is."""
    first, last = f"{name}_first_on", f"{name}_last_on"
    return models.CheckConstraint(
        name=f"{table}_{name}_order",
        condition=Q(**{f"{first}__isnull": True, f"{last}__isnull": True}) | Q(**{f"{first}__lte": F(last)}),
        violation_error_message="The first day of a date must be on or before its last day",
    )


class ImpreciseDates(models.Model):
    """Reads and writes the four columns of an imprecise date as one value."""

    class Meta:
        abstract = True

    def get_date(self, name: str) -> ImpreciseDate | None:
        """The date `name` as one value, or None where it is not stated."""
        first = getattr(self, f"{name}_first_on")
        if first is None:
            return None
        return ImpreciseDate(
            first,
            getattr(self, f"{name}_last_on"),
            getattr(self, f"{name}_precision"),
            getattr(self, f"{name}_text"),
        )

    def set_date(self, name: str, value: ImpreciseDate | None) -> None:
        """Set the four columns of the date `name`; None clears them. Does not save."""
        setattr(self, f"{name}_first_on", value.first_on if value else None)
        setattr(self, f"{name}_last_on", value.last_on if value else None)
        setattr(self, f"{name}_precision", value.precision if value else "")
        setattr(self, f"{name}_text", value.text if value else "")
