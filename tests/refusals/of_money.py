"""Claims, budgets, benefits and funds (rows 38 to 43 and 75)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import ActualAmount, FundContribution
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of
from tests.refusals.asking import Asked, Row


def _verify(user: User, claim: ActualAmount) -> Asked:
    browser, api = page_of(user), api_of(user)
    return Asked(
        lambda: browser.post(f"/actual-amounts/{claim.pk}/answer/", {"outcome": "verified"}),
        lambda: api.post(f"/api/v1/actual-amounts/{claim.pk}/verify/"),
    )


def _of_another_council() -> Asked:
    scene = make_scene()
    other = factories.UserFactory()
    factories.role(other, RoleName.S151, council=scene.councils[0])
    return _verify(other, scene.claim())


def _without_reduction() -> Asked:
    scene = make_scene()
    return _verify(scene.s151, scene.claim())


def _reduction(change: Callable[[Scene], None], pounds: str = "12000") -> Callable[[], Asked]:
    """A reduction of Brockvale's code 4312, which holds £80,000."""

    def prepare() -> Asked:
        scene = make_scene()
        budget = factories.BudgetLineFactory(council=scene.brockvale, ledger_code="4312")
        change(scene)
        browser, api = page_of(scene.finance), api_of(scene.finance)
        typed = {"line": scene.saving.pk, "ledger_code": budget.pk, "amount": pounds}
        sent: dict[str, Any] = {"programme": "abc", "line": "ICT", "council": "brockvale"}
        sent |= {"ledger_code": "4312", "fy": 2026, "amount": pounds}
        return Asked(
            lambda: browser.post("/programmes/abc/reductions/new/", typed),
            lambda: api.post("/api/v1/budget-reductions/", sent),
        )

    return prepare


def _most_is_taken(scene: Scene) -> None:
    """£70,000 are out of it already, for a benefit of which this one claims nothing more."""
    scene.benefit.attribution_percent, scene.benefit.attribution_reason = 0, "All of it is another change"
    scene.benefit.save()
    other = factories.LineFactory(programme=scene.programme)
    factories.reduction(other, scene.brockvale, 2026, code="4312", pence=70_000_00)


def _a_third_is_claimed(scene: Scene) -> None:
    other = factories.BenefitFactory(
        programme=scene.programme,
        ref="B-2",
        attribution_percent=30,
        attribution_reason="Shared with the landlord",
    )
    line = factories.LineFactory(programme=scene.programme, benefit=other)
    factories.reduction(line, scene.brockvale, 2026, code="4312")


def _claimed_elsewhere(scene: Scene) -> None:
    partnership = factories.PartnershipFactory(councils=[scene.brockvale, factories.CouncilFactory()])
    other = factories.ProgrammeFactory(name="Waste together", partnership=partnership)
    factories.reduction(factories.LineFactory(programme=other), scene.brockvale, 2026, code="4312")


def _claim_over_budget() -> Asked:
    scene = make_scene()
    factories.BudgetLineFactory(council=scene.brockvale, ledger_code="4312")
    factories.actual(scene.saving, scene.brockvale, 2026, 6, 70_000_00, ledger_code="4312")
    browser, api = page_of(scene.finance), api_of(scene.finance)
    typed = {"line": scene.saving.pk, "council": scene.brockvale.pk, "month": "2026-7"}
    same = {"amount": "10000.01", "ledger_code": "4312"}
    sent: dict[str, Any] = {
        "programme": "abc",
        "line": "ICT",
        "council": "brockvale",
        "fy": 2026,
        "period": 7,
    }
    return Asked(
        lambda: browser.post("/programmes/abc/claims/new/", typed | same),
        lambda: api.post("/api/v1/actual-amounts/", sent | same),
    )


def _cashable_avoidance() -> Asked:
    scene = make_scene()
    browser, api = page_of(scene.manager), api_of(scene.manager)
    typed: dict[str, Any] = {"title": "Lower cost of paper", "benefit_class": "cashable"}
    typed |= {"kind": "cost_avoidance", "owner": scene.manager.pk, "direction": "lower"}
    typed |= {"starting_value": "26", "target_value": "13", "attribution_percent": "100"}
    return Asked(
        lambda: browser.post("/programmes/abc/benefits/new/", typed),
        lambda: api.post("/api/v1/benefits/", {**typed, "programme": "abc", "owner": scene.manager.email}),
    )


def _withdrawal() -> Asked:
    scene = make_scene()
    fund = factories.FundFactory(programme=scene.programme, ref="FUND-1")
    FundContribution.objects.create(
        fund=fund,
        council=scene.brockvale,
        amount_pence=40_000_00,
        paid_on=date(2026, 4, 1),
        entered_by=fund.created_by,
    )
    sent = {"actual": scene.spent().pk, "amount": "40000.01"}
    browser, api = page_of(scene.finance), api_of(scene.finance)
    return Asked(
        lambda: browser.post(f"/funds/{fund.pk}/withdrawals/new/", {**sent, "drawn_on": "1 10 2026"}),
        lambda: api.post(f"/api/v1/funds/{fund.pk}/drawdowns/", {**sent, "drawn_on": "2026-10-01"}),
    )


OVER_BUDGET = "Savings claimed against code 4312 exceed its budget of £80,000"
ROWS = (
    Row(
        38,
        "another council's",
        "Only Brockvale's section 151 officer can verify this amount",
        _of_another_council,
    ),
    Row(
        39,
        "no reduction",
        "Record the budget code and amount that was reduced",
        _without_reduction,
    ),
    Row(40, "reduction", OVER_BUDGET, _reduction(_most_is_taken, "10000.01")),
    Row(40, "claim", OVER_BUDGET, _claim_over_budget),
    Row(
        41,
        "attribution",
        "These benefits claim 130% of the same saving. Reduce one or link them",
        _reduction(_a_third_is_claimed),
    ),
    Row(
        42,
        "two programmes",
        "This code and year are already claimed by Waste together. Confirm it is not the same saving",
        _reduction(_claimed_elsewhere),
    ),
    Row(43, "class", "A benefit can be cashable or cost avoidance, not both", _cashable_avoidance),
    Row(75, "fund", "Fund balance is £40,000.00. Withdrawal must be this or less", _withdrawal),
)
