"""The day on which the browser tests happen, and who sits before the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page

from accounts.enums import RoleName
from accounts.models import User
from governance.demonstration.people import demonstration_sign_ins

# 9am on the day on which the joint steering group of the golden programme meets.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

SignIn = Callable[[BrowserContext | Page, RoleName], User]
NewContext = Callable[..., BrowserContext]


def person(role: RoleName) -> User:
    """The demonstration's person of a role."""
    emails = {label: email for label, _name, email, _password in demonstration_sign_ins()}
    return User.objects.get(email=emails[str(role.label)])
