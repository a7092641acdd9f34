"""What people asked of their reminders, and who stands in for whom, on one day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from accounts.models import User
from core.rules.calendar import bank_holidays
from programme.models import Absence, Programme, ReminderWish
from programme.rules.reminder_catalogue import ReminderRule
from programme.rules.reminder_wishes import next_mail_day


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody's absence: their name, the last day, and who is told in their place."""

    name: str
    until: date
    delegate_id: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of people on a day, by their keys."""

    day: date
    without_mail: frozenset[int]
    unwanted: Mapping[int, frozenset[str]]
    quiet: Mapping[int, frozenset[int]]
    away: Mapping[int, Away]
    _readable: dict[int, frozenset[int]] = field(default_factory=dict)

    def is_quiet(self, person: int) -> bool:
        """Whether the person wants no mail on this weekday."""
        return self.day.weekday() in self.quiet.get(person, ())

    def wants(self, person: int, rule: ReminderRule) -> bool:
        """Whether the person gets mail about the rule; the law asks for some whatever they want."""
        if rule.is_statutory:
            return True
        return person not in self.without_mail and rule.key not in self.unwanted.get(person, ())

    def mail_on(self, person: int, rule: ReminderRule) -> date | None:
        """The day of the mail that a reminder of this day goes into; None where it goes into none."""
        if not self.wants(person, rule):
            return None
        if rule.is_statutory:
            return self.day
        return next_mail_day(self.day, self.quiet.get(person, ()), bank_holidays())

    def stand_in(self, person: int, rule: ReminderRule, programme: int) -> Away | None:
        """The absence whose delegate is told in the person's place; None where it stays with the person.

        A delegate who is away too, wants no mail of the kind or may not read the programme is not told.
        One query the first time a delegate is asked about.
        """
        away = self.away.get(person)
        if away is None or away.delegate_id in self.away or not self.wants(away.delegate_id, rule):
            return None
        return away if programme in self._programmes_of(away.delegate_id) else None

    def _programmes_of(self, person: int) -> frozenset[int]:
        if person not in self._readable:
            user = User.objects.get(pk=person)
            programmes = Programme.objects.visible_to(user) if user.is_active else Programme.objects.none()
            self._readable[person] = frozenset(programmes.values_list("pk", flat=True))
        return self._readable[person]


def wishes_on(day: date, people: Collection[int] | None = None) -> Wishes:
    """What everybody, or these people, asked for, and who is away on `day`. Three queries.

    Of named people their own wishes alone are read: two queries, and nobody is away.
    """
    return _asked(day, people) if people is not None else wishes_of_days([day])[day]


def wishes_of_days(days: Sequence[date]) -> dict[date, Wishes]:
    """What everybody asked for, and who is away, on each of the days, one at least. Three queries."""
    asked, away = _asked(days[0], None), _away(days)
    return {day: replace(asked, day=day, away=away[day]) for day in days}


def _asked(day: date, people: Collection[int] | None) -> Wishes:
    users, wishes = User.objects.filter(wants_reminders=False), ReminderWish.objects.all()
    if people is not None:
        users, wishes = users.filter(pk__in=people), wishes.filter(user__in=people)
    rows = list(wishes.values_list("user", "unwanted", "quiet_days"))
    return Wishes(
        day=day,
        without_mail=frozenset(users.values_list("pk", flat=True)),
        unwanted={user: frozenset(unwanted) for user, unwanted, _ in rows if unwanted},
        quiet={user: frozenset(days) for user, _, days in rows if days},
        away={},
    )


def _away(days: Sequence[date]) -> dict[date, dict[int, Away]]:
    """Who is away on each of the days. One query."""
    rows = Absence.objects.filter(from_on__lte=max(days), to_on__gte=min(days), ended_at__isnull=True)
    found = list(rows.order_by("pk").values_list("user", "user__name", "from_on", "to_on", "delegate"))
    return {
        day: {
            user: Away(name, to_on, delegate)
            for user, name, from_on, to_on, delegate in found
            if from_on <= day <= to_on
        }
        for day in days
    }
