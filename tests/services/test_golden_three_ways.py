"""The golden programme (domain.md 4.9) entered through pages, through files and through the API.

Each way enters what is joint first, reads every joint figure back from pages and API, adds Carrick's own
contract exit, and reads what each council gets: the same figures three times, to the penny.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from governance.enums import DecisionState
from programme.models import Council, Programme
from services.actions.case_draft import CaseValues, create_case
from services.enums import CaseSectionName, CaseStage
from services.models import BusinessCase, CostPool
from tests.api.test_reads import client_of
from tests.factories import (
    CaseOptionFactory,
    CouncilFactory,
    DecisionFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UserFactory,
    role,
    sign_in,
)
from tests.html_forms import fill_in
from tests.services.factories import CostPoolFactory, key_of
from tests.services.golden_figures import (
    COUNCILS,
    JOINT,
    JOINT_YEARS,
    SPLIT,
    joint_of_api,
    joint_of_pages,
    split_of_api,
    split_of_pages,
)

pytestmark = pytest.mark.django_db

POPULATION, EQUAL = ("130,200", "140,600", "106,300"), ("1", "1", "1")
NAME = "Ashmere, Brockvale and Carrick"
FIRST = 2026
# Reference, title, kind, pool, amounts by index; and the bias of F-13 for what is paid once.
LINES = (
    ("SAVE", "Fewer posts", "cashable_saving", "Savings and running costs",
     ("", "180,000", "420,000", "480,000", "480,000", "480,000")),
    ("RUN", "Licences", "recurring_cost", "Savings and running costs", ("", *["40,000"] * 5)),
    ("MOVE", "Moving to one system", "one_off_cost", "One-off costs", ("600,000", "150,000", "", "", "", "")),
)  # fmt: skip
BIAS = {
    "bias_category": "outsourcing",
    "bias_mitigation_percent": "60",
    "bias_basis": "Two tenders of 2025",
}
SECTIONS = {name.value: f"The {name.label.lower()} of sharing revenues." for name in CaseSectionName}


@dataclass
class People:
    """The councils, who starts programmes, and who manages this one."""

    councils: list[Council]
    administrator: User
    manager: User

    def programme(self) -> Programme:
        """The programme that was started; its manager gets the role and its keys a decision."""
        programme = Programme.objects.get()
        role(self.manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
        DecisionFactory(programme=programme, ref="D-001", state=DecisionState.EFFECTIVE)
        return programme


@pytest.fixture
def people() -> People:
    councils = [
        CouncilFactory(key=name.lower(), short_name=name, name=f"{name} Council") for name in COUNCILS
    ]
    administrator = UserFactory()
    role(administrator, RoleName.ADMINISTRATOR)
    return People(councils, administrator, UserFactory())


def enter_by_pages(people: People) -> tuple[int, Callable[[], None]]:
    """Every form of the pages in turn: programme, pools, keys, case, texts, option, grid, bias."""
    fill_in(
        sign_in(Client(), people.administrator),
        "/start-a-programme/",
        {
            "partnership_name": NAME,
            "name": "Shared revenues",
            "base_fy": str(FIRST),
            "horizon_years": "5",
            "councils": [str(council.pk) for council in people.councils],
        },
    )
    programme, browser = people.programme(), sign_in(Client(), people.manager)
    for name, basis, weights in _keys():
        fill_in(browser, f"/programmes/{programme.key}/apportionment/new/", {"name": name})
        key = {
            f"weights.{council.key}": weight for council, weight in zip(people.councils, weights, strict=True)
        }
        key |= {"basis": basis, "effective_from_on": "1 4 2026", "decision_ref": "D-001"}
        assert fill_in(browser, f"/pools/{_pool(name).pk}/keys/new/", key).status_code == 302
    new = {"title": "Shared revenues", "ref": "BC-1", "stage": "fbc", "base_fy": "2026", "horizon_years": "5"}
    fill_in(browser, f"/programmes/{programme.key}/business-cases/new/", new)
    case = BusinessCase.objects.get()
    at = f"/business-cases/{case.pk}/"
    fill_in(browser, f"{at}edit/", SECTIONS)
    option = {"ref": "SHARE", "name": "Share the service", "kind": "share", "is_preferred": "on"}
    fill_in(browser, f"{at}options/", option)
    rows: dict[str, str] = {}
    for number, (ref, title, kind, pool, amounts) in enumerate(LINES):
        rows |= {f"n-{number}-ref": ref, f"n-{number}-title": title, f"n-{number}-kind": kind}
        rows[f"n-{number}-who"] = f"pool-{_pool(pool).pk}"
        rows |= {f"n-{number}-{FIRST + index}": text for index, text in enumerate(amounts)}
    fill_in(browser, f"{at}lines/?option=SHARE", rows)
    fill_in(browser, f"{at}lines/{case.lines.get(ref='MOVE').pk}/", BIAS)

    def add_exit() -> None:
        row = {
            "n-0-ref": "LEAVE",
            "n-0-title": "Leaving the present contract",
            "n-0-kind": "one_off_cost",
            "n-0-cost_type": "contract_exit",
            "n-0-who": f"council-{people.councils[2].pk}",
            "n-0-2026": "£250,000.00",
        }
        fill_in(browser, f"{at}lines/?option=SHARE", row)

    return case.pk, add_exit


def enter_by_files(people: People) -> tuple[int, Callable[[], None]]:
    """An empty case takes lines from CSV under the titles of its download, then from an edited workbook."""
    case, browser = _empty_case(people)
    at = f"/business-cases/{case}/"
    titles = b"".join(browser.get(f"{at}lines.csv").streaming_content).decode().splitlines()[0].split(",")
    output = io.StringIO()
    writer = csv.DictWriter(output, titles, restval="")
    writer.writeheader()
    labels = {"cashable_saving": "Cashable saving", "recurring_cost": "Recurring cost"}
    for ref, title, kind, pool, amounts in LINES:
        row = {"Option": "SHARE", "Reference": ref, "Line": title, "Kind": labels.get(kind, "One-off cost")}
        row |= {"Who bears it": "Joint", "Pool": pool, **_by_year(amounts)}
        if ref == "MOVE":
            row |= {
                "Optimism-bias category": "Outsourcing",
                "Mitigation %": "60",
                "Basis of the percentage": BIAS["bias_basis"],
            }
        writer.writerow(row)
    _import(browser, case, SimpleUploadedFile("lines.csv", output.getvalue().encode()))

    def add_exit() -> None:
        book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{at}lines.xlsx").content))
        about = ["SHARE", "LEAVE", "Leaving the present contract", "One-off cost", "Contract exit", "Carrick"]
        book["Lines"].append([*about, None, 250_000])
        saved = io.BytesIO()
        book.save(saved)
        _import(browser, case, SimpleUploadedFile("lines.xlsx", saved.getvalue()))

    return case, add_exit


def enter_by_api(people: People) -> tuple[int, Callable[[], None]]:
    """Every step as JSON: programme, pools, keys, case, texts, option, lines."""
    started = {"partnership_name": NAME, "name": "Shared revenues", "base_fy": FIRST, "horizon_years": 5}
    _sent(
        client_of(people.administrator).post(
            "/api/v1/programmes/", started | {"councils": [council.key for council in people.councils]}
        )
    )
    programme, api = people.programme(), client_of(people.manager)
    for name, basis, weights in _keys():
        pool = _sent(api.post("/api/v1/pools/", {"programme": programme.key, "name": name}))
        key = {"pool": pool["id"], "basis": basis, "effective_from_on": "2026-04-01", "decision_ref": "D-001"}
        by_council = zip(people.councils, weights, strict=True)
        key["weights"] = {council.key: weight.replace(",", "") for council, weight in by_council}
        _sent(api.post("/api/v1/keys/", key))
    new = {"programme": programme.key, "ref": "BC-1", "title": "Shared revenues", "stage": "fbc"}
    case = _sent(api.post("/api/v1/business-cases/", new | {"base_fy": FIRST, "horizon_years": 5}))
    at = f"/api/v1/business-cases/{case['id']}/"
    _sent(api.patch(at, {"version": 1, "sections": SECTIONS}))
    option = {"ref": "SHARE", "name": "Share the service", "kind": "share", "is_preferred": True}
    _sent(api.post(f"{at}options/", {"version": 2, **option}))
    lines = []
    for ref, title, kind, pool, amounts in LINES:
        line = {"ref": ref, "title": title, "option": "SHARE", "kind": kind, "pool": _pool(pool).ref}
        line["amounts"] = [
            {"council": None, "fy": FIRST + index, "amount": text}
            for index, text in enumerate(amounts)
            if text
        ]
        lines.append(line | (BIAS if ref == "MOVE" else {}))
    stored = _sent(api.put(f"{at}lines/", {"version": 3, "lines": lines}))

    def add_exit() -> None:
        own = {"ref": "LEAVE", "title": "Leaving the present contract", "option": "SHARE"}
        own |= {"kind": "one_off_cost", "cost_type": "contract_exit"}
        own["amounts"] = [{"council": "carrick", "fy": FIRST, "amount": "250000.00"}]
        _sent(api.put(f"{at}lines/", {"version": stored["version"], "lines": [own]}))

    return case["id"], add_exit


@pytest.mark.parametrize("enter", [enter_by_pages, enter_by_files, enter_by_api])
def test_golden_programme_gives_every_figure_to_the_penny(
    people: People, enter: Callable[[People], tuple[int, Callable[[], None]]]
) -> None:
    case, add_exit = enter(people)
    browser, api = sign_in(Client(), people.manager), client_of(people.manager)
    assert joint_of_pages(browser, case) == (JOINT_YEARS, JOINT)
    assert joint_of_api(api, case) == (JOINT_YEARS, JOINT)
    add_exit()
    assert split_of_pages(browser, case) == SPLIT
    assert split_of_api(api, case) == SPLIT


def _keys() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return (
        ("Savings and running costs", "population", POPULATION),
        ("One-off costs", "equal", EQUAL),
    )


def _pool(name: str) -> CostPool:
    return CostPool.objects.get(name=name)


def _by_year(amounts: tuple[str, ...]) -> dict[str, str]:
    return {f"{FIRST + index}-{(FIRST + index + 1) % 100}": text for index, text in enumerate(amounts)}


def _empty_case(people: People) -> tuple[int, Client]:
    """The programme with its keys and a draft without lines, for lines that come in files."""
    programme = ProgrammeFactory(partnership=PartnershipFactory(councils=people.councils))
    role(people.manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    for name, _, weights in _keys():
        by_council = zip(people.councils, weights, strict=True)
        pool = CostPoolFactory(programme=programme, name=name)
        key_of(pool, {council: int(weight.replace(",", "")) for council, weight in by_council})
    values = CaseValues(title="Shared revenues", stage=CaseStage.FBC, base_fy=FIRST, horizon_years=5)
    case = create_case(programme, by=people.manager, ref="BC-1", values=values)
    CaseOptionFactory(business_case=case, ref="SHARE", name="Share the service", is_preferred=True)
    return case.pk, sign_in(Client(), people.manager)


def _import(browser: Client, case: int, file: SimpleUploadedFile) -> None:
    """Upload a file and confirm the preview."""
    address = f"/business-cases/{case}/lines/import/"
    shown = browser.post(address, {"file": file})
    assert shown.status_code == 200, shown.context["problems"]
    sent = {"confirmed_rows": shown.context["rows"], "seen_version": BusinessCase.objects.get().version}
    assert browser.post(address, sent).status_code == 302


def _sent(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.content
    return answer.json()
