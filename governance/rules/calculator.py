"""Last lawful days before a meeting, and the earliest meeting after a notice, each with its reason (F-29).

The dates are prompts: a council's own constitution says how days are counted, and its monitoring officer
decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.clock import LONDON
from core.rules.calendar import add_working_days, format_date, format_time, is_working_day
from core.rules.words import count_of, listed
from governance.enums import DecisionState
from governance.rules.clocks import clock_of
from governance.rules.facts import Answer, Day, OwnRules, Proposal
from governance.rules.limits import Earliest, LastDay, Limit
from governance.rules.position import in_words
from governance.rules.routes import (
    agenda_is_working,
    is_executive_of,
    is_taken_at_meeting,
    notice_is_working,
    why_not_callable,
)
from governance.rules.steps import (
    AGENDA_CLEAR_DAYS,
    EXCEPTION_CLEAR_DAYS,
    NOTICE_CLEAR_DAYS,
    earliest_after_key_notice,
    earliest_after_short_notice,
    publish_agenda_by,
    publish_notice_by,
)
from governance.rules.wording import day_month

RECORD_WORKING_DAYS = 2

_REGULATIONS = (
    "The Local Authorities (Executive Arrangements) (Meetings and Access to Information) "
    "(England) Regulations 2012"
)
_LGA = "Local Government Act 1972"
_ONE_DAY = timedelta(days=1)


def last_days(
    answer: Answer, is_key: bool, meeting_at: datetime, holidays: Collection[date]
) -> tuple[LastDay, ...]:
    """Every last lawful day before the council decides at `meeting_at`, in order of date."""
    meeting_on = meeting_at.astimezone(LONDON).date()
    day = Day(meeting_on, holidays)
    found: list[LastDay] = []
    if is_key and is_executive_of(answer):
        found += _key_notices(answer, meeting_on, day)
    if answer.is_private and is_executive_of(answer) and is_taken_at_meeting(answer):
        found += _private_notices(answer, meeting_on, day)
    if is_taken_at_meeting(answer):
        found.append(_agenda(answer, meeting_on, day))
    return tuple(sorted(found, key=lambda one: (one.by_on, _ORDER[one.kind])))


def days_after(
    answer: Answer, is_key: bool, meeting_at: datetime, holidays: Collection[date]
) -> tuple[LastDay, ...]:
    """What follows from a decision at `meeting_at`: its record, call-in, and the day it takes effect."""
    meeting_on = meeting_at.astimezone(LONDON).date()
    day = Day(meeting_on, holidays)
    known = replace(answer, is_key=is_key, published_on=None, call_ins=())
    clock = clock_of(known, _proposal(is_key), day, meeting_on)
    found = [_record(answer, meeting_on, day)]
    rules = answer.rules_on(clock.published_on or meeting_on)
    if clock.call_in is not None and clock.published_on is not None and rules is not None:
        closes = f"{format_time(clock.call_in.cut_off)} on {format_date(clock.call_in.closes_on)}"
        reason = f"{in_words(rules)} after publication on {format_date(clock.published_on)}: {closes}"
        found.append(
            LastDay(Limit.CALL_IN, "Call-in closes", clock.call_in.closes_on, reason, _own(answer, rules),
                    clock.call_in.closes_at)
        )  # fmt: skip
    if clock.effective_on is not None:
        found.append(_effect(known, clock.effective_on, rules))
    return tuple(found)


def earliest_meetings(
    answer: Answer, is_key: bool, notice_on: date, holidays: Collection[date]
) -> tuple[Earliest, ...]:
    """The earliest day to decide where notice is given on `notice_on`, the ordinary way first.

    A key decision has three ways: 28 clear days, a general exception, and special urgency.
    """
    day = Day(notice_on, holidays)
    agenda = Earliest(
        Limit.AGENDA,
        "With the agenda published that day",
        earliest_after_short_notice(answer, notice_on, day),
        _clear(AGENDA_CLEAR_DAYS, agenda_is_working(answer, notice_on), "the agenda"),
        _agenda_source(answer),
    )
    if not is_key or not is_executive_of(answer):
        return (agenda,)
    return (_ordinary(answer, notice_on, day), _exception(answer, notice_on, day), _special(notice_on))


_ORDER = {kind: index for index, kind in enumerate(Limit)}


def _key_notices(answer: Answer, meeting_on: date, day: Day) -> list[LastDay]:
    by_on = publish_notice_by(answer, meeting_on, day)
    exception_by_on = publish_agenda_by(answer, meeting_on, day)
    is_working, is_working_short = (
        notice_is_working(answer, meeting_on),
        agenda_is_working(answer, meeting_on),
    )
    return [
        LastDay(
            Limit.KEY_NOTICE,
            "Publish the notice of the key decision",
            by_on,
            _between(by_on, meeting_on, NOTICE_CLEAR_DAYS, is_working, answer, day),
            f"{_REGULATIONS}, regulation 9(1)",
        ),
        LastDay(
            Limit.GENERAL_EXCEPTION,
            "General exception, where 28 days are impracticable: tell the scrutiny chair and publish",
            exception_by_on,
            _between(exception_by_on, meeting_on, EXCEPTION_CLEAR_DAYS, is_working_short, answer, day),
            f"{_REGULATIONS}, regulation 10",
        ),
        LastDay(
            Limit.SPECIAL_URGENCY,
            "Special urgency, where even that is impracticable: the scrutiny chair agrees",
            meeting_on,
            "It must be agreed, and the reasons recorded, before the decision is made.",
            f"{_REGULATIONS}, regulation 11",
        ),
    ]


def _private_notices(answer: Answer, meeting_on: date, day: Day) -> list[LastDay]:
    first_on, second_on = (
        publish_notice_by(answer, meeting_on, day),
        publish_agenda_by(answer, meeting_on, day),
    )
    return [
        LastDay(
            Limit.PRIVATE_NOTICE,
            "Publish the first notice of the private meeting",
            first_on,
            _between(
                first_on, meeting_on, NOTICE_CLEAR_DAYS, notice_is_working(answer, meeting_on), answer, day
            ),
            f"{_REGULATIONS}, regulation 5(2)",
        ),
        LastDay(
            Limit.PRIVATE_SECOND_NOTICE,
            "Publish the second notice of the private meeting, with the answer to representations",
            second_on,
            _between(
                second_on, meeting_on, AGENDA_CLEAR_DAYS, agenda_is_working(answer, meeting_on), answer, day
            ),
            f"{_REGULATIONS}, regulation 5(4)",
        ),
    ]


def _agenda(answer: Answer, meeting_on: date, day: Day) -> LastDay:
    by_on = publish_agenda_by(answer, meeting_on, day)
    is_working = agenda_is_working(answer, meeting_on)
    reason = _between(by_on, meeting_on, AGENDA_CLEAR_DAYS, is_working, answer, day)
    return LastDay(Limit.AGENDA, "Publish the agenda and its papers", by_on, reason, _agenda_source(answer))


def _agenda_source(answer: Answer) -> str:
    if is_executive_of(answer):
        return f"{_REGULATIONS}, regulations 6 and 7"
    return f"{_LGA}, sections 100A(6) and 100B(3)"


def _record(answer: Answer, meeting_on: date, day: Day) -> LastDay:
    rules = answer.rules_on(meeting_on)
    days = rules.publication_days if rules else RECORD_WORKING_DAYS
    by_on, takes = add_working_days(meeting_on, days, day.holidays_of(answer)), count_of(days, "working day")
    reason = (
        f"The law says as soon as reasonably practicable. {answer.council} usually takes {takes}."
        if rules
        else f"The law says as soon as reasonably practicable; {takes} are a prompt."
    )
    source = f"{_REGULATIONS}, regulation 12" if is_executive_of(answer) else f"{_LGA}, section 100C"
    return LastDay(Limit.RECORD, "Publish the record of the decision", by_on, reason, source)


def _effect(answer: Answer, on: date, rules: OwnRules | None) -> LastDay:
    why = why_not_callable(answer, _proposal(bool(answer.is_key)), rules)
    reason = f"{why}, so it takes effect when it is decided." if why else "The day after call-in closes."
    return LastDay(
        Limit.EFFECT, f"Takes effect for {answer.council}", on, reason, _own(answer, rules) if rules else ""
    )


def _ordinary(answer: Answer, notice_on: date, day: Day) -> Earliest:
    reason = _clear(NOTICE_CLEAR_DAYS, notice_is_working(answer, notice_on), "the notice")
    return Earliest(
        Limit.KEY_NOTICE,
        "With the ordinary notice of a key decision",
        earliest_after_key_notice(answer, notice_on, day),
        reason,
        f"{_REGULATIONS}, regulation 9(1)",
    )


def _exception(answer: Answer, notice_on: date, day: Day) -> Earliest:
    reason = _clear(EXCEPTION_CLEAR_DAYS, agenda_is_working(answer, notice_on), "the notice")
    return Earliest(
        Limit.GENERAL_EXCEPTION,
        "By general exception",
        earliest_after_short_notice(answer, notice_on, day),
        reason,
        f"{_REGULATIONS}, regulation 10",
    )


def _special(notice_on: date) -> Earliest:
    return Earliest(
        Limit.SPECIAL_URGENCY,
        "By special urgency",
        notice_on,
        "On the day on which the scrutiny chair agrees that it cannot reasonably be deferred.",
        f"{_REGULATIONS}, regulation 11",
    )


def _clear(days: int, is_working: bool, what: str) -> str:
    unit = "clear working days" if is_working else "clear days"
    return f"{days} {unit} after {what}; neither that day nor the day of the meeting counts."


def _between(by_on: date, meeting_on: date, days: int, is_working: bool, answer: Answer, day: Day) -> str:
    """5 clear working days lie between; which days of the working week are not counted."""
    unit = "clear working days" if is_working else "clear days"
    lead = f"{days} {unit} lie between {day_month(by_on, meeting_on)} and {format_date(meeting_on)}"
    skipped = _skipped(by_on, meeting_on, day.holidays_of(answer)) if is_working else []
    if not is_working:
        return f"{lead}; neither of the two counts."
    closed = f", nor {listed([day_month(one, meeting_on) for one in skipped])}" if skipped else ""
    return f"{lead}; neither of the two counts, nor weekends{closed}."


def _skipped(by_on: date, meeting_on: date, holidays: Collection[date]) -> Sequence[date]:
    """Bank holidays and closures between two days that would else be working days."""
    days = (by_on + index * _ONE_DAY for index in range(1, (meeting_on - by_on).days))
    return [one for one in days if is_working_day(one, ()) and one in holidays]


def _own(answer: Answer, rules: OwnRules) -> str:
    return f"{answer.council}’s own rules from {format_date(rules.from_on)}"


def _proposal(is_key: bool) -> Proposal:
    return Proposal(state=DecisionState.DRAFT, text_number=1, answers=(), is_key=is_key)
