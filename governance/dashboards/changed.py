"""What changed in each programme of a partnership since its steering body met: a row a programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.urls import reverse

from core.exports.tables import Column, Format, Table, Value
from core.rules.assessment import NotApplicable
from core.rules.calendar import format_date
from core.rules.money import format_prose
from core.rules.words import count_of
from core.tables import Cell, Heading, NumberTable, Row
from governance.dashboards.answers import named
from governance.dashboards.panel import words
from governance.dashboards.since import more, people_sentence
from governance.queries.changes import Changes
from programme.models import Programme
from programme.queries.overview.portfolio import PortfolioRow

_TITLES = ("Programme", "Cashable saving", "Milestones", "Decisions", "Registers", "People")
_SAME = "No change"
_OVER = NotApplicable("A case of the past does not change any more")
_NO_MEETING = NotApplicable("No meeting was held yet")
Pair = tuple[PortfolioRow, Changes | None]


def page_of(programme: Programme) -> str:
    """Where the programme's own page says what changed."""
    return f"{reverse('governance:steering_page', args=[programme.key])}#since"


def changed_sentence(found: Sequence[Changes]) -> str:
    """How many of the programmes changed at all."""
    if not found:
        return "No programme that you may read goes on."
    since = format_date(found[0].since)
    changed = sum(one.is_any for one in found)
    if len(found) == 1:
        return f"{found[0].programme} has {'changed' if changed else 'not changed'} since {since}."
    return f"{changed or 'None'} of {count_of(len(found), 'programme')} changed since {since}."


def change_table(rows: Sequence[PortfolioRow], found: Mapping[int, Changes], since: date) -> NumberTable:
    """The programmes in the order of the page; each leads to what its own page says of it."""
    return NumberTable(
        "changes",
        f"What changed since {format_date(since)}",
        "Compared with what was recorded at the end of that day; the worst programme first",
        tuple(Heading(text, is_number=False) for text in _TITLES),
        tuple(_row(row, found.get(row.programme.pk)) for row in rows),
    )


def _row(row: PortfolioRow, found: Changes | None) -> Row:
    url = page_of(row.programme)
    if found is None:
        over = f"Known to {format_date(row.known_on)}" if row.known_on else _OVER.reason
        return Row(row.programme.name, (words(over), *(words("[z]") for _ in _TITLES[2:])), url)
    return Row(
        row.programme.name,
        (_saving(found), _milestones(found), _decisions(found), _risks(found), _people(found)),
        url,
        str(row.rating.word),
    )


def _saving(found: Changes) -> Cell:
    if found.now.is_empty:
        return words("No figures")
    if found.then.is_empty:
        return words("None recorded then", sub=f"{format_prose(found.now.verified)} verified now")
    moved = (
        ("forecast", found.forecast_more),
        ("plan", found.plan_more),
        ("waiting for verification", found.waiting_more),
    )
    return words(
        f"{more(found.verified_more)} verified" if found.verified_more else "No more verified",
        sub="; ".join(f"{name} {more(pence)}" for name, pence in moved if pence),
    )


def _milestones(found: Changes) -> Cell:
    slips = found.slippage
    later = slips.later
    worst = later[0] if later else None
    return _counted(
        ((len(later), "later"), (len(slips.earlier), "earlier"), (len(slips.achieved), "achieved")),
        f"{worst.row.milestone.title}, {count_of(worst.slippage_days or 0, 'day')} later" if worst else "",
    )


def _decisions(found: Changes) -> Cell:
    names = [*(named(row) for row in found.effective), *(named(one.row) for one in found.answered)]
    return _counted(
        ((len(found.effective), "took effect"), (len(found.answered), "decided on by a council")),
        "; ".join(names[:2]),
    )


def _risks(found: Changes) -> Cell:
    risks = found.risks
    top = risks.higher[0] if risks.higher else None
    return _counted(
        (
            (len(risks.raised), "new"),
            (len(risks.higher), "higher"),
            (len(risks.lower), "lower"),
            (len(risks.closed), "closed"),
        ),
        str(top) if top else "; ".join(risk.title for risk in risks.raised[:1]),
    )


def _people(found: Changes) -> Cell:
    people = found.people
    return words(people_sentence([found]) if people.started or people.ended or people.stated else _SAME)


def _counted(counts: Sequence[tuple[int, str]], sub: str) -> Cell:
    """1 new, 2 higher; what there is none of is left out."""
    said = ", ".join(f"{number} {word}" for number, word in counts if number)
    return words(said or _SAME, sub=sub if said else "")


def change_file(pairs: Sequence[Pair]) -> Table[Pair]:
    """The same as a file; pounds and counts."""
    columns: list[Column[Pair]] = [
        Column("Programme", lambda pair: pair[0].programme.name),
        Column("Rating", lambda pair: str(pair[0].rating.word)),
        Column("Compared with", lambda pair: pair[1].since if pair[1] else _why(pair), Format.DATE),
        _column("Verified more", lambda one: one.verified_more, Format.MONEY),
        _column("Claimed or verified more", lambda one: one.returned_more, Format.MONEY),
        _column("Forecast more", lambda one: one.forecast_more, Format.MONEY),
        _column("Plan more", lambda one: one.plan_more, Format.MONEY),
        _column("Milestones later", lambda one: len(one.slippage.later)),
        _column("Days of the latest", _most_days),
        _column("Milestones earlier", lambda one: len(one.slippage.earlier)),
        _column("Milestones achieved", lambda one: len(one.slippage.achieved)),
        _column("Decisions that took effect", lambda one: len(one.effective)),
        _column("Other decisions that a council decided on", lambda one: len(one.answered)),
        _column("New in the registers", lambda one: len(one.risks.raised)),
        _column("Scored higher", lambda one: len(one.risks.higher)),
        _column("Scored lower", lambda one: len(one.risks.lower)),
        _column("Closed", lambda one: len(one.risks.closed)),
        _column("Consultations started", lambda one: len(one.people.started)),
        _column("Consultations ended", lambda one: len(one.people.ended)),
    ]
    return Table("changes", "What changed since the last meeting, a row a programme", columns, pairs)


def _most_days(found: Changes) -> Value:
    later = found.slippage.later
    return later[0].slippage_days if later else 0


def _column(title: str, value: Callable[[Changes], Value], kind: Format = Format.NUMBER) -> Column[Pair]:
    return Column(title, lambda pair: value(pair[1]) if pair[1] else _why(pair), kind)


def _why(pair: Pair) -> NotApplicable:
    return _OVER if pair[0].known_on else _NO_MEETING
