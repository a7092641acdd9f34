"""Every acceptance scenario names the tests that try it, and they are there."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

_ROW = re.compile(r"^\| (\d+) \|.*\| (.+) \|$", re.MULTILINE)
_NAMED = re.compile(r"`([^`]+)`")


@cache
def scenarios() -> dict[int, list[str]]:
    """The tests of each scenario, by its number."""
    text = (settings.BASE_DIR / "docs" / "acceptance.md").read_text(encoding="utf-8")
    return {int(number): _NAMED.findall(tests) for number, tests in _ROW.findall(text)}


def is_there(named: str) -> bool:
    """Whether a test, or a file of tests, stands where it is said to."""
    path, _, name = named.partition("::")
    file = settings.BASE_DIR / path
    return file.is_file() and f"\ndef {name}(" in file.read_text(encoding="utf-8") if name else file.is_file()


def test_every_scenario_is_tried() -> None:
    assert list(scenarios()) == list(range(1, 25))
    assert [number for number, tests in scenarios().items() if not tests] == []


def test_every_test_named_is_there() -> None:
    assert [named for tests in scenarios().values() for named in tests if not is_there(named)] == []
