"""The chart of a partnership's page: what each programme has verified of what was planned to date."""

from __future__ import annotations

from benefits.charts import LEDGER_SOURCE
from benefits.queries.all_savings import AllSavings, ProgrammeSums
from benefits.queries.figures import pence_or_none
from benefits.row_plots import DELIVERED, Step, read_out, share_figure
from core.charts import Chart
from core.rules.money import format_prose

MOST = 8
_FEWEST, _SMALL = 2, 4


def savings_chart(found: AllSavings, *, csv_url: str) -> Chart | None:
    """A bar a programme, what is furthest short of its plan first; None where there are not two."""
    known = sorted(
        (row for row in found.rows if _short(row) is not None), key=lambda row: -(_short(row) or 0)
    )
    if len(known) < _FEWEST:
        return None
    steps = [
        Step(row.programme.name, 0, pence_or_none(row.whole.verified) or 0, is_total=True)
        for row in known[:MOST]
    ]
    shown = f"the {MOST} furthest short of {len(known)}" if len(known) > MOST else "each programme"
    return Chart(
        id="chart-programmes",
        headline=_headline(known[0]),
        subtitle=f"Cashable saving, gross (before costs), verified to date, {shown}, £",
        label=f"Bar chart. {read_out(steps)}. The table holds the same numbers.",
        size="small" if len(steps) < _SMALL else "tall",
        spec=share_figure([(step, DELIVERED) for step in steps]),
        source=LEDGER_SOURCE,
        csv_url=csv_url,
    )


def _short(row: ProgrammeSums) -> int | None:
    """Pence that were planned to date and are not verified; None where either is missing."""
    planned, verified = pence_or_none(row.whole.current_to_date), pence_or_none(row.whole.verified)
    return None if planned is None or verified is None else planned - verified


def _headline(row: ProgrammeSums) -> str:
    short = _short(row) or 0
    if short <= 0:
        return "Each programme has verified what was planned to date"
    planned = pence_or_none(row.whole.current_to_date) or 0
    return f"{row.programme} is {format_prose(short)} short of the {format_prose(planned)} planned to date"
