"""Values of the database as plain values that JSON carries: to compare, to audit, to print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.money import format_pounds
from core.rules.words import listed

_SHORT = 80
_NAMES = ("email", "key", "ref", "number")


def plain(value: Any) -> Any:
    """`value` as JSON carries it; an empty text, list or mapping is None, a row is its name."""
    if value in ("", [], {}, ()) or value is None:
        return None
    if isinstance(value, ImpreciseDate):
        return _plain_date(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, models.Model):
        return name_of(value)
    if isinstance(value, str | bool | int):
        return value if not isinstance(value, models.Choices) else value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value]


def name_of(row: models.Model) -> str:
    """What a row is called in a file: its address, key, id or number; a source by its words."""
    if row._meta.label_lower == "services.businesscase":
        return f"{row.ref} version {row.number}"  # type: ignore[attr-defined]
    if row._meta.label_lower == "services.businesscaseline":
        return f"{name_of(row.business_case)}, {row.ref}"  # type: ignore[attr-defined]
    for name in _NAMES:
        if hasattr(row, name):
            return str(getattr(row, name))
    return str(row)


def value_of(row: models.Model, name: str) -> Any:
    """The value of a field of `row`; a date known by four columns as one value."""
    return row.get_date(name) if _is_imprecise(row, name) else getattr(row, name)  # type: ignore[attr-defined]


def set_value(row: models.Model, name: str, value: Any) -> None:
    """Set a field of `row`; a date known by four columns from one value. Does not save."""
    if _is_imprecise(row, name):
        row.set_date(name, value)  # type: ignore[attr-defined]
    else:
        setattr(row, name, value)


def columns_of(row: models.Model, name: str) -> list[str]:
    """Names of the fields that hold the value `name`."""
    if _is_imprecise(row, name):
        return [f"{name}_{part}" for part in ("first_on", "last_on", "precision", "text")]
    return [name]


def in_words(name: str, value: Any) -> str | None:
    """A plain value as people read it; None where it is too long to print."""
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return format_pounds(value) if name.endswith("_pence") else str(value)
    if isinstance(value, dict) and "precision" in value:
        return value["text"] or f"{_day(value['from'])} to {_day(value['to'])}"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return listed(value)
    if not isinstance(value, str) or len(value) > _SHORT or "\n" in value:
        return None
    return _day(value)


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def _plain_date(value: ImpreciseDate) -> str | dict[str, str]:
    """A plain day as ISO text; any other date by its days, precision and words, as other edits record it."""
    if value == ImpreciseDate.day(value.first_on):
        return value.first_on.isoformat()
    return {
        "from": value.first_on.isoformat(),
        "to": value.last_on.isoformat(),
        "precision": str(value.precision),
        "text": value.text,
    }


def _is_imprecise(row: models.Model, name: str) -> bool:
    return hasattr(row, f"{name}_first_on")
