"""Every page of the product, by the name of its address, with something real to show on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import Page

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import (
    ActualAmount,
    Benefit,
    BudgetLine,
    BudgetReduction,
    ForecastAmount,
    Fund,
    Line,
    PlanAmount,
)
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN
from governance.models import Decision
from programme.models import Agreement, Membership, Milestone
from services.models import BusinessCase
from tests.browser.drafts import draft, draft_line, draft_option

HISTORIC_KEY = "south_oxfordshire_vale"

Arguments = Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PageCase:
    """A page: its name, what its address needs, which of several is meant, what shows that it is drawn."""

    name: str
    arguments: Arguments = dict
    variant: str = ""
    drawn: str = "main h1"
    query: str = ""
    role: RoleName = RoleName.PROGRAMME_MANAGER

    def __str__(self) -> str:
        return f"{self.name} {self.variant}".strip()

    @property
    def path(self) -> str:
        """The address, without the host. Reads the database."""
        return reverse(self.name, kwargs=self.arguments()) + self.query

    def open(self, page: Page) -> None:
        """Go there, see that it answers, and wait until it is drawn."""
        answer = page.goto(self.path)
        assert answer is not None
        assert answer.status == 200
        page.wait_for_selector(self.drawn)


def _golden(model: type[Any], **fields: Any) -> Arguments:
    return lambda: {"pk": model.objects.get(programme__key=KEY, **fields).pk}


def _historic(model: type[Any]) -> Arguments:
    return lambda: {"pk": model.objects.filter(programme__key=HISTORIC_KEY).order_by("pk")[0].pk}


def _entry(kind: str, model: type[Any]) -> Arguments:
    return lambda: {
        "kind": kind,
        "pk": model.objects.filter(line__programme__key=KEY).order_by("pk")[0].pk,
    }


def _key(key: str) -> Arguments:
    return lambda: {"key": key}


def _of_programmes(*names: str) -> list[PageCase]:
    """A page of the living programme and of one that only a source tells of."""
    return [
        PageCase(name, _key(key), variant)
        for name in names
        for key, variant in ((KEY, "living"), (HISTORIC_KEY, "historic"))
    ]


FINANCE = RoleName.FINANCE_OFFICER


def _membership() -> dict[str, Any]:
    return {"pk": Membership.objects.get(partnership__key=KEY, council__key="carrick").pk}


def _awaited() -> dict[str, Any]:
    """The one claim of the demonstration that waits for an answer: Carrick's."""
    return {"pk": ActualAmount.objects.get(line__programme__key=KEY, verification__isnull=True).pk}


def _budget() -> dict[str, Any]:
    return {"key": KEY, "pk": BudgetLine.objects.filter(council__key="carrick")[0].pk}


def _reduction() -> dict[str, Any]:
    return {"pk": BudgetReduction.objects.filter(budget_line__council__key="carrick")[0].pk}


