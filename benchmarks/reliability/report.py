"""The page that says what was run and what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.reliability.parts import Outcome
from core.rules.calendar import format_date

PATH = Path(__file__).resolve().parent.parent.parent / "docs" / "reliability.md"
INTRODUCTION = """# Nobody misses a reminder, and nobody gets one twice

`make reliability` starts a PostgreSQL, a Redis and a mail server of its own, two workers with two processes
each and two beats, with the product's own timetable and settings. It then does to them what this page lists,
and compares what landed in people's mailboxes with what had to, which it works out without any code of the
product. This page is what it wrote at its last full run.

- **Missed**: reminders that had to reach somebody and are in no mail that landed there.
- **Not asked for**: reminders made that nobody had to get, and mails that belong to no row.
- **Second mails**: people with two different mails of one day.
- **Repeats**: one and the same mail that landed again, under its own Message-ID. This is the one window there
  is: a worker is killed, or an answer is lost, after a mail server took a mail and before the row says so. A
  mail server cannot be asked what it took. GOV.UK Notify can, and is, so there it closes.

While processes are killed, the mail server takes a second for each mail, so that whoever is killed mostly has
one in hand. Each process lives at the moment that the proof chose. Where a hold has to grow stale (5 minutes)
or a sweep has to come round (5 minutes), all processes are killed and started again 6 minutes later by that
clock: "clock put forward" says how often. These kills come on top of those counted.
"""


def page(
    outcomes: Sequence[Outcome], asked: argparse.Namespace, machine: Mapping[str, str], seconds: float
) -> str:
    """The whole page."""
    run_on = format_date(datetime.now(UTC).date())
    versions = ", ".join(f"{name} {version}" for name, version in machine.items() if name != "cores")
    command = (
        f"python -m benchmarks.reliability --seed {asked.seed} --people {asked.people} --kills {asked.kills} "
        f"--notify-kills {asked.notify_kills} --away {asked.away:.0f} --volume {asked.volume}"
    )
    head = "| | People | Reminders | Mails | Missed | Not asked for | Second mails | Repeats | Minutes |"
    rule = "| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
    rows = "\n".join(_row(outcome) for outcome in outcomes)
    details = "\n".join(_detail(outcome) for outcome in outcomes)
    return (
        f"{INTRODUCTION}\n## The run of {run_on}\n\n{versions}; {machine['cores']} cores, which "
        f"others used at the same time; {seconds / 60:.0f} minutes in all.\n\n```\n{command}\n```\n\n"
        f"{head}\n{rule}\n{rows}\n\n## What was done in each part\n\n{details}\n"
    )


def _row(outcome: Outcome) -> str:
    found = outcome.verdict
    figures = (
        found.people,
        found.reminders,
        found.mails,
        found.missed,
        found.unasked + found.strangers,
        found.two_mails_a_day + found.changed,
        found.repeated,
    )
    cells = " | ".join(f"{figure:,}" for figure in figures)
    return f"| {outcome.name} | {cells} | {outcome.seconds / 60:.1f} |"


def _detail(outcome: Outcome) -> str:
    notes = "; ".join(f"{name} {value}" for name, value in outcome.notes.items())
    return f"- **{outcome.name}**: {notes}."
