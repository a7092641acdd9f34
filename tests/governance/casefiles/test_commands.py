"""manage.py load_case and dump_case, as an officer uses them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from governance.casefiles.of_others import NOT_PUBLISHED
from governance.casefiles.writing import to_yaml
from programme.models import Programme
from tests.factories import UserFactory
from tests.governance.casefiles.samples import CASEBOOK, living, small
from tests.governance.casefiles.state import state

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_bytes(to_yaml(small()))
    return path


def _load(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("load_case", *arguments, stdout=out)
    return out.getvalue().splitlines()


def _refused(*arguments: str) -> list[str]:
    with pytest.raises(CommandError) as caught:
        _load(*arguments)
    return str(caught.value).splitlines()


def test_load_case_prints_what_it_did(case: Path) -> None:
    assert _load(str(case)) == [
        f"{case}: Ashmere and Brockvale",
        "  Added: 2 councils, 1 partnership and 1 programme",
    ]
    assert _load(str(case)) == [f"{case}: Ashmere and Brockvale", "  No change"]


def test_load_case_dry_run_prints_the_same_and_changes_nothing(case: Path) -> None:
    before = state()
    dry = _load(str(case), "--dry-run")
    assert state() == before
    assert dry == [*_load(str(case)), "This was a dry run. Nothing was changed"]


def test_load_case_of_others_takes_published_cases_alone(tmp_path: Path, case: Path) -> None:
    councils, published = tmp_path / "councils.yaml", tmp_path / "published.yaml"
    councils.write_bytes(to_yaml({"councils": small()["councils"]}))
    published.write_bytes(to_yaml(small() | {"key": "far-published", "title": "Far"}))
    before = state()
    said = _refused(str(case), str(councils), str(published), "--published-only")
    assert [line.partition(", ")[0].partition(":")[0] for line in said[:-1]] == [str(councils), str(case)]
    assert all(NOT_PUBLISHED in line for line in said[:-1])
    assert state() == before
    assert _load(str(published), "--published-only")[0] == f"{published}: Far"


def test_load_case_in_the_name_of_a_person(case: Path) -> None:
    person = UserFactory(email="ada@ashmere.example")
    _load(str(case), "--by", " Ada@Ashmere.example")
    assert Programme.objects.get().created_by == person


def test_load_case_in_the_name_of_nobody(case: Path) -> None:
    UserFactory(email="left@ashmere.example", is_active=False)
    for email in ("left@ashmere.example", "nobody@ashmere.example"):
        assert _refused(str(case), "--by", email) == [f"There is no active account with the address {email}"]


def test_load_case_names_every_broken_file(case: Path, tmp_path: Path) -> None:
    tab = tmp_path / "tab.yaml"
    tab.write_text("key: a\n\ttitle: b\n", encoding="utf-8")
    missing = tmp_path / "missing.yaml"
    assert _refused(str(case), str(tab), str(missing), str(tmp_path)) == [
        f"{tmp_path}: This is a folder. Name the files in it",
        f"{missing}: There is no file of this name. Check the name and the folder",
        f"{tab}, line 2: Start the line with spaces, not with a tab",
        "3 errors in 3 files. Mend them and load again. Nothing was imported",
    ]
    assert not Programme.objects.exists()


def test_load_case_refuses_a_file_that_is_no_case(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("title: A\nphases: []\n", encoding="utf-8")
    assert _refused(str(path)) == [
        f"{path}, line 1: This is not a case file: it has no key. Add key and title",
        "1 error in 1 file. Mend it and load again. Nothing was imported",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("questions", "questions and their expected answers"),
        ("conventions", "conventions"),
        ("sector_context", "figures of the sector"),
    ],
)
def test_load_case_leaves_out_what_stands_beside_the_cases(case: Path, name: str, kind: str) -> None:
    path = str(CASEBOOK / f"{name}.yaml")
    assert _load(path, str(case))[0] == f"{path} holds {kind}. It is not a case file and was left out"
    assert _refused(path) == ["There is nothing to load: none of the files is a case file"]


def test_load_case_takes_the_whole_folder_at_once() -> None:
    lines = _load(*sorted(map(str, CASEBOOK.glob("*.yaml"))))
    assert sum(line.startswith("  Added: ") for line in lines) == 10
    assert Programme.objects.count() == 9


def test_dump_case_writes_a_file_that_loads_without_a_change(tmp_path: Path) -> None:
    source, target = tmp_path / "living.yaml", tmp_path / "dump.yaml"
    source.write_bytes(to_yaml(living()))
    _load(str(source))
    err = StringIO()
    call_command("dump_case", "living", "--output", str(target), stderr=err)
    assert err.getvalue() == f"Wrote {target}, {target.stat().st_size:,} bytes\n"
    assert _load(str(target))[1:] == ["  No change"]
    out = StringIO()
    call_command("dump_case", "living", stdout=out)
    assert out.getvalue().encode() == target.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_dump_case_of_an_unknown_programme_names_those_there_are(case: Path) -> None:
    with pytest.raises(CommandError, match="Keys: none yet"):
        call_command("dump_case", "lost")
    _load(str(case))
    with pytest.raises(CommandError, match="Keys: small"):
        call_command("dump_case", "lost")


def test_dump_case_to_a_place_that_cannot_be_written(case: Path, tmp_path: Path) -> None:
    _load(str(case))
    target = tmp_path / "no" / "dump.yaml"
    with pytest.raises(CommandError, match="cannot be written: no such file or directory"):
        call_command("dump_case", "small", "--output", str(target))
