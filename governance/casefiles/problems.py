"""What is wrong in a case file, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.rules.words import count_of

Path = tuple[str | int, ...]
"""Keys and positions from the top of a file to one value, for example ("milestones", 3, "due")."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: file, line (from 1), the field's name as people read it, and what to do."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}, {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class CaseFileProblems(Exception):  # noqa: N818 - the file is refused, the product is well
    """Files that cannot be loaded, with every problem found; never empty."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("CaseFileProblems needs at least one problem")
        super().__init__([str(problem) for problem in problems])
        self.problems = sorted(set(problems))

    def __str__(self) -> str:
        files = {problem.file for problem in self.problems}
        errors = f"{count_of(len(self.problems), 'error')} in {count_of(len(files), 'file')}"
        mend = "Mend it" if len(self.problems) == 1 else "Mend them"
        lines = [str(problem) for problem in self.problems]
        return "\n".join([*lines, f"{errors}. {mend} and load again. Nothing was imported"])
