"""How the councils of a body count the days before a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.rules.calendar import bank_holidays
from governance.rules.agenda import AgendaRule
from programme.enums import DayUnit
from programme.models import Council, CouncilClosure, CouncilSetting


def agenda_rules(councils: Sequence[Council], on: date) -> list[AgendaRule]:
    """Each council's own rule for the agenda of a meeting `on` a day. Two queries.

    A council that has recorded no rule counts working days.
    """
    keys = [council.pk for council in councils]
    settings = CouncilSetting.objects.filter(council__in=keys, from_on__lte=on).order_by("from_on")
    units = {row.council_id: row.agenda_day_unit for row in settings}
    closed: dict[int, set[date]] = {}
    for council, day in CouncilClosure.objects.filter(council__in=keys).values_list("council", "day_on"):
        closed.setdefault(council, set()).add(day)
    return [
        AgendaRule(
            council.short_name,
            units.get(council.pk, DayUnit.WORKING),
            bank_holidays() | closed.get(council.pk, set()),
        )
        for council in councils
    ]
