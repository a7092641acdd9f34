"""Change a rule of reminders for one programme."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.rules.text import stale_edit
from programme.enums import ReminderStep
from programme.models import Programme, ReminderSetting
from programme.policies import check_manage_partnership
from programme.rules.reminder_catalogue import ReminderRule
from programme.rules.reminder_settings import check_setting

CHANGED = "set_reminder_rule"


@transaction.atomic
def set_reminder_rule(
    programme: Programme,
    rule: ReminderRule,
    *,
    by: User,
    seen_version: int,
    is_on: bool,
    days: Mapping[ReminderStep, Collection[int]],
    channel: Channel = Channel.PAGE,
) -> ReminderSetting | None:
    """Turn the rule on or off and set its days; the version seen is 0 where nobody had changed it.

    What was told stays told: nothing goes out again because its days changed. Saving without a change
    leaves no trace. None where the rule stands as in the catalogue and always did.
    """
    check_manage_partnership(by, programme.partnership)
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    values = {"is_on": is_on, "days": check_setting(rule, is_on, days)}
    setting = ReminderSetting.objects.filter(programme=locked, rule=rule.key).first()
    before = _before(rule, setting)
    if setting is not None and seen_version == 0:
        raise stale_edit(setting.updated_at)
    if setting is not None:
        check_seen(setting, seen_version)
    if values == before:
        return setting
    if setting is None:
        setting = ReminderSetting.objects.create(
            programme=locked, rule=rule.key, created_by=by, updated_by=by, **values
        )
    else:
        write_next(setting, values, by=by, seen_version=seen_version)
    audit.record(
        setting,
        by=by,
        action=CHANGED,
        channel=channel,
        scope=locked.key,
        before=before,
        after=values,
    )
    return ReminderSetting.objects.get(pk=setting.pk)


def _before(rule: ReminderRule, setting: ReminderSetting | None) -> dict[str, Any]:
    """The setting as it is; without one, what the catalogue says."""
    if setting is not None:
        return {"is_on": setting.is_on, "days": setting.days}
    return {"is_on": True, "days": {str(step): list(own.days) for step, own in rule.steps.items()}}
