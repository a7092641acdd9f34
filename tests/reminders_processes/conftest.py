"""A real worker and a real beat on Tuesday 24 November 2026, a few seconds before 7am."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.installation import PATIENCE, Installation, wait_until

THE_DAY_BEFORE = datetime(2026, 11, 23, 12, tzinfo=UTC)
JUST_BEFORE_SEVEN = datetime(2026, 11, 24, 6, 59, 56, tzinfo=UTC)
STORY = "from tests.reminders_processes.story import *; "


class Reminding:
    """The installation with its clock, its worker and beat, and the mails that have landed."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.running: list[subprocess.Popen[bytes]] = []
        installation.in_production().environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.reminders_processes.settings",
            "EMAIL_URL": "file:",
        }
        self.set_clock(THE_DAY_BEFORE)

    def set_clock(self, moment: datetime) -> None:
        """Let every process started from now on run at `moment`."""
        self.installation.environment["CLOCK_AHEAD_SECONDS"] = str(moment.timestamp() - time.time())

    def tell(self, call: str) -> str:
        """Run a function of story.py to its end, for example `make(3)`, and return what it prints."""
        result = self.installation.manage("shell", "--verbosity", "0", "--command", STORY + call)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def start(self, call: str) -> subprocess.Popen[bytes]:
        """Start a function of story.py."""
        arguments = ("shell", "--verbosity", "0", "--command", STORY + call)
        return self._keep(self.installation.start("manage.py", *arguments))

    def start_worker(self, name: str = "one", mails_at_once: int = 1) -> subprocess.Popen[bytes]:
        """Start a worker as the launcher does; on the embedded broker it has one mail at once in any case."""
        has_redis = bool(self.installation.environment["REDIS_URL"])
        pool = ["--pool", "prefork", "--concurrency", str(mails_at_once)] if has_redis else ["--pool", "solo"]
        plain = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        return self._celery("worker", "--hostname", f"{name}@%h", *plain, *pool)

    def start_beat(self, name: str = "one") -> subprocess.Popen[bytes]:
        """Start beat, as the launcher does, with the product's own timetable."""
        return self._celery("beat", "--pidfile", "", "--schedule", str(self._schedule(name)))

    def make(self, people: int, beats: Sequence[str] = ("one",)) -> None:
        """Make the people; meanwhile let each beat run the day before, so that it knows when it ran last."""
        for name in beats:
            self.start_beat(name)
        self.tell(f"make({people})")
        for name in beats:
            self._wait(partial(self._has_schedule, name), f"beat {name} has a schedule")
        self.kill_all()
        self.set_clock(JUST_BEFORE_SEVEN)

    def _schedule(self, name: str) -> Path:
        return self.installation.folder / f"schedule-{name}"

    def _has_schedule(self, name: str) -> bool:
        # The file's ending depends on the database that Python has for such files.
        return any(path.stat().st_size for path in self.installation.folder.glob(f"schedule-{name}*"))

    def _wait(self, condition: Callable[[], object], what: str) -> None:
        try:
            wait_until(condition, what)
        except AssertionError as error:
            error.add_note(f"{self.states()}\n{self.installation.output()}")
            raise

    def _celery(self, *arguments: str) -> subprocess.Popen[bytes]:
        celery = ["-W", "ignore", "-m", "celery", "--quiet", "--app", "config"]
        return self._keep(self.installation.start(*celery, *arguments, "--loglevel", "INFO"))

    def _keep(self, process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        self.running.append(process)
        return process

    def kill_all(self) -> None:
        """End everything by SIGKILL, with all it started."""
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()

    def kill_at_next_mail(self, place: str) -> str:
        """Start worker and beat, kill both `before` or `after` a mail is written, and return whose it is."""
        (self.installation.folder / f"stop-{place}").touch()
        self.start_worker()
        self.start_beat()
        stopped = self.installation.folder / "stopped"
        self._wait(stopped.exists, "a worker stands still")
        self.kill_all()
        email = stopped.read_text()
        stopped.unlink()
        return email

    def mails(self) -> list[Message]:
        """Every mail that has landed."""
        paths = sorted((self.installation.folder / "mail").glob("*"))
        texts = [
            text for path in paths for text in path.read_bytes().split(b"-" * 79 + b"\n") if text.strip()
        ]
        return [message_from_bytes(text) for text in texts]

    def headers(self, name: str) -> list[str]:
        """One header of every mail, in order of its text."""
        return sorted(str(message[name]) for message in self.mails())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query of the installation's own database gives."""
        url = self.installation.environment["DATABASE_URL"]
        if url:
            with psycopg.connect(url) as server:
                return server.execute(query.encode()).fetchall()
        path = self.installation.folder / "concordat.sqlite3"
        connection = sqlite3.connect(path, timeout=PATIENCE)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def states(self) -> list[tuple[str, int]]:
        """State and tries of each digest, by person."""
        return self.rows("SELECT state, attempts FROM programme_digest ORDER BY recipient_id")

    def wait_until_sent(self, count: int) -> None:
        """Wait until there are `count` digests and each is sent."""
        self._wait(
            lambda: [state for state, _ in self.states()] == ["sent"] * count, f"{count} mails are sent"
        )

    def page(self, email: str) -> str:
        """The text of the mails on a person's page of reminders."""
        html = self.tell(f"page({email!r})")
        body = re.search(r"<tbody.*?</tbody>", html, re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", body[0] if body else "").replace("\u00a0", " ")
        return re.sub(r" ([.,])", r"\1", re.sub(r"\s+", " ", text)).strip()


@pytest.fixture
def reminding(migrated_installation: Installation) -> Iterator[Reminding]:
    """An installation about to remind."""
    made = Reminding(migrated_installation)
    yield made
    made.kill_all()
