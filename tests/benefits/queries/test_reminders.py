"""Who is reminded of a benefit's review, and of a starting value that nobody entered."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.enums import RoleName
from accounts.models import User
from benefits.enums import BenefitState, Outcome
from benefits.models import ActualAmount, BenefitTransition, Verification
from benefits.queries.claim_reminders import ActualsUnverified
from benefits.queries.reminders import BenefitReviews, StartingValuesMissing
from programme.enums import ProgrammeState
from programme.models import Programme
from programme.rules.reminders import DueItem
from tests import factories
from tests.benefits.life import Life, make_life, stand_at

pytestmark = pytest.mark.django_db
SPAN = date(2026, 11, 1), date(2027, 3, 31)
DAY = date(2027, 1, 15)


@pytest.fixture(scope="module")
def made(module_db: None) -> Life:
    with time_machine.travel("2026-11-24 10:42:00+00:00", tick=False):
        return make_life(review_on=DAY)


@pytest.fixture
def life(made: Life, db: None) -> Iterator[Life]:
    with time_machine.travel("2026-11-24 10:42:00+00:00", tick=False):
        yield deepcopy(made)


def told(items: Iterator[DueItem]) -> list[tuple[int, date, str, list[int]]]:
    return [(one.recipient_id, one.due_on, one.title, sorted(one.offsets)) for one in items]


def test_review_is_told_to_the_owner_and_late_to_the_senior_owner(life: Life) -> None:
    source, words = BenefitReviews(), "Review of the benefit: Faster claims"
    expected = [
        (life.owner.pk, DAY, words, [0, 14]),
        (life.sro.pk, DAY, words, [-14]),
    ]
    assert told(source.due_between(*SPAN)) == expected
    assert told(source.still_due(life.sro.pk, [life.benefit.pk])) == expected[1:]
    assert source.path(life.benefit.pk) == f"/benefits/{life.benefit.pk}/reviews/new/"
    Programme.objects.update(state=ProgrammeState.CLOSED)
    assert told(source.due_between(*SPAN)) == expected
    Programme.objects.update(state=ProgrammeState.PAUSED)
    assert told(source.due_between(*SPAN)) == []
    Programme.objects.update(state=ProgrammeState.ACTIVE)
    stand_at(life.benefit, BenefitState.CLOSED)
    assert told(source.due_between(*SPAN)) == []


def test_missing_starting_value_is_told_30_days_after_the_profile_was_complete(life: Life) -> None:
    source = StartingValuesMissing()
    stand_at(life.benefit, BenefitState.PROFILED, starting_value=None, starting_on=None)
    assert told(source.due_between(*SPAN)) == []
    BenefitTransition.objects.create(
        benefit=life.benefit,
        step="profile",
        from_state="identified",
        to_state="profiled",
        by=life.owner,
        at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )
    words, due_on = "No starting value: Faster claims", date(2026, 12, 24)
    assert told(source.due_between(*SPAN)) == [
        (life.owner.pk, due_on, words, [0]),
        (life.sro.pk, due_on, words, [-14]),
    ]
    stand_at(life.benefit, BenefitState.PROFILED, starting_reason="Nobody counted before")
    assert told(source.due_between(*SPAN)) == []


def verify(claim: ActualAmount, by: User) -> None:
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    Verification.objects.create(actual=claim, outcome=Outcome.VERIFIED, verified_by=by, verified_at=at)


def test_claims_of_a_day_are_told_as_one_to_the_s151_officer_and_then_to_the_senior_owner(
    life: Life, django_assert_num_queries
) -> None:
    officer = User.objects.get(roles_held__role=RoleName.S151, roles_held__council=life.scene.brockvale)
    source, line = ActualsUnverified(), factories.LineFactory(programme=life.programme)
    on = datetime(2026, 11, 24, 12, tzinfo=UTC)
    claims = [
        factories.actual(line, life.scene.brockvale, 2026, month, 10_00, entered_at=on) for month in (1, 2)
    ]
    day, words = date(2026, 12, 8), "2 claims of Brockvale to verify, entered on 24 November 2026"
    with django_assert_num_queries(5):
        found = list(source.due_between(*SPAN))
    expected = [(officer.pk, day, words, [0]), (life.sro.pk, day, words, [-10])]
    assert sorted(told(iter(found))) == sorted(expected)
    assert {(one.object_id, one.path) for one in found} == {
        (claims[0].pk, f"/programmes/{life.programme.key}/claims/")
    }
    verify(claims[0], officer)
    words = "1 claim of Brockvale to verify, entered on 24 November 2026"
    assert told(source.still_due(officer.pk, [claims[0].pk])) == [(officer.pk, day, words, [0])]
    verify(claims[1], officer)
    assert told(source.still_due(officer.pk, [claims[0].pk])) == []
    assert told(source.due_between(*SPAN)) == []


def test_reminders_take_a_fixed_number_of_queries(life: Life, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        list(BenefitReviews().due_between(*SPAN))
    for number in range(3):
        owner = factories.UserFactory()
        factories.role(owner, RoleName.COUNCIL_LEAD, council=life.scene.brockvale)
        factories.BenefitFactory(programme=life.programme, ref=f"N-{number}", owner=owner, review_on=DAY)
    with django_assert_num_queries(2):
        assert len(list(BenefitReviews().due_between(*SPAN))) == 8
