"""What is about a person: account, roles, sign-ins, mails, choices, seats, and what the trail keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.db import models
from django.db.models import Q
from rest_framework.authtoken.models import Token

from accounts.models import FailedAddress, RoleHeld, User
from core.exports.tables import Column, Format, Table
from core.models import AuditEvent, ExemptAccess
from governance.models import Attendance, BodyMember, CallInSignatory, Interest, Vote
from governance.queries.subject_access.columns import TABLES, Read, at_words, yes_words
from programme.models import (
    Absence,
    BulletinSubscription,
    CalendarFeed,
    Digest,
    Reminder,
    ReminderWish,
    SavedView,
)

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
    """A table of each kind; its rows are read when they are wanted. One query."""
    rows = _rows(user)
    return [
        _account(user),
        *(_table(name, title, rows[name], columns) for name, (title, columns) in TABLES.items()),
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
        ("Can sign in", yes_words(user.is_active)),
        ("Account made at", at_words(user.joined_at)),
        ("Last signed in at", at_words(user.last_login)),
        ("Wants reminders by e-mail", yes_words(user.wants_reminders)),
        ("Password", "kept in a form from which it cannot be read back"),
        ("API token made at", at_words(token.created) if token else ""),
    ]
    columns: list[Column[tuple[str, str]]] = [
        Column("What", lambda fact: fact[0]),
        Column("Held", lambda fact: fact[1]),
    ]
    return Table("account", "Your account", columns, facts)


def _table(name: str, title: str, rows: models.QuerySet[Any], columns: Mapping[str, Read]) -> Table[Any]:
    heads = [Column(head, read, Format.TEXT) for head, read in columns.items()]
    return Table(name, title, heads, rows.order_by("pk"))


def _rows(user: User) -> dict[str, models.QuerySet[Any]]:
    """The rows of each table by its name. No query."""
    seats = BodyMember.objects.filter(user=user)
    return {
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


def _about_account(user: User) -> models.QuerySet[AuditEvent]:
    """What the trail keeps of changes to the account and its roles, whoever made them."""
    roles = RoleHeld.objects.filter(user=user).values("pk")
    of_account = Q(object_type=User._meta.label_lower, object_id=user.pk)
    return AuditEvent.objects.filter(
        of_account | Q(object_type=RoleHeld._meta.label_lower, object_id__in=roles)
    )
