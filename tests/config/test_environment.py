"""What the environment variables mean, and what is said about those that cannot be used."""

from dataclasses import asdict
from pathlib import Path

import pytest

from config.environment import DEVELOPMENT_SECRET_KEY, BadVariable, read_environment

PROJECT = Path("/srv/concordat")
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
NOTIFY_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
NOTIFY_KEY = f"tracker-26785a09-ab16-4eb0-8407-a37497a57506-{NOTIFY_TEMPLATE}"
DATABASE_MESSAGE = "must be sqlite:///path/to/file or postgresql://user:password@host:port/name"
HOSTS_MESSAGE = "must be host names separated by commas, for example tracker.example.gov.uk"
ORIGIN_MESSAGE = "must be an address such as https://tracker.example.gov.uk"
REDIS_MESSAGE = "must be redis://host:port/number, or rediss:// for an encrypted connection"
MAIL_MESSAGE = (
    "must be smtp://user:password@host:port, smtp+tls:// for STARTTLS, smtps:// for TLS, "
    "console: to print mails, or file: to write them under DATA_DIR/mail"
)


def test_environment_without_variables():
    assert asdict(read_environment({}, PROJECT)) == {
        "demonstration": True,
        "debug": False,
        "secret_key": DEVELOPMENT_SECRET_KEY,
        "allowed_hosts": [],
        "base_url": "http://localhost:8000",
        "csrf_trusted_origins": [],
        "secure_proxy": False,
        "data_dir": PROJECT / "var",
        "database": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": PROJECT / "var/concordat.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": SQLITE_OPTIONS,
        },
        "redis_url": "",
        "email": {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": PROJECT / "var/mail",
        },
        "email_from": "Concordat <concordat@localhost>",
        "reminder_channel": "smtp",
        "notify_api_key": "",
        "notify_template_id": "",
        "notify_callback_token": "",
        "notify_url": "https://api.notifications.service.gov.uk",
        "bind": "127.0.0.1",
        "port": 8000,
        "web_workers": 2,
        "web_threads": 2,
    }


@pytest.mark.parametrize(
    ("variables", "demonstration"),
    [
        ({"DATABASE_URL": "postgresql://concordat@localhost/tracker"}, True),
        ({"SECRET_KEY": "x" * 50}, False),
        ({"ALLOWED_HOSTS": "tracker.example.gov.uk"}, False),
        ({"SECRET_KEY": "x" * 50, "DEMONSTRATION": "1"}, True),
        ({"DEMONSTRATION": "0"}, False),
    ],
)
def test_demonstration_until_somebody_sets_up_an_installation(variables, demonstration):
    assert read_environment(variables, PROJECT).demonstration is demonstration


def test_environment_of_a_council():
    variables = {
        "DEMONSTRATION": "off",
        "DEBUG": "0",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "tracker.example.gov.uk, tracker.internal",
        "BASE_URL": "https://tracker.example.gov.uk/",
        "CSRF_TRUSTED_ORIGINS": "https://tracker.example.gov.uk",
        "SECURE_PROXY": "yes",
        "DATA_DIR": "/var/lib/concordat",
        "DATABASE_URL": "postgresql://concordat:p%40ss@db.internal/tracker?sslmode=require",
        "REDIS_URL": "redis://cache.internal:6379/0",
        "EMAIL_URL": "smtp+tls://post:s%3Acret@mail.internal",
        "EMAIL_FROM": "Tracker <tracker@example.gov.uk>",
        "REMINDER_CHANNEL": "notify",
        "NOTIFY_API_KEY": NOTIFY_KEY,
        "NOTIFY_TEMPLATE_ID": NOTIFY_TEMPLATE,
        "NOTIFY_CALLBACK_TOKEN": "y" * 20,
        "NOTIFY_URL": "http://127.0.0.1:6011",
        "BIND": EVERY_ADDRESS,
        "PORT": "9000",
        "WEB_WORKERS": "4",
        "WEB_THREADS": " 8 ",
    }
    assert asdict(read_environment(variables, PROJECT)) == {
        "demonstration": False,
        "debug": False,
        "secret_key": "x" * 50,
        "allowed_hosts": ["tracker.example.gov.uk", "tracker.internal"],
        "base_url": "https://tracker.example.gov.uk",
        "csrf_trusted_origins": ["https://tracker.example.gov.uk"],
        "secure_proxy": True,
        "data_dir": Path("/var/lib/concordat"),
        "database": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "tracker",
            "USER": "concordat",
            "PASSWORD": "p@ss",
            "HOST": "db.internal",
            "PORT": 5432,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"sslmode": "require"},
        },
        "redis_url": "redis://cache.internal:6379/0",
        "email": {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "mail.internal",
            "EMAIL_PORT": 587,
            "EMAIL_HOST_USER": "post",
            "EMAIL_HOST_PASSWORD": "s:cret",
            "EMAIL_USE_TLS": True,
            "EMAIL_USE_SSL": False,
            "EMAIL_TIMEOUT": 20,
        },
        "email_from": "Tracker <tracker@example.gov.uk>",
        "reminder_channel": "notify",
        "notify_api_key": NOTIFY_KEY,
        "notify_template_id": NOTIFY_TEMPLATE,
        "notify_callback_token": "y" * 20,
        "notify_url": "http://127.0.0.1:6011",
        "bind": EVERY_ADDRESS,
        "port": 9000,
        "web_workers": 4,
        "web_threads": 8,
    }


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite:///data/a.sqlite3", PROJECT / "data/a.sqlite3"),
        ("sqlite:////data/a%20b.sqlite3", Path("/data/a b.sqlite3")),
    ],
)
def test_sqlite_address_is_relative_to_the_project_or_whole(text, path):
    assert read_environment({"DATABASE_URL": text}, PROJECT).database["NAME"] == path


