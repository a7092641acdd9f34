"""Criteria and scores entered through the page, and what the result says (F-28)."""

from __future__ import annotations

import csv
import io
from typing import Any

import plotly.graph_objects as go
import pytest
from django.test import Client

from accounts.models import User
from core.models import AuditEvent
from services.models import Criterion, Score
from services.queries.scores import score_page, sensitivity
from services.score_charts import contribution_chart, sensitivity_chart
from tests.factories import CaseOptionFactory, UserFactory, sign_in
from tests.pages import text_of
from tests.services.case_scene import CaseScene, case_scene

pytestmark = pytest.mark.django_db

WEIGHTS = {"Cost": 40, "Quality": 25, "Resilience": 20, "Local jobs": 15}
SCORES = {
    "Shared in-house": (70, 80, 85, 90),
    "Outsource": (95, 65, 70, 20),
    "Improve alone": (30, 60, 30, 100),
}


@pytest.fixture
def scene() -> CaseScene:
    """A case with the three options of the worked example, and no criteria yet."""
    scene = case_scene()
    scene.case.criteria.all().delete()
    scene.case.lines.all().delete()
    scene.case.options.all().delete()
    for index, name in enumerate(SCORES):
        CaseOptionFactory(
            business_case=scene.case, ref=f"O-{index + 1}", name=name, order_index=index, is_bau=index == 2
        )
    return scene


def page(scene: CaseScene, part: str = "") -> str:
    return f"/business-cases/{scene.case.pk}/scores/{part}"


def checked_figure(spec: dict[str, Any]) -> go.Figure:
    """The figure, refused by Plotly where it does not know a name; the house's own words are left out."""
    layout = {**spec["layout"]}
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {name: value for name, value in layout[axis].items() if name not in ("grid", "size")}
    layout["annotations"] = [
        {name: value for name, value in note.items() if name != "short"} for note in layout["annotations"]
    ]
    return go.Figure({"data": spec["data"], "layout": layout})


def criteria_data(scene: CaseScene, weights: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"seen_version": scene.fresh().version}
    for row, (name, weight) in enumerate(weights.items()):
        data |= {f"ref-{row}": "", f"name-{row}": name, f"weight-{row}": weight, f"description-{row}": ""}
    return data


def score_data(scene: CaseScene, scores: dict[str, tuple[Any, ...]], reason: str = "Seen") -> dict[str, Any]:
    data: dict[str, Any] = {}
    criteria = list(scene.case.criteria.order_by("order_index"))
    for option in scene.case.options.order_by("order_index"):
        for criterion, score in zip(criteria, scores.get(option.name, ()), strict=False):
            data[f"score-{criterion.pk}-{option.pk}"] = score
            data[f"reason-{criterion.pk}-{option.pk}"] = reason
    return data


def enter(client: Client, scene: CaseScene, person: User, scores: dict[str, tuple[Any, ...]]) -> Any:
    return sign_in(client, person).post(page(scene, "mine/"), score_data(scene, scores))


@pytest.fixture
def scored(client: Client, scene: CaseScene) -> CaseScene:
    sign_in(client, scene.manager).post(page(scene, "criteria/"), criteria_data(scene, WEIGHTS))
    enter(client, scene, scene.reviewer, SCORES)
    return scene


def test_worked_example_entered_through_the_page(client: Client, scored: CaseScene) -> None:
    text = text_of(client.get(page(scored)))
    assert "Shared in-house comes first with 78.50 out of 100" in text
    assert (
        "Ranking holds unless cost weighs more than 53.49 (Outsource comes first) "
        "or local jobs weighs more than 79.01 (Improve alone comes first) "
        "or local jobs weighs less than 5.18 (Outsource comes first)"
    ) in text
    found = score_page(scored.case)
    assert [(row.name, row.rank, str(row.score)) for row in found.rows] == [
        ("Shared in-house", 1, "78.50"),
        ("Outsource", 2, "71.25"),
        ("Improve alone", 3, "48.00"),
    ]
    assert [str(cell.contribution) for cell in found.rows[0].cells] == ["28.00", "20.00", "17.00", "13.50"]


def test_everything_entered_is_audited(scored: CaseScene) -> None:
    events = AuditEvent.objects.order_by("pk")
    assert [(event.action, event.by) for event in events] == [
        ("save_criteria", scored.manager),
        ("save_scores", scored.reviewer),
    ]
    assert events[0].after["criteria"][0] == ["C-1", "Cost", 40, ""]
    assert events[1].after["C-1.O-1"] == [70, "Seen"]


