"""Change the owner and the next review of many benefits at once: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.models import Benefit
from benefits.policies import check_manage
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit, StaleEdits
from programme.models import Programme
from programme.queries.people import possible_owners

NOTHING_CHOSEN = "Choose an owner or enter a review date"


@dataclass(frozen=True, slots=True)
class BenefitChange:
    """What to change of one benefit; None leaves it. `place` is the name to which refusals are bound."""

    benefit: Benefit
    seen_version: int
    owner: User | None = None
    review_on: date | None = None
    has_unknown_owner: bool = False
    place: str = ""

    def values(self, row: Benefit) -> dict[str, Any]:
        """What differs from the row as it stands."""
        wanted = {"owner": self.owner, "review_on": self.review_on}
        return {
            name: value for name, value in wanted.items() if value is not None and value != getattr(row, name)
        }

    def at(self, name: str) -> str:
        """The name of one of its fields."""
        return f"{self.place}.{name}" if self.place else name


@transaction.atomic
def change_benefits(
    programme: Programme, *, by: User, changes: Sequence[BenefitChange], channel: Channel = Channel.PAGE
) -> list[Benefit]:
    """The benefits that were changed; those that are so already leave no trace.

    Refuses, all at once, owners without an active account (row 45) and changes of nothing; then StaleEdits,
    one for each benefit that someone else saved since. Either way nothing is stored.
    """
    check_manage(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    rows = programme.benefits.select_related("owner").in_bulk([one.benefit.pk for one in changes])
    _check_values(programme, changes, rows)
    _check_versions(changes, rows)
    return [row for one in changes if (row := _write(one, rows[one.benefit.pk], by, channel)) is not None]


def _check_values(
    programme: Programme, changes: Sequence[BenefitChange], rows: Mapping[int, Benefit]
) -> None:
    owners, said, seen = {*possible_owners(programme)}, [], set[int]()
    for one in changes:
        if one.benefit.pk not in rows:
            said.append(Refusal("Choose benefits of this programme", one.at("benefit")))
        elif one.benefit.pk in seen:
            said.append(Refusal(f"There are two entries for {one.benefit.ref}. Keep one", one.at("benefit")))
        elif one.has_unknown_owner or (one.owner is not None and one.owner not in owners):
            message = "Choose a benefit owner who has an active account"
            said.append(Refusal(message, one.at("owner"), "45"))
        elif one.owner is None and one.review_on is None:
            said.append(Refusal(NOTHING_CHOSEN, one.at("owner")))
        seen.add(one.benefit.pk)
    if said:
        raise Refusals(said)


def _check_versions(changes: Sequence[BenefitChange], rows: Mapping[int, Benefit]) -> None:
    stale = []
    for one in changes:
        try:
            check_seen(rows[one.benefit.pk], one.seen_version)
        except StaleEdit as said:
            stale.append(StaleEdit(said.message, one.at("version"), said.code))
    if stale:
        raise StaleEdits(stale)


def _write(change: BenefitChange, row: Benefit, by: User, channel: Channel) -> Benefit | None:
    values = change.values(row)
    if not values:
        return None
    before = {name: _plain(getattr(row, name)) for name in values}
    write_next(row, values, by=by, seen_version=change.seen_version)
    audit.record(
        row,
        by=by,
        action="change_benefits",
        channel=channel,
        scope=row.programme.key,
        before=before | {"version": change.seen_version},
        after={name: _plain(value) for name, value in values.items()} | {"version": change.seen_version + 1},
    )
    return Benefit.objects.select_related("programme", "owner").get(pk=row.pk)


def _plain(value: User | date | None) -> str | None:
    if isinstance(value, User):
        return value.email
    return value.isoformat() if value is not None else None
