"""The chart of a self-assessment: its message, its words and its figure."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from core.charts import Chart
from programme.models import Council
from services.enums import QuestionSet
from services.queries.review_assessment import assessment
from services.review_charts import assessment_chart
from tests.services import rows
from tests.services.review_rows import answer, review_of

pytestmark = pytest.mark.django_db
OWN_AXIS = {"grid", "size"}


def chart_of(*given: tuple[str, tuple[dict[int, int], ...]]) -> Chart | None:
    """The chart of what Ashmere, Brockvale and Carrick answered, question by question."""
    programme = rows.programme_of_three()
    review, councils = review_of(programme), rows.members(programme)
    for question, counts in given:
        for council, own in zip(councils, counts, strict=False):
            answer(review, council, own, question=question)
    return read(review, councils)


def read(review: Any, councils: list[Council]) -> Chart | None:
    found = assessment(QuestionSet.READINESS, review.answers.all(), councils)
    return assessment_chart(found, csv_url="/x.csv")


def check_figure(spec: dict[str, Any]) -> go.Figure:
    """What the drawing script hands to Plotly is a figure that Plotly knows; its own extras are taken off."""
    layout = dict(spec["layout"])
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {key: value for key, value in layout[axis].items() if key not in OWN_AXIS}
    layout["annotations"] = [
        {key: value for key, value in label.items() if key != "short"} for label in layout["annotations"]
    ]
    return go.Figure({"data": spec["data"], "layout": layout})


def test_no_chart_without_an_answer() -> None:
    assert chart_of() is None


def test_chart_says_between_whom_and_on_what() -> None:
    chart = chart_of(("cost", ({1: 1, 2: 1}, {3: 2}, {4: 4})), ("hr", ({3: 1}, {3: 1}, {4: 1})))
    assert chart is not None
    assert (chart.headline, chart.id) == (
        "Carrick and Ashmere differ by 2.5 on understanding of cost",
        "chart-readiness",
    )
    assert chart.label == (
        "Dot chart. Understanding of cost: Ashmere 1.5, Brockvale 3, Carrick 4; "
        "HR alignment: Ashmere and Brockvale 3, Carrick 4. The table below holds the same numbers."
    )


def test_chart_draws_a_dot_for_each_mean_and_a_line_between_the_ends() -> None:
    chart = chart_of(("cost", ({1: 1, 2: 1}, {3: 2}, {4: 4})), ("hr", ({3: 1}, {3: 1}, {4: 1})))
    assert chart is not None
    figure = check_figure(chart.spec)
    *joins, dots = figure.data
    assert [(tuple(join.x), tuple(join.y)) for join in joins] == [((3.0, 4.0), (0, 0)), ((1.5, 4.0), (1, 1))]
    assert list(zip(dots.x, dots.y, dots.text, strict=True)) == [
        (3.0, 0, "Ashmere and Brockvale 3"),
        (4.0, 0, "Carrick 4"),
        (1.5, 1, "Ashmere 1.5"),
        (3.0, 1, "Brockvale 3"),
        (4.0, 1, "Carrick 4"),
    ]
    assert list(figure.layout.yaxis.ticktext) == ["HR alignment", "Understanding of cost"]
    assert [label.text for label in figure.layout.annotations] == [
        "Carrick 4, 2 councils 3",
        "Carrick 4, Ashmere 1.5",
    ]


@pytest.mark.parametrize(
    ("given", "headline"),
    [
        ([("cost", ({3: 1}, {3: 1}))], "Carrick has not answered yet"),
        ([("cost", ({3: 1},))], "Brockvale and Carrick have not answered yet"),
        ([("cost", ({3: 1}, {3: 1}, {3: 1}))], "No gap between councils is 2 points or more"),
        (
            [("cost", ({1: 1}, {3: 1}, {3: 1})), ("ict", ({5: 1}, {2: 1}, {3: 1}))],
            "Councils differ by 2 or more on 2 questions, most on ICT compatibility",
        ),
    ],
)
def test_headline_says_who_is_missing_and_where_councils_differ_most(
    given: list[tuple[str, tuple[dict[int, int], ...]]], headline: str
) -> None:
    chart = chart_of(*given)
    assert chart is not None
    assert chart.headline == headline


def test_chart_of_one_council_names_it_once() -> None:
    chart = chart_of(("performance", ({2: 1},)))
    assert chart is not None
    figure = check_figure(chart.spec)
    assert [label.text for label in figure.layout.annotations] == ["Ashmere 2"]
    assert list(figure.layout.yaxis.ticktext) == ["Understanding<br>of performance"]
