"""Pages of a benefit's life, of the benefits map and of the end of a programme."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from benefits.enums import BenefitClass
from benefits.models import ActualAmount, Benefit, BenefitHandover, BenefitLink, MapStep
from benefits.queries.double_counts import double_counts
from core.clock import today
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN
from programme.models import Objective
from tests.browser.page_case import PageCase, of_programmes, with_key


def _benefit(ref: str) -> dict[str, Any]:
    return {"pk": Benefit.objects.get(programme__key=KEY, ref=ref).pk}


def _step(ref: str, step: str) -> dict[str, Any]:
    return {**_benefit(ref), "step": step}


def _first(model: type[Any]) -> dict[str, Any]:
    return {"pk": model.objects.filter(programme__key=KEY).order_by("pk")[0].pk}


def _awaited() -> dict[str, Any]:
    waiting = ActualAmount.objects.filter(line__programme__key=KEY, verification__isnull=True)
    return {"pk": waiting.order_by("pk")[0].pk}


def _offer() -> dict[str, Any]:
    """The ICT benefit, offered to the programme manager: nothing hangs on it."""
    priya = User.objects.get(email=PRIYA_RAMAN.email)
    offered = {"to_owner": priya, "note": "Ask the desk", "review_on": date(2032, 6, 1), "offered_by": priya}
    made, _ = BenefitHandover.objects.get_or_create(**_of_ict(), defaults=offered)
    return {"pk": made.pk}


def _of_ict() -> dict[str, Any]:
    return {"benefit_id": _benefit("B-2")["pk"]}


def _flag() -> dict[str, Any]:
    """A benefit counted in one that is itself counted in another: nothing hangs on them."""
    within = Benefit.objects.get(programme__key=KEY, ref="B-3")
    named = {"programme": within.programme, "title": "Lower cost of post"}
    by = {"created_by": within.created_by, "updated_by": within.created_by}
    for ref in ("B-91", "B-92"):
        values = {**named, **by, "benefit_class": BenefitClass.CASHABLE, "counted_in": within}
        within, _ = Benefit.objects.get_or_create(programme=within.programme, ref=ref, defaults=values)
    flag = double_counts(within.programme, as_of=today()).flags[0]
    return {"key": KEY, "ref": flag.ref, "outcome": "linked"}


READ = [
    PageCase("benefits:my_benefits"),
    PageCase("benefits:benefit_detail", lambda: _benefit("B-4"), "measured"),
    *of_programmes(
        "benefits:map_detail",
        "benefits:closure_detail",
        "benefits:double_count_list",
        "benefits:deputy_list",
    ),
]
EDIT = [
    PageCase("benefits:double_count_resolve", _flag),
    PageCase("benefits:deputy_create", with_key(KEY), role=RoleName.S151),
    PageCase("benefits:claim_file_create", _awaited, role=RoleName.FINANCE_OFFICER),
    PageCase("benefits:benefit_step", lambda: _step("B-3", "enable")),
    PageCase("benefits:reading_create", lambda: _benefit("B-4")),
    PageCase("benefits:evidence_create", lambda: _benefit("B-4")),
    PageCase("benefits:benefit_review_create", lambda: _benefit("B-4")),
    PageCase("benefits:benefit_trajectory_update", lambda: _benefit("B-4")),
    PageCase("benefits:handover_create", lambda: _benefit("B-4")),
    PageCase("benefits:handover_answer", _offer),
    PageCase("benefits:handover_cancel", _offer),
    PageCase("benefits:closure_update", with_key(KEY)),
    PageCase("benefits:closure_close", with_key(KEY)),
    PageCase("benefits:link_create", with_key(KEY)),
    PageCase("benefits:link_remove", lambda: _first(BenefitLink)),
    PageCase("benefits:map_step_create", lambda: {"key": KEY, "kind": "change"}),
    PageCase("benefits:map_step_update", lambda: _first(MapStep)),
    PageCase("benefits:map_step_remove", lambda: _first(MapStep)),
    PageCase("benefits:objective_create", with_key(KEY)),
    PageCase("benefits:objective_update", lambda: _first(Objective)),
    PageCase("benefits:objective_remove", lambda: _first(Objective)),
]
FILES = {"benefits:map_csv", "benefits:claim_file"}
