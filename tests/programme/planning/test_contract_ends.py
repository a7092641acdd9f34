"""Ends of contracts: beside the plan with what does not fit, and told to the council's lead officer."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest

from accounts.enums import RoleName
from core.rules.dates import ImpreciseDate
from services.enums import ServiceStatus
from services.models import Service, ServiceCouncil
from services.queries.contract_reminders import ContractExpiries
from services.rules.contracts import against_go_live
from tests import factories
from tests.programme.views.conftest import Scene

END = date(2027, 6, 30)


def test_go_live_fits_comes_before_or_after_the_end() -> None:
    day = ImpreciseDate.day
    said = {
        "the day after": against_go_live(END, None, day(date(2027, 7, 1))),
        "the last day": against_go_live(END, None, day(END)),
        "within the month": against_go_live(END, None, ImpreciseDate.month(2027, 7)),
        "no go-live": against_go_live(END, None, None),
        "before": against_go_live(END, None, day(date(2027, 4, 1))),
        "before, with a break": against_go_live(END, date(2027, 3, 31), day(date(2027, 6, 1))),
        "after": against_go_live(END, None, day(date(2027, 9, 1))),
    }
    assert said == {
        "the day after": "",
        "the last day": "Go-live, 30 June 2027, comes before the contract ends: 1 day paid for twice",
        "within the month": "",
        "no go-live": "",
        "before": "Go-live, 1 April 2027, comes before the contract ends: 91 days paid for twice",
        "before, with a break": "Go-live, 1 June 2027, comes before the contract ends: 30 days paid for twice"
        ", unless it is ended early, from 31 March 2027",
        "after": "Go-live, 1 September 2027, comes 62 days after the contract ends: extend it or bridge them",
    }


@pytest.fixture
def contract(scene: Scene) -> ServiceCouncil:
    """A council's contract for waste, which goes live in September 2027 and ends on 30 June."""
    service = factories.ServiceFactory(programme=scene.programme, name="waste")
    service.set_date("planned", ImpreciseDate.day(date(2027, 9, 1)))
    service.save()
    council = factories.councils_of(scene.programme)[0]
    return factories.ServiceCouncilFactory(service=service, council=council, contract_end_on=END)


def test_is_beside_the_plan_until_it_has_ended_or_the_service_is_shared(
    scene: Scene, contract: ServiceCouncil
) -> None:
    scene.milestone("Go-live", date(2027, 9, 1))
    url = "/programmes/shared/milestones/"
    page = unescape(scene.client.get(url).content.decode()).replace("\xa0", " ")
    for words in ("Dates from outside", f"Waste: {contract.council}’s contract", "comes 62 days after"):
        assert words in page
    Service.objects.update(status=ServiceStatus.SHARED)
    assert "Dates from outside" not in scene.client.get(url).content.decode()
    found = scene.client.get(f"/contracts/{contract.pk}/")
    assert found.headers["Location"] == f"/services/{contract.service_id}/"


def test_lead_officer_and_owner_are_told_until_the_service_is_shared(
    scene: Scene, contract: ServiceCouncil
) -> None:
    lead, other, owner = factories.UserFactory.create_batch(3)
    factories.role(lead, RoleName.COUNCIL_LEAD, council=contract.council)
    factories.role(other, RoleName.COUNCIL_LEAD, council=factories.councils_of(scene.programme)[1])
    factories.role(owner, RoleName.SRO, partnership=scene.programme.partnership)
    source = ContractExpiries()
    told = {one.recipient_id: one for one in source.due_between(END, END)}
    assert {key: sorted(one.offsets) for key, one in told.items()} == {
        lead.pk: [180, 365, 730],
        owner.pk: [730],
    }
    assert (told[lead.pk].title, told[lead.pk].path, told[lead.pk].due_on) == (
        f"waste: {contract.council}’s contract ends",
        f"/contracts/{contract.pk}/",
        END,
    )
    assert [one.recipient_id for one in source.still_due(lead.pk, [contract.pk])] == [lead.pk]
    assert list(source.due_between(date(2027, 7, 1), date(2027, 12, 31))) == []
    Service.objects.update(status=ServiceStatus.SHARED)
    assert list(source.still_due(lead.pk, [contract.pk])) == []
