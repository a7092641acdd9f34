"""Two workers and two beats of one installation, as the launcher starts them, and the hand that kills."""

from __future__ import annotations

import contextlib
import os
import platform
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.installation import PROJECT, Installation, wait_until

UNFINISHED = ("waiting", "sending", "failed")
MEMBERS = ("worker one", "worker two", "beat one", "beat two")
# Past the time after which a claim is stale and the next sweep is due.
JUMP = timedelta(minutes=6)
MOST_JUMPS = 20
# How long nothing changes before time is made to pass: while digests are made, and while they are sent.
MAKING_SECONDS, STILL_SECONDS = 90, 25
LONGEST_START = 300
# How long before a moment the processes are started that are to live through it: twice what they took before.
FEWEST_SECONDS_EARLY, MOST_SECONDS_EARLY = 30, 240


class Crew:
    """The processes of one installation, its clock, and how often each was killed."""

    def __init__(self, folder: Path, database_url: str, redis_url: str, carrier: dict[str, str]) -> None:
        folder.mkdir()
        self.installation = Installation(folder, database_url, redis_url)
        self.installation.in_production().environment |= {
            "DJANGO_SETTINGS_MODULE": "benchmarks.reliability.settings",
            **carrier,
        }
        self.database_url = database_url
        self.killed: Counter[str] = Counter()
        self.jumps = 0
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._ahead = 0.0
        self._said_before = 0
        self._starts_in = FEWEST_SECONDS_EARLY / 2
        self._begins_at = self.now()

    def tell(self, call: str) -> None:
        """Run a line of Python that knows the names of world.py, to its end."""
        words = f"from benchmarks.reliability.world import *; {call}"
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", words],
            cwd=PROJECT,
            env=self.installation.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(done.stderr)

    def now(self) -> datetime:
        """What its clock says."""
        return datetime.fromtimestamp(time.time() + self._ahead, UTC)

    def set_clock(self, moment: datetime) -> None:
        """Let every process started from now on run at `moment`; none may be running."""
        if self._running:
            raise ValueError("Two clocks would run in one installation")
        self._ahead = moment.timestamp() - time.time()
        self.installation.environment["CLOCK_AHEAD_SECONDS"] = str(self._ahead)

    @property
    def ahead(self) -> float:
        """How many seconds its clock is ahead of the machine's."""
        return self._ahead

    def start(self) -> None:
        """Start all four."""
        self._said_before = self._said()
        for member in MEMBERS:
            self._start(member)

    def start_before(self, moment: datetime) -> None:
        """Start all four, ready before their clock comes to the moment, however slow the machine is."""
        self._begins_at = moment
        while True:
            early = max(FEWEST_SECONDS_EARLY, min(MOST_SECONDS_EARLY, 2 * self._starts_in))
            self.set_clock(moment - timedelta(seconds=early))
            began = time.monotonic()
            self.start()
            self.wait_until_ready()
            self._starts_in = time.monotonic() - began
            if self.now() < moment or early == MOST_SECONDS_EARLY:
                return
            self.stop()
            self._forget_the_time()

    def _forget_the_time(self) -> None:
        """Nobody has come to the moment yet: not the beats' notes, not what they sent."""
        for path in self.installation.folder.glob("schedule-*"):
            path.unlink()
        with redis.Redis.from_url(self.installation.environment["REDIS_URL"]) as client:
            client.flushall()

    def wait_until_ready(self) -> None:
        """Wait until all four have said that they are."""
        wait_until(
            lambda: self._said() - self._said_before >= len(MEMBERS), LONGEST_START, "all processes are ready"
        )

    def _said(self) -> int:
        """How many processes have said so far that they are ready."""
        path = self.installation.output_path
        said = path.read_bytes() if path.exists() else b""
        return said.count(b"@" + platform.node().encode() + b" ready.") + said.count(b"beat: Starting...")

    def _start(self, member: str) -> None:
        kind, _, name = member.partition(" ")
        celery = ["-W", "ignore", "-m", "celery", "--quiet", "--app", "config", kind, "--loglevel", "INFO"]
        if kind == "worker":
            celery += ["--hostname", f"{name}@%h", "--pool", "prefork", "--concurrency", "2"]
            celery += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        else:
            celery += ["--pidfile", "", "--schedule", str(self.installation.folder / f"schedule-{name}")]
        self._running[member] = self.installation.start(*celery)

    def kill(self, member: str) -> None:
        """SIGKILL one of them with all it started."""
        process = self._running.pop(member)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all of them the same way."""
        for member in list(self._running):
            self.kill(member)

    def kill_at_random(self, kills: int, chance: random.Random, longest_pause: float) -> None:
        """Kill so many, one after another, each started again at once."""
        for _ in range(kills):
            time.sleep(chance.uniform(0, longest_pause))
            member = chance.choice(MEMBERS)
            self.kill(member)
            self.killed[member.partition(" ")[0]] += 1
            self._start(member)

    def settle(
        self, digests: int, moved: Callable[[], None] = lambda: None, making: float = MAKING_SECONDS
    ) -> None:
        """Let them work in peace until so many digests are done; where time has to pass, make it pass."""
        for _ in range(MOST_JUMPS):
            if self.works_until_still(digests, making):
                return
            self.stop()
            self.set_clock(self.now() + JUMP)
            self.jumps += 1
            moved()
            self.start()
            self.wait_until_ready()
        raise SystemExit(f"Not done after {MOST_JUMPS} jumps: {self.states()}\n{self._last_words()}")

    def works_until_still(self, digests: int, making: float = MAKING_SECONDS) -> bool:
        """Whether all is done; returns as soon as it is, or when nothing has changed for a while."""
        time.sleep(max(0.0, (self._begins_at - self.now()).total_seconds()))
        before, since = self.states(), time.monotonic()
        while time.monotonic() - since < (STILL_SECONDS if before.total() >= digests else making):
            states = self.states()
            if states.total() >= digests and not any(states[state] for state in UNFINISHED):
                return True
            if states != before:
                before, since = states, time.monotonic()
            time.sleep(0.5)
        return False

    def states(self) -> Counter[str]:
        """How many digests are in each state."""
        rows = self.rows("SELECT state, count(*) FROM programme_digest GROUP BY state")
        return Counter(dict(rows))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query of the installation's database gives."""
        with psycopg.connect(self.database_url) as server:
            return server.execute(query.encode()).fetchall()

    def _last_words(self) -> str:
        return self.installation.output()[-3_000:]