def _password_link() -> dict[str, Any]:
    user = User.objects.get(email=PRIYA_RAMAN.email)
    token = default_token_generator.make_token(user)
    return {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": token}


OPEN_PAGES = [
    PageCase("accounts:sign_in"),
    PageCase("accounts:password_forgotten"),
    PageCase("accounts:password_sent"),
    PageCase("accounts:password_choose", _password_link),
    PageCase("core:help"),
    PageCase("core:accessibility"),
    PageCase("core:privacy"),
    PageCase("core:method"),
    PageCase("core:ui"),
    PageCase("core:ui_row", lambda: {"ref": "M-13"}),
]

SIGNED_IN_PAGES = [
    PageCase("home"),
    PageCase("accounts:account"),
    PageCase("api:docs", drawn="h3.opblock-tag"),
    PageCase("programme:partnership_list"),
    PageCase("programme:my_work"),
    PageCase("programme:reminder_list"),
    PageCase("programme:milestone_detail", _golden(Milestone, ref="M-13"), "living"),
    PageCase("programme:milestone_detail", _historic(Milestone), "historic"),
    PageCase("services:business_case_detail", _golden(BusinessCase)),
    PageCase("services:case_options", draft),
    PageCase("services:case_lines", draft),
    PageCase("services:case_line_detail", draft_line),
    PageCase("benefits:benefit_detail", _golden(Benefit, ref="B-1")),
    PageCase("benefits:line_detail", _golden(Line, ref="L-7")),
    PageCase("benefits:entry_detail", _entry("plan", PlanAmount), "plan"),
    PageCase("benefits:entry_detail", _entry("forecast", ForecastAmount), "forecast"),
    PageCase("benefits:entry_detail", _entry("actual", ActualAmount), "actual"),
    PageCase("benefits:entry_list", _key(KEY), query="?basis=verified&measure=cashable_saving&to=2026-10-31"),
    PageCase("governance:council_list"),
    PageCase("governance:council_detail", _key("carrick")),
    PageCase("governance:decision_detail", _golden(Decision, ref="D-08"), "living"),
    PageCase("governance:decision_detail", _historic(Decision), "historic"),
    *_of_programmes(
        "programme:partnership_detail",
        "programme:programme_detail",
        "programme:milestone_list",
        "programme:risk_list",
        "services:service_list",
        "services:business_case_list",
        "benefits:savings_detail",
        "benefits:benefit_list",
        "benefits:download_list",
        "governance:body_list",
        "governance:decision_list",
        "benefits:claim_list",
        "benefits:budget_list",
        "benefits:fund_list",
    ),
    PageCase("benefits:fund_detail", _golden(Fund, ref="FUND-1")),
    PageCase("programme:council_succession", _key("carrick")),
]
# Only who may change something sees these.
EDITING_PAGES = [
    PageCase("programme:milestone_update", _golden(Milestone, ref="M-13")),
    PageCase("programme:programme_create"),
    PageCase("programme:agreement_create", _key(KEY)),
    PageCase("programme:agreement_update", lambda: {"pk": Agreement.objects.get(partnership__key=KEY).pk}),
    PageCase("programme:council_join", _key(KEY)),
    PageCase("programme:council_leave", _membership),
    PageCase("programme:council_succession_update", _key("carrick")),
    PageCase("services:business_case_create", _key(KEY)),
    PageCase("services:business_case_update", draft),
    PageCase("services:case_option_update", draft_option),
    PageCase("services:case_lines_import", draft),
    PageCase("benefits:benefit_create", _key(KEY)),
    PageCase("benefits:benefit_update", _golden(Benefit, ref="B-1")),
    PageCase("benefits:fund_create", _key(KEY)),
    PageCase("benefits:actual_claim", _key(KEY), role=FINANCE),
    PageCase("benefits:actual_reverse", _awaited, role=FINANCE),
    PageCase("benefits:budget_create", _key(KEY), role=FINANCE),
    PageCase("benefits:budget_update", _budget, role=FINANCE),
    PageCase("benefits:reduction_create", _key(KEY), role=FINANCE),
    PageCase("benefits:reduction_withdraw", _reduction, role=FINANCE),
    PageCase("benefits:contribution_create", _golden(Fund, ref="FUND-1"), role=FINANCE),
    PageCase("benefits:drawdown_create", _golden(Fund, ref="FUND-1"), role=FINANCE),
    PageCase("benefits:claim_answer", _awaited, role=RoleName.S151),
]

# Addresses that answer with a file, a part of a page or a redirection.
NOT_PAGES = {
    "accounts:sign_out",
    "accounts:token_make",
    "accounts:token_end",
    "benefits:benefit_csv",
    "benefits:claim_row",
    "benefits:claim_verify",
    "benefits:download_file",
    "benefits:savings_csv",
    "core:health",
    "governance:decision_csv",
    "programme:milestone_csv",
    "programme:milestone_preview",
    "programme:milestone_row",
    "services:service_csv",
    "services:case_rates",
    "services:case_option_remove",
    "services:case_line_remove",
    "services:case_lines_file",
    "services:case_convert",
}


def page_names() -> set[str]:
    """The names of all addresses that are not the API's, which has one page, its documentation."""
    names = set(_names(get_resolver().url_patterns, ""))
    return {name for name in names if not name.startswith("api:")} | {"api:docs"}


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"
