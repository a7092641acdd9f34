"""Notice and agenda before a council decides: what must be published by when (F-29)."""

from __future__ import annotations

from datetime import date, timedelta

from core.rules.calendar import format_date
from core.rules.notice import earliest_after_notice, publish_by_notice
from governance.enums import CouncilDecisionState, Urgency
from governance.rules.facts import Answer, Day, Proposal
from governance.rules.routes import agenda_is_working, is_taken_at_meeting, needs_notice, notice_is_working
from governance.rules.wording import by_day, day_month

NOTICE_CLEAR_DAYS = 28
AGENDA_CLEAR_DAYS = 5
EXCEPTION_CLEAR_DAYS = 5

_SOON = timedelta(days=7)


def notice_due_on(answer: Answer, proposal: Proposal, day: Day) -> date | None:
    """Last day to publish the notice of a key decision; None where none is needed or no date is set."""
    if answer.next_meeting_on is None or not needs_notice(answer, proposal):
        return None
    return publish_notice_by(answer, answer.next_meeting_on, day)


def publish_notice_by(answer: Answer, meeting_on: date, day: Day) -> date:
    """Last day to publish 28 clear days' notice of a meeting, in the days that the council counts."""
    is_working = notice_is_working(answer, meeting_on)
    holidays = day.holidays_of(answer)
    return publish_by_notice(meeting_on, NOTICE_CLEAR_DAYS, is_working=is_working, holidays=holidays)


def earliest_after_key_notice(answer: Answer, published_on: date, day: Day) -> date:
    """First day that leaves 28 clear days after a notice, in the days that the council counts."""
    is_working = notice_is_working(answer, published_on)
    holidays = day.holidays_of(answer)
    return earliest_after_notice(published_on, NOTICE_CLEAR_DAYS, is_working=is_working, holidays=holidays)


def earliest_after_short_notice(answer: Answer, published_on: date, day: Day) -> date:
    """First day that leaves 5 clear days after a notice, in the days that the council counts."""
    is_working = agenda_is_working(answer, published_on)
    holidays = day.holidays_of(answer)
    return earliest_after_notice(published_on, EXCEPTION_CLEAR_DAYS, is_working=is_working, holidays=holidays)


def agenda_due_on(answer: Answer, day: Day) -> date | None:
    """Last day to publish the agenda of the meeting; None where no meeting is held or no date is set."""
    if answer.next_meeting_on is None or not is_taken_at_meeting(answer):
        return None
    return publish_agenda_by(answer, answer.next_meeting_on, day)


def publish_agenda_by(answer: Answer, meeting_on: date, day: Day) -> date:
    """Last day to give 5 clear days' notice of a meeting, in the days that the council counts."""
    is_working = agenda_is_working(answer, meeting_on)
    holidays = day.holidays_of(answer)
    return publish_by_notice(meeting_on, AGENDA_CLEAR_DAYS, is_working=is_working, holidays=holidays)


def lawful_from(answer: Answer, proposal: Proposal, day: Day) -> date | None:
    """First day on which a key decision is lawful, by the notice given or else by one given today.

    None where no notice is needed, or where it can still be given in time for the meeting.
    """
    if not needs_notice(answer, proposal):
        return None
    by_urgency = lawful_by_urgency(answer, day)
    if by_urgency is not None:
        return by_urgency
    if answer.notice_published_on is not None:
        return earliest_after_key_notice(answer, answer.notice_published_on, day)
    due_on = notice_due_on(answer, proposal, day)
    if due_on is None or day.as_of <= due_on:
        return None
    return earliest_after_key_notice(answer, day.as_of, day)


def lawful_by_urgency(answer: Answer, day: Day) -> date | None:
    """First lawful day by a general exception or special urgency that is fully recorded; None without one.

    SI 2012/2089 regs 10 and 11: 5 clear days after the notice, or the day on which it was agreed.
    """
    if answer.urgency == Urgency.GENERAL_EXCEPTION and answer.urgency_reason:
        told_on, notice_on = answer.scrutiny_chair_told_on, answer.urgency_notice_on
        if told_on is not None and notice_on is not None:
            return earliest_after_short_notice(answer, max(told_on, notice_on), day)
    if answer.urgency == Urgency.SPECIAL and answer.urgency_agreed_by and answer.urgency_reason:
        return answer.urgency_agreed_on
    return None


def decides_on(answer: Answer, proposal: Proposal, day: Day) -> date | None:
    """First day on which the council may be expected to decide; None without a meeting ahead."""
    meeting_on = answer.next_meeting_on
    if meeting_on is None or meeting_on < day.as_of:
        return None
    return max(meeting_on, lawful_from(answer, proposal, day) or meeting_on)


def next_step(answer: Answer, proposal: Proposal, day: Day, is_older: bool) -> str:
    """What a council that has still to decide must do next, in words."""
    meeting_on = answer.next_meeting_on
    if meeting_on is None:
        return (
            "No date is set for it to decide again" if answer.decided else "No date is set for it to decide"
        )
    beside = answer.decided.last_on if answer.decided else meeting_on
    if meeting_on < day.as_of:
        return f"Record what was decided on {day_month(meeting_on, beside)}"
    version = f" on version {proposal.text_number}" if is_older else ""
    if meeting_on == day.as_of:
        return f"Decides{version} {day.in_words}"
    has_lead = is_older or answer.state == CouncilDecisionState.DEFERRED
    lead = f"Decides{version} on {day_month(meeting_on, beside)}" if has_lead else ""
    step = _notice_step(answer, proposal, day, meeting_on) or _agenda_step(answer, day, meeting_on)
    return ". ".join(part for part in (lead, step) if part)


def _notice_step(answer: Answer, proposal: Proposal, day: Day, meeting_on: date) -> str:
    """The notice of a key decision; nothing where none is needed or it has done its time."""
    if not needs_notice(answer, proposal):
        return ""
    due_on = publish_notice_by(answer, meeting_on, day)
    lawful_on = lawful_from(answer, proposal, day)
    if lawful_by_urgency(answer, day) is not None:
        return ""
    if lawful_on is None:
        return f"Publish the notice {_by(due_on, day)}"
    if answer.notice_published_on is None:
        return (
            f"The notice was due by {day_month(due_on, None)}. "
            f"Published {day.in_words}, it makes a decision lawful from {day_month(lawful_on, None)}"
        )
    agenda_on = agenda_due_on(answer, day)
    if day.as_of >= lawful_on or (agenda_on and agenda_on - day.as_of <= _SOON and lawful_on <= meeting_on):
        return ""
    published = day_month(answer.notice_published_on, meeting_on)
    lawful = "lawful from" if lawful_on <= meeting_on else "not lawful before"
    return f"Notice published {published}. A decision is {lawful} {day_month(lawful_on, meeting_on)}"


def _agenda_step(answer: Answer, day: Day, meeting_on: date) -> str:
    due_on = agenda_due_on(answer, day)
    if due_on is None:
        return ""
    if due_on < day.as_of:
        return f"The agenda was due by {day_month(due_on, meeting_on)}"
    return f"Publish the agenda {_by(due_on, day)}"


def _by(due_on: date, day: Day) -> str:
    return f"by {format_date(due_on)}" if day.is_kept else by_day(due_on, day.as_of)
