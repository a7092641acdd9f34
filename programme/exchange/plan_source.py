"""An uploaded plan, whatever program saved it, as one table with titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import Refusal
from core.imports.files import LIMIT_BYTES, Uploaded
from core.imports.package import NOTHING
from core.imports.pasted import PastedText, csv_bytes
from core.rules.words import listed
from programme.exchange.plan_columns import TITLES, guess_columns
from programme.exchange.plan_rows import owners_of
from programme.exchange.plan_sheet import MOST_ROWS, PlanSheet, read_plan_sheet
from programme.exchange.project_xml import is_project, read_project
from programme.models import Programme

_TABLES = (".csv", ".xlsx", ".xlsm", ".xltm", ".xlsb")


@dataclass(frozen=True, slots=True)
class PlanSource:
    """The table; which column seems to hold what; what is left out. A plan of ours needs no matching."""

    sheet: PlanSheet
    guess: dict[str, str]
    left_out: list[str] = field(default_factory=list)
    is_matched: bool = False


def open_plan(programme: Programme, uploaded: Uploaded, *, all_tasks: bool) -> PlanSource:
    """The file as a table; refuses as rows 81 and 82. Of a Microsoft Project plan maybe `all_tasks`."""
    if uploaded.size >= LIMIT_BYTES:
        raise Refusal("File must be smaller than 10MB", "file", "81")
    content, name = uploaded.read(), uploaded.name or ""
    if name.lower().endswith(".mpp"):
        raise Refusal(f"Save the plan as XML in Microsoft Project, and send that. {NOTHING}", "file", "81")
    if is_project(content):
        return _of_project(programme, content, all_tasks=all_tasks)
    if content.strip() and not name.lower().endswith(_TABLES):
        raise Refusal("File must be a CSV, XLSX or Microsoft Project XML", "file", "81")
    return of_table(PastedText(content, name))


def of_table(uploaded: Uploaded) -> PlanSource:
    """The table of a CSV or XLSX file."""
    sheet = read_plan_sheet(uploaded)
    guess = {name: sheet.header[index] for name, index in guess_columns(sheet.header).items()}
    return PlanSource(sheet, guess)


def check_matching(source: PlanSource, columns: Mapping[str, str]) -> dict[str, str]:
    """The columns as chosen, or as guessed where none is; refuses a field or a column that is not there."""
    if not columns:
        columns = source.guess
    for name, title in columns.items():
        if name not in TITLES:
            raise Refusal(f"Choose among: {listed(list(TITLES))}", "columns")
        if title not in source.sheet.header:
            raise Refusal(f"There is no column “{title}”. Choose a column of the file", "columns")
    if "title" not in columns:
        raise Refusal("Choose the column that holds the titles", "columns")
    doubled = [title for title in columns.values() if list(columns.values()).count(title) > 1]
    if doubled:
        raise Refusal(f"“{doubled[0]}” is chosen twice", "columns")
    return dict(columns)


def _of_project(programme: Programme, content: bytes, *, all_tasks: bool) -> PlanSource:
    owners = {name: one.email for name, one in owners_of(programme).items()}
    has_plan = programme.plan_versions.exists()
    plan = read_project(content, all_tasks=all_tasks, owners=owners, has_plan=has_plan)
    if len(plan.rows) - 1 > MOST_ROWS:
        raise Refusal(f"Plan must hold {MOST_ROWS:,} tasks or fewer. {NOTHING}", "file", "82")
    sheet = read_plan_sheet(PastedText(csv_bytes(plan.rows)))
    left_out = list(plan.left_out)
    names = [name for name in TITLES if not (has_plan and name == "plan_on")]
    if has_plan:
        left_out.append("Baselines: plan dates come from the approved plan alone")
    return PlanSource(sheet, {name: TITLES[name] for name in names}, left_out, is_matched=True)
