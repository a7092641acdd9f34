"""Drafts of business cases: amounts, periods, rates, what sources state (rows 15 to 17, 30 to 32, 50)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.rules.calendar import MONTH_NAMES
from services.models import BusinessCaseLine
from tests.benefits.scene import api_of, page_of
from tests.html_forms import filled
from tests.refusals.asking import Asked, Row
from tests.services.draft_scene import DraftScene, draft_scene

NEW = {"title": "Payroll", "ref": "BC-2", "stage": "obc", "base_fy": "2026", "horizon_years": "5"}


def _drafted() -> tuple[DraftScene, BusinessCaseLine, str]:
    """A draft with a joint line of one amount, and the address of its lines."""
    scene = draft_scene()
    return scene, scene.line("L-1", [100_00]), f"business-cases/{scene.case.pk}/lines/"


def _grid(boxes: Callable[[int], dict[str, str]], *amounts: dict[str, Any]) -> Callable[[], Asked]:
    """Boxes of the grid, named by the line's id; and the line's amounts for the API."""

    def prepare() -> Asked:
        scene, line, at = _drafted()
        browser, api = page_of(scene.manager), api_of(scene.manager)
        body = {"version": 1, "lines": [{"ref": "L-1", "amounts": list(amounts)}]}
        return Asked(
            lambda: browser.post(f"/{at}", {"seen_version": "1", **boxes(line.pk)}),
            lambda: api.put(f"/api/v1/{at}", body),
        )

    return prepare


def _months() -> Asked:
    """A year by months that come to a penny less: in a file on the page, as JSON in the API."""
    scene, _, at = _drafted()
    browser, api = page_of(scene.manager), api_of(scene.manager)
    months = ["8333.33"] * 9 + ["8333.34"] * 3
    titles = ",".join(f"2027-28 {month}" for month in (*MONTH_NAMES[3:], *MONTH_NAMES[:3]))
    content = f"Reference,2027-28,{titles}\nL-1,100000,{','.join(months)}\n".encode()
    amount = {"fy": 2027, "amount": "100000", "months": months}
    return Asked(
        lambda: browser.post(f"/{at}import/", {"file": SimpleUploadedFile("lines.csv", content)}),
        lambda: api.put(f"/api/v1/{at}", {"version": 1, "lines": [{"ref": "L-1", "amounts": [amount]}]}),
    )


def _case(**changes: str) -> Callable[[], Asked]:
    """A new business case."""

    def prepare() -> Asked:
        scene = draft_scene()
        browser, api = page_of(scene.manager), api_of(scene.manager)
        return Asked(
            lambda: _send(browser, "/programmes/abc/business-cases/new/", {**NEW, **changes}),
            lambda: api.post("/api/v1/business-cases/", {**NEW, "programme": "abc", **changes}),
        )

    return prepare


def _details(typed: dict[str, str], **sent: Any) -> Callable[[], Asked]:
    """What a line says of itself."""

    def prepare() -> Asked:
        scene, line, at = _drafted()
        browser, api = page_of(scene.manager), api_of(scene.manager)
        return Asked(
            lambda: _send(browser, f"/{at}{line.pk}/", typed),
            lambda: api.put(f"/api/v1/{at}", {"version": 1, "lines": [{"ref": "L-1", **sent}]}),
        )

    return prepare


def _send(browser: Client, address: str, typed: dict[str, str]) -> Any:
    """The form of a page with what it holds, and boxes that it does not have where one sends them."""
    return browser.post(address, {**filled(browser, address), **typed})


def _twice(line: int) -> dict[str, str]:
    return {f"a-{line}-0-2027": "5", "n-0-ref": "L-1", "n-0-who": "joint", "n-0-2027": "6"}


HORIZON = "Appraisal period must be a whole number of years from 1 to 60"
NO_RATE = "Rates come from reference data. Ask an administrator to add a new rate with its source"
BIAS = {"bias_category": "outsourcing", "bias_mitigation_percent": "60"}
STATED = {"term_years": "3"}
ROWS = (
    Row(
        15,
        "year twice",
        "There are two entries for 2027 to 2028. Keep one",
        _grid(_twice, {"fy": 2027, "amount": "5"}, {"fy": 2027, "amount": "6"}),
    ),
    Row(
        16,
        "year outside",
        "2033 to 2034 is after the end of the appraisal period. Remove it or extend the period",
        _grid(lambda line: {f"a-{line}-0-2033": "5"}, {"fy": 2033, "amount": "5"}),
    ),
    Row(
        17,
        "months",
        "Months add up to £99,999.99 but the year is £100,000.00. Change one of them",
        _months,
    ),
    *(Row(30, f"period {years}", HORIZON, _case(horizon_years=years)) for years in ("0", "61", "2.5")),
    Row(
        31,
        "bias without basis",
        "Explain where the optimism bias percentage comes from",
        _details(BIAS, **BIAS),
    ),
    Row(32, "rate", NO_RATE, _case(discount_rate="3.5")),
    Row(
        50,
        "whole life",
        "Whole-life saving is £154,244 but £51,414 x 3 is £154,242. Check both",
        _details(
            {"annual_pence": "51,414", "whole_life_pence": "154,244", **STATED},
            annual="51414",
            whole_life="154244",
            **STATED,
        ),
    ),
)
