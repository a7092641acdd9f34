"""Refuses to start a production configuration that is not fit for real data."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from accounts.models import User
from config.environment import DEVELOPMENT_SECRET_KEY
from core.enums import MailChannel

DEFAULT_SECRET = Error(
    "SECRET_KEY is the default one, which everybody can read.",
    hint="Set SECRET_KEY to at least 50 random characters, or DEMONSTRATION=1 for a demonstration.",
    id="config.E001",
)
OPEN_DEBUG = Error(
    "DEBUG is on and ALLOWED_HOSTS names a host other than this machine.",
    hint="DEBUG shows settings and data to everybody. Set DEBUG=0, or leave ALLOWED_HOSTS out.",
    id="config.E002",
)
DEMONSTRATION_DATA = Error(
    "The database holds demonstration sign-ins, whose passwords everybody can read.",
    hint="Use another database (DATABASE_URL or DATA_DIR), or DEMONSTRATION=1 for a demonstration.",
    id="config.E003",
)
NO_HOSTS = Error(
    "ALLOWED_HOSTS is empty, so no address would be answered.",
    hint="Set ALLOWED_HOSTS to the host names of this installation, separated by commas.",
    id="config.E004",
)
LOCAL_LINKS = checks.Warning(
    "BASE_URL is not set: links in mails lead to this machine only.",
    hint="Set BASE_URL to the address that people use, for example https://tracker.example.gov.uk.",
    id="config.W001",
)
FILED_MAIL = checks.Warning(
    "EMAIL_URL is not set: mails are written to files and reach nobody.",
    hint="Set EMAIL_URL, for example smtp+tls://user:password@host.",
    id="config.W002",
)

NO_NOTIFY_KEY = Error(
    "REMINDER_CHANNEL is notify and NOTIFY_API_KEY is not set.",
    hint="Make an API key in GOV.UK Notify, or set REMINDER_CHANNEL=smtp.",
    id="config.E005",
)
NO_NOTIFY_TEMPLATE = Error(
    "REMINDER_CHANNEL is notify and NOTIFY_TEMPLATE_ID is not set.",
    hint="Make an e-mail template with the subject ((subject)) and the message ((body)) in GOV.UK Notify.",
    id="config.E006",
)
NO_RECEIPTS = checks.Warning(
    "REMINDER_CHANNEL is notify and NOTIFY_CALLBACK_TOKEN is not set: mail that fails is not noticed.",
    hint="Set it, and give GOV.UK Notify the same token for delivery receipts to BASE_URL/notify/receipts/.",
    id="config.W003",
)


@register(Tags.security)
def check_reminder_channel(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return what is missing for reminders to be sent as they are asked to be."""
    if settings.REMINDER_CHANNEL != MailChannel.NOTIFY:
        return []
    needed = [
        (NO_NOTIFY_KEY, settings.NOTIFY_API_KEY),
        (NO_NOTIFY_TEMPLATE, settings.NOTIFY_TEMPLATE_ID),
        (NO_RECEIPTS, settings.NOTIFY_CALLBACK_TOKEN),
    ]
    return [message for message, value in needed if not value]


@register(Tags.security)
def check_configuration(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return what is unsafe about the settings."""
    found: list[CheckMessage] = []
    if settings.DEBUG and not set(settings.ALLOWED_HOSTS) <= set(settings.LOCAL_HOSTS):
        found.append(OPEN_DEBUG)
    if not settings.IS_PRODUCTION:
        return found
    if settings.SECRET_KEY == DEVELOPMENT_SECRET_KEY:
        found.append(DEFAULT_SECRET)
    if not settings.ALLOWED_HOSTS:
        found.append(NO_HOSTS)
    if settings.BASE_URL.startswith("http://localhost"):
        found.append(LOCAL_LINKS)
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        found.append(FILED_MAIL)
    return found


@register(Tags.database)
def check_no_demonstration_data(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error where a production configuration meets a database with demonstration people in it."""
    if not settings.IS_PRODUCTION:
        return []
    return [DEMONSTRATION_DATA for alias in databases or [] if _has_demonstration_people(alias)]


def _has_demonstration_people(alias: str) -> bool:
    try:
        if User._meta.db_table not in connections[alias].introspection.table_names():
            return False
        return User.objects.using(alias).filter(is_demonstration=True).exists()
    except DatabaseError:
        # A database that cannot be read yet has its own errors to give, better than this one.
        return False


def refuse_unsafe_configuration() -> None:
    """Raise ImproperlyConfigured where a check finds an error, for servers, which run no checks."""
    messages = run_checks(tags=[Tags.security, Tags.database], databases=["default"])
    connections.close_all()
    errors = sorted(
        (message for message in messages if message.is_serious()), key=lambda error: error.id or ""
    )
    if errors:
        raise ImproperlyConfigured("\n".join(str(error) for error in errors))
