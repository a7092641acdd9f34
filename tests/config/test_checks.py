"""A production configuration that is not fit for real data is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from accounts.models import User
from config.checks import (
    DEFAULT_SECRET,
    DEMONSTRATION_DATA,
    FILED_MAIL,
    LOCAL_LINKS,
    NO_HOSTS,
    NO_NOTIFY_KEY,
    NO_NOTIFY_TEMPLATE,
    NO_RECEIPTS,
    OPEN_DEBUG,
    check_configuration,
    check_no_demonstration_data,
    check_reminder_channel,
    refuse_unsafe_configuration,
)
from config.environment import DEVELOPMENT_SECRET_KEY

SOUND = {
    "IS_PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "a-key-that-nobody-else-knows-0123456789-0123456789-0123456789",
    "ALLOWED_HOSTS": ["tracker.example.gov.uk"],
    "BASE_URL": "https://tracker.example.gov.uk",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"SECRET_KEY": DEVELOPMENT_SECRET_KEY}, [DEFAULT_SECRET]),
        ({"ALLOWED_HOSTS": []}, [NO_HOSTS]),
        ({"BASE_URL": "http://localhost:8000"}, [LOCAL_LINKS]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, [FILED_MAIL]),
        ({"IS_PRODUCTION": False, "DEBUG": True}, [OPEN_DEBUG]),
        ({"IS_PRODUCTION": False, "DEBUG": True, "ALLOWED_HOSTS": ["*"]}, [OPEN_DEBUG]),
        ({"IS_PRODUCTION": False, "DEBUG": True, "ALLOWED_HOSTS": ["localhost"]}, []),
        ({"IS_PRODUCTION": False, "SECRET_KEY": DEVELOPMENT_SECRET_KEY, "ALLOWED_HOSTS": ["localhost"]}, []),
    ],
)
def test_configuration_with_one_thing_changed(changed, found):
    with override_settings(**SOUND | changed):
        assert check_configuration(None) == found


NOTIFY = {
    "REMINDER_CHANNEL": "notify",
    "NOTIFY_API_KEY": "key",
    "NOTIFY_TEMPLATE_ID": "template",
    "NOTIFY_CALLBACK_TOKEN": "token",
}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"NOTIFY_API_KEY": ""}, [NO_NOTIFY_KEY]),
        ({"NOTIFY_TEMPLATE_ID": "", "NOTIFY_CALLBACK_TOKEN": ""}, [NO_NOTIFY_TEMPLATE, NO_RECEIPTS]),
        ({"REMINDER_CHANNEL": "smtp", "NOTIFY_API_KEY": ""}, []),
    ],
)
def test_what_notify_needs_is_named(changed, found):
    with override_settings(**NOTIFY | changed):
        assert check_reminder_channel(None) == found


@pytest.mark.parametrize(
    ("is_demonstration", "is_production", "found"),
    [
        (True, True, [DEMONSTRATION_DATA]),
        (False, True, []),
        (True, False, []),
    ],
)
def test_demonstration_people_in_the_database(db, settings, is_demonstration, is_production, found):
    User.objects.create_user("ann@example.org", name="Ann", is_demonstration=is_demonstration)
    settings.IS_PRODUCTION = is_production
    assert check_no_demonstration_data(None, databases=["default"]) == found


def test_server_is_refused_with_every_reason(db):
    User.objects.create_user("ann@example.org", name="Ann", is_demonstration=True)
    with (
        override_settings(**SOUND | {"SECRET_KEY": DEVELOPMENT_SECRET_KEY}),
        pytest.raises(ImproperlyConfigured) as caught,
    ):
        refuse_unsafe_configuration()
    assert str(caught.value) == f"{DEFAULT_SECRET}\n{DEMONSTRATION_DATA}"
