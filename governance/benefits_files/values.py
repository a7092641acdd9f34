"""How one value stands in JSON and in CSV, and whether it is there at all."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, cast

from core.exports.cells import plain_text
from core.exports.tables import Value
from core.rules.assessment import NotApplicable, NotAssessable
from governance.benefits_files.fields import Datum, Unit

NONE_LISTED = "none"


class Status(StrEnum):
    """Whether there is a value, and if not, why."""

    GIVEN = "given"
    NOT_STATED = "not_stated"
    NOT_ASSESSABLE = "not_assessable"
    NOT_APPLICABLE = "not_applicable"


def status_of(value: Datum) -> Status:
    """Whether `value` is one."""
    if isinstance(value, NotAssessable):
        return Status.NOT_ASSESSABLE
    if isinstance(value, NotApplicable):
        return Status.NOT_APPLICABLE
    return Status.NOT_STATED if value is None else Status.GIVEN


def reason_of(value: Datum) -> str:
    """Why there is no value; empty where there is one, or where nothing is known of it."""
    return value.reason if isinstance(value, NotAssessable | NotApplicable) else ""


def cell_value(value: Datum, unit: Unit) -> Value:
    """The value as a table of core holds it: a list and a yes or no become words."""
    if unit == Unit.LIST and isinstance(value, tuple):
        return "; ".join(value) or NONE_LISTED
    if unit == Unit.FLAG and isinstance(value, bool):
        return "yes" if value else "no"
    return cast(Value, value)


def text_value(value: Datum, unit: Unit) -> str:
    """The value as CSV holds it, never run as a formula."""
    return plain_text(cell_value(value, unit), unit.cell_format)


def json_value(value: Datum, unit: Unit) -> Any:
    """The value as JSON holds it: exact figures as text, counts as numbers, lists and flags as such.

    What cannot be worked out or does not apply is an object with the reason; what is not stated is null.
    """
    if value is None:
        return None
    if isinstance(value, NotAssessable | NotApplicable):
        return {status_of(value).value: value.reason}
    if unit in {Unit.TEXT, Unit.FLAG}:
        return value
    if unit == Unit.LIST:
        return list(cast(tuple[str, ...], value))
    if unit in {Unit.COUNT, Unit.DAYS, Unit.MONTHS}:
        return int(cast(int, value))
    return text_value(value, unit)
