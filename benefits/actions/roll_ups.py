"""Store the sums of a programme's ledgers anew. The one place that writes them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from accounts.models import User
from benefits.models import LedgerChange, RollUp, RollUpCell
from benefits.queries.figures import FIGURE_NAMES
from benefits.queries.roll_ups import Difference, Sums, differences, true_sums
from core.actions import audit
from core.clock import today
from core.enums import Channel
from programme.models import Programme


@transaction.atomic
def store_roll_up(programme: Programme, *, day: date | None = None) -> None:
    """Work out the sums from the entries and store them, in place of those stored before.

    Marks that were there before the entries were read go with it. One that comes while they are read stays,
    so that whatever was not seen is seen next time. Two who store wait for each other.
    """
    locked = list(Programme.objects.select_for_update(no_key=True).filter(pk=programme.pk))
    marks = list(LedgerChange.objects.filter(programme=programme).values_list("pk", flat=True))
    RollUp.objects.filter(programme=programme).delete()
    for one in locked:
        for sums in true_sums(one, day or today()):
            _write(one, sums)
    LedgerChange.objects.filter(pk__in=marks).delete()


def store_marked(*, at_most: int) -> int:
    """Store anew the sums of programmes that are marked, and of those without any; how many there were."""
    marked = list(LedgerChange.objects.order_by().values_list("programme", flat=True).distinct())
    without = Programme.objects.filter(roll_ups__isnull=True, plan_versions__isnull=False)
    keys = [*marked, *without.order_by("pk").values_list("pk", flat=True).distinct()]
    chosen = list(dict.fromkeys(keys))[:at_most]
    found = Programme.objects.in_bulk(chosen)
    for key in chosen:
        if key in found:
            store_roll_up(found[key])
    _forget(set(chosen) - found.keys())
    return len(chosen)


@transaction.atomic
def repair_roll_up(programme: Programme, *, by: User | None) -> list[Difference]:
    """Store the sums anew where they are not what the entries give; what was wrong. Audited."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    found = differences(programme, today())
    if found:
        store_roll_up(programme)
        audit.record(
            programme,
            by=by,
            action="repair_roll_up",
            channel=Channel.TASK,
            scope=programme.key,
            before={one.cell: _plain(one.stored) for one in found},
            after={one.cell: _plain(one.true) for one in found},
        )
    return found


def _write(programme: Programme, sums: Sums) -> None:
    roll_up = RollUp.objects.create(
        programme=programme,
        from_on=sums.from_on,
        cut_off=sums.cut_off,
        first_fy=min(sums.fys, default=None),
        last_fy=max(sums.fys, default=None),
    )
    RollUpCell.objects.bulk_create(
        RollUpCell(
            roll_up=roll_up,
            measure=measure,
            council_id=council,
            fy=fy,
            **dict(zip(FIGURE_NAMES, values, strict=True)),
        )
        for (measure, council, fy), values in sums.cells.items()
    )


def _forget(programmes: Collection[int]) -> None:
    """Take away the marks of programmes that are there no more."""
    if programmes:
        LedgerChange.objects.filter(programme__in=programmes).delete()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
