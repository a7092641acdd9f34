"""What changed since a person's last mail stands first in the next, and only what they may see."""

from __future__ import annotations

from datetime import date, timedelta

from django.core import mail

from accounts.models import User
from core.actions.audit import record
from programme.models import Milestone
from tests.factories import ProgrammeFactory
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene, bodies

TOMORROW = TODAY + timedelta(days=1)


def change(milestone: Milestone, by: User, **fields: tuple[object, object]) -> None:
    before = {name: values[0] for name, values in fields.items()} | {"version": 1}
    after = {name: values[1] for name, values in fields.items()} | {"version": 2}
    record(milestone, by=by, action="update_milestone", before=before, after=after)


def mailed_tomorrow(scene: Scene) -> str:
    scene.move_to(SEVEN_AM + timedelta(days=1))
    mail.outbox.clear()
    scene.run_and_deliver(TOMORROW)
    (body,) = bodies()
    return body


def test_mail_begins_with_what_others_changed_since_the_last_one(scene: Scene) -> None:
    other = scene.person("Dev Lewis")
    moved = scene.milestone(date(2027, 3, 1), title="Cutover")
    given = scene.milestone(date(2027, 3, 2), title="Pilot")
    own = scene.milestone(date(2027, 3, 3), title="Own change")
    change(moved, other, note=("", "Before the last mail"))
    scene.milestone(TODAY, title="Go-live")
    scene.run_and_deliver()
    scene.move_to(SEVEN_AM + timedelta(hours=2))
    change(moved, other, forecast=("2027-02-01", "2027-02-20"), evidence=("", "secret text"))
    change(moved, other, forecast=("2027-02-20", "2027-03-01"))
    change(given, other, owner=(other.email, scene.owner.email))
    change(own, scene.owner, forecast=("2027-02-01", "2027-03-03"))
    scene.milestone(TOMORROW, title="Training")
    body = mailed_tomorrow(scene)
    assert body.partition("Due today: Training")[0] == (
        "WHAT CHANGED SINCE YOUR LAST MAIL\n"
        "\n"
        "Cutover: forecast date moved from 1 February 2027 to 1 March 2027, evidence changed, by Dev Lewis\n"
        "  Shared revenues\n"
        f"  Look at it: http://localhost:8000/milestones/{moved.pk}/\n"
        "\n"
        "Pilot: it is yours now, by Dev Lewis\n"
        "  Shared revenues\n"
        f"  Look at it: http://localhost:8000/milestones/{given.pk}/\n"
        "\n"
        "WHAT IS DUE\n"
        "\n"
    )


def test_thing_told_before_and_settled_by_another_is_said_to_be_over(scene: Scene) -> None:
    other = scene.person("Dev Lewis")
    told = scene.milestone(TODAY, title="Go-live")
    scene.run_and_deliver()
    scene.move_to(SEVEN_AM + timedelta(hours=2))
    change(told, other, actual=(None, "2026-11-24"))
    Milestone.objects.filter(pk=told.pk).update(actual_first_on=TODAY, actual_last_on=TODAY)
    scene.milestone(TOMORROW, title="Training")
    assert "Go-live: achieved on 24 November 2026, nothing is due of you any more, by Dev Lewis" in (
        mailed_tomorrow(scene)
    )


def test_nothing_is_said_of_what_one_may_not_read_any_more_and_a_second_try_says_the_same(
    scene: Scene,
) -> None:
    other = scene.person("Dev Lewis")
    elsewhere = ProgrammeFactory(name="Waste", partnership__councils=2)
    hidden = scene.milestone(date(2027, 3, 1), title="Secret of others", programme=elsewhere)
    change(hidden, other, forecast=("2027-02-01", "2027-03-01"))
    moved = scene.milestone(date(2027, 3, 1), title="Cutover")
    change(moved, other, forecast=("2027-02-01", "2027-03-01"))
    scene.milestone(TODAY, title="Go-live")
    (digest_id,) = scene.run()
    change(moved, other, forecast=("2027-03-01", "2027-04-01"))
    scene.move_to(SEVEN_AM + timedelta(minutes=1))
    change(moved, other, forecast=("2027-04-01", "2027-05-01"))
    assert scene.deliver(digest_id) == "sent"
    assert "Secret of others" not in bodies()[0]
    assert "Cutover: forecast date moved from 1 February 2027 to 1 April 2027" in bodies()[0]


def test_changes_alone_make_no_mail(scene: Scene) -> None:
    change(scene.milestone(date(2027, 3, 1)), scene.person("Dev Lewis"), note=("", "x"))
    assert scene.run() == []
