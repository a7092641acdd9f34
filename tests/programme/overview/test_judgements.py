"""What the senior responsible owner judges beside what is worked out (F-26, F-27, INV-45)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal, StaleEdit
from core.models import AuditEvent
from core.rules.references import next_reference
from programme.actions.judgement import HOLDS, Judged, end_judgement, give_judgement, renew_judgement
from programme.enums import JudgementSubject
from programme.models import Judgement
from programme.policies import can_judge
from programme.queries.overview.ratings import programme_rating
from programme.rules.judgement import check_point
from programme.rules.rag import Rating, RatingWord
from tests.factories import MilestoneFactory, ProgrammeFactory, UserFactory, role, sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
OVERALL, CONFIDENCE = JudgementSubject.OVERALL, JudgementSubject.CONFIDENCE
AMBER = Judged("Amber", "What is late blocks nothing.", date(2027, 1, 31))
COMPUTED = Rating(RatingWord.RED, "Milestones: Go-live (M-1): 31 days late")


@pytest.fixture
def sro() -> Any:
    programme = ProgrammeFactory(key="shared", name="Shared services")
    MilestoneFactory(
        programme=programme,
        ref="M-1",
        title="Go-live",
        plan=date(2026, 12, 1),
        forecast=date(2027, 1, 1),
    )
    user = UserFactory(name="Sam Okafor")
    role(user, RoleName.SRO, partnership=programme.partnership)
    with time_machine.travel("2026-11-24 09:00:00+00:00", tick=False):
        yield programme, user


def test_both_are_shown_until_it_is_renewed_or_ended_and_everything_is_kept(sro: Any, client: Client) -> None:
    programme, sam = sro
    before = programme_rating(programme, as_of=TODAY)
    assert (before.word, before.computed, before.worst_part) == ("Red", COMPUTED, "Milestones")
    first = give_judgement(programme, by=sam, subject=OVERALL, judged=AMBER)
    found = programme_rating(programme, as_of=TODAY)
    assert (found.word, found.reason, found.computed) == ("Amber", AMBER.reason, COMPUTED)
    page = sign_in(client, sam).get("/programmes/shared/").content.decode()
    assert "as Sam Okafor judges it until 31\xa0January 2027: What is late blocks nothing." in page
    assert "as worked out. Milestones: Go-live (M-1): 31 days late." in page
    with pytest.raises(Refusal, match=HOLDS):
        give_judgement(programme, by=sam, subject=OVERALL, judged=AMBER)
    second = renew_judgement(first, by=sam, seen_version=1, judged=Judged("Green", *AMBER_REST))
    with pytest.raises(StaleEdit):
        end_judgement(first, by=sam, seen_version=1, why="It is over now.")
    end_judgement(second, by=sam, seen_version=1, why="The date is agreed.")
    assert programme_rating(programme, as_of=TODAY).word == "Red"
    kept = Judgement.objects.order_by("pk").values_list(
        "ref", "point", "computed_word", "computed_reason", "ended_on", "ended_because"
    )
    assert list(kept) == [
        ("J-01", "Amber", "Red", COMPUTED.reason, TODAY, "Replaced by J-02"),
        ("J-02", "Green", "Red", COMPUTED.reason, TODAY, "The date is agreed."),
    ]
    written = AuditEvent.objects.filter(scope="shared").order_by("pk").values_list("action", "why")
    assert list(written) == [
        ("give_judgement", AMBER.reason),
        ("end_judgement", "Replaced by J-02"),
        ("give_judgement", AMBER.reason),
        ("end_judgement", "The date is agreed."),
    ]


AMBER_REST = (AMBER.reason, AMBER.until_on)


def test_one_that_ran_out_holds_no_more_and_can_be_given_anew(sro: Any) -> None:
    programme, sam = sro
    give_judgement(programme, by=sam, subject=CONFIDENCE, judged=Judged("Amber/Red", *AMBER_REST))
    assert str(programme_rating(programme, as_of=date(2027, 1, 31)).confidence) == (
        "Delivery confidence: Amber/Red"
    )
    with time_machine.travel("2027-02-01 09:00:00+00:00", tick=False):
        assert programme_rating(programme, as_of=date(2027, 2, 1)).confidence is None
        again = Judged("Green", AMBER.reason, date(2027, 3, 1))
        give_judgement(programme, by=sam, subject=CONFIDENCE, judged=again)
    assert list(Judgement.objects.order_by("pk").values_list("computed_word", "ended_because")) == [
        ("", "Its last day had passed"),
        ("", ""),
    ]


def test_named_senior_owner_judges_without_the_role(sro: Any) -> None:
    programme, _ = sro
    named = UserFactory()
    role(named, RoleName.COUNCIL_LEAD, partnership=programme.partnership)
    assert not can_judge(named, programme)
    programme.sro = named
    assert can_judge(named, programme)


def test_refusals_store_nothing(sro: Any) -> None:
    programme, sam = sro
    manager = UserFactory()
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)

    def said(by: User, judged: Judged, subject: str = OVERALL) -> str:
        with pytest.raises((Refusal, PermissionDenied)) as refused:
            give_judgement(programme, by=by, subject=subject, judged=judged)
        return str(refused.value)

    late = "Its last day must be from today to 24 February 2027, so that it is looked at again"
    assert [
        said(manager, AMBER),
        said(sam, Judged("Amber/Red", *AMBER_REST)),
        said(sam, Judged("Amber", "No.", AMBER.until_on)),
        said(sam, Judged("Amber", AMBER.reason, date(2027, 2, 25))),
        said(sam, Judged("Amber", AMBER.reason, date(2026, 11, 23)), CONFIDENCE),
    ] == [
        "Only the senior responsible owner can judge this. You can read it",
        "Choose one of Green, Amber, Red",
        "Explain your rating of the programme, in at least 10 characters",
        late,
        late,
    ]
    assert not Judgement.objects.exists()


def test_page_and_api_give_renew_and_end(sro: Any, client: Client) -> None:
    sam = sro[1]
    sign_in(client, sam)
    typed = {"point": "Amber/Green", "reason": "One thing to watch.", "until_on": "1 2 2027"}
    assert "Amber/Green" not in client.get("/programmes/shared/rating/confidence/new/").content.decode()
    five = "/programmes/shared/rating/confidence/new/?scale=five"
    assert client.post(five, typed).headers["Location"] == "/programmes/shared/rating/"
    row = Judgement.objects.get()
    renewed = client.post(f"/judgements/{row.pk}/renew/", {**typed, "seen_version": 1, "point": "Green"})
    assert renewed.status_code == 302
    current = Judgement.objects.get(ended_on=None)
    ended = client.post(
        f"/api/v1/judgements/{current.pk}/end/",
        {"version": 1, "why": "A gate review comes first."},
        content_type="application/json",
    )
    assert (ended.status_code, ended.json()["ended_on"]) == (200, "2026-11-24")
    page = client.get("/programmes/shared/rating/").content.decode()
    assert "Replaced by J-02" in page
    assert "Delivery confidence is not stated." in page


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_the_page(sro: Any, django_assert_num_queries: Any, number: int) -> None:
    programme, sam = sro
    for index in range(number):
        judged = Judged("Red", *AMBER_REST)
        row = give_judgement(programme, by=sam, subject=OVERALL, judged=judged)
        if index < number - 1:
            end_judgement(row, by=sam, seen_version=1, why="Another follows it.")
    browser = sign_in(Client(), sam)
    with django_assert_num_queries(11):
        assert browser.get("/programmes/shared/rating/").status_code == 200


def test_points_and_references() -> None:
    assert (check_point(CONFIDENCE, "Amber/Red"), check_point(OVERALL, "Green")) == ("Amber/Red", "Green")
    assert (next_reference("J-", [], width=2), next_reference("J-", ["J-09", "J-2", "X-40"], width=2)) == (
        "J-01",
        "J-10",
    )
