"""Start everything, harm it, and with `--write` write docs/reliability.md."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.reliability import parts, report
from benchmarks.reliability.parts import Outcome, Proof
from benchmarks.reliability.servers import Postgres, Redis

AUTUMN_NIGHT = datetime(2026, 10, 25, 1, tzinfo=UTC)
SPRING_NIGHT = datetime(2027, 3, 28, 1, tzinfo=UTC)


def main() -> int:
    """Run the parts that are asked for; 1 where one of them does not hold."""
    asked = _asked()
    # Whoever ends it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was done"))
    folder = Path(tempfile.mkdtemp(prefix="concordat-reliability-"))
    folder.chmod(0o755)
    os.environ.pop("DATABASE_URL", None)
    postgres, redis = Postgres(folder / "postgres"), Redis()
    postgres.start()
    redis.start()
    began, text = time.monotonic(), ""
    outcomes: list[Outcome] = []
    try:
        proof = Proof(folder, postgres, redis, asked.seed, asked.people)
        proof.prepare()
        machine = {
            "Python": platform.python_version(),
            "PostgreSQL": postgres.version(),
            "Redis": redis.version(),
            "cores": str(os.cpu_count()),
        }
        for outcome in _run(proof, asked):
            outcomes.append(outcome)
            text = report.page(outcomes, asked, machine, time.monotonic() - began)
            if asked.write:
                report.PATH.write_text(text)
    finally:
        redis.stop()
        postgres.stop()
        shutil.rmtree(folder)
    print(text)
    return 0 if all(outcome.verdict.holds for outcome in outcomes) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("--seed", type=int, default=20261122, help="of all chance")
    parser.add_argument("--people", type=int, default=1_500, help="in the parts with faults")
    parser.add_argument("--kills", type=int, default=200, help="of workers and beats")
    parser.add_argument("--notify-kills", type=int, default=60, help="where GOV.UK Notify carries the mail")
    parser.add_argument("--away", type=float, default=60, help="seconds without a database")
    parser.add_argument("--volume", type=int, default=10_000, help="people with ten items each")
    parser.add_argument("--only", nargs="*", default=[], help="names of parts, all without")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    return parser.parse_args()


def _run(proof: Proof, asked: argparse.Namespace) -> Iterator[Outcome]:
    ways: dict[str, Callable[[], Outcome]] = {
        "kills": lambda: parts.killed(proof, asked.kills),
        "notify": lambda: parts.killed_with_notify(proof, asked.notify_kills),
        "redis": lambda: parts.redis_emptied(proof),
        "database": lambda: parts.database_away(proof, asked.away),
        "mail": lambda: parts.mail_server_ill(proof),
        "autumn": lambda: parts.clocks_change(proof, parts.AUTUMN, AUTUMN_NIGHT),
        "spring": lambda: parts.clocks_change(proof, parts.SPRING, SPRING_NIGHT),
        "volume": lambda: parts.volume(proof, asked.volume, 10),
    }
    for number, (name, way) in enumerate(ways.items()):
        # Each part has chance of its own, the same whether or not the others run.
        proof.made = number * 100
        if not asked.only or name in asked.only:
            print(f"{datetime.now(UTC):%H:%M:%S} {name}", file=sys.stderr)
            outcome = way()
            print(f"{datetime.now(UTC):%H:%M:%S} {outcome}", file=sys.stderr)
            yield outcome


if __name__ == "__main__":
    sys.exit(main())
