"""A PostgreSQL and a Redis of the proof's own, which it may stop and empty as it likes."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import time
from pathlib import Path

import psycopg
import redis
from psycopg import sql

from tests.installation import free_port, wait_until

# As fast as a test database may be: what is lost when the machine itself dies is not what is proved here.
OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off", "max_connections=200")
STOP_SECONDS = 30


class Postgres:
    """A database server in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.password = folder, free_port(), secrets.token_hex(12)
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
        folder.mkdir()
        secret = folder / "secret"
        secret.write_text(self.password)
        for path in (folder, secret):
            _give_to_postgres(path)
        given = ("--username", "concordat", "--pwfile", str(secret), "--auth", "scram-sha-256", "--no-sync")
        self._run("initdb", "--pgdata", str(self.data), *given, "--encoding", "UTF8", "--locale", "C.UTF-8")

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://concordat:{self.password}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = [f"-p {self.port}", "-c listen_addresses=127.0.0.1"]
        options += [f"-c unix_socket_directories={self.folder}", *(f"-c {option}" for option in OPTIONS)]
        log = str(self.folder / "log")
        given = ("--wait", "--silent", "--log", log, "--options", " ".join(options))
        self._run("pg_ctl", "--pgdata", str(self.data), *given, "start")

    def stop(self) -> None:
        """Stop it at once, whatever it was doing."""
        self._run("pg_ctl", "--pgdata", str(self.data), "--mode", "immediate", "--silent", "stop")

    def make(self, name: str, like: str = "template1") -> str:
        """Make a database as a copy of another and return its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            words = "CREATE DATABASE {} TEMPLATE {}"
            server.execute(sql.SQL(words).format(sql.Identifier(name), sql.Identifier(like)))
        return self.url(name)

    def version(self) -> str:
        """Which PostgreSQL it is."""
        with psycopg.connect(self.url("postgres")) as server:
            return str(server.execute("SHOW server_version").fetchall()[0][0]).split()[0]

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class Redis:
    """A broker that keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen([*command, "--appendonly", "no"], stdout=subprocess.DEVNULL)
        wait_until(self._answers, STOP_SECONDS, "Redis answers")

    def stop(self) -> None:
        """Kill it with all it held."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def empty(self) -> None:
        """Forget everything."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def version(self) -> str:
        """Which Redis it is."""
        with redis.Redis.from_url(self.url) as client:
            return str(client.info("server")["redis_version"])

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client, contextlib.suppress(redis.ConnectionError):
            return bool(client.ping())
        return False


def _give_to_postgres(path: Path) -> None:
    # PostgreSQL refuses to run as root.
    if os.geteuid() == 0:
        path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.chown(path, "postgres")


def away(server: Postgres, seconds: float) -> None:
    """Take a database server away for so long."""
    server.stop()
    time.sleep(seconds)
    server.start()
