"""The rules of reminders as a programme's page shows them, with who changed what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.models import AuditEvent
from programme.enums import ReminderStep
from programme.models import Programme, ReminderSetting
from programme.reminder_sources import sources
from programme.rules.reminder_catalogue import REMINDER_RULES, ReminderRule
from programme.rules.reminder_settings import days_words, is_standard


@dataclass(frozen=True, slots=True)
class StepRow:
    """Who is told at one step of a rule, and when, in words."""

    label: str
    to: str
    when: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as it stands in a programme."""

    rule: ReminderRule
    is_on: bool
    days: Mapping[str, Collection[int]]
    version: int
    changed_at: datetime | None
    changed_by: str

    @property
    def is_changed(self) -> bool:
        """Whether it differs from the catalogue."""
        return not is_standard(self.rule, self.is_on, self.days)

    @property
    def steps(self) -> tuple[StepRow, ...]:
        """Its steps in order."""
        return tuple(
            StepRow(str(step.label), own.to, days_words(self.days.get(step, ()), self.rule.unit))
            for step, own in self.rule.steps.items()
        )


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One change of a rule, in words."""

    at: datetime
    by: str
    before: str
    after: str


def rules_in_use() -> list[ReminderRule]:
    """The rules of the catalogue for which there is something to look at, in its order.

    Without what goes to subscribers alone: it is theirs to turn off.
    """
    used = {source.spec.key for source in sources() if not source.spec.by_subscription}
    return [rule for rule in REMINDER_RULES if rule.key in used]


def rule_rows(programme: Programme) -> list[RuleRow]:
    """Every rule as it stands in the programme. One query."""
    rows = ReminderSetting.objects.filter(programme=programme).select_related("updated_by")
    changed = {row.rule: row for row in rows}
    return [_row(rule, changed.get(rule.key)) for rule in rules_in_use()]


def rule_row(programme: Programme, rule: ReminderRule) -> RuleRow:
    """One rule as it stands in the programme. One query."""
    rows = ReminderSetting.objects.filter(programme=programme, rule=rule.key).select_related("updated_by")
    return _row(rule, rows.first())


def rule_changes(programme: Programme, rule: ReminderRule) -> list[RuleChange]:
    """Who changed the rule in this programme, the latest first. One query."""
    settings = ReminderSetting.objects.filter(programme=programme, rule=rule.key)
    events = AuditEvent.objects.filter(
        object_type=ReminderSetting._meta.label_lower, object_id__in=settings.values("pk")
    )
    return [
        RuleChange(event.at, str(event.by), _words(rule, event.before), _words(rule, event.after))
        for event in events.select_related("by").order_by("-id")
    ]


def _row(rule: ReminderRule, setting: ReminderSetting | None) -> RuleRow:
    if setting is None:
        days = {str(step): own.days for step, own in rule.steps.items()}
        return RuleRow(rule, is_on=True, days=days, version=0, changed_at=None, changed_by="")
    return RuleRow(
        rule, setting.is_on, setting.days, setting.version, setting.updated_at, str(setting.updated_by)
    )


def _words(rule: ReminderRule, values: Mapping[str, Any]) -> str:
    """Off; or Told: 14 and 7 days before. Escalated: 1 day after."""
    if not values.get("is_on", True):
        return "Off"
    days = values.get("days", {})
    said = [f"{ReminderStep(step).label}: {days_words(days.get(step, ()), rule.unit)}" for step in rule.steps]
    return ". ".join(said)
