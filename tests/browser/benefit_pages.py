"""Pages of a benefit's life, of the benefits map and of the end of a programme."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import ActualAmount, Benefit, BenefitHandover, BenefitLink, CouncilPayment, Fund, MapStep
from benefits.queries.double_counts import double_counts
from core.clock import today
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN
from programme.enums import SavedPage
from programme.models import Council, Objective, Programme, SavedView
from services.models import Compensation
from tests.browser.page_case import PageCase, of_programmes, with_key
from tests.factories import agreed_compensation


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
    """What two benefits take out of one budget of Brockvale, still to resolve."""
    (flag,) = double_counts(Programme.objects.get(key=KEY), as_of=today()).open
    return {"key": KEY, "ref": flag.ref, "outcome": "linked"}


def _arrangement() -> dict[str, Any]:
    """Compensation that is agreed, of which Carrick pays a part."""
    return {"pk": _compensation().pk}


def _compensation() -> Compensation:
    rows = Compensation.objects.filter(business_case__programme__key=KEY, decision_ref="D-77")
    return rows.first() or agreed_compensation(Programme.objects.get(key=KEY))


def _paid(payer: str, receiver: str) -> dict[str, Any]:
    """A payment that nobody has confirmed; it is for no year that is due."""
    made, _ = CouncilPayment.objects.get_or_create(
        compensation=_compensation(),
        payer=Council.objects.get(key=payer),
        receiver=Council.objects.get(key=receiver),
        fy=2040,
        amount_pence=1_00,
        paid_on=date(2026, 6, 1),
        entered_by=User.objects.get(email=PRIYA_RAMAN.email),
    )
    return {"pk": made.pk}


def _saved_page() -> dict[str, Any]:
    return {"key": KEY, "page": "benefits"}


def _saved_view() -> dict[str, Any]:
    """What the programme manager shares with everyone."""
    priya = User.objects.get(email=PRIYA_RAMAN.email)
    programme = Programme.objects.get(key=KEY)
    own = {"programme": programme, "page": SavedPage.BENEFITS, "created_by": priya, "name": "At risk"}
    made, _ = SavedView.objects.get_or_create(
        **own, defaults={"query": "risk=yes", "is_shared": True, "updated_by": priya}
    )
    return {"pk": made.pk}


READ = [
    PageCase("programme:saved_view_list", _saved_page),
    PageCase("benefits:my_benefits"),
    PageCase("benefits:benefit_detail", lambda: _benefit("B-4"), "measured"),
    *of_programmes(
        "benefits:map_detail",
        "benefits:closure_detail",
        "benefits:double_count_list",
        "benefits:deputy_list",
        "benefits:no_worse_off",
        "benefits:compensation_page",
        "governance:equity_page",
        "governance:steering_page",
    ),
    PageCase("governance:partnership_steering", with_key(KEY)),
    PageCase("benefits:savings_over_time", with_key(KEY), query="?every=quarter&sums=in-period"),
    PageCase("benefits:savings_causes", with_key(KEY), query="?year=2027-28"),
    PageCase("benefits:savings_confidence", with_key(KEY)),
    PageCase("benefits:savings_realisation", with_key(KEY)),
    PageCase("benefits:savings_measures", with_key(KEY)),
]
EDIT = [
    PageCase("benefits:double_count_resolve", _flag),
    PageCase("benefits:deputy_create", with_key(KEY), role=RoleName.S151),
    PageCase("benefits:claim_file_create", _awaited, role=RoleName.FINANCE_OFFICER),
    PageCase("benefits:commentary_limits", with_key(KEY)),
    PageCase("benefits:benefit_change", with_key(KEY), query="?all=1"),
    PageCase("benefits:benefit_import", with_key(KEY)),
    PageCase("programme:saved_view_create", _saved_page, query="?state=approved"),
    PageCase("programme:saved_view_update", _saved_view),
    PageCase("programme:saved_view_remove", _saved_view),
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
    PageCase("benefits:fund_close", lambda: _first(Fund)),
    PageCase("benefits:council_payment_create", _arrangement, role=RoleName.FINANCE_OFFICER),
    PageCase("benefits:council_payment_confirm", lambda: _paid("brockvale", "carrick"), role=RoleName.S151),
    PageCase(
        "benefits:council_payment_reverse", lambda: _paid("carrick", "ashmere"), role=RoleName.FINANCE_OFFICER
    ),
    PageCase("governance:equity_note_create", with_key(KEY)),
    PageCase("governance:posts_create", with_key(KEY), role=RoleName.FINANCE_OFFICER),
]
FILES = {
    "benefits:benefit_workbook",
    "benefits:deputy_end",
    "benefits:map_csv",
    "benefits:savings_panel_csv",
    "benefits:claim_ageing_csv",
    "benefits:claim_file",
    "benefits:compensation_csv",
    "benefits:no_worse_off_csv",
    "governance:equity_csv",
    "governance:steering_csv",
    "governance:partnership_steering_csv",
}
