"""What an executive owes scrutiny: an answer by a day, and what it agreed to done."""

from __future__ import annotations

from datetime import date

from core.errors import Refusal
from governance.enums import ResponseState
from programme.rules.agreements import add_months

# The period in law is from memory and was not verified: it is a prompt, and the source says so.
RESPONSE_MONTHS = 2
RESPONSE_SOURCE = (
    "Two months from the recommendation, as Local Government Act 2000 section 9FE is remembered; not verified"
)
ANSWERS = (ResponseState.ACCEPTED, ResponseState.PARTLY, ResponseState.REJECTED)
_AGREED = (ResponseState.ACCEPTED, ResponseState.PARTLY)


def response_due_on(made_on: date) -> date:
    """The day by which an executive is to answer a recommendation."""
    return add_months(made_on, RESPONSE_MONTHS)


def check_made(text: str, made_on: date, as_of: date) -> None:
    """Refuse a recommendation without words, or of a day to come."""
    if not text:
        raise Refusal("Enter the recommendation", "text")
    if made_on > as_of:
        raise Refusal("Day it was made must be today or in the past", "made_on")


def check_response(
    state: str, text: str, made_on: date, responded_on: date, as_of: date, *, action: str, is_planned: bool
) -> None:
    """Refuse an answer that is none, and one that agrees without saying what will be done, by whom and when.

    `is_planned` says that an owner and a day are named.
    """
    if state not in ANSWERS:
        raise Refusal("Choose whether the recommendation is accepted", "state")
    if not text:
        raise Refusal("Enter the response", "text")
    if responded_on > as_of:
        raise Refusal("Day of the response must be today or in the past", "responded_on")
    if responded_on < made_on:
        raise Refusal("Day of the response must be on or after the recommendation", "responded_on")
    if state in _AGREED and not action:
        raise Refusal("Enter what will be done", "action")
    if state in _AGREED and not is_planned:
        raise Refusal("Choose who does it, and enter by when", "owner")


def check_done(state: str, responded_on: date | None, done_on: date, as_of: date) -> None:
    """Refuse as done what was not agreed, and a day before the answer or to come."""
    if state not in _AGREED:
        raise Refusal("Only what was accepted can be done", "done_on")
    if done_on > as_of:
        raise Refusal("Day it was done must be today or in the past", "done_on")
    if responded_on and done_on < responded_on:
        raise Refusal("Day it was done must be on or after the response", "done_on")


def standing(state: str, response_due: date | None, action_due: date | None, as_of: date) -> str:
    """Where an answer stands, in words: what is overdue says so."""
    if state == ResponseState.AWAITED:
        late = response_due is not None and as_of > response_due
        return "Response overdue" if late else "Response awaited"
    if state in _AGREED and action_due is not None and as_of > action_due:
        return "Action overdue"
    return str(ResponseState(state).label)


def is_overdue(state: str, response_due: date | None, action_due: date | None, as_of: date) -> bool:
    """Whether the response, or what it promised, is past its day."""
    return standing(state, response_due, action_due, as_of).endswith("overdue")


def is_open(state: str) -> bool:
    """Whether something is still to come: an answer, or what was agreed."""
    return state in (ResponseState.AWAITED, *_AGREED)
