"""Steps, scores and compensation of a business case, and consultations (rows 24 to 29, 73, 74 and 80)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from programme.enums import PriceBasis
from services.enums import CaseSectionName
from tests.benefits.scene import api_of, page_of
from tests.factories import BusinessCaseLineFactory, CaseOptionFactory
from tests.refusals.asking import Asked, Row
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import amounts
from tests.services.review_rows import review_of


def _step(change: Callable[[CaseScene], Any]) -> Callable[[], Asked]:
    """A draft that lacks one thing is sent to review."""

    def prepare() -> Asked:
        scene = case_scene()
        change(scene)
        browser, api = page_of(scene.manager), api_of(scene.manager)
        at = f"business-cases/{scene.case.pk}"
        version = scene.fresh().version
        return Asked(
            lambda: browser.post(
                f"/{at}/step/?step=send_to_review", {"seen_version": version, "comment": ""}
            ),
            lambda: api.post(f"/api/v1/{at}/steps/", {"version": version, "step": "send_to_review"}),
        )

    return prepare


def _no_bau(scene: CaseScene) -> None:
    scene.options["bau"].delete()


def _one_option(scene: CaseScene) -> None:
    scene.lines["saving"].delete()
    scene.lines["cost"].delete()
    scene.options["share"].delete()
    scene.case.options.update(is_preferred=True)


def _nominal(scene: CaseScene) -> None:
    scene.case.lines.filter(ref="L-1").update(price_basis=PriceBasis.NOMINAL)


def _weights() -> Asked:
    """Two criteria that weigh 95 together."""
    scene = case_scene()
    version = scene.case.version
    at = f"business-cases/{scene.case.pk}"
    browser, api = page_of(scene.manager), api_of(scene.manager)
    typed: dict[str, Any] = {"seen_version": version}
    sent = []
    for row, (name, weight) in enumerate((("Cost", 40), ("Quality", 55))):
        typed |= {f"ref-{row}": "", f"name-{row}": name, f"weight-{row}": weight, f"description-{row}": ""}
        sent.append({"name": name, "weight_percent": weight})
    return Asked(
        lambda: browser.post(f"/{at}/scores/criteria/", typed),
        lambda: api.put(f"/api/v1/{at}/criteria/", {"version": version, "criteria": sent}),
    )


def _score(score: int, reason: str) -> Callable[[], Asked]:
    def prepare() -> Asked:
        scene = case_scene()
        at = f"business-cases/{scene.case.pk}/scores/"
        criterion, option = scene.case.criteria.get(), scene.options["share"]
        cell = f"{criterion.pk}-{option.pk}"
        row = {"criterion": criterion.ref, "option": option.ref, "score": score, "reason": reason}
        browser, api = page_of(scene.reviewer), api_of(scene.reviewer)
        return Asked(
            lambda: browser.post(f"/{at}mine/", {f"score-{cell}": score, f"reason-{cell}": reason}),
            lambda: api.post(f"/api/v1/{at}", {"scores": [row]}),
        )

    return prepare


def _compensation(paid: str, received: str) -> Callable[[], Asked]:
    """Kingston pays the last council, without which it would have £100.00 instead of £66.68."""

    def prepare() -> Asked:
        scene = case_scene()
        payer, _, receiver = scene.councils
        payer.short_name = "Kingston"
        payer.save()
        variant = CaseOptionFactory(
            business_case=scene.case,
            ref="TWO",
            variant_of=scene.options["share"],
            without_council=receiver,
            order_index=2,
        )
        own = BusinessCaseLineFactory(business_case=scene.case, option=variant, ref="T-1")
        amounts(own, [100_00], council=payer)
        at = f"business-cases/{scene.case.pk}"
        terms = {"beneficiary": receiver.key, "basis": "nominal"}
        typed = {
            **terms,
            f"pay-2026-{payer.key}": paid,
            f"pay-2026-{receiver.key}": received,
            "seen_version": "0",
        }
        payments = [
            {"council": payer.key, "fy": 2026, "amount": paid},
            {"council": receiver.key, "fy": 2026, "amount": received},
        ]
        browser, api = page_of(scene.manager), api_of(scene.manager)
        return Asked(
            lambda: browser.post(f"/{at}/compensation/", typed),
            lambda: api.post(f"/api/v1/{at}/compensations/", {**terms, "payments": payments}),
        )

    return prepare


def _dismissal() -> Asked:
    """A hundred people, the first dismissed after 44 days."""
    scene = case_scene()
    review = review_of(scene.programme)
    sent = {"council": scene.councils[2].key, "kind": "redundancy", "affected_count": "100"}
    typed = {**sent, "started_on": "30 3 2027", "first_dismissal_on": "13 5 2027", "seen_version": 0}
    body = {**sent, "review": review.pk, "started_on": "2027-03-30", "first_dismissal_on": "2027-05-13"}
    browser, api = page_of(scene.manager), api_of(scene.manager)
    return Asked(
        lambda: browser.post(f"/reviews/{review.pk}/consultations/new/", typed),
        lambda: api.post("/api/v1/consultations/", body),
    )


OPTIONS = "Add at least 2 options, one of them business as usual"
SECTIONS = tuple(
    Row(
        28,
        f"empty {name.label}",
        f"Complete the {name.label.lower()} before you issue the full business case",
        _step(lambda scene, name=name: scene.case.sections.filter(name=name).update(text=" ")),
    )
    for name in CaseSectionName
)
ROWS = (
    Row(24, "weights", "Weights must add up to 100. They add up to 95", _weights),
    Row(25, "score over 100", "Score must be between 0 and 100", _score(101, "Seen")),
    Row(25, "score below 0", "Score must be between 0 and 100", _score(-1, "Seen")),
    Row(25, "no reason", "Give a reason for the score", _score(50, " ")),
    Row(26, "no business as usual", OPTIONS, _step(_no_bau)),
    Row(26, "one option", OPTIONS, _step(_one_option)),
    Row(
        27,
        "none preferred",
        "Choose the preferred option",
        _step(lambda scene: scene.case.options.update(is_preferred=False)),
    ),
    *SECTIONS,
    Row(
        29,
        "mixed prices",
        "Convert nominal amounts to 2026 to 2027 prices before working out net present value",
        _step(_nominal),
    ),
    Row(
        73,
        "not balanced",
        "Payments in (£249,999.99) and out (£250,000.00) must be equal",
        _compensation("-249999.99", "250000.00"),
    ),
    Row(
        74,
        "payer worse off",
        "Kingston would be worse off than without the partnership by £43.32",
        _compensation("-10.00", "10.00"),
    ),
    Row(
        80,
        "dismissal",
        "First dismissal must be on or after 14 May 2027, 45 days after consultation started",
        _dismissal,
    ),
)
