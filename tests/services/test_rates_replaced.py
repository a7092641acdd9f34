"""A new edition of discount rates: old cases keep their results and say that rates changed (scenario 23)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from core.rules import reference
from services.models import BusinessCase
from tests.factories import sign_in
from tests.html_tables import table_of
from tests.pages import text_of
from tests.services.golden_rows import Golden, golden, manager_of

pytestmark = pytest.mark.django_db

NEW_ROWS = (
    "review-2027,green_book,1,30,2.5,2027-01-15,Review of the discount rate,2027-01-15",
    "review-2027,green_book,31,125,2.0,2027-01-15,Review of the discount rate,2027-01-15",
)
CHANGED = "Rates changed since. Discount rates: version review-2027 is in force from 15 January 2027."
KEPT = "These figures use version green-book-2003 and stay as they are."
OLD_NPV, NEW_NPV = "895829.78", "948031.29"


@pytest.fixture
def made() -> Golden:
    return golden(has_own_exit=False)


@pytest.fixture
def manager(client: Client, made: Golden) -> Client:
    return sign_in(client, manager_of(made.programme))


@pytest.fixture
def replaced(made: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The day after the new edition comes into force; the rows of the old one stay in the file."""
    folder = tmp_path / "reference"
    shutil.copytree(reference.REFERENCE_FOLDER, folder)
    with (folder / "discount_rates.csv").open("a", encoding="utf-8") as file:
        file.write("\n".join(NEW_ROWS) + "\n")
    with time_machine.travel("2027-01-16 12:00", tick=False):
        monkeypatch.setattr(reference, "REFERENCE_FOLDER", folder)
        yield


def answered(client: Client, made: Golden) -> Any:
    return client.get(f"/api/v1/business-cases/{made.case.pk}/appraisal/").json()


def joint_npv(content: Any) -> str:
    """The joint net present value of the option to share."""
    (found,) = [
        row["npv"] for row in content["measures"] if (row["option"], row["council"]) == ("SHARE", "joint")
    ]
    return str(found)


def rates_used(content: Any) -> tuple[str, str]:
    """The version of the rates that was used, and the newer one."""
    (row,) = [row for row in content["reference_data"] if row["table"] == "discount_rates"]
    return row["version"], row["newer_version"]


def test_before_nothing_is_said(manager: Client, made: Golden) -> None:
    assert joint_npv(answered(manager, made)) == OLD_NPV
    page = text_of(manager.get(f"/business-cases/{made.case.pk}/appraisal/"))
    assert "Rates changed since" not in page


@pytest.mark.usefixtures("replaced")
def test_old_case_keeps_its_results_and_says_so_everywhere(manager: Client, made: Golden) -> None:
    content = answered(manager, made)
    assert (joint_npv(content), rates_used(content)) == (OLD_NPV, ("green-book-2003", "review-2027"))
    for name in ("appraisal", "sensitivity", "councils"):
        page = text_of(manager.get(f"/business-cases/{made.case.pk}/{name}/"))
        assert f"{CHANGED} {KEPT}" in page
    page = manager.get(f"/business-cases/{made.case.pk}/appraisal/")
    assert table_of(page, "table-options")["Net present value"][-1] == "895,829.78"
    file = json.loads(manager.get(f"/business-cases/{made.case.pk}/appraisal/appraisal.json").content)
    assert (joint_npv(file), rates_used(file)) == (OLD_NPV, ("green-book-2003", "review-2027"))


@pytest.mark.usefixtures("replaced")
def test_command_gives_the_same(made: Golden, tmp_path: Path) -> None:
    output = tmp_path / "appraisal.json"
    call_command("appraise", "BC-1", "--format", "json", "--output", str(output))
    content = json.loads(output.read_text(encoding="utf-8"))
    assert (joint_npv(content), rates_used(content)) == (OLD_NPV, ("green-book-2003", "review-2027"))


@pytest.mark.usefixtures("replaced")
def test_draft_takes_the_new_rates_only_when_asked(manager: Client, made: Golden) -> None:
    manager.post(f"/business-cases/{made.case.pk}/rates/", {"seen_version": str(made.case.version)})
    assert BusinessCase.objects.get().discount_version == "review-2027"
    content = answered(manager, made)
    assert (joint_npv(content), rates_used(content)) == (NEW_NPV, ("review-2027", "none"))
    assert "Rates changed since" not in text_of(manager.get(f"/business-cases/{made.case.pk}/appraisal/"))
