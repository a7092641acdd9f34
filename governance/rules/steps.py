"""Notice and agenda before a council decides: what must be published by when (F-29)."""

from __future__ import annotations

from datetime import date, timedelta

from core.rules.notice import (
    earliest_after_clear_days,
    publish_by_clear_days,
    publish_by_clear_working_days,
)
from governance.enums import ApprovalBody, CouncilDecisionState
from governance.rules.facts import Answer, Day, Proposal
from governance.rules.wording import by_day, day_month

NOTICE_CLEAR_DAYS = 28
AGENDA_CLEAR_WORKING_DAYS = 5

_SOON = timedelta(days=7)
_EXECUTIVE = (ApprovalBody.EXECUTIVE, ApprovalBody.EXECUTIVE_MEMBER, ApprovalBody.OFFICER)
_MEETS = (ApprovalBody.FULL_COUNCIL, ApprovalBody.EXECUTIVE, ApprovalBody.COMMITTEE)


def is_executive(approval_body: str) -> bool:
    """Whether the decision is the executive's: the cabinet, one of its members, or an officer for it."""
    return approval_body in _EXECUTIVE


def needs_notice(answer: Answer, proposal: Proposal) -> bool:
    """Whether the council must give 28 clear days' notice: a key decision of its executive."""
    return proposal.is_key and answer.has_executive and is_executive(answer.approval_body)


def notice_due_on(answer: Answer, proposal: Proposal) -> date | None:
    """Last day to publish the notice of a key decision; None where none is needed or no date is set."""
    if answer.next_meeting_on is None or not needs_notice(answer, proposal):
        return None
    return publish_by_clear_days(answer.next_meeting_on, NOTICE_CLEAR_DAYS)


def agenda_due_on(answer: Answer, day: Day) -> date | None:
    """Last day to publish the agenda of the meeting; None where no meeting is held or no date is set."""
    if answer.next_meeting_on is None or answer.approval_body not in _MEETS:
        return None
    return publish_by_clear_working_days(answer.next_meeting_on, AGENDA_CLEAR_WORKING_DAYS, day.holidays)


def lawful_from(answer: Answer, proposal: Proposal, day: Day) -> date | None:
    """First day on which a key decision is lawful, by the notice given or else by one given today.

    None where no notice is needed, or where it can still be given in time for the meeting.
    """
    if not needs_notice(answer, proposal):
        return None
    if answer.notice_published_on is not None:
        return earliest_after_clear_days(answer.notice_published_on, NOTICE_CLEAR_DAYS)
    due_on = notice_due_on(answer, proposal)
    if due_on is None or day.as_of <= due_on:
        return None
    return earliest_after_clear_days(day.as_of, NOTICE_CLEAR_DAYS)


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
        return f"Decides{version} today"
    has_lead = is_older or answer.state == CouncilDecisionState.DEFERRED
    lead = f"Decides{version} on {day_month(meeting_on, beside)}" if has_lead else ""
    step = _notice_step(answer, proposal, day, meeting_on) or _agenda_step(answer, day, meeting_on)
    return ". ".join(part for part in (lead, step) if part)


def _notice_step(answer: Answer, proposal: Proposal, day: Day, meeting_on: date) -> str:
    """The notice of a key decision; nothing where none is needed or it has done its time."""
    if not needs_notice(answer, proposal):
        return ""
    due_on = publish_by_clear_days(meeting_on, NOTICE_CLEAR_DAYS)
    lawful_on = lawful_from(answer, proposal, day)
    if lawful_on is None:
        return f"Publish the notice {by_day(due_on, day.as_of)}"
    if answer.notice_published_on is None:
        return (
            f"The notice was due by {day_month(due_on, None)}. "
            f"Published today, it makes a decision lawful from {day_month(lawful_on, None)}"
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
    return f"Publish the agenda {by_day(due_on, day.as_of)}"
