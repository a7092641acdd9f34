"""Dated reference data from files of the repository: what was in force, and what is newer (domain.md 2.12).

Every row of a table names its version, the day it holds from, its source and the day it was looked up. A
new edition is added as further rows; the rows of an older one stay, so that what used them can be worked
out again.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.errors import Refusal

REFERENCE_FOLDER = Path(__file__).parent.parent / "reference"

Row = Mapping[str, str]


class ReferenceTable(StrEnum):
    """Names of the tables, as of their files."""

    ACCESSIBILITY_STATEMENT = "accessibility_statement"
    BANK_HOLIDAYS = "bank_holidays_england"
    CONSULTATION_MINIMUMS = "consultation_minimums"
    DISCOUNT_RATES = "discount_rates"
    GDP_DEFLATORS = "gdp_deflators"
    OPTIMISM_BIAS = "optimism_bias"
    PARTNERSHIP_HISTORY = "partnership_history"
    PROGRAMME_TEMPLATES = "programme_templates"


@dataclass(frozen=True, slots=True)
class ReferenceVersion:
    """One edition of a table. Where its rows differ, it holds from the earliest day and names one source."""

    table: str
    version: str
    effective_from: date
    source: str
    retrieved_on: date


def versions(table: str) -> tuple[ReferenceVersion, ...]:
    """Every version of a table, the oldest first."""
    return _versions(_path(table))


def version_on(table: str, day: date) -> ReferenceVersion:
    """The version in force on `day`; refuses a day before the first (row 32)."""
    in_force = [version for version in versions(table) if version.effective_from <= day]
    if not in_force:
        raise _not_in_reference_data()
    return in_force[-1]


def version_named(table: str, version: str) -> ReferenceVersion:
    """The version of that name; refuses one that the table does not hold (row 32)."""
    for candidate in versions(table):
        if candidate.version == version:
            return candidate
    raise _not_in_reference_data()


def newer_than(table: str, version: str, as_of: date) -> ReferenceVersion | None:
    """The version in force on `as_of` where it came after `version`; None where that is still the newest.

    A `version` that the table no longer holds is older than any that it does.
    """
    known = [candidate.version for candidate in versions(table)]
    in_force = [candidate for candidate in versions(table) if candidate.effective_from <= as_of]
    position = known.index(version) if version in known else -1
    newest = in_force[-1] if in_force else None
    return newest if newest is not None and known.index(newest.version) > position else None


def rows_of(table: str, version: str) -> tuple[Row, ...]:
    """Rows of one version in the order of the file; refuses a version that is not there (row 32)."""
    rows = tuple(row for row in rows_in(_path(table)) if row["version"] == version)
    if not rows:
        raise _not_in_reference_data()
    return rows


def _path(table: str) -> Path:
    return REFERENCE_FOLDER / f"{ReferenceTable(table).value}.csv"


@cache
def rows_in(path: Path) -> tuple[Row, ...]:
    """Every row of a reference file in its order, read once."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _versions(path: Path) -> tuple[ReferenceVersion, ...]:
    earliest: dict[str, ReferenceVersion] = {}
    for row in rows_in(path):
        read = ReferenceVersion(
            path.stem,
            row["version"],
            date.fromisoformat(row["effective_from"]),
            row["source"],
            date.fromisoformat(row["retrieved_on"]),
        )
        known = earliest.get(read.version)
        if known is None or read.effective_from < known.effective_from:
            earliest[read.version] = read
    return tuple(sorted(earliest.values(), key=lambda item: (item.effective_from, item.version)))


def _not_in_reference_data() -> Refusal:
    return Refusal(
        "Rates come from reference data. Ask an administrator to add a new rate with its source", code="32"
    )
