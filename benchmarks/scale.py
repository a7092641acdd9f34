"""Many programmes: their two pages beside pages that only read, and an import of a large file.

Twenty programmes by default, each of the size it has in a large installation; SCALE=600 makes 600 programmes
with 2.2 million monthly figures, which needs PostgreSQL and some fifteen minutes; SCALE=none leaves it out.
"""

import csv
import io
import os
import time

from django.core.management import call_command
from django.db import transaction

from accounts.enums import RoleName
from accounts.models import User
from benefits.entry_imports import Told, read_amounts, store_amounts
from benefits.enums import EntryKind
from benefits.models import Line
from benefits.scale.people import MANAGER
from core.imports.pasted import PastedText
from services.enums import LineKind
from tests.factories import ProgrammeFactory, UserFactory, councils_of, role

SIZES = {"20": (20, 73_350, 5_000), "600": (600, 2_200_000, 50_000), "none": None}
KEY, REPORT = "scale-2", "As the report of June shows"
YEARS, LINES_A_ROW = range(2021, 2026), 20


def size() -> tuple[int, int, int] | None:
    """Programmes, monthly figures and rows of the file; None where nothing of it is wanted."""
    scale = os.environ.get("SCALE") or "20"
    if scale not in SIZES:
        raise SystemExit(f"SCALE must be one of {', '.join(SIZES)}")
    return SIZES[scale]


def seed() -> User:
    """Make the programmes, and give who reads them all."""
    wanted = size()
    if wanted is not None and not User.objects.filter(email=MANAGER).exists():
        call_command("seed_scale", programmes=wanted[0], figures=wanted[1], verbosity=1)
    return User.objects.get(email=MANAGER)


def print_import() -> None:
    """Check, then store, a file of one month a row, and print how long each takes."""
    wanted = size()
    if wanted is None:
        return
    rows = wanted[2]
    with transaction.atomic():
        programme = ProgrammeFactory(partnership__councils=4, base_fy=YEARS.start)
        councils, officer = councils_of(programme), UserFactory()
        for council in councils:
            role(officer, RoleName.FINANCE_OFFICER, council=council)
        Line.objects.bulk_create(
            Line(
                programme=programme,
                ref=f"L-{number}",
                title=f"Line {number}",
                kind=LineKind.CASHABLE_SAVING,
                created_by=officer,
                updated_by=officer,
            )
            for number in range(rows // LINES_A_ROW)
        )
    file = _file(rows, [council.key for council in councils])
    asked = {"by": officer, "councils": councils, "told": Told(), "most_rows": rows}
    began = time.perf_counter()
    found = read_amounts(programme, EntryKind.ACTUAL, file, **asked)
    checked = time.perf_counter()
    found = read_amounts(programme, EntryKind.ACTUAL, file, **asked, is_tried=False)
    done = store_amounts(programme, EntryKind.ACTUAL, found, by=officer, told=Told(), mark=found.mark)
    ended = time.perf_counter()
    if found.table.problems or done != rows:
        raise SystemExit(f"The file changed {done} amounts, with {len(found.table.problems)} problems.")
    words = f"import of {rows:,} rows"
    print(f"\n{f'{words}: read and tried':<46}{checked - began:>10.1f} s")
    print(f"{f'{words}: read again and stored':<46}{ended - checked:>10.1f} s")


def _file(rows: int, councils: list[str]) -> PastedText:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Reference", "Council", "Financial year", "June", "Explanation"])
    for number in range(rows // LINES_A_ROW):
        for council in councils:
            for fy in YEARS:
                writer.writerow(
                    [f"L-{number}", council, f"{fy} to {fy + 1}", "100.25", "As the report shows"]
                )
    return PastedText(text.getvalue().encode(), "amounts.csv")
