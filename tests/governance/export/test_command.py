"""manage.py export_benefits: what it writes, and what it says when it cannot."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command

from governance.benefits_files.formats import FORMATS
from governance.queries.benefits_export import benefits_export
from programme.models import Programme
from tests.benefits.story import AS_OF, Story

pytestmark = pytest.mark.django_db
KEY = "abc-shared-services"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(f"{AS_OF.isoformat()}T12:00:00Z"):
        yield


def run(**options: Any) -> tuple[str, str]:
    """What the command says on standard output and on standard error."""
    out, err = StringIO(), StringIO()
    given = {"programme": KEY, "as_of": "2026-11-24", "format": "json"} | options
    call_command("export_benefits", **given, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(**options: Any) -> tuple[str, int]:
    """What the command refuses with, and its exit code."""
    with pytest.raises(CommandError) as refusal:
        run(**options)
    return str(refusal.value), refusal.value.returncode


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_file_holds_what_the_query_says(story: Story, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"benefits.{form}"
    out, err = run(format=form, output=str(path))
    expected = FORMATS[form](benefits_export(story.programme, as_of=AS_OF))
    assert path.read_bytes() == expected
    assert (out, err) == ("", f"Wrote {path}, {len(expected):,} bytes\n")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_file_written_again_later_has_the_same_bytes(story: Story, tmp_path: Path, form: str) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run(format=form, output=str(first))
    with time_machine.travel("2027-02-03T04:05:06Z"):
        run(format=form, output=str(second))
    assert first.read_bytes() == second.read_bytes()


def test_file_of_an_earlier_day_knows_nothing_later(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "benefits.json"
    run(as_of="1 May 2026", output=str(path))
    file = json.loads(path.read_text(encoding="utf-8"))
    assert (file["programme"]["as_of"], file["programme"]["current_plan_version"]) == ("2026-05-01", 1)
    assert file["headline"][-1]["net_cash_saving"] == {"not_assessable": "No actual amount has been returned"}


def test_day_is_today_where_none_is_given(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "benefits.json"
    run(as_of=None, output=str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["programme"]["as_of"] == "2026-11-24"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_standard_output_takes_text_formats(story: Story, form: str) -> None:
    out, err = run(format=form, output="-")
    assert out.encode() == FORMATS[form](benefits_export(story.programme, as_of=AS_OF))
    assert err == ""


def test_standard_output_is_utf_8_whatever_the_terminal(story: Story) -> None:
    Programme.objects.update(name="Môn and Arfon – shared £")
    terminal = BytesIO()
    run_to = TextIOWrapper(terminal, encoding="ascii")
    call_command("export_benefits", programme=KEY, format="json", output="-", stdout=run_to)
    assert json.loads(terminal.getvalue())["programme"]["name"] == "Môn and Arfon – shared £"


def test_standard_output_that_is_full_is_said_in_one_line(story: Story) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full, pytest.raises(CommandError) as refusal:  # noqa: PTH123
        call_command("export_benefits", programme=KEY, format="json", output="-", stdout=full)
    assert str(refusal.value) == "Standard output cannot be written: no space left on device"
    assert refusal.value.returncode == 1


def test_existing_file_is_replaced_whole(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "benefits.json"
    path.write_text("x" * 1_000_000)
    run(output=str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["programme"]["key"] == KEY


def test_write_that_breaks_leaves_the_old_file_whole(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "benefits.json"
    path.write_text("old")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    message, code = refused(output=str(path))
    assert message == f"{path} cannot be written: no space left on device. Nothing was written"
    assert code == 1
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_file_gets_the_rights_that_the_person_gives_new_files(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "benefits.json"
    before = os.umask(0o027)
    try:
        run(output=str(path))
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640


def test_link_stays_a_link_and_its_file_is_written(story: Story, tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    run(output=str(link))
    assert link.is_symlink()
    assert json.loads(real.read_text(encoding="utf-8"))["programme"]["key"] == KEY


def test_missing_folder_is_named(story: Story, tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    assert refused(output=str(folder / "benefits.json")) == (
        f"There is no folder {folder}. Make it, or give another --output. Nothing was written",
        1,
    )


def test_folder_or_device_is_not_overwritten(story: Story, tmp_path: Path) -> None:
    assert refused(output=str(tmp_path)) == (
        f"{tmp_path} cannot be written: it is not a file. Nothing was written",
        1,
    )
    assert refused(output=os.devnull)[0] == (
        f"{os.devnull} cannot be written: it is not a file. Nothing was written"
    )
    assert Path(os.devnull).is_char_device()


def test_unknown_programme_is_answered_with_the_nearest_keys(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "benefits.json"
    assert refused(programme="abc-shared-service", output=str(path)) == (
        "There is no programme with the key abc-shared-service. The nearest: abc-shared-services",
        2,
    )
    assert refused(programme="abc", output=str(path))[0] == (
        "There is no programme with the key abc. The nearest: abc-shared-services"
    )
    assert refused(programme="zzz", output=str(path))[0] == (
        "There is no programme with the key zzz. Keys: abc-shared-services"
    )
    assert not path.exists()


def test_unknown_format_is_answered_with_those_there_are(tmp_path: Path) -> None:
    assert refused(format="pdf", output=str(tmp_path / "benefits.pdf")) == (
        "There is no format pdf. Use --format json, csv or xlsx",
        2,
    )


def test_workbook_does_not_go_to_standard_output() -> None:
    assert refused(format="xlsx", output="-") == (
        "Format xlsx does not go to standard output. Give a file, for example --output benefits.xlsx",
        2,
    )


@pytest.mark.parametrize("text", ["2026-02-30", "yesterday", ""])
def test_day_that_is_none_is_refused_with_an_example(text: str) -> None:
    assert refused(as_of=text, output="-") == (
        (
            f"--as-of {text}: Enter a real date, for example 30 4 2027. "
            "Give a day, for example --as-of 2026-11-24"
        ),
        2,
    )


def test_day_to_come_is_refused() -> None:
    assert refused(as_of="2026-11-25", output="-") == (
        (
            "--as-of 2026-11-25 is in the future. Give 24 November 2026 or a day before it: "
            "what is expected later is in the file as forecast"
        ),
        2,
    )


def test_quiet_run_says_nothing(story: Story, tmp_path: Path) -> None:
    assert run(output=str(tmp_path / "benefits.json"), verbosity=0) == ("", "")


def test_workbook_carries_the_day_it_is_of(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "benefits.xlsx"
    run(format="xlsx", as_of="2026-11-01", output=str(path))
    assert openpyxl.load_workbook(path).properties.created.date() == date(2026, 11, 1)
