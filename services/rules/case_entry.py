"""What may be entered in a draft business case (domain.md section 8, rows 5, 7, 15 to 17, 30 and 32)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import Refusal
from core.rules.calendar import format_fy
from core.rules.money import LIMIT_PENCE, format_pounds, parse_pounds
from services.enums import LineKind

SHORTEST_HORIZON, LONGEST_HORIZON = 1, 60
FIRST_BASE_FY, LAST_BASE_FY = 1990, 2100
MONTHS = 12
MOST_PERCENT = 1_000

_NOUNS = {
    LineKind.CASHABLE_SAVING: "saving",
    LineKind.NON_CASHABLE: "saving",
    LineKind.COST_AVOIDANCE: "saving",
    LineKind.INCOME: "income",
    LineKind.GRANT: "grant",
    LineKind.DISBENEFIT: "dis-benefit",
    LineKind.ONE_OFF_COST: "cost",
    LineKind.RECURRING_COST: "cost",
}


@dataclass(frozen=True, slots=True)
class Period:
    """The years of an appraisal: indexes 0 to `horizon_years`, both included (F-06)."""

    base_fy: int
    horizon_years: int

    @property
    def years(self) -> range:
        """Starting years of its financial years, the first one first."""
        return range(self.base_fy, self.base_fy + self.horizon_years + 1)

    def check_year(self, fy: int, field: str = "fy") -> None:
        """Refuse a year outside the appraisal period (row 16)."""
        if fy in self.years:
            return
        if fy < self.base_fy:
            where = "before the start of the appraisal period. Remove it or change the period"
        else:
            where = "after the end of the appraisal period. Remove it or extend the period"
        raise Refusal(f"{format_fy(fy)} is {where}", field, "16")


def parse_horizon(value: object, field: str = "horizon_years") -> int:
    """Years of an appraisal period as typed or sent; refuses all but a whole number from 1 to 60 (row 30)."""
    text = str(value).strip()
    is_whole = not isinstance(value, bool) and text.isascii() and text.isdecimal() and len(text) < 4
    if not is_whole or not SHORTEST_HORIZON <= int(text) <= LONGEST_HORIZON:
        raise Refusal("Appraisal period must be a whole number of years from 1 to 60", field, "30")
    return int(text)


def check_no_rate(names: Iterable[str]) -> None:
    """Refuse a discount rate among the `names` that were sent: rates are reference data (row 32)."""
    for name in names:
        if "discount_rate" in name.strip().lower().replace(" ", "_"):
            raise Refusal(
                "Rates come from reference data. Ask an administrator to add a new rate with its source",
                name,
                "32",
            )


def amount_noun(kind: str) -> str:
    """What an amount of a line of `kind` is called in messages: saving, income, grant, cost."""
    return _NOUNS[LineKind(kind)] if kind in LineKind.values else "saving"


def parse_line_amount(text: str, kind: str, *, is_file: bool = False) -> int:
    """Pence of an amount of a line as typed in pounds; refuses as rows 1 to 5, 7 and 8.

    In a file brackets are a minus, so that (500.00) is refused as below £0.
    """
    return parse_pounds(text, noun=amount_noun(kind), brackets_negative=is_file, minimum=0)


def check_line_pence(pence: int, kind: str, field: str) -> None:
    """Refuse an amount below £0 (row 5) or over £10 billion (row 7)."""
    if pence < 0:
        noun = amount_noun(kind)
        message = (
            "Planned saving must be £0 or more. Record a cost as a cost line"
            if noun == "saving"
            else f"{noun.capitalize()} must be £0 or more"
        )
        raise Refusal(message, field, "5")
    if pence > LIMIT_PENCE:
        raise Refusal("Amount must be £10,000,000,000 or less", field, "7")


def two_entries(fy: int, field: str = "fy") -> Refusal:
    """The refusal of a year that is entered twice (row 15)."""
    return Refusal(f"There are two entries for {format_fy(fy)}. Keep one", field, "15")


def year_of_months(months: Sequence[int], annual_pence: int | None, field: str = "amount") -> int:
    """Pence of a year given by months: their sum, which the year's own amount must equal (row 17)."""
    total = sum(months)
    if annual_pence is not None and annual_pence != total:
        sums = f"Months add up to {format_pounds(total)} but the year is {format_pounds(annual_pence)}"
        raise Refusal(f"{sums}. Change one of them", field, "17")
    return total
