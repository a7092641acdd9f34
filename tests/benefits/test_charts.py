from dataclasses import replace
from datetime import date
from fractions import Fraction

import plotly.graph_objects as go
import pytest

from benefits.charts import council_charts, equity_chart, headline_of, main_chart
from benefits.plots import spread_apart, tick_step
from benefits.queries.savings import savings_against_plan
from programme.enums import PriceBasis
from tests.benefits.story import AS_OF
from tests.factories import LineFactory, ProgrammeFactory, plan_version

pytestmark = pytest.mark.django_db
OWN_AXIS = {"grid", "size"}


def read(story, **narrowed):
    return savings_against_plan(story.programme, as_of=narrowed.pop("as_of", AS_OF), **narrowed)


def check_figure(spec):
    """What the drawing script hands to Plotly is a figure that Plotly knows; its own extras are taken off."""
    layout = dict(spec["layout"])
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {key: value for key, value in layout[axis].items() if key not in OWN_AXIS}
    layout["annotations"] = [
        {key: value for key, value in label.items() if key != "short"} for label in layout["annotations"]
    ]
    return go.Figure({"data": spec["data"], "layout": layout})


def test_main_chart_says_its_message_and_its_measure(story):
    chart = main_chart(read(story), csv_url="/x.csv")
    assert chart.headline == (
        "By March 2028 we expect £15,944.26 less than planned, and £44,055.74 more than first promised"
    )
    assert chart.subtitle == (
        "Cumulative cashable saving, gross (before costs), three councils, April 2026 to March 2028, "
        "£ in 2026 to 2027 prices"
    )
    assert chart.label == (
        "Line chart. Verified saving is £14,272.45 to 31 October 2026. By 31 March 2028 the current plan "
        "reaches £240,000, the forecast £224,055.74 and the original plan £180,000. The table beside and the "
        "monthly figures below hold the same numbers."
    )


def test_main_chart_draws_the_monthly_figures(story):
    figure = check_figure(main_chart(read(story), csv_url="").spec)
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces) == ["Verified", "Forecast", "Current plan", "Original plan"]
    assert list(zip(traces["Verified"].x, traces["Verified"].y, strict=True)) == [
        ("2026-07-16", 3400.0),
        ("2026-08-16", 7400.0),
        ("2026-09-16", 11400.0),
        ("2026-10-16", 14272.45),
    ]
    assert (traces["Forecast"].x[0], traces["Forecast"].y[0], len(traces["Forecast"].y)) == (
        "2026-04-01",
        0,
        25,
    )
    assert [traces[name].y[-1] for name in ("Forecast", "Current plan", "Original plan")] == [
        224055.74,
        240000.0,
        180000.0,
    ]
    assert [traces[name].line.color for name in ("Forecast", "Current plan", "Original plan")] == [
        "#28A197",
        "#801650",
        "#F46A25",
    ]
    assert traces["Verified"].marker.color == "#12436D"
    assert [label.text for label in figure.layout.annotations] == [
        "Current plan £240,000",
        "Forecast £224,055.74",
        "Original plan £180,000",
        "Verified to<br>31 October<br>£14,272.45",
    ]
    assert list(figure.layout.xaxis.ticktext) == [
        "April 2026",
        "October 2026",
        "April 2027",
        "October 2027",
        "March 2028",
    ]


def test_council_charts_share_one_scale_and_hatch_what_is_only_claimed(story):
    charts = council_charts(read(story))
    assert [chart.headline for chart in charts] == [
        "Ashmere: all verified",
        "Brockvale: all verified",
        "Carrick: October to verify",
    ]
    assert charts[2].label == (
        "Carrick: £3,213.52 verified of £4,510.20 planned by 31 October 2026, and £1,127.55 claimed but not "
        "verified. Plan for the year £10,147.95, forecast £9,978.82."
    )
    figures = [check_figure(chart.spec) for chart in charts]
    assert len({tuple(figure.layout.yaxis.range) for figure in figures}) == 1
    claimed = next(trace for trace in figures[2].data if trace.name == "Claimed, not verified")
    assert (claimed.x, claimed.y, claimed.base) == (("2026-10-16",), (1127.55,), (3213.52,))
    assert claimed.marker.pattern.shape == "/"
    assert [trace.name for trace in figures[0].data] == ["Verified", "Forecast", "Current plan"]


