"""Close a programme: choose the day, hand its benefits over, and close it (domain.md 2.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.profile_policies import check_close
from benefits.queries.closure import handover_list
from benefits.rules.closure import check_closable
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from programme.enums import ProgrammeState
from programme.models import Programme

_RUNNING = (ProgrammeState.ACTIVE, ProgrammeState.PAUSED)


@transaction.atomic
def plan_closure(
    programme: Programme,
    *,
    by: User,
    seen_version: int,
    closes_on: date | None,
    channel: Channel = Channel.PAGE,
) -> Programme:
    """The programme, closing on a day to come; without a day it goes on. Refuses one that is over."""
    check_close(by, programme)
    locked = _locked(programme, seen_version)
    if locked.state not in (*_RUNNING, ProgrammeState.CLOSING):
        raise _wrong_state(locked)
    if closes_on is not None and closes_on < today():
        raise Refusal("The day on which it closes must be today or later", "closes_on", "2.3")
    if closes_on is None and locked.state in _RUNNING:
        raise Refusal("Enter the day on which the programme closes", "closes_on", "2.3")
    state = ProgrammeState.ACTIVE if closes_on is None else ProgrammeState.CLOSING
    values = {"state": state.value, "closes_on": closes_on}
    return _write(locked, values, by=by, action="plan_closure", channel=channel)


@transaction.atomic
def close_programme(
    programme: Programme, *, by: User, seen_version: int, channel: Channel = Channel.PAGE
) -> Programme:
    """The programme, closed; its benefits go on being tracked.

    Refuses, naming each, while an open benefit has no owner or no review after the day it closes.
    """
    check_close(by, programme)
    locked = _locked(programme, seen_version)
    if locked.state != ProgrammeState.CLOSING:
        raise _wrong_state(locked)
    facts = [row.facts for row in handover_list(locked)]
    check_closable(facts, locked.closes_on, today())
    values = {"state": ProgrammeState.CLOSED.value}
    return _write(locked, values, by=by, action="close_programme", channel=channel)


def _locked(programme: Programme, seen_version: int) -> Programme:
    locked = (
        Programme.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=programme.pk)
    )
    check_seen(locked, seen_version)
    return locked


def _wrong_state(programme: Programme) -> Refusal:
    state = str(programme.get_state_display()).lower()
    can = "Choose the day on which it closes first" if programme.state in _RUNNING else "It stays as it is"
    return Refusal(f"This programme is {state}. {can}", code="2.3")


def _write(
    programme: Programme, values: dict[str, Any], *, by: User, action: str, channel: Channel
) -> Programme:
    before = {name: getattr(programme, name) for name in values}
    if before == values:
        return programme
    write_next(programme, values, by=by, seen_version=programme.version)
    audit.record(
        programme,
        by=by,
        action=action,
        channel=channel,
        scope=programme.key,
        before=_plain(before) | {"version": programme.version},
        after=_plain(values) | {"version": programme.version + 1},
    )
    return Programme.objects.select_related("partnership", "sro").get(pk=programme.pk)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
