"""Charts of what is counted: what each says, and that it says nothing that may not be shown."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as Row
from typing import Any

from benefits.enums import EquitySubject
from core.rules.suppression import Suppressed
from governance.dashboards.count_charts import (
    decided_chart,
    late_chart,
    later_chart,
    posts_chart,
    score_chart,
    verified_chart,
)
from governance.queries.equity import CountRow

COUNCILS: Any = [Row(name=name) for name in ("Ashmere", "Brockvale", "Carrick")]


def milestone(title: str, days: int | None) -> Any:
    return Row(milestone=Row(title=title), days_off_plan=days)


def cell(*has_decided: bool) -> Any:
    return Row(parts=[Row(position=Row(has_decided=one)) for one in has_decided])


def decision(ref: str, *cells: Any) -> Any:
    return Row(decision=Row(ref=ref, title="Agreement"), cells=cells)


def returned(name: str, day: date | None) -> Any:
    return Row(council=Row(name=name), savings=Row(latest_verified_on=day))


def drawn(chart: Any) -> list[tuple[int, str]]:
    (data,) = chart.spec["data"]
    return list(zip(data["x"], data["customdata"], strict=True))


def test_milestones_later_and_earlier() -> None:
    rows = [
        milestone("Go-live", 18),
        milestone("Training", -1),
        milestone("Move", 0),
        milestone("Open", None),
    ]
    chart: Any = later_chart(rows)
    assert chart.headline == "1 of 4 is late or forecast later than planned, 18 days at most"
    assert chart.label == "Bar chart. Go-live 18 days; Training 1 day early. The table holds the same."
    assert drawn(chart) == [(18, "18 days"), (-1, "1 day early")]
    assert chart.spec["layout"]["xaxis"]["range"][0] < -1
    early: Any = later_chart(rows[1:])
    assert early.headline == "None of 3 is later than planned"
    assert later_chart(rows[2:]) is None


def test_decisions_by_councils_that_decided() -> None:
    waits = decision("D-08", cell(True), cell(True, False), cell())
    chart: Any = decided_chart([waits, decision("D-09", cell(True), cell(True))])
    assert chart.headline == "1 decision waits for at least one council"
    assert chart.label == "Bar chart. D-08 Agreement 1 of 2; D-09 Agreement 2 of 2. The table holds the same."
    done: Any = decided_chart([decision("D-09", cell(True))])
    assert done.headline == "Every council has decided what was put to it"
    assert decided_chart([decision("D-10", cell())]) is None


def test_scores_and_late_milestones() -> None:
    risk = Row(ref="R-1", title="Records")
    scored: Any = Row(risk=risk, score=16, rating=Row(word="Red"))
    issue: Any = Row(risk=risk, score=None, rating=None)
    chart: Any = score_chart([scored, issue])
    assert (chart.headline, drawn(chart)) == ("The highest score is 16 of 25", [(16, "16, Red")])
    assert score_chart([issue]) is None
    rows: Any = [
        Row(programme=Row(name=name), rating=Row(standing=Row(late=count)))
        for name, count in (("A", 2), ("B", 0), ("C", 3))
    ]
    late: Any = late_chart(rows)
    assert (late.headline, drawn(late)) == ("5 milestones are late, most in C", [(3, "3"), (2, "2")])
    assert late_chart(rows[1:]) is None


def test_small_numbers_of_posts_have_no_bar() -> None:
    row = CountRow(EquitySubject.POSTS, (12, Suppressed(), None), Suppressed())
    chart: Any = posts_chart(row, COUNCILS)
    assert chart.headline == "Ashmere removed the most posts of those that may be shown: 12"
    assert drawn(chart) == [(12, "12"), (0, "[c]"), (0, "[x]")]
    assert posts_chart(CountRow(EquitySubject.POSTS, (Suppressed(), None, 0), None), COUNCILS) is None


def test_months_verified_in_the_year() -> None:
    ends = (date(2026, 10, 31), date(2026, 9, 30), date(2026, 3, 31))
    rows = [returned(council.name, day) for council, day in zip(COUNCILS, ends, strict=True)]
    chart: Any = verified_chart(rows, date(2026, 10, 31))
    assert chart.headline == "Savings of Carrick are verified the least far, to 31 March 2026"
    assert [months for months, _ in drawn(chart)] == [7, 6, 0]
    turned: Any = verified_chart([returned("Ashmere", date(2027, 2, 28))], date(2027, 2, 28))
    assert (turned.headline, drawn(turned)[0][0]) == (
        "Savings of every council are verified to 28 February 2027",
        11,
    )
    none: Any = verified_chart([returned("Ashmere", None), *rows[1:]], date(2026, 10, 31))
    assert none.headline == "No savings of Ashmere are verified"
    assert verified_chart(rows, None) is None


def test_axis_has_whole_numbers_and_keeps_their_labels_on_a_phone() -> None:
    row = CountRow(EquitySubject.POSTS, (120, 70, 33), 223)
    chart: Any = posts_chart(row, COUNCILS)
    for spec in (chart.spec["layout"], chart.spec["narrow"]):
        axis = spec["xaxis"]
        assert axis["ticktext"] == [str(value) for value in axis["tickvals"]]
    assert chart.spec["layout"]["xaxis"]["tickvals"] == [0, 20, 40, 60, 80, 100, 120]
