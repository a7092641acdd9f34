"""A whole installation of its own, with real processes, for tests of what only processes can show."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

PROJECT = Path(__file__).resolve().parent.parent
# As many seconds as a busy machine may take for anything; no test passes or fails by being quick.
PATIENCE = 240
SECRET_KEY = "a-key-of-an-installation-that-lives-for-one-test-only-0123456789"
OURS = (
    "DEMONSTRATION",
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "BASE_URL",
    "BIND",
    "EMAIL_URL",
    "SECURE_PROXY",
)


class Installation:
    """A data folder, a database, a broker and a free port; nothing is shared with the suite that runs it."""

    def __init__(self, folder: Path, database_url: str, redis_url: str) -> None:
        self.folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.port = free_port()
        self.environment = {name: value for name, value in os.environ.items() if name not in OURS} | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    def in_production(self) -> "Installation":
        """Configure it as a council would, and return it."""
        self.environment |= {
            "SECRET_KEY": SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "BASE_URL": "https://tracker.example.gov.uk",
            "EMAIL_URL": "console:",
        }
        return self

    def in_demonstration(self) -> "Installation":
        """Configure it as `make run` does, and return it."""
        self.environment["DEMONSTRATION"] = "1"
        return self

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end and return what came of it."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start `python COMMAND…` in a session of its own; its output goes to the file `output`."""
        with self.output_path.open("ab") as output:
            started = subprocess.Popen(
                [sys.executable, *command],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(started)
        return started

    @property
    def output_path(self) -> Path:
        """Where the output of started programs goes."""
        return self.folder / "output"

    def output(self) -> str:
        """Return what the started programs have printed so far."""
        return self.output_path.read_text()

    def processes(self) -> dict[int, str]:
        """Return every living process of this installation: its id and command line."""
        return {
            int(folder.name): command
            for folder in Path("/proc").glob("[0-9]*")
            if (command := self._command_line(folder))
        }

    def kill_all(self) -> None:
        """End whatever still runs, at once."""
        for process_id in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)
        for process in self._started:
            process.wait(PATIENCE)

    def _command_line(self, folder: Path) -> str:
        mark = f"DATA_DIR={self.folder}".encode()
        try:
            if mark not in (folder / "environ").read_bytes().split(b"\0"):
                return ""
            return (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            return ""


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Return when `condition` holds; fail, saying `what` was waited for, when it does not in time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"After {PATIENCE} seconds still not so: {what}")
        time.sleep(0.1)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def own_database(url: str, template: str = "template1") -> Iterator[str]:
    """Give the address of a new copy of a database on the server of `url`, or nothing when it names none."""
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"installation_{secrets.token_hex(6)}"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def own_broker(url: str, number: int) -> Iterator[str]:
    """Give the address of an empty Redis database with this number, or nothing when `url` names no Redis."""
    if not url:
        yield ""
        return
    own = urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
    with redis.Redis.from_url(own) as client:
        client.flushdb()
        try:
            yield own
        finally:
            client.flushdb()
