"""Forms and answers of benefits and of partnerships take a fixed number of queries, with one row and with
three. Lists and pages have such tests of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import RoleName
from tests import factories
from tests.benefits.scene import Scene, make_scene, page_of

pytestmark = pytest.mark.django_db

PAGES = {
    "programmes/abc/claims/new/": 8,
    "actual-amounts/{actual}/answer/": 22,
    "actual-amounts/{actual}/reverse/": 5,
    "programmes/abc/budgets/new/": 7,
    "programmes/abc/budgets/{budget}/update/": 7,
    "programmes/abc/reductions/new/": 8,
    "reductions/{reduction}/withdraw/": 5,
    "programmes/abc/funds/new/": 6,
    "funds/{fund}/payments/new/": 7,
    "funds/{fund}/withdrawals/new/": 10,
    "programmes/abc/benefits/new/": 13,
    "benefits/{benefit}/update/": 16,
    "partnerships/{partnership}/agreements/new/": 5,
    "agreements/{agreement}/update/": 8,
    "partnerships/{partnership}/councils/new/": 5,
    "councils/brockvale/succession/": 6,
    "start-a-programme/": 8,
    "api/v1/benefits/{benefit}/": 7,
    "api/v1/funds/{fund}/": 7,
    "api/v1/lines/{line}/": 3,
    "api/v1/agreements/{agreement}/": 6,
    "api/v1/partnerships/{partnership}/": 5,
    "api/v1/programmes/abc/": 3,
}


def grow(scene: Scene) -> dict[str, Any]:
    """One more of everything that these pages list; what the addresses name."""
    programme, council = scene.programme, scene.brockvale
    benefit = factories.BenefitFactory(programme=programme, ref=f"N-{programme.benefits.count()}")
    benefit.councils.set(scene.councils)
    line = factories.LineFactory(programme=programme, benefit=benefit)
    reduction = factories.reduction(line, council, 2026)
    actual = factories.actual(line, council, 2026, 7, 1_00, entered_by=scene.manager)
    cost = scene.spent()
    fund = factories.FundFactory(programme=programme)
    for row in (fund, programme.funds.first()):
        row.contributions.create(
            council=council,
            amount_pence=9_00,
            paid_on=date(2026, 4, 2),
            entered_by=scene.finance,
            entered_at=cost.entered_at,
        )
        row.drawdowns.create(
            actual=cost,
            amount_pence=1_00,
            drawn_on=date(2026, 10, 2),
            entered_by=scene.finance,
            entered_at=cost.entered_at,
        )
    agreement = factories.AgreementFactory(partnership=programme.partnership)
    return {
        "benefit": benefit.pk,
        "line": line.pk,
        "reduction": reduction.pk,
        "budget": reduction.budget_line_id,
        "actual": actual.pk,
        "fund": programme.funds.first().pk,
        "agreement": agreement.pk,
        "partnership": programme.partnership.key,
    }


def test_forms_and_answers_take_a_fixed_number_of_queries() -> None:
    scene = make_scene()
    for role in (RoleName.FINANCE_OFFICER, RoleName.S151):
        factories.role(scene.s151, role, council=scene.brockvale)
    factories.role(scene.s151, RoleName.PROGRAMME_MANAGER, partnership=scene.programme.partnership)
    browser = page_of(scene.s151)
    found = []
    for more in (1, 2):
        for _ in range(more):
            rows = grow(scene)
        found.append({address: queries_of(browser, address.format(**rows)) for address in PAGES})
    assert found == [PAGES, PAGES]


def queries_of(browser: Any, path: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as taken:
        answer = browser.get(f"/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    return len(taken)
