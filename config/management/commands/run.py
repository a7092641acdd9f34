"""Runs the whole product: web server, worker and timetable, started and stopped together."""

import errno
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections, transaction

from accounts.models import User
from config.processes import Child, Company
from config.static import collect_when_changed
from governance.demonstration.people import PASSWORD, demonstration_sign_ins
from governance.tasks import publish_demonstration

HIGHEST_WAIT = 60
# Celery warns root of tasks that are pickled objects; ours are JSON.
ROOT_IS_FINE = "ignore:You're running the worker with superuser"


class Command(BaseCommand):
    """Prepares the database and static files, then runs until Ctrl-C."""

    help = "Run the web server, the worker and the timetable together until Ctrl-C"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take none: everything is set by environment variables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, run, and end with code 1 when a program could not be kept running."""
        environment = settings.ENVIRONMENT
        refuse_busy_port(environment.bind, environment.port)
        try:
            self.prepare()
        except KeyboardInterrupt:
            raise CommandError("Stopped before the start was complete. Run it again.") from None
        company = Company(children(), self.say)
        code = company.run(when_started=lambda: self.welcome(company))
        self.say("Concordat has stopped.")
        if code:
            sys.exit(code)

    def say(self, text: str) -> None:
        """Print a line now, also where the output goes to a file."""
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self) -> None:
        """Bring the database and the static files up to date, and load the demonstration once."""
        self.say("Preparing the database and the static files.")
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        collect_when_changed()
        if settings.DEMONSTRATION:
            self.load_demonstration()
        connections.close_all()

    def load_demonstration(self) -> None:
        """Load the demonstration into a database that has none; refuse one that real people use.

        Its benefits report is left to the worker: making the files would double the wait for the first page.
        """
        if User.objects.filter(is_demonstration=True).exists():
            publish_demonstration.delay()  # it goes on where the last run was stopped
            return
        if User.objects.filter(is_active=True).exists():
            raise CommandError(
                "This database holds real people's accounts, so the demonstration is not loaded into it. "
                "Set DEMONSTRATION=0, or choose another database with DATABASE_URL or DATA_DIR."
            )
        self.say("Loading the demonstration: real published cases and one made-up programme.")
        with transaction.atomic():
            call_command("load_demonstration", no_edition=True, verbosity=0)
        publish_demonstration.delay()

    def welcome(self, company: Company) -> None:
        """Wait for the first page, then say where it is and who can sign in."""
        environment = settings.ENVIRONMENT
        deadline = time.monotonic() + HIGHEST_WAIT
        while not answers(environment.bind, environment.port):
            if company.is_stopping() or time.monotonic() > deadline:
                return
            time.sleep(0.1)
        self.say(f"\nConcordat is at {environment.base_url}")
        if settings.DEMONSTRATION:
            self.say(f"\nSign in as any of these people, with the password {PASSWORD}\n")
            for role, name, email, _password in demonstration_sign_ins():
                self.say(f"  {role:<24} {email:<36} {name}")
        self.say("\nPress Ctrl-C to stop.")


def children() -> list[Child]:
    """Return the three programs that make the product."""
    environment = settings.ENVIRONMENT
    celery = [sys.executable, "-W", ROOT_IS_FINE, "-m", "celery", "--quiet", "--app", "config"]
    web = [sys.executable, "-m", "gunicorn", "config.wsgi:application"]
    web += ["--bind", f"{environment.bind}:{environment.port}", "--preload", "--no-control-socket"]
    web += ["--workers", str(environment.web_workers), "--threads", str(environment.web_threads)]
    web += ["--graceful-timeout", "3", "--log-level", "warning"]
    worker = [*celery, "worker", "--loglevel", "WARNING", "--hostname", "concordat@%h"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    # Time limits need a process of their own for each task; the embedded broker trades them for memory.
    worker += ["--pool", "prefork", "--concurrency", "2"] if settings.REDIS_URL else ["--pool", "solo"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""]
    # A worker told gently would first finish its task, for minutes, after all else is gone.
    return [Child("web server", web), Child("worker", worker, signal.SIGKILL), Child("timetable", beat)]


def refuse_busy_port(host: str, port: int) -> None:
    """Raise CommandError, saying what to do, when the port cannot be used."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"BIND and PORT cannot be used together: {error.strerror}.") from error
            message = (
                f"Port {port} is in use. Stop the program that uses it, or choose another: PORT={port + 1}"
            )
            raise CommandError(message) from error


def answers(host: str, port: int) -> bool:
    """Whether a page comes back from the web server."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = HTTPConnection(reachable, port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()
