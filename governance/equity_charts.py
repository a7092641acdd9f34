"""The chart of the equity panel: each council's share beside its share by the agreed key."""

from __future__ import annotations

from django.urls import reverse

from benefits.charts import equity_chart
from core.charts import Chart
from core.rules.words import mid_sentence
from governance.queries.equity import EquityPanel


def share_chart(panel: EquityPanel) -> Chart | None:
    """The first comparison of pounds that can be worked out; None where none can."""
    known = (row for row in panel.rows if isinstance(row.comparison.rows, tuple) and row.comparison.rows)
    row = next(known, None)
    if row is None:
        return None
    address = reverse("governance:equity_csv", args=[panel.programme.key])
    period = mid_sentence(row.when.rpartition(", ")[2])
    return equity_chart(row.comparison, csv_url=address, period=period)
