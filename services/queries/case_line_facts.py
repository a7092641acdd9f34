"""What one line of a business case says of itself, in words, for those who may not change it."""

from __future__ import annotations

from core.exports.cells import WITHHELD
from core.publication import shown
from core.rules.assessment import Withheld
from core.rules.calendar import format_fy
from core.rules.money import format_prose
from core.rules.words import count_of
from programme.enums import PriceBasis
from services.models import BusinessCaseLine


def line_facts(
    line: BusinessCaseLine, *, hides_stated: Withheld | None, opens_exempt: bool = False
) -> list[tuple[str, str]]:
    """Label and text of every detail; its stated figures are withheld where `hides_stated` says why.

    What else an exempt line says is for those who may open it (`opens_exempt`).
    """
    shared = str(line.pool or line.key_text)

    def words(text: str) -> str:
        return text if opens_exempt else shown(line, text).text

    facts = [
        ("Option", line.option.name),
        ("Kind", str(line.get_kind_display())),
        ("Cost type", str(line.get_cost_type_display()) if line.cost_type else ""),
        ("Joint amounts are shared by", shared),
        ("Prices", _prices(line)),
        ("Confidence", str(line.get_confidence_display())),
        ("Evidence", words(line.evidence)),
        ("Assumptions", words(line.assumptions)),
        ("Likely range", _range(line)),
        ("Optimism bias", _bias(line)),
        ("Basis of the percentage", words(line.bias_basis)),
        *_stated(line, hides_stated),
        ("Why a warning does not apply", words(line.override_reason)),
        ("Source", str(line.source or "")),
    ]
    return [(label, text) for label, text in facts if text]


def _prices(line: BusinessCaseLine) -> str:
    words = str(line.get_price_basis_display())
    if line.price_basis == PriceBasis.REAL and line.price_base_fy is not None:
        return f"{words} of {format_fy(line.price_base_fy)}"
    return words


def _range(line: BusinessCaseLine) -> str:
    if (line.low_percent, line.high_percent) == (100, 100):
        return "Not given: the amount entered alone"
    return f"{line.low_percent}% to {line.high_percent}% of the amount entered"


def _bias(line: BusinessCaseLine) -> str:
    if not line.bias_category:
        return ""
    managed = line.bias_mitigation_percent or 0
    return f"{line.get_bias_category_display()}, {managed}% managed"


def _stated(line: BusinessCaseLine, hidden: Withheld | None) -> list[tuple[str, str]]:
    """What the source states in figures, as far as it may be shown."""
    figures = [
        ("People", "" if line.staff_count is None else str(line.staff_count)),
        ("Stated amount a year", "" if line.annual_pence is None else format_prose(line.annual_pence)),
        ("Stated term", "" if line.term_years is None else count_of(line.term_years, "year")),
        (
            "Stated whole-life amount",
            "" if line.whole_life_pence is None else format_prose(line.whole_life_pence),
        ),
    ]
    if hidden is None:
        return figures
    return [(label, f"{WITHHELD} {hidden.reason}") for label, text in figures if text]
