"""How one cell of an uploaded file is read. Each reader takes text and gives a value or refuses.

[x], [z] and [c], which our own files print where there is no figure to show, are empty cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import Refusal
from core.exports.cells import NOT_APPLICABLE, NOT_AVAILABLE, WITHHELD, guard
from core.rules.calendar import parse_fy
from core.rules.dates import parse_date
from core.rules.money import parse_pounds
from core.rules.text import TEXT_LIMIT, check_text

Reader = Callable[[str], Any]

EMPTY = frozenset({"", NOT_AVAILABLE, NOT_APPLICABLE, WITHHELD})
_NUMBER = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|-?[0-9]*\.?[0-9]+")
_YES_NO = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}
_MOST_CHARACTERS = 30
_ERRORS = ("#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


def plain(text: str) -> str:
    """The text of a cell without the apostrophe that our files put before what could run as a formula.

    Empty for [x], [z] and [c]. Refuses an error of a spreadsheet (#REF!).
    """
    body = text.strip()
    if body in EMPTY:
        return ""
    if body.upper() in _ERRORS:
        raise Refusal(f"The cell holds an error, {body}. Enter the value", code="83")
    return body[1:] if body.startswith("'") and guard(body[1:]) == body else body


def text_of(label: str, limit: int = TEXT_LIMIT) -> Reader:
    """A reader of text up to `limit` characters (row 85)."""
    return lambda text: check_text(text, label, limit)


def pounds_of(noun: str, minimum: int | None = 0) -> Reader:
    """A reader of pounds and pence to pence; (624,420) is negative (rows 1 to 5, 7 and 8)."""
    return lambda text: parse_pounds(text, noun=noun, brackets_negative=True, minimum=minimum)


def day_of(text: str) -> date:
    """The day typed in any usual order (rows 9 and 10)."""
    return parse_date(text)


def fy_of(text: str) -> int:
    """Starting year of a financial year written 2026 to 2027, 2026-27 or 2026/27 (row 14)."""
    return parse_fy(text)


def yes_or_no(text: str) -> bool:
    """Whether the cell says yes."""
    answer = _YES_NO.get(text.lower())
    if answer is None:
        raise Refusal("Enter yes or no", code="83")
    return answer


def number_of(
    label: str, *, places: int, least: Decimal | int | None = None, most: Decimal | int | None = None
) -> Reader:
    """A reader of an exact number with at most `places` decimals, from `least` to `most`; 22.5% is 22.5."""

    def read(text: str) -> Decimal:
        body = text.removesuffix("%").strip().replace("−", "-")
        if len(body) > _MOST_CHARACTERS or not _NUMBER.fullmatch(body):
            raise Refusal(f"{label} must be a number, for example 1,200.5", code="83")
        number = Decimal(body.replace(",", ""))
        _check_places(number, label, places)
        _check_range(number, label, least, most)
        return number

    return read


def choice_of(label: str, choices: Iterable[tuple[str, str]]) -> Reader:
    """A reader of one of the `choices` (pairs of value and label), by either, in any case."""
    named = [(str(value), str(name)) for value, name in choices]
    by_word = {word.lower(): value for value, name in named for word in (value, name)}
    offered = ", ".join(name for _, name in named)

    def read(text: str) -> str:
        found = by_word.get(" ".join(text.lower().split()))
        if found is None:
            raise Refusal(f"{label} must be one of: {offered}", code="83")
        return found

    return read


def one_of(label: str, things: Mapping[str, Any], unknown: str = "") -> Reader:
    """A reader that finds a thing by its lower-case name; `unknown` is said of a name that is none."""

    def read(text: str) -> Any:
        found = things.get(" ".join(text.lower().split()))
        if found is None:
            raise Refusal(unknown.format(text) if unknown else f"{label} “{text}” is not known", code="83")
        return found

    return read


def _check_places(number: Decimal, label: str, places: int) -> None:
    if -int(number.normalize().as_tuple().exponent) > places:
        raise Refusal(f"{label} must have no more than {places} decimal places", code="83")


def _check_range(
    number: Decimal, label: str, least: Decimal | int | None, most: Decimal | int | None
) -> None:
    if least is not None and most is not None and not least <= number <= most:
        raise Refusal(f"{label} must be between {least:,} and {most:,}", code="83")
    if least is not None and number < least:
        raise Refusal(f"{label} must be {least:,} or more", code="83")
    if most is not None and number > most:
        raise Refusal(f"{label} must be {most:,} or less", code="83")
