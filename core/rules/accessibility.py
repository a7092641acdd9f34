"""What the accessibility statement says of its own age: when it was prepared, reviewed and tested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.rules.reference import ReferenceTable, rows_of, versions


@dataclass(frozen=True, slots=True)
class Statement:
    """One edition of the statement. It is reviewed by `review_by`, a year after the last time."""

    version: str
    prepared_on: date
    reviewed_on: date
    review_by: date
    tested_on: date
    standard: str
    tested_by: str
    how: str


def statement() -> Statement:
    """The newest edition."""
    newest = versions(ReferenceTable.ACCESSIBILITY_STATEMENT)[-1]
    row = rows_of(ReferenceTable.ACCESSIBILITY_STATEMENT, newest.version)[-1]
    return Statement(
        version=newest.version,
        prepared_on=date.fromisoformat(row["prepared_on"]),
        reviewed_on=date.fromisoformat(row["reviewed_on"]),
        review_by=date.fromisoformat(row["review_by"]),
        tested_on=date.fromisoformat(row["tested_on"]),
        standard=row["standard"],
        tested_by=row["tested_by"],
        how=row["how"],
    )
