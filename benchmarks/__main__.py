"""Starts the product with a large programme, measures it beside the floor, and prints the ratios.

The floor is a bare Django view: one template of a few lines, one query by a unique index. Pages of figures
have a second one beside it, which is fair to what they have to read: for one programme all its monthly
figures, summed by the database in one query, printed as one table in the signed-in frame; for all programmes
the names of as many as one page shows, in the frame. These two work nothing out and draw nothing.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

ROUNDS, FEWEST_ROUNDS = 12, 4
REQUESTS_A_ROUND = 5
# No new round begins after this many seconds: a busy machine measures less often, not for longer.
ENOUGH_SECONDS = 120
LONG_SECONDS = 1
CSV, BOARD, FORWARD_PLAN = "CSV of 10,000 rows", "decision board of 500 x 4", "forward plan of a year"
# An answer with fewer lines was not what is measured.
FEWEST_LINES = {CSV: 10_000, BOARD: 500 * 4, FORWARD_PLAN: 500}
READY = "ready."
READ, NAMES = "its figures, only read", "50 names, only read"
COUNTED, PORTFOLIO = "milestones of 60, only counted", "portfolio of 60 x 100 x 1,000"
ONE, ALL = "savings of one of many programmes", "savings of all programmes"
# What a page of figures is also compared with, and how many times as long it may take.
BESIDE = {ONE: (READ, 3), ALL: (NAMES, 5), PORTFOLIO: (COUNTED, 5)}


def main() -> None:
    """Measure in a folder of its own, which goes away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="concordat-bench-"))
    os.environ |= {
        "DATA_DIR": str(folder),
        "DEMONSTRATION": "1",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "PORT": os.environ.get("PORT", "8123"),
    }
    try:
        measure()
    finally:
        shutil.rmtree(folder)


def measure() -> None:
    """Make the data, start the server, and print what each page and the worker take."""
    import django

    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from benchmarks.appraisal import print_appraisal
    from benchmarks.case_lines import print_case_lines
    from benchmarks.dashboards import BESIDE as BESIDE_DASHBOARD
    from benchmarks.dashboards import cases_of_dashboard
    from benchmarks.data import make, session_of
    from benchmarks.first_chart import print_first_chart
    from benchmarks.milestones import BESIDE as BESIDE_MILESTONES
    from benchmarks.milestones import cases_of_milestones, make_milestones
    from benchmarks.portfolio import make_portfolio
    from benchmarks.publishing import print_files, print_report
    from benchmarks.scale import print_import, seed, size
    from config.static import collect_when_changed

    call_command("migrate", verbosity=0)
    collect_when_changed()
    made = make()
    milestones = make_milestones()
    their_key = session_of(milestones.manager)
    many = session_of(seed()) if size() else ""
    sixty = session_of(make_portfolio())
    connections.close_all()
    database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    environment = settings.ENVIRONMENT
    workers = f"{environment.web_workers} workers with {environment.web_threads} threads"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {database}, gunicorn, {workers}\n")
    print(f"{'':<34}{'median ms':>12}{'x floor':>10}")
    with web_server(environment.port) as connection:
        own = cases_of_milestones(milestones, their_key, connection, ask)
        of_many = cases_of_many(many, connection) if many else {}
        if many:
            of_many |= cases_of_dashboard(many, connection, ask)
        all_cases = cases(made, connection) | own | of_many | cases_of_portfolio(sixty, connection)
        print_pages(all_cases, BESIDE | BESIDE_MILESTONES | BESIDE_DASHBOARD)
        if many:
            print_first_chart(environment.port, many)
    print_worker()
    print_appraisal()
    print_case_lines()
    print_import()
    print_files()
    print_report()


def cases_of_many(session_key: str, connection: HTTPConnection) -> dict[str, Callable[[], int]]:
    """What to measure of many programmes."""
    from django.urls import reverse

    from benchmarks.scale import KEY

    cookie = {"Cookie": f"sessionid={session_key}"}
    paths = {
        READ: reverse("figures_floor", args=[KEY]),
        ONE: reverse("benefits:savings_detail", args=[KEY]),
        NAMES: reverse("sums_floor"),
        ALL: reverse("benefits:all_savings_list"),
    }

    def get(path: str) -> Callable[[], int]:
        return lambda: ask(connection, "GET", path, cookie)

    return {name: get(path) for name, path in paths.items()}


def cases_of_portfolio(session_key: str, connection: HTTPConnection) -> dict[str, Callable[[], int]]:
    """What to measure of sixty programmes."""
    from django.urls import reverse

    cookie = {"Cookie": f"sessionid={session_key}"}
    floor, page = reverse("portfolio_floor"), reverse("programme:portfolio")
    return {
        COUNTED: lambda: ask(connection, "GET", floor, cookie),
        PORTFOLIO: lambda: ask(connection, "GET", page, cookie),
    }


