"""Every page and answer of the services floor that has no such test of its own takes a fixed number of
queries: with one row of everything, and with three."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services.actions.case_versions import start_version
from services.actions.quality import judge_quality
from services.actions.runs import share_amount
from services.enums import Confidence, Provider, TestBasis
from services.models import BusinessCase, Compensation, Score
from tests.factories import (
    BusinessCaseLineFactory,
    CaseOptionFactory,
    ServiceCostFactory,
    ServiceCouncilFactory,
    ServiceFactory,
    sign_in,
)
from tests.services import review_rows
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import CostPoolFactory, CriterionFactory, amounts, key_of, true_up_of

pytestmark = pytest.mark.django_db

PAGES = {
    "programmes/abc/services.csv": 9,
    "programmes/abc/services/compare.csv": 9,
    "programmes/abc/services/contracts.csv": 5,
    "programmes/abc/services/candidates.csv": 9,
    "services/{service}/compare.csv": 10,
    "services/{service}/edit/": 7,
    "business-cases/{case}/step/": 12,
    "business-cases/{case}/step/?step=send_to_review": 14,
    "business-cases/{issued}/check/": 12,
    "business-cases/{case}/scores/mine/": 9,
    "business-cases/{case}/scores/criteria/": 9,
    "business-cases/{case}/scores/ranking.csv": 6,
    "business-cases/{issued}/compare/{case}/": 36,
    "business-cases/{issued}/compare/{case}.csv": 35,
    "business-cases/{case}/edit/": 8,
    "business-cases/{case}/options/{option}/": 11,
    "business-cases/{case}/lines/{line}/": 12,
    "business-cases/{case}/lines.csv": 11,
    "business-cases/{case}/appraisal/appraisal.json": 17,
    "business-cases/{case}/compensation/": 19,
    "compensations/{compensation}/edit/": 20,
    "keys/{key}/edit/": 14,
    "keys/{key}/true-up/": 8,
    "true-ups/{true_up}/": 7,
    "pools/{pool}/keys/new/": 12,
    "pools/{pool}/runs/new/": 6,
    "runs/{run}/": 8,
    "reviews/{review}/tasks/": 8,
    "reviews/{review}/step/": 17,
    "reviews/{review}/assessment.csv": 5,
    "reviews/{review}/assessment/{council}/readiness/": 8,
    "api/v1/services/{service}/": 7,
    "api/v1/business-cases/{case}/": 5,
    "api/v1/business-cases/{case}/options/": 5,
    "api/v1/business-cases/{case}/progress/": 10,
    "api/v1/business-cases/{issued}/check/": 11,
    "api/v1/business-cases/{case}/scores/": 6,
    "api/v1/business-cases/{issued}/compare/{case}/": 35,
    "api/v1/business-cases/{case}/succession/": 7,
    "api/v1/business-cases/{case}/appraisal/": 17,
    "api/v1/business-cases/{case}/fairness/": 17,
    "api/v1/business-cases/{case}/compensations/": 16,
    "api/v1/pools/{pool}/": 3,
    "api/v1/keys/{key}/": 4,
    "api/v1/runs/{run}/": 4,
    "api/v1/true-ups/{true_up}/": 6,
    "api/v1/reviews/{review}/": 13,
}


@dataclass
class World:
    """The scene, and the rows that the addresses name."""

    scene: CaseScene
    issued: BusinessCase
    rows: dict[str, Any] = field(default_factory=dict)
    size: int = 0

    def grow(self) -> None:
        """One more of everything that a page or answer lists."""
        number = self.size = self.size + 1
        self.rows["line"] = self._of_case(number)
        self._of_pool(number)
        self._of_service(number)

    def _of_case(self, number: int) -> int:
        case, councils = self.scene.case, self.scene.councils
        option = CaseOptionFactory(business_case=case, ref=f"O-{number}", name=f"Option {number}")
        line = BusinessCaseLineFactory(
            business_case=case, option=option, ref=f"N-{number}", pool=self.scene.pool
        )
        amounts(amounts(line, [5_00] * number), [7_00] * number, council=councils[number % len(councils)])
        criterion = CriterionFactory(
            business_case=case, ref=f"M-{number}", name=f"More {number}", weight_percent=0
        )
        officer = self.scene.officers[number % len(councils)]
        Score.objects.create(
            criterion=criterion,
            option=option,
            scored_by=officer,
            score=3,
            reason="Alike.",
            created_by=officer,
            updated_by=officer,
        )
        judge_quality(case, by=self.scene.manager, certainty=Confidence.HIGH, reason="Measured for a year.")
        made = Compensation.objects.create(
            business_case=case,
            beneficiary=councils[number % len(councils)],
            basis=TestBasis.NOMINAL,
            created_by=officer,
            updated_by=officer,
        )
        for council, pence in zip(councils[:2], (-1_00, 1_00), strict=True):
            made.payments.create(council=council, fy=case.base_fy, amount_pence=pence)
        self.rows |= {"option": option.pk, "compensation": made.pk}
        return int(line.pk)

    def _of_pool(self, number: int) -> None:
        pool = CostPoolFactory(programme=self.scene.programme, ref=f"Q-{number}")
        key = key_of(pool, dict.fromkeys(self.scene.councils, 1))
        for year in range(number):
            true_up = true_up_of(key, 2021 + year)
        run = share_amount(pool, fy=2026, pence=3_00, purpose="Support", by=self.scene.manager)
        unused = key_of(
            CostPoolFactory(programme=self.scene.programme, ref=f"U-{number}"),
            dict.fromkeys(self.scene.councils, 1),
        )
        self.rows |= {"pool": pool.pk, "key": unused.pk, "true_up": true_up.pk, "run": run.pk}

    def _of_service(self, number: int) -> None:
        service = ServiceFactory(programme=self.scene.programme, ref=f"T-{number}", name=f"Service {number}")
        review = self.rows.get("made") or review_rows.review_of(self.scene.programme)
        council = self.scene.councils[number % len(self.scene.councils)]
        for one in (service, review.service):
            provision = ServiceCouncilFactory(service=one, council=council, provider=Provider.IN_HOUSE)
            for fy in range(2026 - number, 2026):
                ServiceCostFactory(provision=provision, fy=fy, amount_pence=100_00)
        review_rows.ReviewTaskFactory(review=review, council=council)
        review_rows.RedLineFactory(review=review, council=council)
        review_rows.ConsultationFactory(review=review, council=council)
        review_rows.answer(review, council, {number: 1})
        self.rows |= {"service": review.service.pk, "review": review.pk, "made": review}


@pytest.fixture
def world() -> World:
    scene = case_scene()
    issued = scene.to_issued()
    scene.case = start_version(issued, by=scene.manager, seen_version=issued.version)
    found = World(scene, issued)
    found.rows = {"case": scene.case.pk, "issued": issued.pk, "council": scene.councils[0].key}
    found.grow()
    return found


def queries_of(client: Client, world: World) -> dict[str, int]:
    """How many queries each address takes now."""
    found = {}
    for address in PAGES:
        with CaptureQueriesContext(connection) as taken:
            answer = client.get("/" + address.format(**world.rows))
        assert answer.status_code == 200, (address, answer.status_code)
        if answer.streaming:
            b"".join(answer.streaming_content)
        found[address] = len(taken)
    return found


def test_pages_and_answers_take_a_fixed_number_of_queries(client: Client, world: World) -> None:
    sign_in(client, world.scene.manager)
    assert queries_of(client, world) == PAGES
    world.grow()
    world.grow()
    assert queries_of(client, world) == PAGES
