"""How figures of the savings pages stand in the cells of a table, and where they lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from django.urls import get_script_prefix, reverse

from benefits.enums import Basis, Measure
from benefits.queries.entries import Question
from benefits.queries.figures import Figure, Figures, Percent
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.savings import SavingsAgainstPlan
from benefits.queries.scope import Choice, Scope
from core.exports.cells import shorthand
from core.rules.calendar import format_date, format_fy, fy_file_key
from core.rules.money import format_amount, format_pounds
from core.rules.rounding import format_percent
from core.tables import Cell
from programme.models import Programme
from programme.rules.rag import Rating

NO_BREAK = "\u00a0"


def amount_cell(figure: Figure, url: str = "", says: str = "", *, is_signed: bool = False) -> Cell:
    """Pounds and pence, or [x] or [z]; only a number has a link."""
    missing = shorthand(figure)
    if missing is not None or not isinstance(figure, int):
        return Cell(missing or "")
    sign = "+" if is_signed and figure > 0 else ""
    return Cell(sign + format_amount(figure), url, says)


def percent_cell(value: Percent, rating: Rating | None = None) -> Cell:
    """A percentage with one decimal, beside its rating word where there is one."""
    text = shorthand(value) or format_percent(value)  # type: ignore[arg-type]
    return Cell(text, tag=rating.word.value if rating else "")


def realised_cell(figures: Figures) -> Cell:
    """What is verified in percent of the plan to date, with what is left out as it has no target."""
    return _rate_cell(figures.realised_percent, figures.verified_no_target, "verified")


def forecast_cell(figures: Figures, rating: Rating | None = None) -> Cell:
    """The forecast in percent of the plan, with what is left out as it has no target."""
    return _rate_cell(figures.forecast_percent, figures.forecast_no_target, "forecast", rating)


def _rate_cell(value: Percent, no_target: Figure, word: str, rating: Rating | None = None) -> Cell:
    cell = percent_cell(value, rating)
    if not no_target or not isinstance(no_target, int):
        return cell
    said = f"{format_pounds(no_target)} {word} has no target and is not counted in the rate"
    return replace(cell, sub=said)


def rating_cell(rating: Rating) -> Cell:
    """A rating word; its reason stands in small print below it."""
    return Cell("", tag=rating.word.value, is_number=False)


def entries_url(
    result: SavingsAgainstPlan,
    basis: Basis,
    measure: Measure,
    *,
    council: PartnerCouncil | None = None,
    fy: int | None = None,
    is_to_date: bool = False,
) -> str:
    """Where the entries behind a number are, with the choice that the page was narrowed to."""
    chosen = result.choice
    choice = Choice(
        council.key if council else chosen.council,
        chosen.service,
        fy if fy is not None else chosen.fy,
        chosen.kind,
    )
    to = result.cut_off if is_to_date else None
    return question_url(result.programme, Question(basis, measure, choice, to))


def question_url(programme: Programme, question: Question) -> str:
    """Where the entries behind a number are that was asked for so."""
    parameters = {
        "basis": question.basis.value,
        "measure": question.measure.value,
        **choice_parameters(question.choice),
        "benefit": question.benefit,
        "since": question.since.isoformat() if question.since else "",
        "to": question.to_date.isoformat() if question.to_date else "",
    }
    query = "&".join([f"{name}={_quoted(value)}" for name, value in parameters.items() if value])
    return f"{_entry_list(programme.key, get_script_prefix())}?{query}"


# A value stands in the addresses of hundreds of numbers.
_quoted = lru_cache(maxsize=1024)(quote_plus)


@lru_cache(maxsize=1024)
def _entry_list(key: str, prefix: str) -> str:
    """The address of a programme's entries, which one page asks for hundreds of times."""
    return reverse("benefits:entry_list", args=[key])


def choice_parameters(choice: Choice) -> dict[str, str]:
    """What a choice is called in an address; empty where nothing is chosen."""
    return {
        "council": choice.council,
        "service": choice.service,
        "kind": choice.kind,
        "year": "" if choice.fy is None else fy_file_key(choice.fy),
    }


class Linked:
    """Makes cells of one measure that lead to the entries behind them."""

    def __init__(self, result: SavingsAgainstPlan, measure: Measure) -> None:
        self.result, self.measure = result, measure

    def cell(
        self,
        figures: Figures,
        basis: Basis,
        *,
        council: PartnerCouncil | None = None,
        fy: int | None = None,
        is_to_date: bool = False,
    ) -> Cell:
        """One figure; £0.00 has no entries and no link."""
        figure: Figure = getattr(figures, f"{basis.value}_to_date" if is_to_date else basis.value)
        if not figure:
            return amount_cell(figure)
        url = entries_url(self.result, basis, self.measure, council=council, fy=fy, is_to_date=is_to_date)
        when = f" in {format_fy(fy)}" if fy is not None else ""
        whose = f" of {council}" if council else ""
        return amount_cell(figure, url, f"{basis.label}{whose}{when}: show the entries")


class PanelLinks:
    """Where the entries behind the numbers of one panel are."""

    def __init__(self, programme: Programme, scope: Scope) -> None:
        self.programme, self.scope = programme, scope

    def cell(
        self,
        figure: Figure,
        basis: Basis,
        *,
        says: str,
        choice: Choice | None = None,
        since: date | None = None,
        to: date | None = None,
        benefit: str = "",
        question: Question | None = None,
    ) -> Cell:
        """A figure that leads to its entries; £0.00 has none."""
        if not figure or not isinstance(figure, int):
            return amount_cell(figure)
        own = choice or self.scope.choice
        asked = question or Question(basis, own.measure, own, to, since=since, benefit=benefit)
        return amount_cell(figure, question_url(self.programme, asked), f"{says}: show the entries")

    def page(self, choice: Choice, *, anchor: str = "") -> str:
        """The page of savings with a choice, where what is worked out of entries stands beside its parts."""
        return _with_choice("benefits:savings_detail", self.programme, choice) + anchor

    def benefits(self, choice: Choice) -> str:
        """The benefits behind what is delivered and expected, with a choice."""
        return _with_choice("benefits:savings_confidence", self.programme, choice) + BENEFITS_AT_RISK


BENEFITS_AT_RISK = "#table-confidence-benefits"


def _with_choice(name: str, programme: Programme, choice: Choice) -> str:
    query = urlencode({key: value for key, value in choice_parameters(choice).items() if value})
    return reverse(name, args=[programme.key]) + (f"?{query}" if query else "")


def led(cell: Cell, url: str, says: str) -> Cell:
    """The cell with where its number comes from; nothing and what is missing lead nowhere."""
    has_number = any(sign in "123456789" for sign in cell.text)
    return replace(cell, url=url, says=says) if has_number and not cell.url else cell


def signed_cell(pence: int) -> Cell:
    """An amount with its sign, plus or minus."""
    return amount_cell(pence, is_signed=True)


def short_day(day: date) -> str:
    """31 October 2026, its day and month kept together."""
    return format_date(day).replace(" ", NO_BREAK, 1)
