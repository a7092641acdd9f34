"""How long partnerships took, and what they saved, as public reports tell it: a class to compare with.

The cases are rows of core/reference/partnership_history.csv, each with the records of the casebook that it
stands on, its source and its caveat; nothing here knows any of them. Cases that other councils published and
that were loaded here join them (`more`): they are no rows of the table, and each says that it is not checked.
A range is given from three cases on.
What had not happened when it was reported stands beside the range and is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

from core.rules.dates import ImpreciseDate
from core.rules.money import format_prose
from core.rules.reference import ReferenceTable, Row, rows_of, versions
from core.rules.rounding import format_number, format_percent, round_half_up, round_to
from core.rules.words import count_of, listed

TABLE = ReferenceTable.PARTNERSHIP_HISTORY
FEWEST_FOR_A_RANGE = 3
CHECKED, NOT_CHECKED = "casebook", "published case, not checked"
MONTHS = 12
_PENCE = 100
_OTHER_WAY = {"at least": "at most", "at most": "at least"}


class HistoryMeasure(StrEnum):
    """What is compared."""

    TIME_TO_LIVE = "time_to_live"
    REALISED = "realised"
    PAYBACK = "payback"
    YEARLY_SAVING = "yearly_saving"


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """What a measure is called, what it is a figure of, and how its sentence begins and goes on."""

    title: str
    unit: str
    verb: str
    of: str


WORDS = {
    HistoryMeasure.TIME_TO_LIVE: MeasureWords(
        "Time to go-live", "Months from the first step on record to go-live", "took", "to go-live"
    ),
    HistoryMeasure.REALISED: MeasureWords(
        "Saving against plan", "Yearly saving reported, in % of the plan", "reported", "of the planned saving"
    ),
    HistoryMeasure.PAYBACK: MeasureWords(
        "Payback", "Months until yearly savings cover the cost of setting up", "needed", "to pay back"
    ),
    HistoryMeasure.YEARLY_SAVING: MeasureWords(
        "Yearly saving", "£ a year for each partner council", "reported", "a year for each partner council"
    ),
}


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """One figure of one case: its lowest and highest exact value, both None where it is not stated.

    Months, per cent or pence, by its measure. `bound` is empty for a figure as printed, else about, at least
    or at most; `counts` says that it is of what happened, not of a plan. `worked` says what it comes from.
    One that `is_checked` was read in the papers of the case, for the casebook.
    """

    measure: HistoryMeasure
    case: str
    title: str
    kind: str
    low: Fraction | None
    high: Fraction | None
    bound: str
    counts: bool
    worked: str
    records: tuple[str, ...]
    found_in: str
    caveat: str
    is_checked: bool = True

    @property
    def standing(self) -> str:
        """Which records it is of, and whether somebody read the papers behind them."""
        return CHECKED if self.is_checked else NOT_CHECKED

    @property
    def words(self) -> str:
        """The figure in words; empty where none is stated."""
        if self.low is None or self.high is None:
            return ""
        return f"{self.bound} {in_words(self.measure, self.low, self.high)}".strip()


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """The cases of one measure, of one kind of partnership where `kind` says which."""

    measure: HistoryMeasure
    kind: str
    figures: tuple[CaseFigure, ...]

    @property
    def words(self) -> MeasureWords:
        """What the measure is called."""
        return WORDS[self.measure]

    @property
    def counted(self) -> tuple[CaseFigure, ...]:
        """Figures of what happened."""
        return tuple(one for one in self.figures if one.counts and one.words)

    @property
    def beside(self) -> tuple[CaseFigure, ...]:
        """Figures of plans."""
        return tuple(one for one in self.figures if not one.counts and one.words)

    @property
    def not_stated(self) -> tuple[CaseFigure, ...]:
        """Cases whose reports do not tell."""
        return tuple(one for one in self.figures if not one.words)

    @property
    def cases(self) -> tuple[str, ...]:
        """Titles of the cases counted, each once."""
        return tuple(dict.fromkeys(one.title for one in self.counted))

    @property
    def has_range(self) -> bool:
        """Whether there are cases enough to speak of a range."""
        return len(self.cases) >= FEWEST_FOR_A_RANGE

    @property
    def range(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest of what happened; None with fewer than three cases."""
        if not self.has_range:
            return None
        lows = [one.low for one in self.counted if one.low is not None]
        highs = [one.high for one in self.counted if one.high is not None]
        return min(lows), max(highs)

    @property
    def sentence(self) -> str:
        """What a person who sets a target should know first: the range, or each case where they are few."""
        found = self.range
        if found:
            spread = in_words(self.measure, *found)
            about = "about " if any(one.bound for one in self.counted) else ""
            told = f"{count_of(len(self.cases), 'partnership')} {self.words.verb} {about}{spread} {self._of}"
            return told + self._unchecked
        if not self.counted:
            return "No report tells of a partnership of which this has happened"
        each = listed([f"{one.title} {self.words.verb} {one.words}" for one in self.counted])
        return f"{each} {self._of}. Fewer than three cases: no range is given"

    @property
    def _unchecked(self) -> str:
        """How many of those counted are loaded cases; empty where none is."""
        titles = {one.title for one in self.counted if not one.is_checked}
        return f", {len(titles)} of them as published and not checked" if titles else ""

    @property
    def _of(self) -> str:
        return self.words.of


