"""Reads the environment variables that configure Concordat, once and strictly."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from core.enums import MailChannel

DEVELOPMENT_SECRET_KEY = "for-development-and-demonstration-only-set-SECRET_KEY-in-production"  # noqa: S105
MINIMUM_SECRET_LENGTH = 50
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
NOTIFY_URL = "https://api.notifications.service.gov.uk"
SHORTEST_TOKEN = 20
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}

T = TypeVar("T")


class BadVariable(ImproperlyConfigured):
    """An environment variable holds something that Concordat cannot use."""

    def __init__(self, name: str, requirement: str) -> None:
        # The value is left out on purpose: it may be a password, and this message goes to logs.
        super().__init__(f"The environment variable {name} {requirement}")
        self.name = name


@dataclass(frozen=True)
class Environment:
    """Everything that the surroundings of an installation decide."""

    demonstration: bool
    debug: bool
    secret_key: str
    allowed_hosts: list[str]
    base_url: str
    csrf_trusted_origins: list[str]
    secure_proxy: bool
    data_dir: Path
    database: dict[str, Any]
    redis_url: str
    email: dict[str, Any]
    email_from: str
    reminder_channel: str
    notify_api_key: str
    notify_template_id: str
    notify_callback_token: str
    notify_url: str
    bind: str
    port: int
    web_workers: int
    web_threads: int


def read_environment(variables: Mapping[str, str], project_dir: Path) -> Environment:
    """Return the configuration in `variables`; raises BadVariable naming the first that cannot be used."""

    def read(name: str, parse: Callable[[str], T], default: T) -> T:
        text = variables.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            raise BadVariable(name, str(error)) from error

    data_dir = read("DATA_DIR", _absolute_path, project_dir / "var")
    port = read("PORT", _whole_number(1, 65535), 8000)
    return Environment(
        demonstration=read("DEMONSTRATION", _flag, default=not _is_configured(variables)),
        debug=read("DEBUG", _flag, default=False),
        secret_key=read("SECRET_KEY", _secret, DEVELOPMENT_SECRET_KEY),
        allowed_hosts=read("ALLOWED_HOSTS", _hosts, []),
        base_url=read("BASE_URL", _origin, f"http://localhost:{port}"),
        csrf_trusted_origins=read("CSRF_TRUSTED_ORIGINS", _origins, []),
        secure_proxy=read("SECURE_PROXY", _flag, default=False),
        data_dir=data_dir,
        database=read("DATABASE_URL", _database(project_dir), _sqlite(data_dir / "concordat.sqlite3")),
        redis_url=read("REDIS_URL", _redis, ""),
        email=read("EMAIL_URL", _mail(data_dir), _file_mail(data_dir)),
        email_from=read("EMAIL_FROM", _mail_address, "Concordat <concordat@localhost>"),
        reminder_channel=read("REMINDER_CHANNEL", _reminder_channel, MailChannel.SMTP.value),
        notify_api_key=read("NOTIFY_API_KEY", _notify_key, ""),
        notify_template_id=read("NOTIFY_TEMPLATE_ID", _notify_template, ""),
        notify_callback_token=read("NOTIFY_CALLBACK_TOKEN", _callback_token, ""),
        notify_url=read("NOTIFY_URL", _origin, NOTIFY_URL),
        bind=read("BIND", _address, "127.0.0.1"),
        port=port,
        web_workers=read("WEB_WORKERS", _whole_number(1, 64), 2),
        web_threads=read("WEB_THREADS", _whole_number(1, 64), 2),
    )


def _is_configured(variables: Mapping[str, str]) -> bool:
    """Whether somebody has set up an installation: nothing set means a demonstration on this machine."""
    return any(variables.get(name, "").strip() for name in ("SECRET_KEY", "ALLOWED_HOSTS"))


def _flag(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ValueError("must be 1 or 0")


def _whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and lowest <= int(text) <= highest):
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(text)

    return parse


def _secret(text: str) -> str:
    if len(text) < MINIMUM_SECRET_LENGTH:
        raise ValueError(f"must be at least {MINIMUM_SECRET_LENGTH} characters, chosen at random")
    return text


def _absolute_path(text: str) -> Path:
    if not Path(text).is_absolute():
        raise ValueError("must be the full path of a folder, starting with /")
    return Path(text)


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError as error:
        raise ValueError("must be the number of a network address, for example 0.0.0.0") from error


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _hosts(text: str) -> list[str]:
    hosts = _words(text)
    if any(sign in host for host in hosts for sign in "/ @?"):
        raise ValueError("must be host names separated by commas, for example tracker.example.gov.uk")
    return hosts


def _origin(text: str) -> str:
    url = _split(text)
    if url is None or url.scheme not in {"http", "https"} or url.path not in {"", "/"} or url.query:
        raise ValueError("must be an address such as https://tracker.example.gov.uk")
    return f"{url.scheme}://{url.netloc}"


def _origins(text: str) -> list[str]:
    return [_origin(word) for word in _words(text)]


def _redis(text: str) -> str:
    url = _split(text)
    if url is None or url.scheme not in {"redis", "rediss"}:
        raise ValueError("must be redis://host:port/number, or rediss:// for an encrypted connection")
    return text


def _reminder_channel(text: str) -> str:
    if text not in MailChannel.values:
        raise ValueError("must be smtp, or notify for GOV.UK Notify")
    return text


def _notify_key(text: str) -> str:
    # Its name, the number of the service and the secret, each of the last two as long as any such number.
    if not re.fullmatch(rf".*{UUID}-{UUID}", text):
        raise ValueError("must be an API key of GOV.UK Notify, whole as it was shown when it was made")
    return text


def _notify_template(text: str) -> str:
    if not re.fullmatch(UUID, text):
        raise ValueError("must be the number of a template, as GOV.UK Notify shows it")
    return text


def _callback_token(text: str) -> str:
    if len(text) < SHORTEST_TOKEN:
        raise ValueError(f"must be at least {SHORTEST_TOKEN} characters, chosen at random")
    return text


def _mail_address(text: str) -> str:
    if "@" not in text:
        raise ValueError("must be a mail address, for example Concordat <tracker@example.gov.uk>")
    return text


def _split(text: str) -> SplitResult | None:
    """Return the parts of an address that names a host and has a usable port, else nothing."""
    try:
        url = urlsplit(text)
        has_usable_port = url.port is None or url.port > 0
    except ValueError:
        return None
    return url if url.hostname and has_usable_port else None


def _database(project_dir: Path) -> Callable[[str], dict[str, Any]]:
    requirement = "must be sqlite:///path/to/file or postgresql://user:password@host:port/name"

    def parse(text: str) -> dict[str, Any]:
        if text.startswith("sqlite:///") and len(text) > len("sqlite:///"):
            return _sqlite(project_dir / unquote(text.removeprefix("sqlite:///")))
        url = _split(text)
        if url is None or url.scheme not in {"postgresql", "postgres"} or not url.path.strip("/"):
            raise ValueError(requirement)
        return _postgresql(url)

    return parse


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            # Without it a transaction that reads, then writes, fails at once when another wrote in between.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(url: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname,
        "PORT": url.port or 5432,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(url.query)),
    }


def _file_mail(data_dir: Path) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": data_dir / "mail",
    }


def _mail(data_dir: Path) -> Callable[[str], dict[str, Any]]:
    requirement = (
        "must be smtp://user:password@host:port, smtp+tls:// for STARTTLS, smtps:// for TLS, "
        "console: to print mails, or file: to write them under DATA_DIR/mail"
    )

    def parse(text: str) -> dict[str, Any]:
        if text == "file:":
            return _file_mail(data_dir)
        if text == "console:":
            return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
        url = _split(text)
        if url is None or url.scheme not in MAIL_PORTS:
            raise ValueError(requirement)
        return _smtp(url)

    return parse


def _smtp(url: SplitResult) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or MAIL_PORTS[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        # A worker must not hang for ever on a mail server that accepts and says nothing.
        "EMAIL_TIMEOUT": 20,
    }
