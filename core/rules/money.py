"""Pounds in words to whole pence and back (domain.md section 0; section 8 rows 1 to 8)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal
from core.rules.rounding import MINUS, round_to
from core.rules.text import is_reason, reason_asked

LIMIT_PENCE = 10_000_000_000 * 100

_NUMBER = re.compile(r"([0-9][0-9,]*|(?=\.[0-9]))(?:\.([0-9]+))?")
_COMMAS_IN_THREES = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]*")
_BRACKETED = re.compile(r"\((.*)\)")
_MILLION_PENCE = 1_000_000 * 100
_MOST_DIGITS = 12


def parse_pounds(
    text: str,
    *,
    noun: str = "saving",
    brackets_negative: bool = False,
    minimum: int | None = None,
) -> int:
    """Pence of an amount typed in pounds.

    Accepts an optional £, commas in threes, a leading minus (- or U+2212) and spaces around; with
    `brackets_negative` (file import) also (624,420). `minimum` is in pence. `noun` names the amount in
    the messages. Refuses as rows 1 to 5, 7 and 8.
    """
    body = text.strip()
    if not body:
        raise Refusal(f"Enter the {noun} in pounds, for example 12,500 or 12,500.50", code="1")
    _refuse_other_currency(body)
    is_negative, digits = _split_sign(body, brackets_negative=brackets_negative)
    pence = _pence_of(digits)
    if pence > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", code="7")
    signed = -pence if is_negative else pence
    if minimum is not None and signed < minimum:
        raise Refusal(_below_minimum(noun, minimum), code="5")
    return signed


def check_negative_explained(pence: int, explanation: str, noun: str = "saving") -> None:
    """Refuse a negative amount that is not explained in at least 10 characters (row 6)."""
    if pence < 0 and not is_reason(explanation):
        raise reason_asked(f"Explain why this {noun} is negative", None, "6")


def format_pounds(pence: int) -> str:
    """£624,420.00, as ledgers print it, with a true minus sign."""
    return f"{_sign(pence)}£{_digits(pence)}"


def format_amount(pence: int) -> str:
    """624,420.00, as a table cell under a caption that says £, with a true minus sign."""
    return f"{_sign(pence)}{_digits(pence)}"


def pounds_plain(pence: int) -> str:
    """624420.00, for CSV and JSON, with a hyphen as minus."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{whole}.{rest:02d}"


def format_prose(pence: int) -> str:
    """£624,420 (pence only when there are any), and £1.37 million from a million on."""
    if abs(pence) >= _MILLION_PENCE:
        return f"{_sign(pence)}£{_in_millions(abs(pence))}"
    return format_pounds(pence).removesuffix(".00")


def _in_millions(pence: int) -> str:
    """1.37 million or 2.5 billion, with at most two decimals and none that are 0."""
    millions = round_to(Fraction(pence, _MILLION_PENCE), 2)
    if millions >= 1000:
        return f"{_trimmed(round_to(Fraction(pence, 1000 * _MILLION_PENCE), 2))} billion"
    return f"{_trimmed(millions)} million"


def _trimmed(value: Decimal) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sign(pence: int) -> str:
    return MINUS if pence < 0 else ""


def _digits(pence: int) -> str:
    whole, rest = divmod(abs(pence), 100)
    return f"{whole:,}.{rest:02d}"


def _refuse_other_currency(body: str) -> None:
    if any(unicodedata.category(letter) == "Sc" and letter != "£" for letter in body):
        raise Refusal("Enter the amount in pounds sterling", code="8")


def _split_sign(body: str, *, brackets_negative: bool) -> tuple[bool, str]:
    """Whether the amount is negative, and its text without sign, brackets, £ and spaces."""
    bracketed = _BRACKETED.fullmatch(body) if brackets_negative else None
    if bracketed:
        return True, bracketed[1].strip().removeprefix("£").strip()
    without_pound = body.removeprefix("£").lstrip()
    is_negative = without_pound.startswith(("-", MINUS))
    if not is_negative:
        return False, without_pound
    after_sign = without_pound[1:].lstrip()
    return True, after_sign if without_pound != body else after_sign.removeprefix("£").lstrip()


def _pence_of(digits: str) -> int:
    """Pence of an unsigned number; refuses as rows 2, 4 and 3, in that order."""
    number = _NUMBER.fullmatch(digits)
    if number is None:
        raise Refusal("Enter the amount in full using numbers, for example 1,200,000", code="2")
    pounds, pence = number[1], number[2] or ""
    if not _COMMAS_IN_THREES.fullmatch(pounds):
        raise Refusal("Check the commas in the amount, for example 1,374,930", code="4")
    if len(pence) > 2:
        raise Refusal("Amount must be in pounds and pence, with no more than 2 decimal places", code="3")
    significant = pounds.replace(",", "").lstrip("0")
    if len(significant) > _MOST_DIGITS:
        return LIMIT_PENCE + 1
    return int(significant or "0") * 100 + int(pence.ljust(2, "0"))


def _below_minimum(noun: str, minimum: int) -> str:
    if noun == "saving":
        return f"Planned saving must be {format_prose(minimum)} or more. Record a cost as a cost line"
    return f"{noun.capitalize()} must be {format_prose(minimum)} or more"
