"""How many decisions of each programme wait for a council."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from governance.models import Decision
from governance.queries.decisions import decision_rows
from governance.rules.board import Group
from programme.models import Programme


def decisions_awaited(programmes: Sequence[Programme], as_of: date) -> Mapping[int, int]:
    """By programme, the decisions that wait, as its board counts them; the number of queries is fixed."""
    rows = decision_rows(Decision.objects.filter(programme__in=[one.pk for one in programmes]), as_of=as_of)
    return Counter(row.decision.programme_id for row in rows if row.group == Group.WAITING)
