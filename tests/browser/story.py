"""The day on which the browser tests happen, and who sits before the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from accounts.enums import RoleName
from accounts.models import User
from governance.demonstration.people import demonstration_sign_ins
from tests.browser.database import Snapshot

# 9am on the day on which the joint steering group of the golden programme meets.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

PATIENCE_MS = 30_000  # as long as a busy machine may take

SignIn = Callable[[Page, RoleName], None]
NewContext = Callable[..., BrowserContext]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The loaded database, to be put back after a test that writes, and a session of one person a role."""

    snapshot: Snapshot
    sessions: dict[RoleName, str]


def open_sessions() -> dict[RoleName, str]:
    """Sign one person of each role in; the keys of their sessions."""
    emails = {label: email for label, _name, email, _password in demonstration_sign_ins()}
    return {role: open_session(User.objects.get(email=emails[str(role.label)])) for role in RoleName}


def open_session(user: User) -> str:
    """Sign a person in now; the key of the session."""
    client = Client()
    client.force_login(user, "accounts.backends.PersonBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
