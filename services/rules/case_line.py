"""What one line of a business case may say of itself (domain.md 2.6; section 8, rows 7, 31, 50 and 85)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.errors import Refusal
from core.rules.money import LIMIT_PENCE
from core.rules.text import check_text
from programme.enums import PriceBasis
from services.enums import BiasCategory, Confidence, CostType, LineKind
from services.rules.case_entry import MOST_PERCENT
from services.rules.optimism_bias import check_bias_basis
from services.rules.option_flows import check_range
from services.rules.returns import check_whole_life

TEXT_LIMITS = {
    "ref": ("Reference", 40),
    "title": ("Line", 200),
    "key_text": ("How it is shared", 200),
    "evidence": ("Evidence", 500),
    "assumptions": ("Assumptions", 4_000),
    "bias_basis": ("Basis of the percentage", 4_000),
    "override_reason": ("Reason for a warning", 500),
}
REQUIRED_TEXTS = {"ref": "Enter the reference, for example L-12", "title": "Enter what the line is"}
CHOICES = {
    "kind": (LineKind, False, "Choose what kind of benefit or cost this is"),
    "cost_type": (CostType, True, "Choose what the cost is for"),
    "price_basis": (PriceBasis, False, "Choose the prices that the amounts are in"),
    "confidence": (Confidence, False, "Choose how far the figure can be relied on"),
    "bias_category": (BiasCategory, True, "Choose a category of the optimism-bias table"),
}
MOST_STAFF, LONGEST_TERM = 100_000, 60
WHOLE_NUMBERS = {
    "low_percent": (0, 100, "The lowest must be 100% or less and the highest 100% or more"),
    "high_percent": (100, MOST_PERCENT, "The highest must be a whole number from 100 to 1,000"),
    "bias_mitigation_percent": (0, 100, "Mitigation must be between 0% and 100%"),
    "staff_count": (0, MOST_STAFF, "People must be a whole number from 0 to 100,000"),
    "term_years": (1, LONGEST_TERM, "Term must be a whole number of years from 1 to 60"),
}
MAY_BE_EMPTY = frozenset({"bias_mitigation_percent", "staff_count", "term_years"})
STATED_PENCE = ("annual_pence", "whole_life_pence")


def is_in_prices_of(base_fy: int, price_basis: str, price_base_fy: int | None) -> bool:
    """Whether amounts are in prices of the base year; a line that names no year is (INV-33)."""
    return price_basis == PriceBasis.REAL and price_base_fy in {None, base_fy}


def clean_details(details: Mapping[str, Any]) -> dict[str, Any]:
    """The texts of `details` without spaces around them; text of the wrong kind is left for the check."""
    return {
        name: value.replace("\r\n", "\n").strip() if name in TEXT_LIMITS and isinstance(value, str) else value
        for name, value in details.items()
    }


def line_refusals(values: Mapping[str, Any]) -> list[Refusal]:
    """All that is wrong with a line, each under its own field; `values` names every detail of the line.

    Row 50 is a warning: with an `override_reason` it is let through.
    """
    checks: list[Callable[[], object]] = [
        *((lambda name=name: _text(values, name)) for name in TEXT_LIMITS),
        *((lambda name=name: _choice(values, name)) for name in CHOICES),
        *((lambda name=name: _whole(values, name)) for name in WHOLE_NUMBERS),
        *((lambda name=name: _pence(values, name)) for name in STATED_PENCE),
        lambda: _bias(values),
        lambda: _whole_life(values),
    ]
    refusals = [refusal for refusal in map(_said, checks) if refusal]
    if not refusals:
        wide = _said(lambda: check_range(values["low_percent"], values["high_percent"]))
        refusals += [wide] if wide else []
    return refusals


def _said(check: Callable[[], object]) -> Refusal | None:
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None


def _text(values: Mapping[str, Any], name: str) -> None:
    label, limit = TEXT_LIMITS[name]
    body = str(values[name])
    if name in REQUIRED_TEXTS and not body.strip():
        raise Refusal(REQUIRED_TEXTS[name], name)
    check_text(body, label, limit, name)


def _choice(values: Mapping[str, Any], name: str) -> None:
    choices, may_be_empty, message = CHOICES[name]
    value = values[name]
    if value not in choices.values and not (may_be_empty and value == ""):
        raise Refusal(message, name)


def _whole(values: Mapping[str, Any], name: str) -> None:
    least, most, message = WHOLE_NUMBERS[name]
    value = values[name]
    if value is None and name in MAY_BE_EMPTY:
        return
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Refusal(message, name)


def _pence(values: Mapping[str, Any], name: str) -> None:
    value = values[name]
    if value is None:
        return
    if value < 0:
        raise Refusal("Amount must be £0 or more", name, "5")
    if value > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", name, "7")


def _bias(values: Mapping[str, Any]) -> None:
    has_percentage = bool(values["bias_category"]) or values["bias_mitigation_percent"] is not None
    check_bias_basis(has_percentage, values["bias_basis"])
    if has_percentage and not values["bias_category"]:
        raise Refusal("Choose a category of the optimism-bias table", "bias_category")


def _whole_life(values: Mapping[str, Any]) -> None:
    annual, term, whole = values["annual_pence"], values["term_years"], values["whole_life_pence"]
    if None not in {annual, whole} and isinstance(term, int):
        check_whole_life(whole, annual, term, values["override_reason"])
