"""Values of the database in the shape that case files write them in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from core.enums import DatePrecision, Qualifier
from core.models import Source
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.money import pounds_plain
from governance.casefiles.writing import Inline, InlineList
from programme.models import Council

_NOTHING: tuple[object, ...] = (None, "", [], {}, ())
Fields = dict[str, Any]


def compact(fields: Fields) -> Fields:
    """The fields that say something: without empty texts, lists and what is not stated."""
    return {name: value for name, value in fields.items() if not _is_nothing(value)}


def inline(fields: Fields) -> Inline:
    """The fields that say something, on one line."""
    return Inline(compact(fields))


def day_of(day: date | None) -> str | None:
    """2026-04-01."""
    return day.isoformat() if day else None


def date_of(value: ImpreciseDate | None) -> str | Inline | None:
    """An exact day as 2026-04-01, else from, to, precision and text."""
    if value is None:
        return None
    if value.precision == DatePrecision.DAY and value.text == format_date(value.first_on):
        return value.first_on.isoformat()
    return inline(
        {
            "from": value.first_on.isoformat(),
            "to": value.last_on.isoformat(),
            "precision": str(value.precision),
            "text": value.text,
        }
    )


def moment_of(moment: datetime | None) -> str | None:
    """2026-04-01T16:30:00Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z" if moment else None


def pounds_of(pence: int | None) -> int | str | None:
    """12500, or "12500.50" where there are pence."""
    if pence is None:
        return None
    return pence // 100 if pence % 100 == 0 else pounds_plain(pence)


def number_of(value: Decimal | None) -> Decimal | int | None:
    """A number without zeros at its end."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def source_of(source: Source | None) -> Inline | None:
    """The document and the place in it."""
    return inline({"file": source.document, "loc": source.locator}) if source else None


def qualifier_of(row: Any) -> str | None:
    """How exact a figure is, where it is not exact."""
    return None if row.qualifier == Qualifier.EXACT else str(row.qualifier)


def email_of(user: Any) -> str | None:
    """A person's address."""
    return user.email if user else None


def ref_of(row: Any) -> str | None:
    """The id of a row that another refers to."""
    return row.ref if row else None


def keys_of(councils: Iterable[Council]) -> InlineList:
    """Keys of councils in a fixed order."""
    return InlineList(sorted(council.key for council in councils))


def unless(value: models.Choices | str | bool | int, default: object) -> Any:
    """`value`, or nothing where it is what a file means by saying nothing."""
    plain = value.value if isinstance(value, models.Choices) else value
    return None if plain == default else plain


def in_order(value: Any) -> Any:
    """A JSON value with its keys in alphabetical order: databases keep them in orders of their own."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def _is_nothing(value: Any) -> bool:
    return not isinstance(value, bool | int | Decimal) and value in _NOTHING
