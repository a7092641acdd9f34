"""How long it takes to save a grid of 200 rows, and to write and read a workbook of 2,000 lines."""

from accounts.enums import RoleName
from benchmarks.appraisal import median_ms
from core.imports.pasted import PastedText
from programme.models import Programme
from services.actions.case_lines import save_lines
from services.case_line_exports import line_workbook
from services.case_line_imports import read_lines
from services.enums import CaseState, LineKind
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine, CaseOption
from services.policies import powers_of
from services.queries.case_amounts import LineChange
from services.queries.case_grid import case_grid
from tests.factories import BusinessCaseFactory, CaseOptionFactory, ProgrammeFactory, UserFactory, role

GRID_ROWS, FILE_LINES, YEARS, FIRST_FY = 200, 2_000, 10, 2026


def print_case_lines() -> None:
    """Measure and print a save of 200 rows, every box changed, and a workbook of 2,000 lines out and in."""
    programme: Programme = ProgrammeFactory(base_fy=FIRST_FY)
    manager = UserFactory()
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    powers = powers_of(manager, programme)
    small, large = (_make(programme, lines) for lines in (GRID_ROWS, FILE_LINES))
    numbers = iter(range(1, 1_000))

    def save() -> None:
        step = next(numbers)
        case = _seen(small)
        save_lines(case, by=manager, seen_version=case.version, changes=_changes(step))

    grid = case_grid(_seen(large), powers)
    content = line_workbook(grid)

    def read() -> None:
        found = read_lines(_seen(large), PastedText(content, "lines.xlsx"), by=manager)
        if found.table.problems or found.changed_lines:
            raise SystemExit("The workbook does not come back as it went out.")

    print(f"{f'grid save of {GRID_ROWS} rows, {YEARS} years':<46}{median_ms(save, rounds=5):>12.1f}")
    print(f"{f'XLSX out, {FILE_LINES:,} lines':<46}{median_ms(lambda: line_workbook(grid), rounds=3):>12.1f}")
    print(f"{f'XLSX in, {FILE_LINES:,} lines':<46}{median_ms(read, rounds=3):>12.1f}")


def _changes(step: int) -> list[LineChange]:
    return [
        LineChange(
            f"L-{number}", amounts={(None, FIRST_FY + index): 100_00 + step for index in range(YEARS + 1)}
        )
        for number in range(GRID_ROWS)
    ]


def _seen(case: BusinessCase) -> BusinessCase:
    return BusinessCase.objects.select_related("programme__partnership").get(pk=case.pk)


def _make(programme: Programme, count: int) -> BusinessCase:
    """A draft whose lines have a joint amount in every year."""
    case = BusinessCaseFactory(
        programme=programme, state=CaseState.DRAFT, base_fy=FIRST_FY, horizon_years=YEARS
    )
    option: CaseOption = CaseOptionFactory(business_case=case)
    lines = BusinessCaseLine.objects.bulk_create(
        BusinessCaseLine(
            business_case=case,
            option=option,
            ref=f"L-{number}",
            title=f"Line {number}",
            kind=LineKind.CASHABLE_SAVING,
            order_index=number,
        )
        for number in range(count)
    )
    BusinessCaseAmount.objects.bulk_create(
        BusinessCaseAmount(line=line, fy=FIRST_FY + index, amount_pence=100_00)
        for line in lines
        for index in range(YEARS + 1)
    )
    return case
