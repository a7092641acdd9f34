"""Which columns each table about a person has, and how a row gives their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.apps import apps

from core.enums import PublicationClass
from core.exports.tables import Value
from governance.models import Interest

Read = Callable[[Any], Value]
WITHHELD = "Withheld: the item is not open"


def _interest(row: Interest) -> Value:
    """What was declared is as open as the item that it was declared on."""
    return row.text if row.item.publication_class == PublicationClass.OPEN else WITHHELD


def _plain(path: str) -> Read:
    def read(row: Any) -> Value:
        value = row
        for name in path.split("."):
            value = getattr(value, name, None)
        return "" if value is None else str(value)

    return read


def _words(name: str) -> Read:
    """What the product calls by a name of its own, such as claim_actual."""
    return lambda row: str(getattr(row, name)).replace("_", " ").capitalize()


def _kind(row: Any) -> Value:
    """The kind of record in words."""
    try:
        return str(apps.get_model(row.object_type)._meta.verbose_name).capitalize()
    except LookupError:
        return str(row.object_type)


def _shown(name: str) -> Read:
    return lambda row: str(getattr(row, f"get_{name}_display")())


def _flag(name: str) -> Read:
    return lambda row: yes_words(getattr(row, name))


def _list(name: str) -> Read:
    return lambda row: ", ".join(map(str, getattr(row, name)))


def _day(name: str) -> Read:
    return lambda row: day.isoformat() if (day := getattr(row, name)) else ""


def _moment(path: str) -> Read:
    read = attrgetter(path)
    return lambda row: at_words(read(row))


def at_words(moment: datetime | None) -> str:
    """2026-11-24T12:00:00+00:00; empty for none."""
    return moment.isoformat(timespec="seconds") if moment else ""


def yes_words(value: bool) -> str:
    """yes or no."""
    return "yes" if value else "no"


_EVENT: Mapping[str, Read] = {
    "At": _moment("at"),
    "What": _words("action"),
    "Through": _shown("channel"),
    "About a": _kind,
    "Number": _plain("object_id"),
    "Programme or council": _plain("scope"),
}
_MEETING: Mapping[str, Read] = {
    "Body": _plain("item.meeting.body.name"),
    "Meeting at": _moment("item.meeting.starts_at"),
}
# Every table but the account by its name: its title, and how a row gives the value of each column.
TABLES: Mapping[str, tuple[str, Mapping[str, Read]]] = {
    "roles": (
        "Roles you hold or held",
        {"Role": _shown("role"), "For": _plain("scope"), "From": _day("from_on"), "To": _day("to_on")},
    ),
    "failed-addresses": (
        "Addresses that did not reach you",
        {
            "Address": _plain("address"),
            "What the carrier said": _plain("words"),
            "Failed at": _moment("failed_at"),
            "Mended at": _moment("cleared_at"),
        },
    ),
    "sign-ins": (
        "Sign-ins",
        {
            "At": _moment("attempt_time"),
            "Signed out at": _moment("logout_time"),
            "Address of the computer": _plain("ip_address"),
            "Browser": _plain("user_agent"),
        },
    ),
    "failed-sign-ins": (
        "Attempts to sign in that failed",
        {
            "At": _moment("attempt_time"),
            "Times": _plain("failures_since_start"),
            "Address of the computer": _plain("ip_address"),
            "Browser": _plain("user_agent"),
        },
    ),
    "reminders": (
        "Reminders of yours",
        {
            "Rule": _words("rule"),
            "Programme": _plain("programme.name"),
            "Due on": _day("due_on"),
            "Made at": _moment("created_at"),
            "Ticked off at": _moment("read_at"),
            "No longer needed at": _moment("dropped_at"),
        },
    ),
    "mails": (
        "Mails to you",
        {
            "Of": _day("day_on"),
            "State": _shown("state"),
            "Sent at": _moment("sent_at"),
            "To": _plain("address"),
            "By": _shown("channel"),
            "Receipt": _shown("receipt"),
            "Receipt at": _moment("receipt_at"),
            "Went wrong": _plain("error"),
        },
    ),
    "wishes": (
        "Mails you do not want, and quiet days",
        {
            "Kinds not wanted": _list("unwanted"),
            "Days without mail, 0 is Monday": _list("quiet_days"),
            "Changed at": _moment("updated_at"),
        },
    ),
    "absences": (
        "Days you are away",
        {
            "From": _day("from_on"),
            "To": _day("to_on"),
            "Recorded at": _moment("created_at"),
            "Ended at": _moment("ended_at"),
        },
    ),
    "standing-in": (
        "Days on which you stand in for somebody",
        {"From": _day("from_on"), "To": _day("to_on"), "Ended at": _moment("ended_at")},
    ),
    "calendar-feeds": (
        "Calendar feeds",
        {"Of": _shown("scope"), "Made at": _moment("created_at"), "Ended at": _moment("revoked_at")},
    ),
    "bulletins": (
        "Bulletins you subscribe to",
        {"Programme": _plain("programme.name"), "Since": _moment("subscribed_at")},
    ),
    "saved-views": (
        "Views you saved",
        {"Name": _plain("name"), "Of": _shown("page"), "Choice": _plain("query")},
    ),
    "seats": (
        "Seats on bodies",
        {
            "Body": _plain("body.name"),
            "Name": _plain("name"),
            "Council": _plain("council.name"),
            "Votes": _flag("is_voting"),
            "Sits on the executive": _flag("is_executive_member"),
            "From": _day("from_on"),
            "To": _day("to_on"),
        },
    ),
    "attendance": (
        "Meetings",
        {
            "Body": _plain("meeting.body.name"),
            "Meeting at": _moment("meeting.starts_at"),
            "Attendance": _shown("state"),
        },
    ),
    "interests": (
        "Interests you declared",
        {
            **_MEETING,
            "Kind": _shown("kind"),
            "Interest": _interest,
            "Left the room": _flag("has_left"),
            "Had a dispensation": _flag("has_dispensation"),
        },
    ),
    "votes": (
        "Votes",
        {
            **_MEETING,
            "Item": _plain("item.number"),
            "Vote": _shown("choice"),
            "Casting vote": _flag("is_casting"),
        },
    ),
    "call-ins": (
        "Call-ins you signed",
        {"Name": _plain("name"), "Raised at": _moment("call_in.raised_at")},
    ),
    "exempt-openings": (
        "Exempt items you opened",
        {
            "At": _moment("at"),
            "Kind": _kind,
            "Number": _plain("object_id"),
            "Programme or council": _plain("scope"),
        },
    ),
    "done": ("What you did, as the audit trail keeps it", _EVENT),
    "done-to-the-account": ("Changes to your account and roles", _EVENT),
}
