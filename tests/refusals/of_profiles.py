"""Benefit profiles and the benefits map (rows 11, 12, 15, 16, 20, 34, 35, 44 to 49, 51 and 52)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benefits.enums import BenefitState, BenefitStep
from benefits.models import Benefit
from tests import factories
from tests.benefits.life import Life, make_life, stand_at
from tests.benefits.scene import api_of, make_scene, page_of
from tests.refusals.asking import Asked, Row

NEW: dict[str, Any] = {
    "title": "Faster claims",
    "benefit_class": "quantifiable",
    "kind": "measure",
    "direction": "lower",
    "starting_value": "26",
    "target_value": "13",
    "attribution_percent": "100",
}
WARNED = "This benefit starts before go-live on 1 April 2027. Give a reason"
SHARES = {"share_ashmere": "60", "share_brockvale": "39.9"}


def _profile(in_api: dict[str, Any] | None = None, **changes: Any) -> Callable[[], Asked]:
    """A new benefit that is good but for the changes; `in_api` where the API says them otherwise."""

    def prepare() -> Asked:
        life = make_life()
        manager = life.scene.manager
        browser, api = page_of(manager), api_of(manager)
        typed = NEW | {"owner": manager.pk} | changes
        changed = in_api if in_api is not None else changes
        sent = NEW | {"programme": "abc", "owner": manager.email} | changed
        return Asked(
            lambda: browser.post("/programmes/abc/benefits/new/", typed),
            lambda: api.post("/api/v1/benefits/", sent, format="json"),
        )

    return prepare


def _early() -> Asked:
    life = make_life()
    manager, pk = life.scene.manager, life.benefit.pk
    browser, api = page_of(manager), api_of(manager)
    typed = NEW | {"owner": life.owner.pk, "measure_name": "Days", "starts_on": "31 3 2027"}
    return Asked(
        lambda: browser.post(f"/benefits/{pk}/update/", typed | {"seen_version": 1}),
        lambda: api.patch(
            f"/api/v1/benefits/{pk}/", {"version": 1, "starts_on": "2027-03-31"}, format="json"
        ),
    )


def _step(
    step: BenefitStep, state: BenefitState, who: str = "owner", why: str = "", **fields: Any
) -> Callable[[], Asked]:
    """A step of the benefit where it stands so."""

    def prepare() -> Asked:
        life = make_life(**fields)
        stand_at(life.benefit, state)
        user = getattr(life, who, None) or getattr(life.scene, who)
        browser, api, pk = page_of(user), api_of(user), life.benefit.pk
        sent = {"version": 1, "step": step.value, "why": why}
        return Asked(
            lambda: browser.post(f"/benefits/{pk}/steps/{step.value}/", {"seen_version": 1, "why": why}),
            lambda: api.post(f"/api/v1/benefits/{pk}/step/", sent, format="json"),
        )

    return prepare


def _planned(entries: list[dict[str, Any]], **typed: str) -> Callable[[], Asked]:
    """Planned values of the benefit."""

    def prepare() -> Asked:
        life = make_life(measure_unit="%", starting_value=20, target_value=10)
        manager, pk = life.scene.manager, life.benefit.pk
        browser, api = page_of(manager), api_of(manager)
        return Asked(
            lambda: browser.post(f"/benefits/{pk}/planned-values/", {"seen_version": 1, **typed}),
            lambda: api.put(
                f"/api/v1/benefits/{pk}/trajectory/", {"version": 1, "entries": entries}, format="json"
            ),
        )

    return prepare


def _loop() -> Asked:
    life = make_life()
    browser, api = page_of(life.scene.manager), api_of(life.scene.manager)
    step, first = _second_step(life), life.change
    typed = {"start": f"change-{step.pk}", "end": f"change-{first.pk}"}
    sent = {"programme": "abc", "from_step": step.ref, "to_step": first.ref}
    return Asked(
        lambda: browser.post("/programmes/abc/benefits-map/links/new/", typed),
        lambda: api.post("/api/v1/benefit-links/", sent, format="json"),
    )


def _second_step(life: Life) -> Any:
    """A change that follows from the first."""
    step = life.programme.map_steps.create(
        ref="CH-2",
        kind="change",
        title="One way of checking",
        created_by=life.owner,
        updated_by=life.owner,
    )
    life.programme.benefit_links.create(from_step=life.change, to_step=step, entered_by=life.owner)
    return step


def _future() -> Asked:
    life = make_life()
    browser, api, pk = page_of(life.owner), api_of(life.owner), life.benefit.pk
    typed = {"reviewed_on": "25 11 2026", "finding": "On track", "next_review_on": "1 2 2027"}
    sent = {"reviewed_on": "2026-11-25", "finding": "On track", "next_review_on": "2027-02-01"}
    return Asked(
        lambda: browser.post(f"/benefits/{pk}/reviews/new/", typed | {"seen_version": 1}),
        lambda: api.post(f"/api/v1/benefits/{pk}/reviews/", sent | {"version": 1}, format="json"),
    )


def _own_benefit() -> Asked:
    life = make_life()
    stand_at(life.benefit, BenefitState.PROFILED, owner=life.sro)
    browser, api, pk = page_of(life.sro), api_of(life.sro), life.benefit.pk
    return Asked(
        lambda: browser.post(f"/benefits/{pk}/steps/approve/", {"seen_version": 1}),
        lambda: api.post(f"/api/v1/benefits/{pk}/step/", {"version": 1, "step": "approve"}, format="json"),
    )


def _approved_target() -> Asked:
    life = make_life()
    stand_at(life.benefit, BenefitState.REALISING)
    manager, pk = life.scene.manager, life.benefit.pk
    browser, api = page_of(manager), api_of(manager)
    return Asked(
        lambda: browser.post(f"/benefits/{pk}/planned-values/", {"seen_version": 1, "v-2027-0": "20"}),
        lambda: api.patch(f"/api/v1/benefits/{pk}/", {"version": 1, "target_value": "20"}, format="json"),
    )


def _planned_without_start() -> Asked:
    scene = make_scene()
    Benefit.objects.filter(pk=scene.benefit.pk).update(target_value=13)
    entry = (scene.saving, scene.brockvale, 2026, None, 75_000_000)
    proposal = factories.plan_proposal(scene.programme, amounts=[entry], created_by=scene.manager)
    at, browser, api = f"plan-proposals/{proposal.pk}/submit/", page_of(scene.manager), api_of(scene.manager)
    return Asked(
        lambda: browser.post(f"/{at}", {"seen_version": "1"}),
        lambda: api.post(f"/api/v1/{at}", {"version": 1}, format="json"),
    )


_IN_SHARES = {
    "shares": [{"council": "ashmere", "percent": "60"}, {"council": "brockvale", "percent": "39.9"}]
}
ROWS = (
    Row(
        20,
        "shares of a benefit",
        "Percentages must add up to 100. They add up to 99.9",
        _profile(_IN_SHARES, **SHARES),
    ),
    Row(
        34,
        "reopened without an explanation",
        "Explain the change in at least 50 characters",
        _step(BenefitStep.REOPEN, BenefitState.REALISING, "manager", "Better"),
    ),
    Row(
        35,
        "benefit approved by who owns it",
        "The person who proposed the change cannot approve it",
        _own_benefit,
    ),
    Row(
        44,
        "title",
        "Start the title with a word such as Reduced, Increased or Faster",
        _profile(title="Claims"),
    ),
    Row(
        45,
        "no owner",
        "Choose a benefit owner who has an active account",
        _profile({"owner": None}, owner=""),
    ),
    Row(
        46,
        "no starting value",
        "Enter the starting value, or say why there is none",
        _step(BenefitStep.APPROVE, BenefitState.PROFILED, "sro", starting_value=None, starting_on=None),
    ),
    Row(47, "same", "Target must be different from the starting value", _profile(target_value="26")),
    Row(
        48,
        "wrong side",
        "Target is lower than the starting value but the measure should increase",
        _profile(direction="higher"),
    ),
    Row(
        49,
        "odd percentage",
        "Percentage is usually between 0 and 100. Confirm 135% is correct",
        _profile(measure_unit="%", direction="higher", target_value="135"),
    ),
    Row(
        49,
        "odd planned percentage",
        "Percentage is usually between 0 and 100. Confirm 135% is correct",
        _planned([{"fy": 2027, "value": 135}], **{"v-2027-0": "135"}),
    ),
    Row(51, "before its enabler", WARNED, _early),
    Row(
        51,
        "started before its enabler",
        "This benefit starts before go-live on 26 May 2027. Give a reason",
        _step(BenefitStep.START, BenefitState.ENABLING),
    ),
    Row(
        52,
        "map",
        "This link would make a loop: One team decides depends on One way of checking, "
        "which depends on One team decides",
        _loop,
    ),
)
# In words of their own, or in those of a row that other tests try.
OTHERS = (
    Row(11, "review to come", "Day of the review must be today or in the past", _future),
    Row(
        12,
        "benefit that ends first",
        "End date must be after 1 April 2026",
        _profile(
            {"starts_on": "2026-04-01", "ends_on": "2026-03-31"}, starts_on="1 4 2026", ends_on="31 3 2026"
        ),
    ),
    Row(
        46,
        "plan with a target and no starting value",
        "B-1 Lower cost of ICT: Enter the starting value, or say why there is none",
        _planned_without_start,
    ),
    Row(
        33,
        "target of an approved benefit",
        "This benefit was approved with its measure and its target. "
        "Reopen its profile before you change them",
        _approved_target,
    ),
)
