"""The golden programme (domain.md 4.9) entered on the pages, by CSV and through the API gives each figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.authtoken.models import Token

from programme.models import Programme
from services.enums import TestBasis
from services.models import BusinessCase
from services.queries.appraisal import CaseAppraisal, appraise_case
from services.queries.appraisal_sensitivity import option_sensitivity
from services.queries.fairness import case_fairness
from services.rules.sensitivity import ScenarioKind
from services.rules.switching import SwitchingValues
from tests.services.factories import CostPoolFactory, key_of
from tests.services.golden_rows import POPULATIONS, manager_of
from tests.services.rows import members, programme_of_three

pytestmark = pytest.mark.django_db

YEARS = range(2026, 2032)
JOINT = {
    "SAVE": ("Fewer posts", "cashable_saving", "POP", ["", "180000", "420000", "480000", "480000", "480000"]),
    "RUN": ("Licences", "recurring_cost", "POP", ["", *["40,000.00"] * 5]),
    "MOVE": ("Moving", "one_off_cost", "EQ", ["600000", "£150,000", "", "", "", ""]),
}
EXIT_YEARS = ["250000", "", "", "", "", ""]
KIND_LABELS = {
    "cashable_saving": "Cashable saving",
    "recurring_cost": "Recurring cost",
    "one_off_cost": "One-off cost",
}


class Entry:
    """One way of entering a case; `case` is what was stored so far."""

    def __init__(self, client: Client, programme: Programme) -> None:
        self.user = manager_of(programme)
        self.client, self.programme = client, programme
        client.force_login(self.user)

    @property
    def case(self) -> BusinessCase:
        return BusinessCase.objects.select_related("programme__partnership").get(ref="BC-1")

    def post(self, path: str, data: dict[str, Any]) -> Any:
        """Send a form and see that it was taken."""
        response = self.client.post(path, {"seen_version": "1", **data})
        assert response.status_code == 302, response.content.decode()
        return response

    def start(self) -> None:
        """The case with its option, on the pages."""
        self.post(
            f"/programmes/{self.programme.key}/business-cases/new/",
            {
                "title": "Shared revenues",
                "ref": "BC-1",
                "stage": "obc",
                "base_fy": "2026",
                "horizon_years": "5",
                "payback_origin": "profile_start",
            },
        )
        option = {"ref": "SHARE", "name": "Share the service", "kind": "share", "is_preferred": "on"}
        self.post(f"/business-cases/{self.case.pk}/options/", option)

    def joint_lines(self) -> None:
        """The three joint lines, and the optimism bias of the one-off cost."""
        raise NotImplementedError

    def own_exit(self) -> None:
        """Carrick's own contract exit."""
        raise NotImplementedError


class ByPages(Entry):
    """Typed into the grid and the form of a line."""

    def joint_lines(self) -> None:
        pools = {pool.ref: pool.pk for pool in self.programme.cost_pools.all()}
        sent: dict[str, str] = {}
        for row, (ref, (title, kind, pool, years)) in enumerate(JOINT.items()):
            about = {"ref": ref, "title": title, "kind": kind, "who": f"pool-{pools[pool]}"}
            sent |= {f"n-{row}-{name}": text for name, text in about.items()}
            sent |= {f"n-{row}-{fy}": text for fy, text in zip(YEARS, years, strict=True)}
        self.save(sent)
        line = self.case.lines.get(ref="MOVE")
        self.post(
            f"/business-cases/{self.case.pk}/lines/{line.pk}/",
            {
                "ref": "MOVE", "title": line.title, "option": str(line.option_id), "kind": line.kind,
                "cost_type": "", "pool": str(line.pool_id), "price_basis": "real", "confidence": "medium",
                "low_percent": "100", "high_percent": "100", "bias_category": "outsourcing",
                "bias_mitigation_percent": "60", "bias_basis": "Two tenders",
                "seen_version": str(self.case.version),
            },
        )  # fmt: skip

    def own_exit(self) -> None:
        carrick = members(self.programme)[2]
        about = {"ref": "LEAVE", "title": "Leaving", "kind": "one_off_cost", "cost_type": "contract_exit"}
        sent = {f"n-0-{name}": text for name, text in about.items()} | {"n-0-who": f"council-{carrick.pk}"}
        self.save(sent | {f"n-0-{fy}": text for fy, text in zip(YEARS, EXIT_YEARS, strict=True)})

    def save(self, sent: dict[str, str]) -> None:
        self.post(f"/business-cases/{self.case.pk}/lines/", sent | {"seen_version": str(self.case.version)})


class ByCsv(Entry):
    """Uploaded as CSV, looked at and confirmed."""

    HEAD = ("Option", "Reference", "Line", "Kind", "Cost type", "Who bears it", "Pool")
    BIAS = ("Optimism-bias category", "Mitigation %", "Basis of the percentage")

    def joint_lines(self) -> None:
        bias = {"MOVE": ("Outsourcing", "60", "Two tenders")}
        self.upload(
            [
                ["SHARE", ref, title, KIND_LABELS[kind], "", "Joint", pool, *years, *bias.get(ref, ("",) * 3)]
                for ref, (title, kind, pool, years) in JOINT.items()
            ]
        )

    def own_exit(self) -> None:
        about = ["SHARE", "LEAVE", "Leaving", "One-off cost", "Contract exit", "Carrick", ""]
        self.upload([[*about, *EXIT_YEARS, "", "", ""]])

    def upload(self, rows: list[list[str]]) -> None:
        output = io.StringIO()
        years = [f"{fy}-{(fy + 1) % 100:02d}" for fy in YEARS]
        csv.writer(output).writerows([[*self.HEAD, *years, *self.BIAS], *rows])
        address = f"/business-cases/{self.case.pk}/lines/import/"
        file = SimpleUploadedFile("lines.csv", output.getvalue().encode())
        shown = self.client.post(address, {"file": file})
        confirmed = {"confirmed_rows": shown.context["rows"], "seen_version": str(self.case.version)}
        self.post(address, confirmed)