def reference_class(
    measure: HistoryMeasure, kind: str = "", more: Sequence[CaseFigure] = ()
) -> ReferenceClass:
    """Every case of a measure, or those of one kind of partnership; `more` are of loaded cases."""
    rows = [one for one in (*history(), *more) if one.measure == measure and kind in {"", one.kind}]
    return ReferenceClass(measure, kind, tuple(rows))


def like(measure: HistoryMeasure, kind: str, more: Sequence[CaseFigure] = ()) -> ReferenceClass:
    """The cases of the same kind of partnership where they give a range, else those of all kinds."""
    alike = reference_class(measure, kind, more) if kind else None
    return alike if alike and alike.has_range else reference_class(measure, more=more)


def kinds(more: Sequence[CaseFigure] = ()) -> tuple[str, ...]:
    """The kinds of partnership that the cases are of."""
    return tuple(sorted({one.kind for one in (*history(), *more)}))


@cache
def history() -> tuple[CaseFigure, ...]:
    """Every row of the newest version, in the order of the file."""
    newest = versions(TABLE)[-1]
    return tuple(_figure(row) for row in rows_of(TABLE, newest.version))


def months_between(start: ImpreciseDate, end: ImpreciseDate) -> tuple[int, int]:
    """The fewest and the most whole months between two dates, as precise as they are."""
    return _months(start.last_on, end.first_on), _months(start.first_on, end.last_on)


def in_words(measure: HistoryMeasure, low: Fraction, high: Fraction) -> str:
    """One figure or a range: 24 months; 6.8 to 26.4 months; 59.2%; £71,000 to £1.15 million."""
    ends = [_in_words(measure, one) for one in dict.fromkeys((low, high))]
    unit = " months" if measure in {HistoryMeasure.TIME_TO_LIVE, HistoryMeasure.PAYBACK} else ""
    return f"{' to '.join(ends)}{unit}"


def as_number(measure: HistoryMeasure, value: Fraction) -> Decimal:
    """The figure for files and programs: pounds with two decimals, months and per cent with one."""
    if measure == HistoryMeasure.YEARLY_SAVING:
        return round_to(Fraction(round_half_up(value), _PENCE), 2)
    return round_to(value, 1)


def _in_words(measure: HistoryMeasure, value: Fraction) -> str:
    if measure == HistoryMeasure.YEARLY_SAVING:
        return format_prose(round_half_up(value))
    if measure == HistoryMeasure.REALISED:
        return format_percent(value)
    return format_number(value, 0 if value.denominator == 1 else 1)


def _figure(row: Row) -> CaseFigure:
    measure = HistoryMeasure(row["measure"])
    low, high, bound, worked = _values(measure, row)
    return CaseFigure(
        measure=measure,
        case=row["case"],
        title=row["title"],
        kind=row["kind"],
        low=low,
        high=high,
        bound=bound,
        counts=row["counts"] == "yes",
        worked=worked,
        records=tuple(row["records"].split()),
        found_in=row["found_in"],
        caveat=row["caveat"],
    )


def _values(measure: HistoryMeasure, row: Row) -> tuple[Fraction | None, Fraction | None, str, str]:
    if row["from_first_on"]:
        fewest, most = months_between(_date(row, "from"), _date(row, "to"))
        worked = f"{row['step_from']}: {row['from_text']}. {row['step_to']}: {row['to_text']}"
        return Fraction(fewest), Fraction(most), "", worked
    if not row["amount"]:
        return None, None, "", ""
    value, bound, worked = _amount(measure, row)
    return value, value, bound, worked


def _amount(measure: HistoryMeasure, row: Row) -> tuple[Fraction, str, str]:
    amount = int(row["amount"])
    if measure == HistoryMeasure.YEARLY_SAVING:
        councils = int(row["councils"])
        worked = f"{_pounds(row, 'amount')} a year, {count_of(councils, 'council')}"
        return Fraction(amount * _PENCE, councils), row["amount_is"], worked
    ratio = Fraction(amount, int(row["of_amount"]))
    bound = bound_of_ratio(row["amount_is"], row["of_amount_is"])
    if measure == HistoryMeasure.PAYBACK:
        worked = f"{_pounds(row, 'amount')} to set up, {_pounds(row, 'of_amount')} saved a year"
        return ratio * MONTHS, bound, worked
    worked = f"{_pounds(row, 'amount')} saved a year, {_pounds(row, 'of_amount')} planned"
    return ratio * 100, bound, worked


def bound_of_ratio(above: str, below: str) -> str:
    """How a ratio is bounded by what is above and below its line: a floor below makes it a ceiling."""
    turned = _OTHER_WAY.get(below, below)
    if above and turned and above != turned:
        return "about"
    return above or turned


def _pounds(row: Row, name: str) -> str:
    return f"{row[f'{name}_is']} {format_prose(int(row[name]) * _PENCE)}".strip()


def _date(row: Row, name: str) -> ImpreciseDate:
    first, last = (date.fromisoformat(row[f"{name}_{end}_on"]) for end in ("first", "last"))
    return ImpreciseDate.approx(first, last, row[f"{name}_text"])


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * MONTHS + end.month - start.month
