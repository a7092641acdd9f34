"""The locks can be installed from any mirror, and hold what the project asks for."""

import re
import tomllib

import pytest

from tests.installation import PROJECT

LOCKS = ["requirements.txt", "requirements-dev.txt"]
PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def pinned(lock: str) -> dict[str, str]:
    matches = (PINNED.fullmatch(line) for line in (PROJECT / lock).read_text().splitlines())
    return {match["name"]: match["version"] for match in matches if match}


def names(requirements: list[str]) -> list[str]:
    return [re.split(r"[\[<>=;, ]", requirement)[0] for requirement in requirements]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_is_versions_and_hashes_alone(lock):
    lines = (PROJECT / lock).read_text().splitlines()
    assert [line for line in lines if not PINNED.fullmatch(line) and not HASH.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_a_hash(lock):
    text = (PROJECT / lock).read_text()
    blocks = re.split(r"\n(?=\S)", text)
    assert [block.splitlines()[0] for block in blocks if "--hash=" not in block] == []


def test_lock_holds_what_the_project_asks_for():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    asked = names(project["dependencies"])
    for_development = asked + names(project["optional-dependencies"]["dev"])
    assert sorted(set(asked) - set(pinned("requirements.txt"))) == []
    assert sorted(set(for_development) - set(pinned("requirements-dev.txt"))) == []


def test_both_locks_agree():
    product, development = (pinned(lock) for lock in LOCKS)
    assert {name: development.get(name) for name in product} == product


def test_every_dependency_has_a_reason_beside_it():
    text = (PROJECT / "pyproject.toml").read_text()
    listed = re.findall(
        r'^    "([a-z0-9-]+)[^"]*",(.*)$', text.split("[tool.setuptools]")[0], flags=re.MULTILINE
    )
    assert [name for name, rest in listed if not re.fullmatch(r"\s+# .{5,}", rest)] == []