def test_two_people_show_mean_and_spread(client: Client, scored: CaseScene) -> None:
    enter(client, scored, scored.officers[1], SCORES | {"Outsource": (75, 65, 70, 20)})
    text = text_of(client.get(page(scored)))
    assert "34.00 mean 85.00 spread 20 2 people" in text
    assert "Officer of" in text


def test_weights_must_add_up_to_100(client: Client, scene: CaseScene) -> None:
    sign_in(client, scene.manager)
    response = client.post(page(scene, "criteria/"), criteria_data(scene, WEIGHTS | {"Cost": 35}))
    assert response.status_code == 422
    content = response.content.decode()
    assert '<a href="#id_weight-0">Weights must add up to 100. They add up to 95</a>' in content
    assert 'value="35"' in content
    assert Criterion.objects.count() == 0


@pytest.mark.parametrize(
    ("score", "reason", "message"),
    [
        ("101", "Seen", "Score must be between 0 and 100"),
        ("-1", "Seen", "Score must be between 0 and 100"),
        ("good", "Seen", "Score must be between 0 and 100"),
        ("", "Seen", "Score must be between 0 and 100"),
        ("50", " ", "Give a reason for the score"),
    ],
)
def test_score_out_of_range_or_without_a_reason(
    client: Client, scene: CaseScene, score: str, reason: str, message: str
) -> None:
    sign_in(client, scene.manager).post(page(scene, "criteria/"), criteria_data(scene, {"Cost": 100}))
    data = score_data(scene, {"Outsource": (score,)}, reason)
    response = client.post(page(scene, "mine/"), data)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert Score.objects.count() == 0


def test_score_is_changed_and_taken_back(client: Client, scored: CaseScene) -> None:
    cost = Criterion.objects.get(name="Cost")
    outsource = scored.case.options.get(name="Outsource")
    cell = {f"score-{cost.pk}-{outsource.pk}": "60", f"reason-{cost.pk}-{outsource.pk}": "Dearer"}
    kept = score_data(scored, SCORES)
    seen = {name.replace("score", "seen"): "1" for name in kept if name.startswith("score")}
    client.post(page(scored, "mine/"), {**kept, **seen, **cell})
    stored = Score.objects.get(criterion=cost, option=outsource)
    assert (stored.score, stored.reason, stored.version) == (60, "Dearer", 2)
    gone = dict.fromkeys(cell, "")
    response = client.post(page(scored, "mine/"), {**kept, **seen, **gone})
    assert response.status_code == 409
    assert f'name="seen-{cost.pk}-{outsource.pk}" value="2"' in response.content.decode()
    seen[f"seen-{cost.pk}-{outsource.pk}"] = "2"
    client.post(page(scored, "mine/"), {**kept, **seen, **gone})
    assert Score.objects.filter(criterion=cost, option=outsource).count() == 0
    assert "Score Outsource on Cost." in text_of(client.get(page(scored)))


def test_criteria_keep_their_scores_and_one_left_out_goes(client: Client, scored: CaseScene) -> None:
    data = criteria_data(scored, {"Price": 50, "Quality": 30, "Resilience": 20, "Local jobs": 15})
    data |= {f"ref-{row}": f"C-{row + 1}" for row in range(4)} | {"remove-3": "on"}
    sign_in(client, scored.manager).post(page(scored, "criteria/"), data)
    assert list(Criterion.objects.values_list("ref", "name", "weight_percent", "version")) == [
        ("C-1", "Price", 50, 2),
        ("C-2", "Quality", 30, 2),
        ("C-3", "Resilience", 20, 2),
    ]
    assert Score.objects.count() == 9


def test_criteria_saved_by_two_people(client: Client, scored: CaseScene) -> None:
    data = criteria_data(scored, {"Cost": 100}) | {"seen_version": 1}
    response = sign_in(client, scored.manager).post(page(scored, "criteria/"), data)
    assert response.status_code == 409
    assert "Review their change before you save" in response.content.decode()
    assert Criterion.objects.count() == 4


