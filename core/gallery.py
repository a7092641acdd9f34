"""What the gallery of components shows: forms, rows and answers of a made-up programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.urls import reverse

from core.forms.conflict import Difference, StaleForm
from core.forms.fields import FinancialYearField, LongTextField, PlainTextField, PoundsField, TypedDateField
from core.tables import Cell, Heading, NumberTable, Row, headings

STATES = [
    *("Green", "Amber", "Red", "Approved", "Awaiting", "Deferred", "Changed", "Call-in open", "Verified"),
    *("Claimed", "Flagged", "11 days late", "3 decisions"),
]

FACTS = [("Recommended", "22 September 2026"), ("Lapses", "21 March 2027"), ("Text", "Version 1")]
FILTER_LINKS = [
    {"label": "All", "count": 7, "url": "#menus", "is_current": True},
    {"label": "Waiting for Ashmere", "count": 3, "url": "#menus", "is_current": False},
    {"label": "Done this month", "url": "#menus", "is_current": False},
]
TABLE = NumberTable(
    id="sample",
    caption="Net benefit by council",
    unit="£, 2026 to 2027 prices",
    columns=headings("Council", "Net", "Payback", "Rating", last_is_word=True),
    rows=(
        Row(
            "Ashmere",
            (
                Cell("385,290.36", "#tables", "net of Ashmere: show the entries"),
                Cell("3 years and 6 months", sub="3.523 years"),
                Cell("", tag="Green", is_number=False),
            ),
        ),
        Row("Carrick", (Cell("[x]"), Cell("[x]"), Cell("", tag="Amber", is_number=False)), sub="C"),
    ),
    foot=(Row("Total", (Cell("[x]"), Cell("[x]"), Cell("", is_number=False))),),
    note="[x] not available: not stated, or it cannot be worked out.",
)
WORD_TABLE = NumberTable(
    id="sample-words",
    caption="Top risks",
    unit="Score out of 25: likelihood × impact",
    columns=tuple(Heading(text, is_number=False) for text in ("Risk", "Rating", "What we are doing")),
    rows=(
        Row(
            "Records cannot be moved cleanly",
            (
                Cell("", tag="Red", is_number=False),
                Cell("Clean before the test move", sub="Owner: D Lewis", is_number=False),
            ),
            "#tables",
            "R-03",
        ),
    ),
)
HISTORY = [
    {
        "at": datetime(2026, 11, 20, 10, 42, tzinfo=UTC),
        "by": "Dev Lewis",
        "channel": "Page",
        "what": "Forecast date: from 13 November 2026 to 7 December 2026",
        "reason": "Carrick is late",
    },
]
CHANGES = [
    {
        "name": "Forecast date",
        "before": "13 November 2026",
        "theirs": "7 December 2026",
        "yours": "14 December 2026",
    },
    {"name": "Note", "before": "", "theirs": "Carrick is late", "yours": ""},
]
STALE = StaleForm(
    "Someone changed this at 10:42am. Review their change before you save",
    [Difference("Place", "Town Hall, Brockvale", "Civic Centre"), Difference("Host", "Brockvale", "")],
)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = PlainTextField(label="Title", max_length=40, help_text="Up to 40 characters")
    saving_pence = PoundsField(label="Saving", minimum_pence=0)
    year = FinancialYearField(label="Financial year", years=range(2026, 2032))
    due_on = TypedDateField(label="Due")
    state = forms.ChoiceField(
        label="State",
        choices=[("claimed", "Claimed"), ("verified", "Verified")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select a state"},
    )
    told = forms.BooleanField(label="The owner has been told", required=False)
    note = LongTextField(label="Note", help_text="Shown to the steering group", required=False)


class SampleRowForm(forms.Form):
    """The form of an open row."""

    shows_changes = True

    forecast_on = TypedDateField(label="Forecast date")
    achieved_on = TypedDateField(
        label="Achieved on", help_text="Leave empty until it is done", required=False
    )
    note = LongTextField(label="Note", help_text="Shown to the steering group", required=False)


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A milestone that is kept nowhere."""

    ref: str
    title: str
    plan_on: date
    forecast_on: date
    is_key: bool = False

    @property
    def days(self) -> int:
        """Days after plan."""
        return (self.forecast_on - self.plan_on).days

    @property
    def url(self) -> str:
        """Where it is updated."""
        return reverse("core:ui_row", args=[self.ref])

    def moved_to(self, forecast_on: date) -> SampleRow:
        """The same row with another forecast."""
        return replace(self, forecast_on=forecast_on)


ROWS = {
    row.ref: row
    for row in [
        SampleRow("M-13", "Data-sharing agreement signed", date(2026, 11, 13), date(2026, 12, 14), True),
        SampleRow("M-17", "Single ICT service desk opens", date(2027, 2, 1), date(2027, 1, 25)),
        SampleRow("M-12", "Staff consultation opens", date(2026, 11, 30), date(2026, 11, 30)),
    ]
}


def rejected_form() -> SampleForm:
    """The sample form, sent with an error in almost every field."""
    sent = {
        "title": "A title that goes on for rather longer than forty characters",
        "saving_pence": "1.2m",
        "due_on": "31 4 2027",
        "told": "on",
        "note": "",
    }
    return SampleForm(sent, auto_id="bad_%s")


def answers() -> list[dict[str, str]]:
    """Three questions a member asks."""
    return [
        {
            "question": "How is the programme overall?",
            "word": "Amber",
            "text": "Amber in the senior responsible owner’s judgement: “The agreement now has a date.”",
            "more": "Sam Okafor, 23 November 2026. By rule it is Red: milestones Red, cost Green.",
        },
        {
            "question": "Are we saving what we said?",
            "url": "#charts",
            "word": "Amber",
            "text": "Nearly: £14,272.45 is verified of the £16,000 planned by 31 October 2026.",
        },
        {
            "question": "Who has still to ratify?",
            "url": "#tables",
            "word": "2 waiting",
            "text": "Carrick decides on data sharing on 3 December.",
        },
    ]


def events() -> list[dict[str, Any]]:
    """A decision on its way, seen on 24 November 2026."""
    return [
        {"on": date(2026, 9, 22), "text": "Steering group recommended version 1", "place": "past"},
        {
            "on": date(2026, 11, 18),
            "text": "Brockvale cabinet approved",
            "note": "Published 20 November. Call-in opened: 5 working days",
            "place": "past",
        },
        {
            "on": date(2026, 11, 24),
            "text": "Today: 3 working days of Brockvale’s call-in left after today",
            "place": "today",
        },
        {
            "on": date(2026, 11, 28),
            "text": "In effect for all three councils, if not called in",
            "place": "next",
        },
    ]
