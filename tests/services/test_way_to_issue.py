"""From a service to an issued business case by links and buttons alone, in a counted number of steps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from accounts.enums import RoleName
from programme.models import Programme
from services.enums import CaseState, ReviewState
from services.models import BusinessCase, CostPool, Service, ServiceReview
from tests.factories import UserFactory, role
from tests.services import rows
from tests.services.factories import CostPoolFactory, key_of
from tests.services.review_rows import manager_of, officer_of
from tests.walk import Walker

pytestmark = pytest.mark.django_db

COUNCILS = ("Ashmere", "Brockvale", "Carrick")
CASES = ("strategic", "economic", "commercial", "financial", "management")


@pytest.fixture
def programme() -> Iterator[Programme]:
    with time_machine.travel("2026-11-24 10:42:00+00:00", tick=False):
        made = rows.programme_of_three()
        Programme.objects.update(base_fy=2027, sro=UserFactory(name="Sam Okafor"))
        made.refresh_from_db()
        role(made.sro, RoleName.SRO, partnership=made.partnership)
        pool: CostPool = CostPoolFactory(programme=made, name="Running costs")
        key_of(pool, dict.fromkeys(rows.members(made), 1))
        yield made


def describe_service(walker: Walker) -> None:
    """A service with each council's part and cost of this year."""
    walker.follow("Add a service").send(name="Parking", status="not_shared")
    for index, council in enumerate(COUNCILS, 2):
        walker.follow(f"Record {council}’s part").send(provider="in_house", then="cost")
        walker.send(amount_pence=f"{index}00,000")


def review_service(walker: Walker) -> None:
    """A review that has come to the options."""
    walker.follow("Start a review").send(chosen_because="Contracts end together.")
    walker.follow("Describe the scope of the review").send(scope="All car parks.")
    for _ in range(3):
        walker.follow("Take the next step").send(reason="")


def draft_case(walker: Walker) -> None:
    """A business case of the service with an option, two lines and its five texts, sent to review."""
    walker.follow("Add at least 2 options, one of them business as usual")
    walker.send(title="Shared parking", stage="obc").send(name="One team", kind="share", is_preferred="on")
    pool = f"pool-{CostPool.objects.get().pk}"
    saving = {f"n-0-{fy}": "60,000" for fy in range(2028, 2033)}
    walker.follow("0 lines of One team").send(
        **{"n-0-ref": "L-1", "n-0-title": "One contract", "n-0-kind": "cashable_saving", "n-0-who": pool},
        **{"n-1-ref": "L-2", "n-1-title": "Machines", "n-1-kind": "one_off_cost", "n-1-who": pool},
        **{"n-1-cost_type": "equipment", "n-1-2027": "90,000", **saving},
    )
    walker.follow("The case").follow("Complete the strategic case before you issue the outline business case")
    walker.send(**{name: f"The {name} case." for name in CASES})
    walker.follow("Send to internal review").send(comment="")


def test_service_comes_to_an_issued_case_in_counted_steps(programme: Programme) -> None:
    manager = manager_of(programme)
    walker = Walker(manager, f"/programmes/{programme.key}/services/")
    counted = []
    for part in (describe_service, review_service, draft_case):
        part(walker)
        counted.append((walker.steps, walker.typed))
        walker.steps = walker.typed = 0
        if part is review_service:
            assert ServiceReview.objects.get().state == ReviewState.OPTIONS
    assert counted == [(11, 8), (10, 5), (10, 26)]
    officers = [officer_of(council, RoleName.S151) for council in rows.members(programme)]
    asked = [
        (officers[0], f"Agree the draft of All councils: {case_ref()}", {"comment": ""}),
        (manager, f"Send to the section 151 officers of All councils: {case_ref()}", {"comment": ""}),
        *(
            (
                officer,
                f"Make the statement of the section 151 officer of {council}: {case_ref()}",
                {"position": "support", "text": "The figures are sound."},
            )
            for officer, council in zip(officers, COUNCILS, strict=True)
        ),
        (programme.sro, f"Issue of All councils: {case_ref()}", {"comment": ""}),
    ]
    steps = 0
    for person, words, said in asked:
        walker = Walker(person, "/my-approvals/").follow(words).send(**said)
        steps += walker.steps
    assert (steps, BusinessCase.objects.get().state) == (12, CaseState.ISSUED)
    assert (Service.objects.get().ref, case_ref()) == ("S-1", "BC-1")


def case_ref() -> str:
    return str(BusinessCase.objects.get().ref)
