"""The chart of a self-assessment: for each question where the councils stand, and how far apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.charts import BLUE, Chart, Spec, drawn, joining_line, row_axis
from core.rules.words import count_of, listed
from services.queries.review_assessment import Assessment, QuestionRow, short_number

_SCORES = (1, 2, 3, 4, 5)
_SOURCE = "what each council’s officers answered."


@dataclass(frozen=True, slots=True)
class _Place:
    """One mean of one question and the councils that share it."""

    mean: Fraction
    councils: tuple[str, ...]


def assessment_chart(assessment: Assessment, *, csv_url: str) -> Chart | None:
    """The means of every question with answers, first question on top; None where nobody has answered."""
    rows = [(row, _places(row)) for row in assessment.rows if _places(row)]
    if not rows:
        return None
    name = assessment.question_set.value
    return Chart(
        id=f"chart-{name.replace('_', '-')}",
        headline=headline(assessment),
        subtitle="Mean score of each council, from 1 (low) to 5 (high); highest and lowest council named",
        label=_label(rows),
        size="tall",
        spec=_figure(rows),
        source=_SOURCE,
        csv_url=csv_url,
    )


def headline(assessment: Assessment) -> str:
    """The message: on how many questions councils are 2 or more points apart, and where most."""
    if assessment.unanswered:
        names = listed([str(council) for council in assessment.unanswered])
        verb = "has" if len(assessment.unanswered) == 1 else "have"
        return f"{names} {verb} not answered yet"
    flagged = assessment.flagged
    if not flagged:
        return "No gap between councils is 2 points or more"
    widest = max(flagged, key=_gap)
    if len(flagged) == 1:
        return f"{widest.gap_words} on {_lower(widest.question.name)}"
    number = count_of(len(flagged), "question")
    return f"Councils differ by 2 or more on {number}, most on {_lower(widest.question.name)}"


def _gap(row: QuestionRow) -> Fraction:
    return row.result.gap if isinstance(row.result.gap, Fraction) else Fraction(0)


def _lower(name: str) -> str:
    """The name inside a sentence; HR and ICT keep their capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _places(row: QuestionRow) -> list[_Place]:
    """The means of a question from low to high, each once."""
    found: dict[Fraction, list[str]] = {}
    for cell in row.cells:
        if isinstance(cell.mean, Fraction):
            found.setdefault(cell.mean, []).append(str(cell.council))
    return [_Place(mean, tuple(found[mean])) for mean in sorted(found)]


def _label(rows: Sequence[tuple[QuestionRow, list[_Place]]]) -> str:
    parts = []
    for row, places in rows:
        words = [f"{listed(place.councils)} {short_number(place.mean)}" for place in places]
        parts.append(f"{row.question.name}: {', '.join(words)}")
    return f"Dot chart. {'; '.join(parts)}. The table below holds the same numbers."


def _figure(rows: Sequence[tuple[QuestionRow, list[_Place]]]) -> Spec:
    """Data and layout: a dot for each mean, a line from the lowest to the highest."""
    numbered = list(enumerate(reversed(rows)))
    wide = [(number, places) for number, (_, places) in numbered if len(places) > 1]
    return {
        "data": [
            *(joining_line(places[0].mean, places[-1].mean, number) for number, places in wide),
            _dots([(number, place) for number, (_, places) in numbered for place in places]),
        ],
        "layout": {
            "margin": {"l": 165, "r": 200, "t": 14, "b": 34},
            "xaxis": {
                "range": [0.7, 5.3],
                "tickvals": list(_SCORES),
                "ticktext": [str(score) for score in _SCORES],
                "grid": True,
            },
            "yaxis": {
                **row_axis([_broken(row.question.name) for _, (row, _) in numbered], range(len(rows))),
                "size": 14,
            },
            "annotations": [_end_label(number, places) for number, (_, places) in numbered],
        },
        "narrow": {"margin": {"l": 150, "r": 85}},
    }


def _dots(points: Sequence[tuple[int, _Place]]) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [drawn(place.mean) for _, place in points],
        "y": [number for number, _ in points],
        "text": [f"{listed(place.councils)} {short_number(place.mean)}" for _, place in points],
        "marker": {"color": BLUE, "size": 12},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _end_label(number: int, places: Sequence[_Place]) -> Spec:
    """The highest council and the lowest, where it is another, at the right of the row."""
    ends = [places[-1], places[0]] if len(places) > 1 else [places[0]]
    return {
        "x": _SCORES[-1],
        "y": number,
        "text": ", ".join(f"{_who(place)} {short_number(place.mean)}" for place in ends),
        "short": ", ".join(short_number(place.mean) for place in ends),
        "showarrow": False,
        "xanchor": "left",
        "xshift": 14,
    }


def _who(place: _Place) -> str:
    return place.councils[0] if len(place.councils) == 1 else f"{len(place.councils)} councils"


def _broken(name: str) -> str:
    """A long name over two lines, so that it fits beside the axis."""
    if len(name) <= 21:
        return name
    middle = len(name) // 2
    gaps = [index for index, letter in enumerate(name) if letter == " "]
    cut = min(gaps, key=lambda index: abs(index - middle))
    return f"{name[:cut]}<br>{name[cut + 1 :]}"