class ByApi(Entry):
    """Sent to the API, the case and its option too."""

    def send(self, method: str, path: str, data: dict[str, Any]) -> None:
        token, _ = Token.objects.get_or_create(user=self.user)
        call = getattr(self.client, method)
        answer = call(
            f"/api/v1/business-cases/{path}",
            data,
            content_type="application/json",
            headers={"Authorization": f"Token {token.key}"},
        )
        assert answer.status_code in {200, 201}, answer.content

    def start(self) -> None:
        self.client.logout()
        about = {"programme": self.programme.key, "ref": "BC-1", "title": "Shared revenues", "stage": "obc"}
        self.send("post", "", about | {"base_fy": 2026, "horizon_years": 5})
        option = {"version": 1, "ref": "SHARE", "name": "Share", "kind": "share", "is_preferred": True}
        self.send("post", f"{self.case.pk}/options/", option)

    def joint_lines(self) -> None:
        bias = {"bias_category": "outsourcing", "bias_mitigation_percent": 60, "bias_basis": "Two tenders"}
        self.put(
            [
                {
                    "ref": ref, "title": title, "kind": kind, "option": "SHARE", "pool": pool,
                    "amounts": amounts_of(None, years), **(bias if ref == "MOVE" else {}),
                }
                for ref, (title, kind, pool, years) in JOINT.items()
            ]
        )  # fmt: skip

    def own_exit(self) -> None:
        about = {"ref": "LEAVE", "title": "Leaving", "kind": "one_off_cost", "cost_type": "contract_exit"}
        self.put([about | {"option": "SHARE", "amounts": amounts_of("carrick", EXIT_YEARS)}])

    def put(self, lines: list[dict[str, Any]]) -> None:
        self.send("put", f"{self.case.pk}/lines/", {"version": self.case.version, "lines": lines})


def amounts_of(council: str | None, years: list[str]) -> list[dict[str, Any]]:
    return [
        {"council": council, "fy": fy, "amount": text} for fy, text in zip(YEARS, years, strict=True) if text
    ]


@pytest.fixture
def programme() -> Programme:
    made = programme_of_three()
    councils = members(made)
    pools = [
        CostPoolFactory(programme=made, ref=ref, order_index=index) for index, ref in enumerate(("POP", "EQ"))
    ]
    key_of(pools[0], dict(zip(councils, POPULATIONS, strict=True)))
    key_of(pools[1], dict.fromkeys(councils, 1))
    return made


@pytest.mark.parametrize("way", [ByPages, ByCsv, ByApi])
def test_golden_programme_gives_every_figure(
    client: Client, programme: Programme, way: Callable[[Client, Programme], Entry]
) -> None:
    entry = way(client, programme)
    entry.start()
    entry.joint_lines()
    check_joint_figures(appraise_case(entry.case))
    entry.own_exit()
    check_council_figures(appraise_case(entry.case))


def check_joint_figures(case: CaseAppraisal) -> None:
    """4.9 without Carrick's own cost, F-13 and F-14."""
    option = case.option("SHARE")
    joint = option.measures(None)
    assert joint.net_by_year == (-600_000_00, -10_000_00, 380_000_00, 440_000_00, 440_000_00, 440_000_00)
    assert [(row.pv_benefits_pence, row.pv_costs_pence) for row in joint.rows] == [
        (0, 600_000_00),
        (173_913_04, 183_574_88),
        (392_074_49, 37_340_43),
        (432_932_50, 36_077_71),
        (418_292_27, 34_857_69),
        (404_147_12, 33_678_93),
    ]
    assert (joint.net_pence, joint.pvb_pence, joint.pvc_pence, joint.npv_pence) == (
        1_090_000_00, 1_821_359_42, 925_529_64, 895_829_78,
    )  # fmt: skip
    assert (joint.bcr, joint.roi_percent) == (Decimal("1.97"), Decimal("145.3"))
    assert (round(joint.payback.years, 3), round(joint.discounted_payback.years, 3)) == (
        Fraction("3.523"), Fraction("3.642"),
    )  # fmt: skip
    sensitivity = option_sensitivity(case, option, has_range=False)
    rows = {row.kind: row.joint for row in sensitivity.rows}
    assert rows[ScenarioKind.BIAS_AND_BENEFITS_LESS_10] == 591_525_72
    assert sensitivity.switching == SwitchingValues(Decimal("49.18"), Decimal("96.79"))


def check_council_figures(case: CaseAppraisal) -> None:
    """4.9 council by council, F-21 and F-22."""
    option = case.option("SHARE")
    councils = [option.measures(place) for place in range(3)]
    assert [own.benefits_pence[3] for own in councils] == [165_727_92, 178_965_79, 135_306_29]
    assert [own.net_by_year[1] for own in councils] == [-1_662_69, 2_198_35, -10_535_66]
    assert [own.net_pence for own in councils] == [385_290_36, 436_035_51, 18_674_13]
    assert [own.npv_pence for own in councils] == [318_189_37, 363_439_62, -35_799_19]
    total = option.council_sum()
    assert (total.net_pence, total.npv_pence) == (840_000_00, 645_829_80)
    fairness = case_fairness(case, option)
    assert [(str(test.council), test.basis) for test in fairness.worse_off] == [("Carrick", TestBasis.NPV)]
    proposal = fairness.proposals[TestBasis.NPV]
    assert list(proposal.balance_pence.values()) == [-16_711_32, -19_087_87, 35_799_19]
