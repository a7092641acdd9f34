"""Last lawful days of every partner council for a meeting date, by its own dated rules (F-29, F-30)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Prefetch

from core.clock import LONDON
from core.rules.calendar import bank_holidays
from governance.queries.facts import unasked_answer
from governance.rules.calculator import days_after, earliest_meetings, last_days
from governance.rules.facts import Answer
from governance.rules.limits import Earliest, LastDay, Limit
from programme.enums import MemberStatus
from programme.models import Council, CouncilSetting, Programme

# A day only: what is counted back from a meeting does not hang on its hour.
_MEETS_AT = time(10)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the calculator; without `council` every partner is worked out."""

    meeting_on: date
    approval_body: str
    is_key: bool = False
    is_private: bool = False
    other_on: date | None = None
    notice_on: date | None = None
    council: str = ""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One last day, and the same one for the other date where one is asked about."""

    day: LastDay
    other: LastDay | None
    is_missed: bool

    @property
    def moved_days(self) -> int | None:
        """By how many days it moves; later is more."""
        return (self.other.by_on - self.day.by_on).days if self.other else None


@dataclass(frozen=True, slots=True)
class CouncilDays:
    """All that one council must do by when, and what follows from its decision."""

    council: Council
    rows: tuple[DayRow, ...]
    earliest: tuple[Earliest, ...]
    has_rules: bool

    def by_on(self, kind: Limit) -> date | None:
        """The day of one kind; None where this council needs none."""
        return next((row.day.by_on for row in self.rows if row.day.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Side:
    """One thing to do beside the day of each council, in the order of the councils; None: not needed."""

    what: str
    days: tuple[tuple[Council, date | None], ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """The answer of the calculator."""

    asked: Asked
    councils: tuple[CouncilDays, ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        """The councils side by side; nothing where there is only one."""
        if len(self.councils) < 2:
            return ()
        return tuple(
            Side(what, tuple((one.council, one.by_on(kind)) for one in self.councils))
            for kind, what in SHORT.items()
            if any(one.by_on(kind) for one in self.councils)
        )


SHORT: Mapping[Limit, str] = {
    Limit.KEY_NOTICE: "Notice of the key decision",
    Limit.PRIVATE_NOTICE: "First notice of a private meeting",
    Limit.GENERAL_EXCEPTION: "General exception",
    Limit.PRIVATE_SECOND_NOTICE: "Second notice of a private meeting",
    Limit.AGENDA: "Agenda and papers",
    Limit.RECORD: "Record of the decision",
    Limit.CALL_IN: "Call-in closes",
    Limit.EFFECT: "Takes effect",
}


def councils_with_rules(programme: Programme) -> list[Council]:
    """The partner councils in their order, with their own rules and closures. Three queries."""
    settings = Prefetch("settings", CouncilSetting.objects.order_by("from_on"))
    active = {
        "memberships__partnership": programme.partnership_id,
        "memberships__status": MemberStatus.ACTIVE,
    }
    partners = Council.objects.filter(**active).order_by("memberships__order_index", "name")
    return list(partners.prefetch_related(settings, "closures"))


def calculate(councils: Sequence[Council], asked: Asked, *, as_of: date) -> Calculation:
    """Every last lawful day of each council, or of the one that is asked about. No query."""
    chosen = [council for council in councils if asked.council in {"", council.key}]
    return Calculation(asked, tuple(_of_council(council, asked, as_of) for council in chosen))


def _of_council(council: Council, asked: Asked, as_of: date) -> CouncilDays:
    answer = unasked_answer(council, asked.approval_body, is_key=asked.is_key, is_private=asked.is_private)
    others = _days(answer, asked, asked.other_on) if asked.other_on else []
    return CouncilDays(
        council=council,
        rows=_beside(_days(answer, asked, asked.meeting_on), others, as_of),
        earliest=_earliest(answer, asked),
        has_rules=answer.rules_on(asked.meeting_on) is not None,
    )


def _days(answer: Answer, asked: Asked, on: date) -> list[LastDay]:
    """What must be done before a decision on that day, and what follows from it."""
    meeting_at = datetime.combine(on, _MEETS_AT, LONDON)
    return [
        *last_days(answer, asked.is_key, meeting_at, bank_holidays()),
        *days_after(answer, asked.is_key, meeting_at, bank_holidays()),
    ]


def _beside(days: Sequence[LastDay], others: Sequence[LastDay], as_of: date) -> tuple[DayRow, ...]:
    by_kind = {other.kind: other for other in others}
    return tuple(DayRow(day, by_kind.get(day.kind), day.is_missed(as_of)) for day in days)


def _earliest(answer: Answer, asked: Asked) -> tuple[Earliest, ...]:
    if asked.notice_on is None:
        return ()
    return earliest_meetings(answer, asked.is_key, asked.notice_on, bank_holidays())
