"""Every write of benefits that is sent twice under one key is done once, and answers the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from rest_framework.viewsets import ViewSetMixin

from accounts.enums import RoleName
from accounts.models import RoleHeld
from benefits.api.urls import routes, urlpatterns
from benefits.models import (
    ActualAmount,
    CouncilPayment,
    Fund,
    FundClosing,
    FundContribution,
    FundDrawdown,
    PaymentReceipt,
    Verification,
)
from core.api import idempotency
from core.models import AuditEvent, KeyedRequest
from tests import factories
from tests.benefits.scene import api_of, page_of

HOME = idempotency.__file__
STORED: tuple[Any, ...] = (
    ActualAmount,
    Verification,
    Fund,
    FundContribution,
    FundDrawdown,
    FundClosing,
    CouncilPayment,
    PaymentReceipt,
    RoleHeld,
    AuditEvent,
)


def writes() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each handler of a POST of the API of benefits, with its name."""
    for prefix, view, _ in routes:
        if hasattr(view, "create"):
            yield f"{prefix} create", view.create
        for extra in view.get_extra_actions():
            if "post" in extra.mapping:
                yield f"{prefix} {extra.__name__}", extra
    for pattern in urlpatterns:
        view = pattern.callback.view_class  # type: ignore[union-attr]
        assert not issubclass(view, ViewSetMixin)
        if hasattr(view, "post"):
            yield view.__name__, view.post


def test_every_write_takes_a_key():
    found = dict(writes())
    assert len(found) > 40
    assert [name for name, handler in found.items() if handler.__code__.co_filename != HOME] == []


@pytest.mark.django_db
def test_request_sent_twice_is_done_once_at_every_route_of_money_and_decisions(scene):
    cost, claim = scene.spent(), scene.claim()
    factories.reduction(scene.saving, scene.brockvale, 2026)
    agreed = factories.agreed_compensation(scene.programme)
    receiver = factories.UserFactory(name="S Vane")
    factories.role(receiver, RoleName.S151, council=scene.councils[0])
    deputy = factories.UserFactory(name="D Marsh", email="d.marsh@brockvale.example")
    factories.role(deputy, RoleName.HR_LEAD, council=scene.brockvale)
    finance, s151, manager = api_of(scene.finance), api_of(scene.s151), api_of(scene.manager)
    made: dict[str, Any] = {}
    paid = {"council": "brockvale", "amount": "500.00", "paid_on": "2026-05-01"}
    drawn = {"actual": cost.pk, "amount": "50.00", "drawn_on": "2026-10-01"}
    owed = {"payer": "brockvale", "fy": 2026, "amount": "100.00", "paid_on": "2026-10-01"}
    days = {"from_on": "2026-11-24", "to_on": "2026-11-26"}
    many = {"programme": "abc", "amounts": [claim.pk]}
    table: list[tuple[str, Any, Callable[[], str], dict[str, Any]]] = [
        ("fund", manager, lambda: "funds/", {"programme": "abc", "name": "Transition"}),
        ("paid", finance, lambda: f"funds/{made['fund']['id']}/contributions/", paid),
        ("drawn", finance, lambda: f"funds/{made['fund']['id']}/drawdowns/", drawn),
        ("closed", manager, lambda: f"funds/{made['fund']['id']}/close/", {"closed_on": "2026-11-01"}),
        ("owed", finance, lambda: f"compensations/{agreed.pk}/payments/", owed),
        (
            "came",
            api_of(receiver),
            lambda: f"council-payments/{made['owed']['id']}/confirm/",
            {"received_on": "2026-10-02"},
        ),
        (
            "back",
            finance,
            lambda: f"council-payments/{made['owed']['id']}/reverse/",
            {"reason": "Paid twice by mistake"},
        ),
        ("deputy", s151, lambda: "deputies/", {"council": "brockvale", "user": deputy.email, **days}),
        ("ended", s151, lambda: f"deputies/{made['deputy']['id']}/end/", {}),
        ("many", s151, lambda: "actual-amounts/verify-many/", many),
        ("cost", s151, lambda: f"actual-amounts/{cost.pk}/verify/", {}),
    ]
    wrong = []
    for name, client, address, body in table:
        before = [model.objects.count() for model in STORED]
        sent = [
            client.post(f"/api/v1/{address()}", body, format="json", HTTP_IDEMPOTENCY_KEY=name)
            for _ in range(2)
        ]
        made[name] = sent[0].json()
        stored = [model.objects.count() - one for model, one in zip(STORED, before, strict=True)]
        is_once = stored[-1] == 1 and max(stored) == 1
        if sent[0].status_code not in (200, 201) or made[name] != sent[1].json() or not is_once:
            wrong.append((name, sent[0].status_code, sent[1].status_code, stored, made[name]))
    assert wrong == []
    assert KeyedRequest.objects.count() == len(table)
    assert RoleHeld.objects.get(user=deputy, role=RoleName.DEPUTY_S151).to_on == date(2026, 11, 24)


@pytest.mark.django_db
def test_id_larger_than_any_row_can_have_is_refused_or_leaves_all_out(scene):
    sent = {"programme": "abc", "amounts": [2**63]}
    answer = api_of(scene.s151).post("/api/v1/actual-amounts/verify-many/", sent, format="json")
    assert answer.status_code == 400
    manager = page_of(scene.manager)
    huge = ["9" * 30, "9" * 5000, "²", str(2**63), "0"]
    pages = ["/programmes/abc/benefits/change/?benefit={}", "/programmes/abc/plans/new/?version={}"]
    codes = {(page, one[:9]): manager.get(page.format(one)).status_code for page in pages for one in huge}
    assert {key: code for key, code in codes.items() if code >= 500} == {}
