"""The register narrowed, sorted, added up and kept as a view."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from accounts.enums import RoleName
from benefits.enums import BenefitClass, BenefitKind, BenefitState
from benefits.models import Benefit, BenefitLink
from tests import factories
from tests.benefits.scene import page_of
from tests.benefits.story import Story
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/programmes/abc-shared-services/benefits/"


@pytest.fixture
def reader(story: Story) -> Client:
    """A member of Ashmere, over a register of five benefits of every sort."""
    user = factories.UserFactory()
    factories.role(user, RoleName.MEMBER, council=story.councils[0])
    owner = factories.UserFactory(name="Zoe Owner")
    first, second, third = story.benefits
    objective = factories.ObjectiveFactory(programme=story.programme, title="A smaller estate")
    BenefitLink.objects.create(
        programme=story.programme, from_benefit=third, to_objective=objective, entered_by=user
    )
    _set(first, owner=owner, state=BenefitState.REALISING, review_on=date(2026, 11, 23), confidence="high")
    _set(second, review_on=date(2026, 12, 24))
    _set(third, service=None, state=BenefitState.APPROVED, review_on=date(2026, 12, 25))
    worse = factories.BenefitFactory(
        programme=story.programme,
        ref="B-4",
        title="Longer journeys",
        benefit_class=BenefitClass.QUANTIFIABLE,
        kind=BenefitKind.MEASURE,
        is_disbenefit=True,
        state=BenefitState.CLOSED,
        order_index=9_999,
    )
    worse.councils.set([story.councils[2]])
    return page_of(user)


def _set(benefit: Benefit, **values: Any) -> None:
    Benefit.objects.filter(pk=benefit.pk).update(**values)


def refs(reader: Client, query: str) -> list[str]:
    """References of the rows that an address asks for, as its CSV file holds them."""
    answer = reader.get(f"/programmes/abc-shared-services/benefits.csv?{query}")
    body = b"".join(answer).decode()  # type: ignore[call-overload]
    return [row["Reference"] for row in csv.DictReader(StringIO(body, newline=""))]


def test_register_is_narrowed_and_sorted_by_its_address(reader: Client, story: Story) -> None:
    owner = Benefit.objects.get(ref="B-1").owner_id
    objective = story.programme.objectives.get().pk
    expected = {
        "": ["B-1", "B-2", "B-3", "B-4"],
        "state=approved": ["B-3"],
        "benefit_class=cashable": ["B-1", "B-2", "B-3"],
        "benefit_class=disbenefit_quantifiable": ["B-4"],
        "kind=measure": ["B-4"],
        f"council={story.councils[0].key}": ["B-1", "B-2", "B-3"],
        f"council={story.councils[2].key}": ["B-1", "B-2", "B-3", "B-4"],
        f"service={story.benefits[1].service.ref}": ["B-2"],
        f"owner={owner}": ["B-1"],
        "owner=none": ["B-2", "B-3", "B-4"],
        f"objective={objective}": ["B-3"],
        "objective=none": ["B-1", "B-2", "B-4"],
        "review=overdue": ["B-1"],
        "review=soon": ["B-2"],
        "review=none": [],
        "confidence=high": ["B-1"],
        "confidence=none": ["B-2", "B-3", "B-4"],
        "money=waits": ["B-2"],
        "money=unclaimed": ["B-1", "B-3", "B-4"],
        "q=ict LOWER": ["B-2"],
        "q=nowhere": [],
        "risk=no": ["B-1", "B-2", "B-3", "B-4"],
        "state=approved&owner=none": ["B-3"],
        "sort=plan": ["B-1", "B-3", "B-2", "B-4"],
        "sort=title&benefit_class=cashable": ["B-2", "B-3", "B-1"],
        "sort=owner": ["B-1", "B-2", "B-3", "B-4"],
        "sort=review": ["B-1", "B-2", "B-3", "B-4"],
        "state=nonsense": ["B-1", "B-2", "B-3", "B-4"],
    }
    assert {query: refs(reader, query) for query in expected} == expected


def test_page_says_what_is_chosen_and_adds_it_up(reader: Client, story: Story) -> None:
    page = text_of(reader.get(f"{PAGE}?benefit_class=cashable"))
    assert "3 benefits: 1 identified, 1 approved and 1 realising; none is at risk." in page
    assert "Longer journeys" not in page
    empty = text_of(reader.get(f"{PAGE}?q=nowhere"))
    assert "No benefit meets this choice Remove a filter to see more. Show all benefits" in empty
    wrong = reader.get(f"{PAGE}?state=nonsense").content.decode()
    assert "Select a state from the list" in wrong


def test_view_stands_above_the_register_with_its_own_in_bold(reader: Client, story: Story) -> None:
    factories.SavedViewFactory(programme=story.programme, name="Approved ones", query="state=approved")
    page = reader.get(f"{PAGE}?state=approved").content.decode()
    link = 'href="/programmes/abc-shared-services/benefits/?state=approved" aria-current="true"'
    assert link in page
    assert 'saved-views/benefits/new/?state=approved">Save this view' in page
    assert 'aria-current="true">Approved ones' not in reader.get(PAGE).content.decode()


def test_files_of_what_the_page_adds_up(reader: Client, story: Story) -> None:
    line, council = story.ict, story.councils[1]
    old = datetime(2026, 10, 1, 12, tzinfo=UTC)
    factories.actual(line, council, 2026, 1, 7_00, entered_at=old)
    found = {}
    for name in ("states", "waiting"):
        answer = reader.get(f"/programmes/abc-shared-services/benefits.csv?table={name}&q=ict")
        body = b"".join(answer).decode()  # type: ignore[call-overload]
        found[name] = list(csv.reader(StringIO(body, newline="")))[1:]
    assert found == {
        "states": [
            [
                "Identified",
                "Cashable",
                "1",
                "0",
                "216000.00",
                "276000.00",
                "1134.55",
                "14272.45",
                "0.00",
                "38",
            ]
        ],
        "waiting": [
            ["Up to 10 working days", "1", "1127.55", "0", "0.00"],
            ["11 to 20 working days", "0", "0.00", "0", "0.00"],
            ["More than 20 working days", "1", "7.00", "0", "0.00"],
        ],
    }
