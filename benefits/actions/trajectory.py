"""Set the planned values of a benefit's measure."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from benefits.models import Benefit, ProfileEntry
from benefits.policies import check_manage
from benefits.rules.agreed import check_unlocked
from benefits.rules.profile import is_percent
from benefits.rules.trajectory import Planned, check_trajectory
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from programme.models import Programme


@transaction.atomic
def set_trajectory(
    benefit: Benefit,
    *,
    by: User,
    seen_version: int,
    entries: Sequence[Planned],
    channel: Channel = Channel.PAGE,
) -> Benefit:
    """The benefit with these planned values in place of those there were.

    Refuses as rows 15, 16 and 49, once the benefit is approved, and a stale edit. Saving without a change
    leaves no trace.
    """
    check_manage(by, benefit.programme)
    programme = Programme.objects.select_for_update().get(pk=benefit.programme_id)
    check_seen(benefit, seen_version)
    if not benefit.measure_name and entries:
        raise Refusal("Enter the measure in the profile first", "trajectory", "2.9")
    last_fy = None if programme.base_fy is None else programme.base_fy + programme.horizon_years
    needs_confirming = is_percent(benefit.measure_unit) and not benefit.percent_reason
    check_trajectory(entries, first_fy=programme.base_fy, last_fy=last_fy, needs_confirming=needs_confirming)
    before, after = _plain(planned_values(benefit)), _plain(entries)
    if before == after:
        return benefit
    check_unlocked(benefit.state, benefit.approved_on, ["trajectory"])
    write_next(benefit, {}, by=by, seen_version=seen_version)
    benefit.trajectory.all().delete()
    ProfileEntry.objects.bulk_create(
        ProfileEntry(benefit=benefit, fy=entry.fy, period=entry.period, value=entry.value)
        for entry in entries
    )
    audit.record(
        benefit,
        by=by,
        action="set_trajectory",
        channel=channel,
        scope=programme.key,
        before={"trajectory": before, "version": seen_version},
        after={"trajectory": after, "version": seen_version + 1},
    )
    return Benefit.objects.select_related("programme__partnership").get(pk=benefit.pk)


def planned_values(benefit: Benefit) -> list[Planned]:
    """The planned values as they stand. One query."""
    return [Planned(row.fy, row.period, row.value) for row in benefit.trajectory.all()]


def _plain(entries: Sequence[Planned]) -> list[list[object]]:
    rows = sorted(entries, key=lambda entry: (entry.fy, entry.period or 0))
    return [[row.fy, row.period, f"{row.value.normalize():f}"] for row in rows]