@pytest.mark.parametrize(("text", "meant"), [("1", True), ("TRUE", True), ("no", False), ("", False)])
def test_flag_in_words(text, meant):
    assert read_environment({"DEBUG": text}, PROJECT).debug is meant


@pytest.mark.parametrize(
    ("name", "value", "requirement"),
    [
        ("DEMONSTRATION", "maybe", "must be 1 or 0"),
        ("DEBUG", "2", "must be 1 or 0"),
        ("SECURE_PROXY", "nginx", "must be 1 or 0"),
        ("SECRET_KEY", "x" * 49, "must be at least 50 characters, chosen at random"),
        ("ALLOWED_HOSTS", "https://tracker.example.gov.uk", HOSTS_MESSAGE),
        ("ALLOWED_HOSTS", "a.example b.example", HOSTS_MESSAGE),
        ("BASE_URL", "tracker.example.gov.uk", ORIGIN_MESSAGE),
        ("BASE_URL", "https://tracker.example.gov.uk/app", ORIGIN_MESSAGE),
        ("BASE_URL", "https://tracker.example.gov.uk:port", ORIGIN_MESSAGE),
        ("CSRF_TRUSTED_ORIGINS", "https://a.example,b.example", ORIGIN_MESSAGE),
        ("DATA_DIR", "var", "must be the full path of a folder, starting with /"),
        ("DATABASE_URL", "mysql://root@localhost/concordat", DATABASE_MESSAGE),
        ("DATABASE_URL", "sqlite:///", DATABASE_MESSAGE),
        ("DATABASE_URL", "postgresql://localhost", DATABASE_MESSAGE),
        ("DATABASE_URL", "postgresql://localhost:x/concordat", DATABASE_MESSAGE),
        ("REDIS_URL", "localhost:6379", REDIS_MESSAGE),
        ("EMAIL_URL", "mail.example.gov.uk", MAIL_MESSAGE),
        ("EMAIL_URL", "imap://mail.example.gov.uk", MAIL_MESSAGE),
        ("EMAIL_FROM", "tracker", "must be a mail address, for example Concordat <tracker@example.gov.uk>"),
        ("REMINDER_CHANNEL", "pigeon", "must be smtp, or notify for GOV.UK Notify"),
        (
            "NOTIFY_API_KEY",
            NOTIFY_TEMPLATE,
            "must be an API key of GOV.UK Notify, whole as it was shown when it was made",
        ),
        ("NOTIFY_TEMPLATE_ID", "digest", "must be the number of a template, as GOV.UK Notify shows it"),
        ("NOTIFY_CALLBACK_TOKEN", "y" * 19, "must be at least 20 characters, chosen at random"),
        ("BIND", "localhost", "must be the number of a network address, for example 0.0.0.0"),
        ("PORT", "0", "must be a whole number from 1 to 65535"),
        ("PORT", "eight", "must be a whole number from 1 to 65535"),
        ("PORT", "²", "must be a whole number from 1 to 65535"),
        ("WEB_WORKERS", "65", "must be a whole number from 1 to 64"),
        ("WEB_THREADS", "-1", "must be a whole number from 1 to 64"),
    ],
)
def test_bad_variable_is_named_and_its_value_kept_back(name, value, requirement):
    with pytest.raises(BadVariable) as caught:
        read_environment({name: value}, PROJECT)
    assert (caught.value.name, str(caught.value)) == (name, f"The environment variable {name} {requirement}")
