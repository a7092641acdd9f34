"""Posts that councils share: who records them, what is refused, and what each council publishes of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusals
from core.models import AuditEvent
from programme.models import Council, Programme
from services.actions.shared_posts import (
    PostTerms,
    create_shared_post,
    end_shared_post,
    post_terms,
    update_shared_post,
)
from services.enums import PostTier
from services.models import SharedPost
from tests import factories
from tests.services.factories import shared_post

pytestmark = pytest.mark.django_db
TODAY = "2026-11-24 10:00:00+00:00"


@dataclass
class Scene:
    """A programme of three councils, its manager, and the HR lead of the first council."""

    programme: Programme
    councils: list[Council]
    manager: User
    hr_lead: User

    def terms(self, **values: Any) -> PostTerms:
        """A head of ICT that the first council employs."""
        given = PostTerms(
            "Head of ICT", PostTier.THIRD.value, self.councils[0], date(2026, 4, 1), self.shares(60, 40)
        )
        return replace(given, **values)

    def shares(self, *percents: float) -> dict[str, Decimal]:
        """Shares of the councils, in their order."""
        named = zip(self.councils, percents, strict=False)
        return {council.key: Decimal(str(percent)) for council, percent in named}


@pytest.fixture(scope="module")
def scene(module_db: None) -> Scene:
    programme = factories.ProgrammeFactory(key="shared")
    councils = factories.councils_of(programme)
    manager, hr_lead = factories.UserFactory(), factories.UserFactory()
    factories.role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    factories.role(hr_lead, RoleName.HR_LEAD, council=councils[0])
    return Scene(programme, councils, manager, hr_lead)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def test_a_post_is_recorded_changed_and_ended_each_with_its_trace(scene: Scene) -> None:
    post = create_shared_post(scene.programme, by=scene.hr_lead, terms=scene.terms())
    same = update_shared_post(post, by=scene.manager, seen_version=1, terms=post_terms(post))
    assert (post.ref, same.version) == ("SP-1", 1)
    wider = scene.terms(shares=scene.shares(33.34, 33.33, 33.33), salary_from_pence=75_000_00)
    saved = update_shared_post(post, by=scene.manager, seen_version=1, terms=wider)
    ended = end_shared_post(saved, by=scene.manager, seen_version=2, ends_on=date(2027, 3, 31))
    assert (ended.version, ended.ends_on, post_terms(ended)) == (3, date(2027, 3, 31), wider)
    events = AuditEvent.objects.filter(object_type="services.sharedpost", object_id=post.pk).order_by("pk")
    assert [one.action for one in events] == ["create_shared_post", "update_shared_post", "end_shared_post"]
    assert {*events[1].after} == {"salary_from_pence", "shares", "version"}


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"salary_from_pence": 52_000_00}, "salary_from_pence", "Choose a salary band of £5,000"),
        ({"salary_from_pence": 45_000_00}, "salary_from_pence", "Choose a salary band of £5,000"),
        ({"fte": Decimal("1.2")}, "fte", "Full-time equivalents must be more than 0 and no more than 1"),
        ({"fte": Decimal("0.333")}, "fte", "Full-time equivalents must have no more than 2 decimal places"),
        ({"staff_count": 4}, "staff_count", "Number of staff must be 0, or from 5 to 99,999"),
        ({"budget_pence": -1}, "budget_pence", "Budget must be £0 or more"),
        ({"title": "  "}, "title", "Enter the title of the post"),
        ({"tier": 9}, "tier", "Choose the tier from the list"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    scene: Scene, values: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Refusals) as said:
        create_shared_post(scene.programme, by=scene.manager, terms=scene.terms(**values))
    assert [one.field for one in said.value.refusals] == [field]
    assert said.value.refusals[0].message.startswith(message)


@pytest.mark.parametrize(
    ("percents", "message"),
    [
        ((60, 39.9), "Percentages must add up to 100. They add up to 99.9"),
        ((120, -20), "must be 0 or more"),
        ((100, 0), "A shared post has at least 2 councils"),
        ((33.333, 66.667), "no more than 2 decimal places"),
    ],
)
def test_shares_that_cannot_be_are_refused(scene: Scene, percents: tuple[float, float], message: str) -> None:
    with pytest.raises(Refusals, match=message):
        create_shared_post(
            scene.programme, by=scene.manager, terms=scene.terms(shares=scene.shares(*percents))
        )


def test_an_hr_lead_records_the_posts_of_the_own_council_alone(scene: Scene) -> None:
    theirs = scene.terms(employed_by=scene.councils[1])
    own = create_shared_post(scene.programme, by=scene.hr_lead, terms=scene.terms())
    with pytest.raises(PermissionDenied):
        create_shared_post(scene.programme, by=scene.hr_lead, terms=theirs)
    with pytest.raises(PermissionDenied):
        update_shared_post(own, by=scene.hr_lead, seen_version=1, terms=theirs)
    other = shared_post(scene.programme, {scene.councils[1]: 50, scene.councils[0]: 50})
    with pytest.raises(PermissionDenied):
        end_shared_post(other, by=scene.hr_lead, seen_version=1, ends_on=date(2027, 3, 31))


def test_each_council_publishes_a_post_once_with_its_own_share(client: Client, scene: Scene) -> None:
    first, second, third = scene.councils
    shared_post(
        scene.programme,
        {first: 60, second: 40},
        title="=Chief executive",
        tier=PostTier.FIRST,
        salary_from_pence=150_000_00,
        budget_pence=12_500_50,
    )
    shared_post(scene.programme, {first: 50, second: 50}, title="Gone", ends_on=date(2026, 9, 30))
    shared_post(scene.programme, {first: 50, second: 50}, title="Officer", tier=PostTier.LOWER)
    factories.sign_in(client, scene.manager)
    chart = _rows(client, f"/councils/{second.key}/transparency/organisation-chart.csv")
    salaries = _rows(client, f"/councils/{second.key}/transparency/senior-salaries.csv")
    assert [(row["Job title"], row["Share of this organisation (%)"]) for row in chart] == [
        ("'=Chief executive", "40.00")
    ]
    assert chart[0]["Sharing"].startswith(f"Shared post: {first} 60% and {second} 40%. Employed by {first}")
    shown = ("Effective date", "Salary from (£)", "Salary to (£)", "Budget held (£)")
    assert [tuple(row[name] for name in shown) for row in salaries] == [
        ("2026-11-24", "150000.00", "154999.00", "12500.50")
    ]
    assert [(row["Name must be published"], row["Ends on"]) for row in salaries] == [("Yes", "[z]")]
    before = _rows(client, f"/councils/{second.key}/transparency/organisation-chart.csv?on=2026-09-30")
    assert [row["Job title"] for row in before] == ["'=Chief executive", "Gone"]
    assert _rows(client, f"/councils/{third.key}/transparency/organisation-chart.csv") == []
    answer = client.get(f"/api/v1/councils/{second.key}/shared-posts/").json()
    assert [(one["title"], one["share"]) for one in answer["organisation_chart"]] == [
        ("=Chief executive", "40")
    ]


def test_the_page_records_a_post_and_shows_every_change(client: Client, scene: Scene) -> None:
    first, second, _ = scene.councils
    factories.sign_in(client, scene.hr_lead)
    sent = {
        "title": "Head of ICT", "tier": "3", "term": "permanent", "employed_by": first.key,
        "legal_basis": "lga1972_s113", "starts_on": "1 4 2026", "fte": "0.8",
        "salary_from_pence": "7500000", "seen_version": "0",
        f"shares.{first.key}": "62.5", f"shares.{second.key}": "37",
    }  # fmt: skip
    refused = client.post("/programmes/shared/shared-posts/new/", sent)
    assert (refused.status_code, "They add up to 99.5" in refused.content.decode()) == (422, True)
    made = client.post("/programmes/shared/shared-posts/new/", sent | {f"shares.{second.key}": "37.5"})
    post = SharedPost.objects.get()
    assert (made.status_code, made["Location"]) == (302, post.get_absolute_url())
    shown = client.get(post.get_absolute_url()).content.decode()
    assert "£75,000 to £79,999" in shown
    assert "Salary band: £75,000 to £79,999" in shown
    assert f"Shares: {first} 62.5% and {second} 37.5%" in shown
    assert f"Shares: {first} 62.5% and {second} 37.5%" in shown


def test_the_list_asks_the_same_of_the_database_however_long(
    client: Client, scene: Scene, django_assert_num_queries: Any
) -> None:
    factories.sign_in(client, scene.manager)
    for _ in range(2):
        for title in ("A", "B"):
            shared_post(scene.programme, {scene.councils[0]: 50, scene.councils[1]: 50}, title=title)
        with django_assert_num_queries(10):
            client.get("/programmes/shared/shared-posts/")


def _rows(client: Client, address: str) -> list[dict[str, str]]:
    content = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
