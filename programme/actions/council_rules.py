"""Record a council's own rules about decisions, and the days on which it is closed.

Rules are never edited: new ones begin on a new day, so that old decisions keep those they were taken under.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.clock import today
from core.enums import Channel
from core.rules.text import check_text
from programme.enums import CallInScope, DayUnit
from programme.models import Council, CouncilClosure, CouncilSetting
from programme.policies import check_set_rules
from programme.rules.council_rules import (
    check_closure,
    check_from,
    check_numbers,
    check_reopened,
    check_withdrawn,
)


@dataclass(frozen=True, slots=True)
class OwnRules:
    """A council's rules from one day on; `callin_min_members` has no default and must be stated."""

    from_on: date
    callin_min_members: int | None
    callin_days: int = 5
    callin_unit: DayUnit = DayUnit.WORKING
    callin_cutoff: time = time(17)
    callin_scope: CallInScope = CallInScope.ALL_EXECUTIVE
    callin_after_reconsideration: bool = False
    notice_day_unit: DayUnit = DayUnit.CALENDAR
    agenda_day_unit: DayUnit = DayUnit.WORKING
    publication_days: int = 2
    key_threshold_pence: int | None = None


@transaction.atomic
def record_council_rules(
    council: Council, *, by: User, rules: OwnRules, channel: Channel = Channel.PAGE
) -> CouncilSetting:
    """New rules of the council from a day of today or later; those before stay as they are."""
    check_set_rules(by, council)
    Council.objects.select_for_update().get(pk=council.pk)
    known = set(council.settings.values_list("from_on", flat=True))
    check_from(rules.from_on, today(), known)
    check_numbers(
        rules.callin_days, rules.callin_min_members, rules.publication_days, rules.key_threshold_pence
    )
    setting = CouncilSetting.objects.create(council=council, **asdict(rules))
    _record(setting, council, by, "record_council_rules", channel, after=_plain(asdict(rules)))
    return setting


@transaction.atomic
def withdraw_council_rules(setting: CouncilSetting, *, by: User, channel: Channel = Channel.PAGE) -> None:
    """Take back rules that have not begun."""
    check_set_rules(by, setting.council)
    check_withdrawn(setting.from_on, today())
    before = {"from_on": setting.from_on.isoformat()}
    _record(setting, setting.council, by, "withdraw_council_rules", channel, before=before)
    setting.delete()


@transaction.atomic
def record_closure(
    council: Council, *, by: User, day_on: date, reason: str = "", channel: Channel = Channel.PAGE
) -> CouncilClosure:
    """A day to come on which the council is closed beside England's bank holidays."""
    check_set_rules(by, council)
    Council.objects.select_for_update().get(pk=council.pk)
    check_closure(day_on, today(), set(council.closures.values_list("day_on", flat=True)))
    reason = check_text(reason, "Reason", 120, "reason")
    closure = CouncilClosure.objects.create(council=council, day_on=day_on, reason=reason)
    after = {"day_on": day_on.isoformat(), "reason": reason}
    _record(closure, council, by, "record_closure", channel, after=after)
    return closure


@transaction.atomic
def withdraw_closure(closure: CouncilClosure, *, by: User, channel: Channel = Channel.PAGE) -> None:
    """Take back a day of closure that is still to come."""
    check_set_rules(by, closure.council)
    check_reopened(closure.day_on, today())
    before = {"day_on": closure.day_on.isoformat(), "reason": closure.reason}
    _record(closure, closure.council, by, "withdraw_closure", channel, before=before)
    closure.delete()


def _record(
    row: CouncilSetting | CouncilClosure,
    council: Council,
    by: User,
    action: str,
    channel: Channel,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(row, by=by, action=action, channel=channel, scope=council.key, before=before, after=after)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | time) else value for name, value in values.items()
    }
