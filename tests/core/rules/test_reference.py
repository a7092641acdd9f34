"""Dated reference data: versions, what was in force, and what is newer (domain.md 2.12)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from core.errors import Refusal
from core.rules import reference
from core.rules.reference import (
    ReferenceTable,
    ReferenceVersion,
    newer_than,
    rows_of,
    version_named,
    version_on,
    versions,
)
from services.rules.discount import discount_factors, schedule_of

TODAY = date(2026, 11, 24)


@pytest.fixture
def two_editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discount rates with a second edition, from 1 April 2027, in a folder of their own."""
    name = f"{ReferenceTable.DISCOUNT_RATES}.csv"
    text = (reference.REFERENCE_FOLDER / name).read_text(encoding="utf-8")
    later = "later,green_book,1,125,2.0,2027-04-01,Outcome of a review,2027-03-20\n"
    (tmp_path / name).write_text(text + later, encoding="utf-8")
    monkeypatch.setattr(reference, "REFERENCE_FOLDER", tmp_path)


@pytest.mark.parametrize("table", list(ReferenceTable))
def test_every_row_of_every_table_is_dated_and_sourced(table: ReferenceTable):
    path = reference.REFERENCE_FOLDER / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert row["version"]
        assert len(row["source"]) > 10
        assert date.fromisoformat(row["effective_from"])
        assert date.fromisoformat(row["retrieved_on"]) < date(2026, 12, 1)


def test_every_file_of_the_folder_is_a_known_table():
    assert sorted(path.stem for path in reference.REFERENCE_FOLDER.iterdir()) == sorted(ReferenceTable)


def test_version_of_the_discount_rates():
    assert versions("discount_rates") == (
        ReferenceVersion(
            "discount_rates",
            "green-book-2003",
            date(2003, 4, 1),
            "HM Treasury Green Book: social time preference rate",
            date(2026, 11, 21),
        ),
    )
    assert version_on("discount_rates", date(2003, 4, 1)) == version_named(
        "discount_rates", "green-book-2003"
    )


def test_day_before_the_first_version_is_refused():
    with pytest.raises(Refusal) as refused:
        version_on("discount_rates", date(2003, 3, 31))
    assert (refused.value.code, refused.value.message) == (
        "32",
        "Rates come from reference data. Ask an administrator to add a new rate with its source",
    )


@pytest.mark.parametrize("ask", [version_named, rows_of])
def test_unknown_version_is_refused(ask):
    with pytest.raises(Refusal) as refused:
        ask("optimism_bias", "2099")
    assert refused.value.code == "32"


def test_unknown_table_is_an_error():
    with pytest.raises(ValueError, match="population"):
        versions("population")


def test_newest_version_has_nothing_newer():
    assert newer_than("discount_rates", "green-book-2003", TODAY) is None


@pytest.mark.usefixtures("two_editions")
def test_newer_version_is_told_from_its_day_on():
    assert [version.version for version in versions("discount_rates")] == ["green-book-2003", "later"]
    assert newer_than("discount_rates", "green-book-2003", date(2027, 3, 31)) is None
    newer = newer_than("discount_rates", "green-book-2003", date(2027, 4, 1))
    assert newer == version_named("discount_rates", "later")
    assert newer_than("discount_rates", "later", date(2030, 1, 1)) is None
    assert newer_than("discount_rates", "later", date(2020, 1, 1)) is None


@pytest.mark.usefixtures("two_editions")
def test_version_that_the_table_no_longer_holds_is_older_than_any():
    assert newer_than("discount_rates", "gone", TODAY) == version_named("discount_rates", "green-book-2003")


def test_version_not_yet_in_force_anywhere_has_nothing_newer():
    assert newer_than("discount_rates", "gone", date(2000, 1, 1)) is None


@pytest.mark.usefixtures("two_editions")
def test_stored_version_keeps_its_factors_when_a_new_one_comes():
    table = ReferenceTable.DISCOUNT_RATES
    in_force = [version_on(table, day).version for day in (date(2027, 3, 31), date(2027, 4, 1))]
    assert in_force == ["green-book-2003", "later"]
    old, new = map(schedule_of, in_force)
    assert [float(round(schedule.rate(1) * 100, 1)) for schedule in (old, new)] == [3.5, 2.0]
    assert discount_factors(old, 1)[1] < discount_factors(new, 1)[1]


def test_consultation_minimums():
    rows = rows_of("consultation_minimums", "2013-04")
    assert [(row["kind"], row["from_count"], row["to_count"], row["minimum_days"]) for row in rows] == [
        ("redundancy", "20", "99", "30"),
        ("redundancy", "100", "", "45"),
    ]