def test_who_may_score(client: Client, scene: CaseScene) -> None:
    answers = {}
    for name in ("manager", "owner", "reviewer"):
        sign_in(client, getattr(scene, name))
        answers[name] = [client.get(page(scene, part)).status_code for part in ("mine/", "criteria/")]
    assert answers == {"manager": [200, 200], "owner": [403, 403], "reviewer": [200, 403]}
    scene.case.options.filter(ref="O-1").update(is_preferred=True)
    scene.to_review()
    sign_in(client, scene.manager)
    assert [client.get(page(scene, part)).status_code for part in ("mine/", "criteria/")] == [403, 403]


def test_charts_have_the_numbers_of_their_tables(scored: CaseScene) -> None:
    found = score_page(scored.case)
    chart = contribution_chart(found, csv_url="/x")
    assert chart is not None
    figure = checked_figure(chart.spec)
    assert [(bar.name, list(bar.x)) for bar in figure.data] == [
        ("Cost", [28.0, 38.0, 12.0]),
        ("Quality", [20.0, 16.25, 15.0]),
        ("Resilience", [17.0, 14.0, 6.0]),
        ("Local jobs", [13.5, 3.0, 15.0]),
    ]
    shown = sensitivity(found, found.criteria[0])
    assert shown is not None
    assert [str(weight) for weight in shown.shown_weights] == ["0.00", "40.00", "53.49", "100.00"]
    assert [[str(score) for score in row.scores] for row in shown.rows] == [
        ["84.17", "78.50", "76.59", "70.00"],
        ["55.42", "71.25", "76.59", "95.00"],
        ["60.00", "48.00", "43.95", "30.00"],
    ]
    lines = sensitivity_chart(found, shown, csv_url="/x")
    assert lines is not None
    figure = checked_figure(lines.spec)
    assert [line.name for line in figure.data] == ["Shared in-house", "Outsource", "Improve alone"]


def test_more_than_four_criteria_are_drawn_as_four_parts(client: Client, scene: CaseScene) -> None:
    weights = {"A": 5, "B": 40, "C": 25, "D": 20, "E": 10}
    sign_in(client, scene.manager).post(page(scene, "criteria/"), criteria_data(scene, weights))
    enter(client, scene, scene.reviewer, dict.fromkeys(SCORES, (100, 50, 50, 50, 50)))
    chart = contribution_chart(score_page(scene.case), csv_url="/x")
    assert chart is not None
    assert [(bar["name"], bar["x"][0]) for bar in chart.spec["data"]] == [
        ("B", 20.0),
        ("C", 12.5),
        ("D", 10.0),
        ("Other criteria", 10.0),
    ]
    text = text_of(client.get(page(scene)))
    assert "Shared in-house, Outsource and Improve alone share first place with 52.50 out of 100" in text


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (
            "ranking.csv",
            {
                "Rank": "1",
                "Option": "Shared in-house",
                "Weighted score": "78.50",
                "Criterion": "Cost",
                "Weight": "40",
                "Mean score": "70.00",
                "Adds": "28.00",
                "Spread in points": "0",
                "People": "1",
            },
        ),
        (
            "scores.csv",
            {
                "Person": "Ravi Shah",
                "Criterion": "Cost",
                "Option": "Shared in-house",
                "Score": "70",
                "Reason": "Seen",
            },
        ),
        (
            "weight.csv?criterion=C-4",
            {
                "Option": "Shared in-house",
                "Criterion": "Local jobs",
                "Weight": "0.00",
                "Weighted score": "76.47",
            },
        ),
    ],
)
def test_files_hold_the_tables(client: Client, scored: CaseScene, name: str, first: dict[str, str]) -> None:
    response = client.get(page(scored, name))
    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert lines[0] == first


def test_file_that_there_is_not(client: Client, scored: CaseScene) -> None:
    assert client.get(page(scored, "else.csv")).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_scores_take_one_number_of_queries(
    client: Client, scored: CaseScene, people: int, django_assert_num_queries: Any
) -> None:
    for officer in scored.officers[: people - 1]:
        enter(client, scored, officer, SCORES)
    sign_in(client, scored.manager)
    with django_assert_num_queries(9):
        client.get(page(scored))


def test_stranger_finds_nothing(client: Client, scored: CaseScene) -> None:
    sign_in(client, UserFactory())
    assert {client.get(page(scored, part)).status_code for part in ("", "mine/", "ranking.csv")} == {404}
