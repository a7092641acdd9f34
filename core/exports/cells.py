"""How one value stands in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from core.exports.tables import Format, Value
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.money import pounds_plain
from core.rules.rounding import Exact, round_to

NOT_AVAILABLE = "[x]"
NOT_APPLICABLE = "[z]"
WITHHELD = "[c]"
SHORTHAND_NOTES = (
    "[x] not available: the figure is not stated or cannot be worked out.",
    "[z] not applicable: a figure would have no meaning here.",
)

_FORMULA_STARTS = frozenset({"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})


def guard(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would else run it as a formula."""
    return f"'{text}" if text[:1] in _FORMULA_STARTS else text


def shorthand(value: Value) -> str | None:
    """[x], [z] or [c] where `value` is no figure to show, else None."""
    if isinstance(value, Withheld):
        return WITHHELD
    if isinstance(value, NotApplicable):
        return NOT_APPLICABLE
    return NOT_AVAILABLE if value is None or isinstance(value, NotAssessable) else None


def plain_text(value: Value, form: Format) -> str:
    """The value as CSV holds it: ISO dates, pounds with two decimals, no symbols, text that is never run."""
    missing = shorthand(value)
    if missing is not None:
        return missing
    if form == Format.MONEY:
        return pounds_plain(cast(int, value))
    if form == Format.PERCENT:
        return str(round_to(cast(Exact, value), 1))
    if form == Format.DATE and isinstance(value, date):
        return value.isoformat()
    return guard(str(value)) if form in (Format.TEXT, Format.DATE) else str(value)


def usual(form: Format) -> tuple[type[Any] | None, Callable[[Any], str]]:
    """The type that most values of a column have, and what gives the same of them without looking further."""
    return _USUAL.get(form, (None, str))


_USUAL: Mapping[Format, tuple[type[Any], Callable[[Any], str]]] = {
    Format.TEXT: (str, guard),
    Format.MONEY: (int, pounds_plain),
    Format.NUMBER: (int, str),
    Format.DATE: (date, date.isoformat),
}


def is_figure(value: Value) -> bool:
    """Whether a spreadsheet can reckon with the value."""
    return isinstance(value, int) and not isinstance(value, bool)


def adds_up(value: Value) -> bool:
    """Whether a total over the value is still one: a figure, or nothing that applies."""
    return is_figure(value) or isinstance(value, NotApplicable)
