"""What milestones take: the page of 500, a workbook of 10,000, and an update in place with its history.

Each stands beside what does as little as can be done for it: names and dates of as many, read and printed
in the frame; the same rows and columns read as plain values and written straight away; one update and one
line of history in one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.urls import reverse

from accounts.enums import RoleName
from accounts.models import User
from core.rules.dates import ImpreciseDate
from programme.models import Milestone, Phase, Programme
from tests.factories import PhaseFactory, ProgrammeFactory, UserFactory, role

PAGE_ROWS, FILE_ROWS = 500, 10_000
PAGE, PAGE_FLOOR = "milestones page with 500", "500 milestones, only read"
FILE, FILE_FLOOR = "XLSX of 10,000 milestones", "10,000 milestones, only written"
UPDATE, UPDATE_FLOOR = "in-place update with history", "an update and a line of history"
# What each is compared with, and how many times as long it may take.
BESIDE = {PAGE: (PAGE_FLOOR, 10), FILE: (FILE_FLOOR, 5), UPDATE: (UPDATE_FLOOR, 6)}
_SECRET = "a" * 32
_FIRST_ON = date(2026, 4, 1)


@dataclass(frozen=True)
class Milestones:
    """The programmes with few and with many milestones, and whose they are."""

    few: Programme
    many: Programme
    manager: User


def make_milestones(rows: int = PAGE_ROWS, file_rows: int = FILE_ROWS) -> Milestones:
    """Two programmes of one partnership with five phases each; every milestone has a plan and a forecast."""
    few = ProgrammeFactory(base_fy=2026)
    many = ProgrammeFactory(base_fy=2026, partnership=few.partnership)
    manager = UserFactory()
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=few.partnership)
    for programme, count in ((few, rows), (many, file_rows)):
        phases = [PhaseFactory(programme=programme) for _ in range(5)]
        Milestone.objects.bulk_create(_milestone(programme, phases, manager, n) for n in range(count))
    return Milestones(few, many, manager)


def cases_of_milestones(
    made: Milestones, session_key: str, connection: HTTPConnection, ask: Callable[..., int]
) -> dict[str, Callable[[], int]]:
    """What to measure: each asks the server once."""
    cookie = {"Cookie": f"sessionid={session_key}; csrftoken={_SECRET}", "X-CSRFToken": _SECRET}
    form = cookie | {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
    first, second = made.few.milestones.order_by("pk")[:2]
    versions = iter(range(first.version, 1_000_000))

    address = reverse("programme:milestone_update", args=[first.pk])
    floor = reverse("update_floor", args=[second.pk])

    def get(name: str, programme: Programme) -> Callable[[], int]:
        path = reverse(name, args=[programme.key])
        return lambda: ask(connection, "GET", path, cookie)

    def update() -> int:
        seen = next(versions)
        typed = {"seen_version": seen, "forecast_on": f"{1 + seen % 28} 1 2027", "note": f"Moved {seen}"}
        return ask(connection, "POST", f"{address}?row=list", form, urlencode(typed))

    def update_floor() -> int:
        return ask(connection, "POST", floor, form)

    return {
        PAGE: get("programme:milestone_list", made.few),
        PAGE_FLOOR: get("milestones_floor", made.few),
        FILE: get("programme:milestone_workbook", made.many),
        FILE_FLOOR: get("workbook_floor", made.many),
        UPDATE: update,
        UPDATE_FLOOR: update_floor,
    }


def _milestone(programme: Programme, phases: list[Phase], owner: User, number: int) -> Milestone:
    plan = _FIRST_ON + timedelta(days=number % 1_500)
    milestone = Milestone(
        programme=programme,
        phase=phases[number % len(phases)],
        ref=f"M-{number}",
        title=f"Milestone {number} of the programme",
        owner=owner,
        order_index=number % 30_000,
        note="Waits for the records of the third council.",
        created_by=owner,
        updated_by=owner,
    )
    for name, late in (("plan", 0), ("forecast", number % 40)):
        day = plan + timedelta(days=late)
        milestone.set_date(name, ImpreciseDate.day(day))
    return milestone
