"""A small document with everything in it that a document can hold, and words that try to be formulas."""

from __future__ import annotations

from datetime import date

from core.charts import Spec
from core.exports.tables import Format
from core.publishing.content import (
    Content,
    Figures,
    Head,
    Notice,
    Picture,
    Points,
    Section,
    Statement,
    Words,
)

DAY = date(2026, 11, 24)
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0")
SPEC: Spec = {
    "data": [
        {
            "type": "bar",
            "x": ["2026 to 2027", "2027 to 2028"],
            "y": [4200, 180000.5],
            "marker": {"color": "#12436D"},
        },
        {"type": "scatter", "mode": "lines+markers", "x": ["2026 to 2027", "2027 to 2028"], "y": [1, 2]},
    ],
    "layout": {"yaxis": {"tickprefix": "£", "dtick": 50000}},
}
SAVINGS = Figures(
    "savings",
    "Saving by financial year",
    "£",
    (
        Head("Financial year"),
        Head("Plan", Format.MONEY, is_summed=True),
        Head("Verified", Format.MONEY, is_summed=True),
        Head("Verified less plan", Format.MONEY, less=("Verified", "Plan"), is_summed=True),
        Head("Of plan", Format.PERCENT),
        Head("Seen on", Format.DATE),
    ),
    (
        ("2026 to 2027", 18_000_000, 16_999_999, -1_000_001, "94.4", "2027-03-31"),
        ("2027 to 2028", 5, 7, 2, "140.0", "2028-03-31"),
        ("2028 to 2029", 200, "[x]", "[x]", "[x]", "[z]"),
    ),
    ("All years", 18_000_205, "[x]", "[x]", "[x]", "[z]"),
    ("Prices of 2026.",),
)
ADDED = Figures(
    "added",
    "Costs",
    "£",
    (
        Head("Council"),
        Head("Cost", Format.MONEY, is_summed=True),
        Head("Staff", Format.NUMBER, is_summed=True),
    ),
    (("Ashmere", 10, 3), ("Brockvale", 33, "[z]"), (FORMULAS[0], 1, 2)),
    ("All councils", 44, 5),
)
TEXTS = Figures("texts", "Words", "", (Head("Who"), Head("What")), tuple((text, text) for text in FORMULAS))


def sample(title: str = "Benefits report: <Three> & councils") -> Content:
    """The document."""
    return Content(
        title=title,
        about="Benefits of three councils, edition 2, open version",
        header=(("Programme", "Three councils"), ("Edition", "2"), ("Data cut-off", "31 October 2026")),
        sections=(
            Section("1", "Summary", (Words("Saved so far.\nSecond line."), Points(("One", FORMULAS[1])))),
            Section(
                "3",
                "Savings",
                (
                    SAVINGS,
                    Picture(
                        "Less than planned",
                        "£ by year",
                        "Bars: £4,200, then more",
                        "savings",
                        SPEC,
                        "ledgers",
                    ),
                ),
            ),
            Section("5", "Costs", (ADDED, TEXTS)),
            Section("11", "Decisions", (Statement("I do not support it", "W Shah"), Notice("Withheld"))),
        ),
        notes=("Figures may not sum because of rounding.",),
    )
