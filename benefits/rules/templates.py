"""Profiles of the usual benefits, from a file of the repository: something to start from."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "reference" / "benefit_templates.csv"
_FLAGS = ("is_disbenefit",)
_ABOUT = ("key", "name", "source", "retrieved_on")


@dataclass(frozen=True, slots=True)
class Template:
    """One usual benefit: its name, where the advice comes from, and what its profile starts with."""

    key: str
    name: str
    source: str
    values: Mapping[str, str]

    @property
    def initial(self) -> dict[str, object]:
        """What the form starts with; boxes without anything keep their own first value."""
        return {
            name: value == "yes" if name in _FLAGS else value for name, value in self.values.items() if value
        }


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Template(
            row["key"],
            row["name"],
            row["source"],
            {name: value for name, value in row.items() if name not in _ABOUT},
        )
        for row in rows
    )


def template(key: str) -> Template | None:
    """The template of this key, if there is one."""
    return next((one for one in templates() if one.key == key), None)
