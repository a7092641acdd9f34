"""What a report says of a case of the past: figures as its sources state them, never split or added."""

from __future__ import annotations

from collections.abc import Iterator

from benefits.enums import StatedSection
from benefits.queries.as_stated import StatedRow
from benefits.queries.stated_summary import StatedSummary, YearlySaving
from benefits.rules.qualifier import Bound
from benefits.rules.stated_sums import StatedSum
from core.exports.tables import Column, Format, Table, Value
from core.publishing.content import Block, Figures, Head, Plain
from core.rules.assessment import NotAssessable
from core.rules.money import format_pounds, format_prose
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen, plain
from governance.reporting.tracing import page
from services.rules.payback import Payback

AS_STATED = (
    "Figures are as the sources state them. Nothing is split between councils that its source does not split."
)
_BOUNDS = {
    Bound.EXACT: "",
    Bound.FLOOR: "at least ",
    Bound.CEILING: "at most ",
    Bound.APPROXIMATE: "about ",
    Bound.UNKNOWN: "roughly ",
}


def _exactness(row: StatedRow) -> Value:
    return row.amount if isinstance(row.amount, NotAssessable) else row.exactness or "Exact"


_COLUMNS: list[Column[StatedRow]] = [
    Column("Figure", lambda row: row.figure.label),
    Column("Stated for", lambda row: row.councils_text),
    Column("Amount", lambda row: row.amount, Format.MONEY),
    Column("How exact", _exactness),
    Column("Kind", lambda row: row.kind_text),
    Column("When", lambda row: row.figure.period_text or None),
    Column("Source", lambda row: str(row.figure.source or "") or None),
]


def stated_table(facts: Facts, section: StatedSection, key: str, caption: str) -> Figures | None:
    """Every figure of one section, with its source; None where none is stated."""
    rows = [
        row
        for part in facts.stated_parts
        for row in part.rows
        if part.section == section and _is_of(facts, row)
    ]
    table = Table("", caption, _COLUMNS, rows, "£, as stated; a negative saving is a cost")
    return frozen(table, key, trace=page("benefits:savings_detail", facts.programme.key)) if rows else None


def stated_worth(summary: StatedSummary) -> Iterator[tuple[str, str]]:
    """What the stated figures come to together, in words: cost, savings, payback."""
    yield "One-off cost", _to_the_penny(summary.one_off)
    for one in summary.savings:
        yield f"Net saving a year, {saving_name(one)}", _to_the_penny(one.saving.together)
    payback = summary.payback
    words = f"{_BOUNDS[payback.bound]}{payback.result}"
    yield "Simple payback", words if isinstance(payback.result, Payback) else "[x]"


def stated_by_council(facts: Facts) -> list[Block]:
    """A table of each council's net saving a year; one for each time that the sources state."""
    summary = facts.stated_summary
    return [_by_council(facts, summary, one, number) for number, one in enumerate(summary.savings, 1)]


def stated_sentence(summary: StatedSummary) -> str:
    """What it saved, what it cost and how soon that came back, in a sentence each."""
    said = [
        f"{_capital(in_words(one.saving.together))} a year is stated as net saving ({saving_name(one)})."
        for one in summary.savings
        if isinstance(one.saving.together, StatedSum)
    ]
    if isinstance(summary.one_off, StatedSum):
        said.append(f"{_capital(in_words(summary.one_off))} of one-off cost is stated.")
    if isinstance(summary.payback.result, Payback):
        bound = _BOUNDS[summary.payback.bound]
        said.append(f"At that rate the cost comes back in {bound}{summary.payback.result}.")
    return " ".join(said) or "The sources state no saving that can be counted."


def saving_name(one: YearlySaving) -> str:
    """Achieved, 2011/12 against 2008/09."""
    return ", ".join(filter(None, [str(one.kind.label).lower(), one.period]))


def in_words(total: StatedSum | NotAssessable) -> str:
    """About £1.37 million; [x] where no figure is stated."""
    return f"{_BOUNDS[total.bound]}{format_prose(total.pence)}" if isinstance(total, StatedSum) else "[x]"


def _to_the_penny(total: StatedSum | NotAssessable) -> str:
    return f"{_BOUNDS[total.bound]}{format_pounds(total.pence)}" if isinstance(total, StatedSum) else "[x]"


def _by_council(facts: Facts, summary: StatedSummary, one: YearlySaving, number: int) -> Figures:
    councils = [council for council in summary.partners if facts.council_key in ("", council.key)]
    rows: list[tuple[Plain, ...]] = [
        (council.short_name, *_cells(one.saving.by_council[council.key])) for council in councils
    ]
    together = ("Together", *_cells(one.saving.together))
    heads = (Head("Council"), Head("Net saving a year", Format.MONEY), Head("How exact"))
    reasons = dict.fromkeys(
        f"[x] {total.reason}."
        for total in (*one.saving.by_council.values(), one.saving.together)
        if isinstance(total, NotAssessable)
    )
    return Figures(
        f"stated-councils-{number}" if number > 1 else "stated-councils",
        f"Net saving a year of each council, {saving_name(one)}",
        "£, as stated, less yearly costs",
        heads,
        (*rows, together),
        notes=tuple(reasons),
        traces=(page("benefits:savings_detail", facts.programme.key),) * (len(rows) + 1),
    )


def _cells(total: StatedSum | NotAssessable) -> tuple[Plain, Plain]:
    if isinstance(total, StatedSum):
        return total.pence, _capital(_BOUNDS[total.bound].strip()) or "Exact"
    missing: Value = total
    return plain(missing, Format.MONEY), "[z]"


def _is_of(facts: Facts, row: StatedRow) -> bool:
    keys = {council.key for council in row.figure.councils.all()}
    return not facts.council_key or not keys or facts.council_key in keys


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
