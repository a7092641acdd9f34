"""How long staff must be consulted before the first dismissal (domain.md 2.11, row 80).

The date is a prompt; the monitoring officer decides.
"""

from __future__ import annotations

from datetime import date, timedelta

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.reference import ReferenceTable, rows_of, version_on
from core.rules.words import count_of


def minimum_consultation_days(affected_count: int, started_on: date) -> int:
    """Days that must pass from the start of a redundancy consultation; 0 where no minimum is set."""
    version = version_on(ReferenceTable.CONSULTATION_MINIMUMS, started_on)
    for row in rows_of(version.table, version.version):
        last = int(row["to_count"]) if row["to_count"] else affected_count
        if int(row["from_count"]) <= affected_count <= last:
            return int(row["minimum_days"])
    return 0


def earliest_dismissal_on(affected_count: int, started_on: date) -> date:
    """First day on which a dismissal may take effect after a consultation of so many people."""
    return started_on + timedelta(days=minimum_consultation_days(affected_count, started_on))


def check_first_dismissal(affected_count: int, started_on: date, first_dismissal_on: date) -> None:
    """Refuse a first dismissal inside the consultation window (row 80)."""
    earliest = earliest_dismissal_on(affected_count, started_on)
    if first_dismissal_on < earliest:
        days = minimum_consultation_days(affected_count, started_on)
        raise Refusal(
            f"First dismissal must be on or after {format_date(earliest)}, {count_of(days, 'day')} after"
            " consultation started",
            field="first_dismissal_on",
            code="80",
        )
