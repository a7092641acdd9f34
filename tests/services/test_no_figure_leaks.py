"""No address of the product gives away a figure about few people, or a council's cost in a draft (INV-38).

Unique amounts are put into an issued version and into the draft after it. Every address is then asked by
every kind of person, and no answer may hold an amount that the person may not see, however it is written.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf.errors import PyPdfError

from accounts.enums import RoleName
from accounts.models import User
from core.rules.money import format_amount
from services.actions.case_lines import save_lines
from services.actions.case_versions import start_version
from services.enums import CostType, LineKind
from services.models import BusinessCase, BusinessCaseLine
from services.queries.case_amounts import LineChange
from services.views.case_appraisal import TABLE_FILES
from tests.addresses import ADDRESSES
from tests.core.exports.pdf_reading import read_pdf
from tests.factories import BusinessCaseLineFactory, UserFactory, role, sign_in
from tests.rows_of_everything import rows_of
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import amounts

pytestmark = pytest.mark.django_db

# Amounts in pence that stand nowhere else: of a joint line, of one of the last council alone, and stated.
ISSUED = {"joint": 71_111_13, "own": 63_333_41, "stated": 54_444_53}
DRAFTED = {"joint": 72_222_43, "own": 64_444_67, "stated": 55_555_61}
# What the last council alone has put into the draft, and what its line states.
HELD = {"held": 91_919_17, "held_stated": 45_454_59}
# What stands beside the small lines and would give them away.
BESIDE = {"beside": 82_222_27, "beside_own": 31_313_19, "beside_stated": 28_282_83}
BESIDE_DRAFTED = {"beside": 83_333_39, "beside_own": 32_323_29, "beside_stated": 29_292_91}


@dataclass
class Seeded:
    """The issued version and the draft after it."""

    scene: CaseScene
    issued: BusinessCase
    draft: BusinessCase

    def people(self) -> dict[str, User]:
        """A person of each kind, by what they are."""
        first, last = self.scene.councils[0], self.scene.councils[-1]
        return {
            "manager": self.scene.manager,
            "auditor": person(RoleName.AUDITOR, partnership=self.scene.programme.partnership),
            "member": person(RoleName.MEMBER, partnership=self.scene.programme.partnership),
            "officer of the first council": person(RoleName.COUNCIL_LEAD, council=first),
            "officer of the last council": self.scene.officers[-1],
            "member of the last council": person(RoleName.MEMBER, council=last),
        }


HIDDEN_FROM = {
    "manager": {"issued"},
    "auditor": {"issued", "drafted", "drafted own"},
    "member": {"issued", "drafted", "drafted own", "held"},
    "officer of the first council": {"issued", "drafted", "drafted own", "held"},
    "officer of the last council": {"issued", "drafted"},
    "member of the last council": {"issued", "drafted", "drafted own"},
}
FIGURES = {
    "issued": [*ISSUED.values(), *BESIDE.values()],
    "drafted": [
        DRAFTED["joint"],
        DRAFTED["stated"],
        BESIDE_DRAFTED["beside"],
        BESIDE_DRAFTED["beside_stated"],
    ],
    "drafted own": [DRAFTED["own"], BESIDE_DRAFTED["beside_own"]],
    "held": list(HELD.values()),
}
CASE_FILES = ("csv", "xlsx")
APPRAISAL_FILES = ("appraisal.json", "appraisal.csv", "appraisal.xlsx", *TABLE_FILES)


def person(name: RoleName, **where: Any) -> User:
    """Somebody with one role."""
    user = UserFactory()
    role(user, name, **where)
    return user


@pytest.fixture(scope="module")
def seeded(module_db: None) -> Seeded:
    """Made once; a test only reads it."""
    scene = case_scene()
    scene.case.ref = "BC-TOLD"
    scene.case.save()
    scene.pool.ref = "P-TOLD"
    scene.pool.save()
    scene.lines["cost"].amounts.update(amount_pence=99_999_99)
    for line in (
        small(scene, "FEW", ISSUED["joint"], annual_pence=ISSUED["stated"], term_years=1, staff_count=3),
        small(scene, "MOVE", BESIDE["beside"], annual_pence=BESIDE["beside_stated"], term_years=1),
    ):
        line.pool = scene.pool
        line.save()
    small(scene, "OWNFEW", ISSUED["own"], council=scene.councils[-1], staff_count=2)
    small(scene, "OWNMOVE", BESIDE["beside_own"], council=scene.councils[-1])
    issued = scene.to_issued()
    draft = start_version(issued, by=scene.manager, seen_version=issued.version)
    base, last = draft.base_fy, scene.councils[-1].pk
    small(
        scene, "HELD", HELD["held"], council=scene.councils[-1], case=draft, annual_pence=HELD["held_stated"]
    )
    save_lines(
        draft,
        by=scene.manager,
        seen_version=draft.version,
        changes=[
            LineChange("FEW", {"annual_pence": DRAFTED["stated"]}, {(None, base): DRAFTED["joint"]}),
            LineChange(
                "MOVE",
                {"annual_pence": BESIDE_DRAFTED["beside_stated"]},
                {(None, base): BESIDE_DRAFTED["beside"]},
            ),
            LineChange("OWNFEW", {}, {(last, base): DRAFTED["own"]}),
            LineChange("OWNMOVE", {}, {(last, base): BESIDE_DRAFTED["beside_own"]}),
        ],
    )
    return Seeded(scene, issued, BusinessCase.objects.get(pk=draft.pk))


def small(
    scene: CaseScene,
    ref: str,
    pence: int,
    *,
    council: Any = None,
    case: BusinessCase | None = None,
    **values: Any,
) -> BusinessCaseLine:
    """A one-off cost of the option in its first year."""
    case = case or scene.case
    line = BusinessCaseLineFactory(
        business_case=case,
        option=case.options.get(ref="SHARE"),
        ref=ref,
        title=f"Cost {ref}",
        kind=LineKind.ONE_OFF_COST,
        cost_type=CostType.REDUNDANCY,
        **values,
    )
    return amounts(line, [pence], council=council, first_fy=case.base_fy)


@pytest.mark.parametrize("who", ["manager", "officer of the first council"])
def test_no_answer_holds_a_figure_that_the_person_may_not_see(
    client: Client, seeded: Seeded, who: str
) -> None:
    sign_in(client, seeded.people()[who])
    hidden = {word for group in HIDDEN_FROM[who] for pence in FIGURES[group] for word in ways_to_write(pence)}
    told, seen = {}, 0
    for address in addresses(seeded):
        response = client.get(address)
        if response.status_code == 200:
            seen += 1
            text = text_of(response)
            found = sorted(word for word in hidden if word in text)
            if found:
                told[address] = found
    assert told == {}
    assert seen > 120


def test_what_is_hidden_from_others_is_shown_to_those_who_enter_it(client: Client, seeded: Seeded) -> None:
    """Else the test above would also pass with nothing to find."""
    lines = reverse("services:case_lines", args=[seeded.draft.pk])
    sign_in(client, seeded.scene.manager)
    page = text_of(client.get(lines))
    for pence in (DRAFTED["joint"], DRAFTED["own"], HELD["held"], BESIDE_DRAFTED["beside"]):
        assert format_amount(pence) in page
    sign_in(client, seeded.scene.officers[-1])
    page = text_of(client.get(lines))
    assert [format_amount(one) in page for one in (DRAFTED["own"], HELD["held"], DRAFTED["joint"])] == [
        True, True, False,
    ]  # fmt: skip


def addresses(seeded: Seeded) -> Iterator[str]:
    """Every address that can be read: of a business case with both versions, else with some row.

    The schema of the API is left out: it is written from the code and holds no row.
    """
    rows = rows_of(seeded.scene.programme)
    places: dict[str, list[dict[str, Any]]] = {kind: [taken] for kind, taken in rows.items()}
    cases = [seeded.issued, seeded.draft]
    places["business_case"] = [{"pk": case.pk} for case in cases]
    places["case_line"] = [{"pk": case.pk, "line_pk": line.pk} for case in cases for line in case.lines.all()]
    places["case_option"] = [
        {"pk": one.pk, "option_pk": part.pk} for one in cases for part in one.options.all()
    ]
    places["case_file"] = [{"pk": case.pk, "name": name} for case in cases for name in CASE_FILES]
    places["case_appraisal"] = [{"pk": case.pk, "name": name} for case in cases for name in APPRAISAL_FILES]
    places["case_pair"] = [{"pk": seeded.draft.pk, "other": seeded.issued.pk}]
    places["pool"] += [{"pk": seeded.scene.pool.pk}]
    places["apportionment_key"] += [{"pk": key.pk} for key in seeded.scene.pool.keys.all()]
    places["run"] += [{"pk": run.pk} for run in seeded.scene.pool.runs.all()]
    for name, (kind, answers) in ADDRESSES.items():
        if answers[2] != 405 and name != "api:schema":
            yield from (reverse(name, kwargs=taken) for taken in places[kind])


def ways_to_write(pence: int) -> set[str]:
    """An amount with commas and without, in pounds with pence, in whole pounds with commas, and in pence."""
    text = format_amount(pence)
    return {text, text.replace(",", ""), str(pence), text.partition(".")[0]}


def _pdf_text(content: bytes) -> str:
    """The words of a PDF that the product made; of a paper that someone else sent, its bytes."""
    try:
        return read_pdf(content).text
    except PyPdfError:
        return content.decode("latin-1")


def text_of(response: Any) -> str:
    """All the text of an answer; of a workbook that of every part of it, of a PDF that of every page."""
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"%PDF"):
        return _pdf_text(content)
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