def cases(made, connection: HTTPConnection) -> dict[str, Callable[[], int]]:
    """Return what to measure: each asks the server once and returns the size of the answer."""
    from django.urls import reverse

    cookie = {"Cookie": f"sessionid={made.session_key}"}
    token = {"Authorization": f"Token {made.token}", "Content-Type": "application/json"}
    key = made.programme.key
    version = iter(range(made.milestone.version, 10_000))

    def get(path: str, headers: dict[str, str] | None = None) -> Callable[[], int]:
        return lambda: ask(connection, "GET", path, headers or cookie)

    def update() -> int:
        path = reverse("api:milestone-detail", args=[made.milestone.pk])
        seen = next(version)
        body = f'{{"version": {seen}, "forecast_on": "2027-01-{1 + seen % 28:02}", "note": "Moved {seen}"}}'
        return ask(connection, "PATCH", path, token, body)

    return {
        "floor": get(reverse("floor", args=[made.council_key])),
        "programme dashboard": get(reverse("benefits:savings_detail", args=[key])),
        "milestones list": get(reverse("programme:milestone_list", args=[key])),
        "milestone update": update,
        "API list of 100": get(f"{reverse('api:milestone-list')}?programme={key}&page_size=100", token),
        BOARD: get(reverse("governance:decision_list", args=[made.decided.key])),
        FORWARD_PLAN: get(reverse("governance:forward_plan", args=[made.decided.key])),
        CSV: get(reverse("benefits:download_file", args=[key, "entries.csv"])),
    }


def ask(connection: HTTPConnection, method: str, path: str, headers: dict[str, str], body: str = "") -> int:
    """Send one request and return how many lines came back; raises where the answer is not 200."""
    connection.request(method, path, body=body or None, headers=headers)
    response = connection.getresponse()
    answer = response.read()
    if response.status != 200:
        raise SystemExit(f"{method} {path} answered {response.status}: {answer[:300]!r}")
    return answer.count(b"\n")


def print_pages(measured: dict[str, Callable[[], int]], besides: dict[str, tuple[str, int]]) -> None:
    """Take turns between all cases, so that a slow moment of the machine falls on all of them."""
    times: dict[str, list[list[float]]] = {name: [] for name in measured}
    rows = {name: request() for name, request in measured.items()}
    began_all = time.perf_counter()
    for number in range(ROUNDS):
        if number >= FEWEST_ROUNDS and time.perf_counter() - began_all > ENOUGH_SECONDS:
            break
        for name, request in measured.items():
            times[name].append(_round_of(request))
    for name, fewest in FEWEST_LINES.items():
        if rows[name] < fewest:
            raise SystemExit(f"The {name} has {rows[name]} lines only.")
    taken = {name: median(one for each in rounds for one in each) for name, rounds in times.items()}
    for name, seconds in taken.items():
        print(f"{name:<34}{seconds * 1000:>12.1f}{seconds / taken['floor']:>10.1f}")
    for name, (beside, most) in besides.items():
        if name in times:
            rounds = zip(times[name], times[beside], strict=True)
            ratio = median(median(one) / median(other) for one, other in rounds)
            print(f"{name}: {ratio:.1f} x {beside} (wanted: {most} at most)")


def _round_of(request: Callable[[], int]) -> list[float]:
    """The seconds of a few requests, or of one that takes long by itself."""
    times: list[float] = []
    while len(times) < REQUESTS_A_ROUND and sum(times) < LONG_SECONDS:
        began = time.perf_counter()
        request()
        times.append(time.perf_counter() - began)
    return times


@contextmanager
def web_server(port: int) -> Iterator[HTTPConnection]:
    """Run the product's own web server and give a connection to it."""
    from config.management.commands.run import answers, children

    with running(children()[0].command, subprocess.DEVNULL) as server:
        while not answers("127.0.0.1", port):
            if server.poll() is not None:
                raise SystemExit("The web server did not start.")
            time.sleep(0.05)
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            yield connection
        finally:
            connection.close()


def print_worker() -> None:
    """Start the product's own worker, and print how long it took and what memory it holds."""
    from config.management.commands.run import children

    command = [{"WARNING": "INFO"}.get(word, word) for word in children()[1].command]
    began = time.perf_counter()
    with running(command, subprocess.PIPE) as worker:
        for line in worker.stdout or ():
            if line.rstrip().endswith(READY):
                break
        seconds = time.perf_counter() - began
        print(f"\nworker: ready in {seconds:.1f} s, {memory_of(worker.pid):.0f} MB")


def memory_of(leader: int) -> float:
    """Return the memory of a process and its children, pages that several share counted once, in MB."""
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    rollups = (Path(f"/proc/{number}/smaps_rollup").read_text() for number in [str(leader), *children])
    kilobytes = (int(line.split()[1]) for text in rollups for line in text.splitlines() if line[:4] == "Pss:")
    return sum(kilobytes) / 1024


@contextmanager
def running(command: list[str], output: int) -> Iterator[subprocess.Popen[str]]:
    """Run a program for as long as the block lasts."""
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


if __name__ == "__main__":
    sys.exit(main())
