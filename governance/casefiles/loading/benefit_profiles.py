"""What a benefit profile holds beside its name and kind, and what was recorded about it since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import User
from benefits.enums import Combining, Frequency, Recurrence
from benefits.models import (
    Benefit,
    BenefitEvidence,
    BenefitReview,
    BenefitShare,
    MeasureReading,
    ProfileEntry,
)
from benefits.models.benefit import DOAM
from governance.casefiles.entries import Entry, needed
from governance.casefiles.loading.benefit_life import load_life
from governance.casefiles.loading.context import Loading, noon
from governance.casefiles.loading.rows import Part, audit_entry
from programme.models import Lesson, Programme, Risk

_TEXTS = (
    "category",
    "service_feature",
    "potential_costs",
    "activities",
    "dependencies",
    "counterfactual",
    "early_reason",
    "measure_source",
    "measure_method",
    "starting_reason",
    "no_target_reason",
    "percent_reason",
)


@dataclass(frozen=True, slots=True)
class Register:
    """Risks and lessons of the programme by id."""

    risks: Mapping[str, Risk]
    lessons: Mapping[str, Lesson]


def read_register(programme: Programme) -> Register:
    """The risks and lessons there are. Two queries."""
    return Register(
        {risk.ref: risk for risk in programme.risks.all()},
        {lesson.ref: lesson for lesson in programme.lessons.all()},
    )


def profile_values(loading: Loading, entry: Entry, register: Register) -> dict[str, Any]:
    """The further columns of a profile."""
    tests = entry.entry("tests")
    return {
        **{name: entry.text(name) for name in _TEXTS},
        **{f"has_{test}": tests.entry(test).yes("met") for test in DOAM},
        **{f"doam_{test}": tests.entry(test).text("text") for test in DOAM},
        "sro": loading.user(entry, "sro"),
        "lesson": register.lessons.get(entry.text("lesson")),
        "full_year_pence": entry.pence("full_year_gbp"),
        "recurrence": entry.text("recurrence") or Recurrence.NOT_STATED.value,
        "frequency": entry.text("frequency") or Frequency.NOT_STATED.value,
        "combining": entry.text("combining") or Combining.NOT_STATED.value,
        "ends_on": entry.day("ends_on"),
        "starting_on": entry.day("starting_on"),
        "approved_on": entry.day("approved_on"),
    }


def profile_parts(loading: Loading, benefit: Benefit, entry: Entry, register: Register) -> list[Part]:
    """Shares, planned values and risks, each replaced as a whole."""
    return [
        _shares(loading, benefit, entry),
        _trajectory(benefit, entry),
        _risks(benefit, entry, register),
    ]


def load_history(loading: Loading, programme: Programme, benefit: Benefit, entry: Entry) -> None:
    """Enter what was recorded and is not there yet; none of it is changed or taken away."""
    recorded: tuple[tuple[str, list[Any], str, Make], ...] = (
        ("readings", list(benefit.readings.all()), "reading", _reading),
        ("evidence", list(benefit.evidence.all()), "evidence", _evidence),
        ("reviews", list(benefit.reviews.all()), "review", _review),
    )
    for name, rows, noun, make in recorded:
        for one in entry.entries(name):
            _enter(loading, programme, benefit, one, noun, make, rows)
    load_life(loading, programme, benefit, entry)


def _shares(loading: Loading, benefit: Benefit, entry: Entry) -> Part:
    given = entry.entry("shares")
    wanted: dict[str, Decimal] = {key: needed(given.number(key)) for key in sorted(given.data)}
    rows = benefit.shares.select_related("council") if benefit.pk else ()
    now = {row.council.key: row.percent for row in rows}

    def write() -> None:
        benefit.shares.all().delete()
        BenefitShare.objects.bulk_create(
            BenefitShare(benefit=benefit, council=loading.councils[key], percent=percent)
            for key, percent in wanted.items()
        )

    return Part("shares", dict(sorted(now.items())), wanted, write)


def _trajectory(benefit: Benefit, entry: Entry) -> Part:
    wanted: list[list[Any]] = [
        [needed(one.fy("fy")), one.integer("period"), needed(one.number("value"))]
        for one in entry.entries("trajectory")
    ]
    rows = benefit.trajectory.all() if benefit.pk else ()
    now = [[row.fy, row.period, row.value] for row in rows]

    def write() -> None:
        benefit.trajectory.all().delete()
        ProfileEntry.objects.bulk_create(
            ProfileEntry(benefit=benefit, fy=fy, period=period, value=value) for fy, period, value in wanted
        )

    return Part("trajectory", _in_time(now), _in_time(wanted), write)


def _in_time(rows: list[list[Any]]) -> list[list[Any]]:
    return sorted(rows, key=lambda row: (row[0], row[1] or 0))


def _risks(benefit: Benefit, entry: Entry, register: Register) -> Part:
    wanted = sorted(entry.strings("risks"))
    now = sorted(benefit.risks.values_list("ref", flat=True)) if benefit.pk else []

    def write() -> None:
        benefit.risks.set([register.risks[ref] for ref in wanted])

    return Part("risks", now, wanted, write)


Make = Callable[[Loading, Entry], tuple[type[models.Model], dict[str, Any]]]


def _enter(
    loading: Loading,
    programme: Programme,
    benefit: Benefit,
    entry: Entry,
    noun: str,
    make: Make,
    rows: list[Any],
) -> None:
    """Enter what none of the recorded `rows` says; takes the row that is the same out of them."""
    model, values = make(loading, entry)
    row = next((row for row in rows if _is_same(loading, entry, row, values)), None)
    if row is not None:
        rows.remove(row)
        return
    made = model(
        benefit=benefit, entered_by=loading.author(entry), entered_at=_moment(loading, entry), **values
    )
    made.save()
    audit_entry(loading, made, noun=noun, scope=programme.key, after={"benefit": benefit.ref})


def _is_same(loading: Loading, entry: Entry, row: Any, values: dict[str, Any]) -> bool:
    by: User | None = loading.user(entry, "by")
    at = entry.moment("at")
    told = all(getattr(row, name) == value for name, value in values.items())
    return told and by in (None, row.entered_by) and at in (None, row.entered_at)


def _moment(loading: Loading, entry: Entry) -> datetime:
    return entry.moment("at") or noon(loading.as_of)


def _reading(loading: Loading, entry: Entry) -> tuple[type[models.Model], dict[str, Any]]:
    return MeasureReading, {
        "council": loading.council(entry),
        "fy": needed(entry.fy("fy")),
        "period": entry.integer("period"),
        "value": needed(entry.number("value")),
        "note": entry.text("note"),
    }


def _evidence(loading: Loading, entry: Entry) -> tuple[type[models.Model], dict[str, Any]]:
    return BenefitEvidence, {"text": entry.text("text")}


def _review(loading: Loading, entry: Entry) -> tuple[type[models.Model], dict[str, Any]]:
    return BenefitReview, {
        "reviewed_on": needed(entry.day("reviewed_on")),
        "finding": entry.text("finding"),
        "confidence": entry.text("confidence"),
        "next_review_on": entry.day("next_review_on"),
    }
