"""People's own wishes: kinds, quiet days, absences, and the link in a mail that stops a kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal, StaleEdit
from core.models import AuditEvent
from programme.actions.reminding.absences import end_absence, record_absence
from programme.actions.reminding.wishes import EVERYTHING, set_wishes, stop_token
from programme.models import Absence, Digest, Milestone, Reminder, ReminderWish
from programme.reminder_sources import source_of
from programme.rules.reminder_catalogue import RULES
from tests.factories import ProgrammeFactory, UserFactory, role, sign_in
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene, bodies

TOMORROW, FRIDAY = TODAY + timedelta(days=1), TODAY + timedelta(days=3)


def wishes(user: User, **values: Any) -> ReminderWish:
    given = {"unwanted": [], "quiet_days": [], "seen_version": 0, **values}
    return set_wishes(by=user, **given)


def away(scene: Scene, delegate: User, until: date = FRIDAY) -> Absence:
    return record_absence(by=scene.owner, from_on=TODAY, to_on=until, delegate=delegate)


def to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_kind_that_is_not_wanted_comes_into_the_inbox_alone(scene: Scene) -> None:
    wishes(scene.owner, unwanted=["milestone_due"])
    scene.milestone(TODAY, title="Go-live")
    assert (scene.run(), scene.run()) == ([], [])
    assert list(Reminder.objects.values_list("title", "digest", "mail_on")) == [("Go-live", None, None)]
    assert scene.run(TOMORROW) == []


def test_kind_turned_off_while_its_mail_waits_is_not_sent(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    wishes(scene.owner, unwanted=["milestone_due"])
    assert scene.deliver(digest_id) == "withdrawn"


def test_quiet_day_holds_the_mail_back_until_the_next_day_that_is_not(scene: Scene) -> None:
    wishes(scene.owner, quiet_days=[1, 2])  # Tuesday and Wednesday
    scene.milestone(TODAY, title="Today")
    scene.milestone(date(2026, 12, 4), title="In seven from Wednesday")
    assert (scene.run(), scene.run(TOMORROW), Digest.objects.count()) == ([], [], 0)
    scene.move_to(SEVEN_AM + timedelta(days=2))
    (digest_id,) = scene.run(TODAY + timedelta(days=2))
    assert scene.run(TODAY + timedelta(days=2)) == []
    assert scene.deliver(digest_id) == "sent"
    assert [body.count("Was due on") + body.count("Due in") for body in bodies()] == [2]
    assert scene.reminders() == [("In seven from Wednesday", 7), ("Today", 0)]
    assert not Reminder.objects.filter(digest__isnull=True).exists()


def test_notice_that_the_law_asks_for_goes_whatever_was_asked_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of("milestone_due")
    monkeypatch.setattr(type(source), "spec", RULES["agenda_publication"])
    wishes(scene.owner, quiet_days=[1], unwanted=[])
    User.objects.update(wants_reminders=False)
    scene.milestone(TODAY)
    assert scene.run_and_deliver() == ["sent"]
    assert ("List-Unsubscribe" in mail.outbox[0].extra_headers, "Stop e-mails" in bodies()[0]) == (
        False,
        False,
    )


def test_delegate_is_told_with_the_name_of_who_is_away_and_nothing_twice(scene: Scene) -> None:
    delegate = scene.person("Dev Lewis")
    absence = away(scene, delegate)
    scene.milestone(TODAY, title="Go-live")
    assert scene.run_and_deliver() == ["sent"]
    assert to() == [delegate.email]
    assert "  For Priya Raman, away until 27 November 2026\n" in bodies()[0]
    end_absence(absence, by=scene.owner)
    assert scene.run() == []
    reminder = Reminder.objects.get()
    assert (reminder.recipient, reminder.in_place_of) == (delegate, scene.owner)


def test_what_the_delegate_may_not_read_stays_with_who_is_away(scene: Scene) -> None:
    delegate = UserFactory(name="Sam Hill")
    other = ProgrammeFactory(name="Waste", partnership__councils=2)
    role(delegate, RoleName.COUNCIL_LEAD, partnership=other.partnership)
    role(scene.owner, RoleName.COUNCIL_LEAD, partnership=other.partnership)
    away(scene, delegate)
    scene.milestone(TODAY, title="Secret of others")
    scene.milestone(TODAY, title="Bins", programme=other)
    assert scene.run_and_deliver() == ["sent", "sent"]
    told = Reminder.objects.order_by("title").values_list("title", "recipient")
    assert list(told) == [("Bins", delegate.pk), ("Secret of others", scene.owner.pk)]


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"wants_reminders": False},
    ],
)
def test_delegate_who_cannot_be_told_leaves_it_with_who_is_away(
    scene: Scene, change: dict[str, bool]
) -> None:
    delegate = scene.person("Dev Lewis")
    away(scene, delegate)
    User.objects.filter(pk=delegate.pk).update(**change)
    scene.milestone(TODAY)
    scene.run()
    assert list(Digest.objects.values_list("recipient", flat=True)) == [scene.owner.pk]


@pytest.mark.parametrize("is_closed", [True, False])
def test_delegate_who_lost_role_or_account_while_the_mail_waited_gets_nothing(
    scene: Scene, is_closed: bool
) -> None:
    delegate = scene.person("Dev Lewis")
    away(scene, delegate)
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    if is_closed:
        User.objects.filter(pk=delegate.pk).update(is_active=False)
    else:
        delegate.roles_held.all().delete()
    assert (scene.deliver(digest_id), mail.outbox) == ("withdrawn", [])
    # It is still due of who is away, and goes into their own next mail, once.
    scene.move_to(SEVEN_AM + timedelta(days=1))
    (following,) = scene.run(TOMORROW)
    assert (scene.deliver(following), to()) == ("sent", [scene.owner.email])
    assert (bodies()[0].count("Was due on"), "For Priya Raman" in bodies()[0]) == (1, False)
    assert scene.run(TOMORROW + timedelta(days=1)) == []


def test_what_is_done_is_not_given_back_to_who_is_away(scene: Scene) -> None:
    delegate = scene.person("Dev Lewis")
    away(scene, delegate)
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    Milestone.objects.update(actual_first_on=TODAY, actual_last_on=TODAY, actual_precision="day")
    delegate.roles_held.all().delete()
    assert scene.deliver(digest_id) == "withdrawn"
    assert list(Reminder.objects.values_list("recipient", "mail_on")) == [(delegate.pk, None)]


def test_two_who_are_away_stand_in_for_nobody(scene: Scene) -> None:
    delegate = scene.person("Dev Lewis")
    away(scene, delegate)
    record_absence(by=delegate, from_on=TODAY, to_on=FRIDAY, delegate=scene.owner)
    scene.milestone(TODAY)
    scene.run()
    assert list(Digest.objects.values_list("recipient", flat=True)) == [scene.owner.pk]


def test_absence_is_refused_with_a_stranger_backwards_over_and_twice(scene: Scene) -> None:
    delegate = scene.person("Dev Lewis")
    day = timedelta(days=1)
    for from_on, to_on, who, words in (
        (TODAY, FRIDAY, UserFactory(), "Choose a colleague who works in one of your programmes"),
        (TODAY, FRIDAY, scene.owner, "Choose a colleague who works in one of your programmes"),
        (FRIDAY, TODAY, delegate, "The last day away must be on or after the first"),
        (TODAY - 2 * day, TODAY - day, delegate, "Enter a last day that has not gone by"),
        (
            TODAY,
            TODAY + 400 * day,
            delegate,
            "Enter at most a year. For longer, give the work to another owner",
        ),
    ):
        with pytest.raises(Refusal) as said:
            record_absence(by=scene.owner, from_on=from_on, to_on=to_on, delegate=who)
        assert said.value.message == words
    away(scene, delegate)
    with pytest.raises(Refusal) as said:
        record_absence(by=scene.owner, from_on=FRIDAY, to_on=FRIDAY, delegate=delegate)
    assert said.value.message == (
        "You are already away from 24 November 2026 to 27 November 2026. End that first"
    )
    assert Absence.objects.count() == 1


def test_absence_of_a_colleague_is_recorded_told_and_ended(scene: Scene, client: Client) -> None:
    manager = scene.person("Priya Raman", RoleName.PROGRAMME_MANAGER)
    delegate, stranger = scene.person("Dev Lewis"), UserFactory()
    at = "/reminders/absences/of-colleagues/"
    sent = {"person": scene.owner.pk, "from_on": "24 11 2026", "to_on": "27 11 2026", "delegate": delegate.pk}
    assert sign_in(client, delegate).post(f"{at}new/", sent).status_code == 403
    sign_in(client, manager)
    assert client.post(f"{at}new/", sent | {"person": stranger.pk}).status_code == 422
    assert client.post(f"{at}new/", sent | {"delegate": scene.owner.pk}).status_code == 422
    assert client.post(f"{at}new/", sent).status_code == 302
    again = client.post(f"{at}new/", sent).content.decode()
    assert f"{scene.owner} is already away from 24 November 2026" in again
    absence = Absence.objects.get()
    assert (absence.user, absence.recorded_by, absence.delegate) == (scene.owner, manager, delegate)
    event = AuditEvent.objects.get(action="record_absence")
    assert (event.by, event.after["person"]) == (manager, scene.owner.email)
    scene.milestone(TOMORROW)
    scene.move_to(SEVEN_AM + timedelta(days=1))
    scene.run_and_deliver(TOMORROW)
    told = {mail_to[0]: body for mail_to, body in ((one.to, one.body) for one in mail.outbox)}
    assert set(told) == {scene.owner.email, delegate.email}
    assert "You are recorded as away: 24 November 2026 to 27 November 2026" in told[scene.owner.email]
    assert "By Priya Raman on 24 November 2026. Told in your place: Dev Lewis" in told[scene.owner.email]
    assert "For " in told[delegate.email]
    sign_in(client, scene.owner)
    assert "Recorded by Priya Raman" in client.get("/reminders/wishes/").content.decode()
    sign_in(client, manager)
    assert client.post(f"{at}{absence.pk}/end/").status_code == 302
    assert Absence.objects.get().ended_at is not None


def test_api_records_the_absence_of_a_colleague(scene: Scene, client: Client) -> None:
    delegate, admin = scene.person("Dev Lewis"), UserFactory()
    role(admin, RoleName.ADMINISTRATOR)
    sent = {"from_on": "2026-11-24", "to_on": "2026-11-27", "delegate": delegate.email}
    theirs = sent | {"person": scene.owner.email}
    at = "/api/v1/absences/"
    assert sign_in(client, delegate).post(at, theirs, "application/json").status_code == 403
    sign_in(client, admin)
    made = client.post(at, theirs, "application/json").json()
    assert made == {"id": made["id"], **theirs, "recorded_by": admin.email}
    assert (client.get(at).json(), client.get(f"{at}?of_colleagues=true").json()) == ([], [made])
    assert client.post(f"{at}{made['id']}/end/").status_code == 204


def test_wishes_are_saved_by_version_and_audited_when_they_change(scene: Scene) -> None:
    made = wishes(scene.owner, unwanted=["benefit_review"])
    assert wishes(scene.owner, unwanted=["benefit_review"], seen_version=1).version == 1
    with pytest.raises(StaleEdit):
        wishes(scene.owner)
    changed = wishes(scene.owner, quiet_days=[4], seen_version=made.version)
    assert (changed.unwanted, changed.quiet_days, changed.version) == ([], [4], 2)
    assert AuditEvent.objects.filter(action="set_wishes").count() == 2


def test_page_saves_kinds_and_days_and_lists_absences(scene: Scene, client: Client) -> None:
    delegate = scene.person("Dev Lewis")
    sign_in(client, scene.owner)
    address = "/reminders/wishes/"
    keys = ["forecast_stale", "milestone_overdue"]
    assert client.post(address, {"seen_version": 0, "wanted": keys, "quiet_days": [4]}).status_code == 302
    wish = ReminderWish.objects.get()
    assert ("milestone_due" in wish.unwanted, "forecast_stale" in wish.unwanted) == (True, False)
    assert client.post(address, {"seen_version": 1, "quiet_days": range(5)}).status_code == 422
    sent = {"from_on": "24 11 2026", "to_on": "27 11 2026", "delegate": delegate.pk}
    assert client.post("/reminders/absences/new/", sent).status_code == 302
    assert "Dev Lewis" in client.get(address).content.decode()
    assert client.post(f"/reminders/absences/{Absence.objects.get().pk}/end/").status_code == 302
    assert client.post(f"/reminders/absences/{Absence.objects.get().pk}/end/").status_code == 404
    assert "Dev Lewis" not in client.get(address).content.decode()


def test_link_in_a_mail_shows_a_button_and_stops_when_it_is_sent(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    one = f"/reminders/stop/{stop_token(scene.owner, 'milestone_due')}/"
    everything = f"/reminders/stop/{stop_token(scene.owner, EVERYTHING)}/"
    page = client.get(one).content.decode()
    assert ("Milestone due" in page, scene.owner.name in page, scene.owner.email in page) == (
        True,
        False,
        False,
    )
    assert ReminderWish.objects.count() == 0
    for _ in range(2):
        answer = client.post(one, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "These e-mails have stopped" in answer.content.decode()) == (200, True)
    assert ReminderWish.objects.get().unwanted == ["milestone_due"]
    assert client.post(everything).status_code == 200
    scene.owner.refresh_from_db()
    assert (scene.owner.wants_reminders, AuditEvent.objects.exclude(why="").count()) == (False, 2)


def test_link_that_is_not_ours_or_of_a_notice_is_not_there(scene: Scene) -> None:
    tokens = [stop_token(scene.owner, kind) for kind in ("call_in_closes", "milk")]
    tokens += ["x", stop_token(scene.owner, EVERYTHING)[:-1] + "!"]
    gone = UserFactory(is_active=False)
    tokens.append(stop_token(gone, EVERYTHING))
    answers = {Client().post(f"/reminders/stop/{token}/").status_code for token in tokens}
    assert (answers, ReminderWish.objects.count()) == ({404}, 0)


def test_api_takes_ones_own_wishes_and_absences(scene: Scene, client: Client) -> None:
    delegate = scene.person("Dev Lewis")
    sign_in(client, scene.owner)
    asked = {"unwanted": ["milestone_due"], "quiet_days": [4], "bulletins": [], "version": 0}
    answer = client.put("/api/v1/reminder-wishes/", asked, "application/json")
    assert (answer.status_code, answer.json()) == (200, {**asked, "version": 1})
    assert client.get("/api/v1/reminder-wishes/").json() == {**asked, "version": 1}
    assert client.put("/api/v1/reminder-wishes/", asked, "application/json").status_code == 409
    away = {"from_on": "2026-11-24", "to_on": "2026-11-27", "delegate": delegate.email}
    made = client.post("/api/v1/absences/", away, "application/json")
    assert (made.status_code, client.get("/api/v1/absences/").json()) == (201, [made.json()])
    stranger = client.post("/api/v1/absences/", {**away, "delegate": UserFactory().email}, "application/json")
    assert stranger.json()["errors"][0]["field"] == "delegate"
    pk = made.json()["id"]
    ends = [client.post(f"/api/v1/absences/{pk}/end/").status_code for _ in range(2)]
    assert (ends, client.get("/api/v1/absences/").json()) == ([204, 404], [])
