"""What is about a person: account, roles, sign-ins, mails, choices, seats, and what the trail keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.db import models
from django.db.models import Q
from rest_framework.authtoken.models import Token

from accounts.models import FailedAddress, RoleHeld, User
from core.enums import PublicationClass
from core.exports.tables import Column, Format, Table, Value
from core.models import AuditEvent, ExemptAccess
from governance.models import Attendance, BodyMember, CallInSignatory, Interest, Vote
from programme.models import (
    Absence,
    BulletinSubscription,
    CalendarFeed,
    Digest,
    Reminder,
    ReminderWish,
    SavedView,
)

Read = Callable[[Any], Value]
WITHHELD = "Withheld: the item is not open"
# Fields that lead to a person whose rows stand in a table of their own here.
COVERED = frozenset(
    {
        (RoleHeld, "user"),
        (FailedAddress, "user"),
        (Token, "user"),
        (Reminder, "recipient"),
        (Digest, "recipient"),
        (ReminderWish, "user"),
        (Absence, "user"),
        (Absence, "delegate"),
        (CalendarFeed, "user"),
        (BulletinSubscription, "user"),
        (SavedView, "created_by"),
        (BodyMember, "user"),
        (CallInSignatory, "user"),
        (ExemptAccess, "by"),
        (AuditEvent, "by"),
    }
)


def personal_tables(user: User) -> list[Table[Any]]:
    """A table of each kind; its rows are read when they are wanted. Two queries."""
    return [
        _account(user),
        *(_table(name, title, _rows(name, user), columns) for name, (title, columns) in _tables().items()),
    ]


def number_of_rows(table: Table[Any]) -> int:
    """How many rows a table has. One query at most."""
    rows = table.rows
    return rows.count() if isinstance(rows, models.QuerySet) else len(list(rows))


def _account(user: User) -> Table[Any]:
    token = Token.objects.filter(user=user).first()
    facts = [
        ("E-mail address", user.email),
        ("Name", user.name),
        ("Job title", user.job_title),
        ("Can sign in", _yes(user.is_active)),
        ("Account made at", _at(user.joined_at)),
        ("Last signed in at", _at(user.last_login)),
        ("Wants reminders by e-mail", _yes(user.wants_reminders)),
        ("Password", "kept in a form from which it cannot be read back"),
        ("API token made at", _at(token.created) if token else ""),
    ]
    columns: list[Column[tuple[str, str]]] = [
        Column("What", lambda fact: fact[0]),
        Column("Held", lambda fact: fact[1]),
    ]
    return Table("account", "Your account", columns, facts)


def _table(name: str, title: str, rows: Any, columns: Mapping[str, Read]) -> Table[Any]:
    return Table(name, title, [Column(head, read, Format.TEXT) for head, read in columns.items()], rows)


def _rows(name: str, user: User) -> models.QuerySet[Any]:
    """The rows of one table, in the order in which they came."""
    seats = BodyMember.objects.filter(user=user)
    found: dict[str, models.QuerySet[Any]] = {
        "roles": RoleHeld.objects.filter(user=user).select_related("council", "partnership"),
        "failed-addresses": FailedAddress.objects.filter(user=user),
        "sign-ins": AccessLog.objects.filter(username=user.email),
        "failed-sign-ins": AccessAttempt.objects.filter(username=user.email),
        "reminders": Reminder.objects.filter(recipient=user).select_related("programme"),
        "mails": Digest.objects.filter(recipient=user),
        "wishes": ReminderWish.objects.filter(user=user),
        "absences": Absence.objects.filter(user=user),
        "standing-in": Absence.objects.filter(delegate=user),
        "calendar-feeds": CalendarFeed.objects.filter(user=user),
        "bulletins": BulletinSubscription.objects.filter(user=user).select_related("programme"),
        "saved-views": SavedView.objects.filter(created_by=user),
        "seats": seats.select_related("body", "council"),
        "attendance": Attendance.objects.filter(member__in=seats).select_related("meeting__body"),
        "interests": Interest.objects.filter(member__in=seats).select_related("item__meeting__body"),
        "votes": Vote.objects.filter(member__in=seats).select_related("item__meeting__body"),
        "call-ins": CallInSignatory.objects.filter(user=user).select_related("call_in"),
        "exempt-openings": ExemptAccess.objects.filter(by=user),
        "done": AuditEvent.objects.filter(by=user),
        "done-to-the-account": _about_account(user),
    }
    return found[name].order_by("pk")


def _about_account(user: User) -> models.QuerySet[AuditEvent]:
    """What the trail keeps of changes to the account and its roles, whoever made them."""
    roles = RoleHeld.objects.filter(user=user).values("pk")
    of_account = Q(object_type=User._meta.label_lower, object_id=user.pk)
    return AuditEvent.objects.filter(
        of_account | Q(object_type=RoleHeld._meta.label_lower, object_id__in=roles)
    )


@cache
def _tables() -> Mapping[str, tuple[str, Mapping[str, Read]]]:
    """Every table but the account by its name: its title, and how a row gives the value of each column."""
    event = {
        "At": _moment("at"),
        "What": _words("action"),
        "Through": _shown("channel"),
        "About a": _kind,
        "Number": _plain("object_id"),
        "Programme or council": _plain("scope"),
    }
    meeting = {"Body": _plain("item.meeting.body.name"), "Meeting at": _moment("item.meeting.starts_at")}
    return {
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
                **meeting,
                "Kind": _shown("kind"),
                "Interest": _interest,
                "Left the room": _flag("has_left"),
                "Had a dispensation": _flag("has_dispensation"),
            },
        ),
        "votes": (
            "Votes",
            {
                **meeting,
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
        "done": ("What you did, as the audit trail keeps it", event),
        "done-to-the-account": ("Changes to your account and roles", event),
    }


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
    return lambda row: _yes(getattr(row, name))


def _list(name: str) -> Read:
    return lambda row: ", ".join(map(str, getattr(row, name)))


def _day(name: str) -> Read:
    return lambda row: day.isoformat() if (day := getattr(row, name)) else ""


def _moment(path: str) -> Read:
    read = attrgetter(path)
    return lambda row: _at(read(row))


def _at(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _yes(value: bool) -> str:
    return "yes" if value else "no"
