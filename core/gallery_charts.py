"""Charts of the gallery: figures of a made-up programme in the house's four series."""

from __future__ import annotations

from typing import Any

from core.charts import BLUE, GREEN, ORANGE, PURPLE, Chart, Spec, hatched


def charts() -> list[Chart]:
    """A line chart with all four series, and two small charts of councils with one scale."""
    return [
        Chart(
            "g-line",
            "By March 2028 we expect £15,944.26 less than planned",
            "Cumulative cashable saving before costs, three councils, April 2026 to March 2028, £",
            "Line chart. Verified saving is £14,272.45 to 31 October 2026. By 31 March 2028 the current plan "
            "reaches £240,000, the forecast £224,055.74 and the original plan £180,000.",
            "tall",
            _line_spec(),
            "programme ledgers, verified by each council’s section 151 officer.",
            "#charts",
        ),
        _council_chart("Ashmere", "all verified", [1173.91, 2554.98, 3936.05, 5317.12], 0, 12429.63),
        _council_chart("Carrick", "October to verify", [958.42, 2085.97, 3213.52], 1127.55, 10147.95),
    ]


def _line_spec() -> Spec:
    ends = ["2026-04-01", "2026-06-30", "2026-10-31", "2027-09-30", "2027-10-31", "2028-03-31"]
    lines: list[tuple[str, str, list[float], Spec]] = [
        ("Forecast", GREEN, [0, 0, 15400, 59400, 74055.74, 224055.74], {"width": 3.5}),
        (
            "Current plan",
            PURPLE,
            [0, 0, 16000, 60000, 90000, 240000],
            {"width": 2, "dash": "9px,5px"},
        ),
        (
            "Original plan",
            ORANGE,
            [0, 0, 0, 0, 30000, 180000],
            {"width": 2.5, "dash": "3px,4px"},
        ),
    ]
    bars = {
        "type": "bar",
        "name": "Verified",
        "x": ["2026-07-16", "2026-08-16", "2026-09-16", "2026-10-16"],
        "y": [3400, 7400, 11400, 14272.45],
        "width": [2_073_600_000] * 4,
        "marker": {"color": BLUE},
        "hovertemplate": "Verified £%{y:,.2f}<extra></extra>",
    }
    drawn = [_line(name, ends, y, {"color": color, **style}) for name, color, y, style in lines]
    labels = [
        ("2028-03-31", 240000, "Current plan £240,000", "Current plan", 6),
        ("2028-03-31", 224055.74, "Forecast £224,055.74", "Forecast", -5),
        ("2028-03-31", 180000, "Original plan £180,000", "Original plan", 0),
    ]
    at_end = {"xanchor": "left", "xshift": 7, "showarrow": False, "align": "left"}
    return {
        "data": [bars, *drawn],
        "layout": {
            "margin": {"r": 166, "l": 66},
            "xaxis": {
                "type": "date",
                "range": ["2026-04-01", "2028-04-05"],
                "tickvals": ["2026-04-01", "2027-04-01", "2028-03-31"],
                "ticktext": ["April 2026", "April 2027", "March 2028"],
            },
            "yaxis": {"range": [0, 255000], "dtick": 50000, "tickprefix": "£", "tickformat": ",.0f"},
            "annotations": [
                {"x": x, "y": y, "text": text, "short": short, "yshift": shift, **at_end}
                for x, y, text, short, shift in labels
            ],
        },
        "narrow": {
            "margin": {"r": 92, "l": 62},
            "xaxis": {"tickvals": ["2026-04-01", "2028-03-31"], "ticktext": ["Apr 2026", "Mar 2028"]},
        },
        "print": {"width": 320, "height": 268, "margin": {"l": 56, "r": 84}},
    }


def _line(name: str, x: list[Any], y: list[float], style: Spec) -> Spec:
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": style}


def _council_chart(name: str, state: str, verified: list[float], claimed: float, plan: float) -> Chart:
    claims = f", and £{claimed:,.2f} claimed for October but not verified" if claimed else ""
    return Chart(
        f"g-{name.lower()}",
        f"{name}: {state}",
        "",
        f"{name}: £{verified[-1]:,.2f} verified{claims}. Plan for the year £{plan:,.2f}.",
        "small",
        {
            "data": [
                *_council_bars(verified, claimed),
                _line(
                    "Current plan",
                    [-0.5, 2.5, 11.5],
                    [0, 0, plan],
                    {"width": 2, "dash": "9px,5px", "color": PURPLE},
                ),
            ],
            "layout": _council_layout(plan),
            "print": {"width": 150, "height": 130, "margin": {"l": 46, "b": 20, "t": 10}},
        },
    )


def _council_bars(verified: list[float], claimed: float) -> list[Spec]:
    """Solid bars from July on, and a hatched one on top of the last for what is only claimed."""
    solid: Spec = {"type": "bar", "width": 0.78, "marker": {"color": BLUE}}
    months = list(range(3, 3 + len(verified)))
    bars: list[Spec] = [{**solid, "x": months, "y": verified}]
    if claimed:
        marker = hatched(BLUE)
        last: Spec = {"type": "bar", "x": [months[-1] + 1]}
        bars.append({**solid, **last, "y": verified[-1:]})
        bars.append({**last, "y": [claimed], "base": verified[-1:], "width": 0.72, "marker": marker})
    return bars


def _council_layout(plan: float) -> Spec:
    label = {
        "x": 11.5,
        "y": plan,
        "text": f"Plan £{plan:,.2f}",
        "showarrow": False,
        "xanchor": "right",
        "yshift": 11,
    }
    return {
        "barmode": "overlay",
        "margin": {"l": 62, "r": 2, "t": 16, "b": 26},
        "xaxis": {
            "range": [-0.6, 11.6],
            "tickvals": [0, 3, 6, 9],
            "ticktext": ["Apr", "Jul", "Oct", "Jan"],
            "ticks": "",
        },
        "yaxis": {"range": [0, 15000], "dtick": 5000, "tickprefix": "£", "tickformat": ",.0f"},
        "annotations": [label],
    }