def test_equity_chart_names_the_widest_difference(story):
    chart = equity_chart(read(story).equity[0], csv_url="", period="April 2026 to March 2032")
    assert chart.headline == (
        "Carrick’s share of the net saving is 26.0 points below its share of population"
    )
    assert chart.label == (
        "Dot chart. Share of net saving against share of population: Ashmere 45.9% against 34.5%, "
        "Brockvale 51.9% against 37.3%, Carrick 2.2% against 28.2%."
    )
    figure = check_figure(chart.spec)
    assert list(figure.layout.yaxis.ticktext) == ["Carrick", "Brockvale", "Ashmere"]
    assert [trace.marker.symbol for trace in figure.data[-2:]] == [None, "diamond"]
    assert [label.text for label in figure.layout.annotations][:2] == ["2.2", "28.2"]
    rows = tuple(
        replace(row, other_percent=row.share_percent, difference_points=Fraction(1, 30))
        for row in read(story).equity[0].rows
    )
    same = equity_chart(replace(read(story).equity[0], rows=rows), csv_url="", period="")
    assert same.headline == "Each council’s share of the net saving is its share of population"
    names = [note for note in check_figure(same.spec).layout.annotations if note.text.startswith("Share")]
    assert [(note.xanchor, note.xshift) for note in names] == [("left", 4), ("right", -4)]


def test_equity_chart_without_shares_is_not_drawn(story):
    programme = ProgrammeFactory(partnership=story.programme.partnership)
    result = savings_against_plan(programme, as_of=AS_OF)
    assert equity_chart(result.equity[0], csv_url="", period="") is None
    assert main_chart(result, csv_url="") is None
    assert council_charts(result) == []


def test_headline_before_the_plan_changed_names_one_plan(story):
    result = read(story, as_of=date(2026, 4, 30))
    assert headline_of(result) == "By March 2028, £180,000 is planned. It has no complete forecast"
    names = [trace["name"] for trace in main_chart(result, csv_url="").spec["data"]]
    assert names == ["Current plan"]


def test_headline_on_plan_says_so(story):
    programme = ProgrammeFactory(base_fy=2026, price_basis=PriceBasis.NOMINAL)
    line = LineFactory(programme=programme)
    plan_version(programme, 1, amounts=[(line, story.councils[0], 2026, None, 100)])
    result = savings_against_plan(programme, as_of=AS_OF)
    assert main_chart(result, csv_url="").subtitle.endswith("April 2026 to March 2028, £, cash of the day")


def test_chart_of_one_council_and_one_year_is_a_figure(story):
    for narrowed in ({"council": "carrick"}, {"fy": 2027}, {"service": "S-2"}):
        result = read(story, **narrowed)
        check_figure(main_chart(result, csv_url="").spec)
        for chart in council_charts(result):
            check_figure(chart.spec)
    assert "Carrick, April 2026" in main_chart(read(story, council="carrick"), csv_url="").subtitle


@pytest.mark.parametrize(
    ("top", "step"),
    [
        (24_000_000, 5_000_000),
        (1_342_242, 500_000),
        (100, 20),
        (1, 20),
        (204_000_000, 50_000_000),
        (500, 100),
    ],
)
def test_grid_lines_stand_at_round_pounds(top, step):
    assert tick_step(top) == step


def test_labels_that_would_overlap_move_apart_around_their_middle():
    assert spread_apart([Fraction(300), Fraction(295), Fraction(100)]) == [6, -6, 0]
    assert spread_apart([Fraction(200), Fraction(200), Fraction(200)]) == [17, 0, -17]
    assert spread_apart([Fraction(300), Fraction(200)]) == [0, 0]
