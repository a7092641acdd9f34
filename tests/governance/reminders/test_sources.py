"""Each rule of section 6 that governance reminds of: what is due when, who is told, and what clears it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from accounts.enums import RoleName
from accounts.models import User
from core.clock import now
from core.enums import PublicationClass
from governance.enums import (
    ApprovalBody,
    Attending,
    BodyType,
    CouncilDecisionState,
    DecisionState,
    ResponseState,
    Urgency,
)
from governance.models import (
    Attendance,
    Body,
    BodyMember,
    ChairTerm,
    CouncilDecision,
    CouncilDecisionRecord,
    Decision,
    Meeting,
)
from programme.actions.deliveries import deliver_digest, sweep_deliveries
from programme.actions.reminders import send_due_reminders
from programme.enums import DeliveryState
from programme.models import Agreement, Digest, Reminder, ReminderRun
from programme.reminder_sources import source_of
from programme.rules.reminder_catalogue import REMINDER_RULES
from programme.rules.reminders import DueItem
from tests import factories
from tests.governance.actions.scene import Scene, make_scene

pytestmark = pytest.mark.django_db
WIDE = (date(2026, 1, 1), date(2028, 12, 31))
CLERK, MONITOR, LEAD = "Clerk of Brockvale", "Monitoring officer of Brockvale", "Lead of Brockvale"
OWNER, MANAGER = "Sam Okafor", "Priya Raman"


@dataclass
class Story:
    """The scene of the actions, with a lead officer a council, and one decision put to Brockvale alone."""

    scene: Scene
    decision: Decision
    asked: CouncilDecision

    def change(self, **values: Any) -> None:
        """Other columns of what Brockvale is asked."""
        CouncilDecision.objects.filter(pk=self.asked.pk).update(**values)

    def decide(self, **values: Any) -> None:
        """Other columns of the decision."""
        Decision.objects.filter(pk=self.decision.pk).update(**values)

    def body(self, type_: str, **values: Any) -> Body:
        """A body of the partnership."""
        made: Body = factories.BodyFactory(
            partnership=self.scene.programme.partnership, type=type_, name="Joint body", **values
        )
        return made

    def meeting(self, body: Body, on: date, **values: Any) -> Meeting:
        """A meeting at 2pm."""
        by = self.scene.manager
        at = datetime(on.year, on.month, on.day, 14, tzinfo=UTC)
        return Meeting.objects.create(body=body, starts_at=at, created_by=by, updated_by=by, **values)

    def member(self, body: Body, user: User | None, key: str, **values: Any) -> BodyMember:
        """A member for one council."""
        by = self.scene.manager
        council = self.scene.councils[key]
        name = user.name if user else f"Somebody of {council}"
        return BodyMember.objects.create(
            body=body,
            council=council,
            name=name,
            user=user,
            from_on=date(2020, 5, 1),
            created_by=by,
            updated_by=by,
            **values,
        )


@pytest.fixture
def story(db: None) -> Iterator[Story]:
    with time_machine.travel("2026-11-02 09:00:00+00:00", tick=False) as clock:
        scene = make_scene(clock)
        for key, council in scene.councils.items():
            lead = factories.UserFactory(name=f"Lead of {council}")
            factories.role(lead, RoleName.COUNCIL_LEAD, council=council)
            scene.people[key] = lead
        decision = factories.DecisionFactory(
            programme=scene.programme,
            ref="D-01",
            title="Share revenues",
            state=DecisionState.RATIFYING,
            is_key=True,
            councils=[scene.councils["brockvale"]],
        )
        asked = decision.council_decisions.get()
        told = Story(scene, decision, asked)
        told.change(
            approval_body=ApprovalBody.EXECUTIVE, state=CouncilDecisionState.AWAITING, text_number=None
        )
        yield told


def told(rule: str) -> set[tuple[str, date, tuple[int, ...]]]:
    """Who is told by a rule, of which day, at which offsets."""
    source = source_of(rule)
    assert source is not None
    names = dict(User.objects.values_list("pk", "name"))
    return {
        (names[item.recipient_id], item.due_on, tuple(sorted(item.offsets, reverse=True)))
        for item in source.due_between(*WIDE)
    }


def items(rule: str) -> list[DueItem]:
    """What a rule reminds of."""
    source = source_of(rule)
    assert source is not None
    return list(source.due_between(*WIDE))


MEETS = date(2027, 1, 20)
Arrange = Callable[[Story], None]


def key_decision(story: Story) -> None:
    story.change(next_meeting_on=MEETS)


def private_meeting(story: Story) -> None:
    story.change(next_meeting_on=MEETS, is_private=True)


def decided(story: Story) -> None:
    on = date(2026, 11, 24)
    story.change(state=CouncilDecisionState.APPROVED, decided_first_on=on, decided_last_on=on,
                 decided_precision="day", text_number=1)  # fmt: skip


def published(story: Story) -> None:
    decided(story)
    story.change(published_on=date(2026, 12, 18))


def recommended(story: Story) -> None:
    story.decide(recommended_on=date(2026, 11, 2))


def rejected(story: Story) -> None:
    decided(story)
    story.change(state=CouncilDecisionState.REJECTED)
    story.decide(state=DecisionState.BLOCKED)
    for _ in range(2):
        CouncilDecisionRecord.objects.create(
            council_decision=story.asked,
            text_number=1,
            text_hash="",
            state=CouncilDecisionState.REJECTED,
            decided_on=date(2026, 10, 30),
            approval_body=ApprovalBody.EXECUTIVE,
            reasons="It costs more.",
            alternatives_rejected="None considered.",
            entered_by=story.scene.clerks["brockvale"],
        )


def public_meeting(story: Story) -> None:
    story.meeting(story.body(BodyType.JOINT_COMMITTEE), date(2026, 12, 2))


def thin_meeting(story: Story) -> None:
    body = story.body(BodyType.STEERING_GROUP, quorum_total=2)
    meeting = story.meeting(body, date(2026, 12, 2))
    for key, state in (("ashmere", Attending.ACCEPTED), ("brockvale", Attending.EXPECTED)):
        member = story.member(body, story.scene.people[key], key)
        Attendance.objects.create(meeting=meeting, member=member, state=state)


def no_meeting(story: Story) -> None:
    body = story.body(BodyType.STEERING_GROUP, meeting_interval_weeks=6)
    story.meeting(body, date(2026, 9, 14))
    chair = story.member(body, story.scene.people["carrick"], "carrick")
    carrick = story.scene.councils["carrick"]
    ChairTerm.objects.create(body=body, municipal_year=2026, chair=carrick, chair_member=chair)


def rotating(story: Story) -> None:
    body = story.body(BodyType.JOINT_COMMITTEE)
    ChairTerm.objects.create(body=body, municipal_year=2026, chair=story.scene.councils["carrick"])


def unanswered(story: Story) -> None:
    member = factories.UserFactory(name="Leader of Brockvale")
    factories.role(member, RoleName.MEMBER, council=story.scene.councils["brockvale"])
    story.member(story.scene.group, member, "brockvale", is_executive_member=True)
    factories.scrutiny_response(story.scene.programme, story.scene.councils["brockvale"])


def exempt(story: Story) -> None:
    story.decide(
        publication_class=PublicationClass.EXEMPT,
        exempt_paragraph=3,
        public_interest_reason="Bids are open.",
        text="THE SECRET PRICE",
        exempt_review_on=date(2027, 3, 1),
    )


def agreement(story: Story) -> None:
    factories.AgreementFactory(
        partnership=story.scene.programme.partnership,
        title="Main agreement",
        ends_on=date(2028, 3, 31),
        notice_months=12,
        review_on=date(2027, 10, 1),
    )


def each(words: str, on: date, offsets: tuple[int, ...]) -> set[tuple[str, date, tuple[int, ...]]]:
    """The same for all three councils."""
    return {(f"{words} of {name}", on, offsets) for name in ("Ashmere", "Brockvale", "Carrick")}


NOTICE = date(2026, 12, 22)
CASES: list[tuple[str, Arrange, set[tuple[str, date, tuple[int, ...]]]]] = [
    ("key_decision_notice", key_decision, {(CLERK, NOTICE, (7, 2, 0)), (MONITOR, NOTICE, (0,))}),
    ("private_meeting_notice", private_meeting, {(CLERK, NOTICE, (7, 2, 0)), (MONITOR, NOTICE, (0,))}),
    (
        "private_second_notice",
        private_meeting,
        {(CLERK, date(2027, 1, 12), (2, 1, 0)), (MONITOR, date(2027, 1, 12), (0,))},
    ),
    (
        "agenda_publication",
        public_meeting,
        each("Clerk", date(2026, 11, 24), (2, 1, 0)) | each("Monitoring officer", date(2026, 11, 24), (0,)),
    ),
    (
        "decision_record_unpublished",
        decided,
        {(CLERK, date(2026, 11, 26), (0,)), (MONITOR, date(2026, 11, 26), (0,))},
    ),
    (
        "call_in_closes",
        published,
        {(CLERK, date(2026, 12, 29), (1, 0)), (MANAGER, date(2026, 12, 29), (1, 0))},
    ),
    (
        "ratification_outstanding",
        recommended,
        {
            (CLERK, date(2026, 11, 2), (-14, -28)),
            (LEAD, date(2026, 11, 2), (-14, -28)),
            (OWNER, date(2026, 11, 2), (-42,)),
        },
    ),
    (
        "decision_lapses",
        recommended,
        {(LEAD, date(2027, 5, 1), (30,)), (OWNER, date(2027, 5, 1), (30,))},
    ),
    (
        "councils_out_of_step",
        rejected,
        each("Lead", date(2026, 11, 2), (-1,)) | {(OWNER, date(2026, 11, 2), (-1,))},
    ),
    (
        "inquorate_risk",
        thin_meeting,
        each("Clerk", date(2026, 12, 2), (5,))
        | {("Lead of Ashmere", date(2026, 12, 2), (5,)), (LEAD, date(2026, 12, 2), (5,))},
    ),
    (
        "meeting_cycle_missed",
        no_meeting,
        each("Clerk", date(2026, 10, 26), (-7,)) | {("Lead of Carrick", date(2026, 10, 26), (-7,))},
    ),
    ("chair_rotation_due", rotating, each("Clerk", date(2027, 5, 1), (30,))),
    (
        "scrutiny_unanswered",
        unanswered,
        {
            ("Leader of Brockvale", date(2027, 1, 2), (14, 0)),
            (LEAD, date(2027, 1, 2), (14, 0)),
            (MONITOR, date(2027, 1, 2), (0,)),
        },
    ),
    ("exempt_review_decisions", exempt, each("Monitoring officer", date(2027, 3, 1), (0,))),
    (
        "agreement_review",
        agreement,
        each("Monitoring officer", date(2027, 10, 1), (180, 90, 30)) | {(OWNER, date(2027, 10, 1), (30,))},
    ),
    (
        "agreement_notice",
        agreement,
        each("Monitoring officer", date(2027, 3, 31), (180, 90, 30)) | {(OWNER, date(2027, 3, 31), (30,))},
    ),
]
STATUTORY = {
    "key_decision_notice",
    "private_meeting_notice",
    "private_second_notice",
    "agenda_publication",
    "decision_record_unpublished",
    "call_in_closes",
}


def test_notices_that_the_law_asks_for_are_statutory_and_no_others() -> None:
    assert {rule.key for rule in REMINDER_RULES if rule.is_statutory} == STATUTORY


@pytest.mark.parametrize(("rule", "arrange", "expected"), CASES, ids=[case[0] for case in CASES])
def test_rule_tells_these_people_of_this_day(
    story: Story, rule: str, arrange: Arrange, expected: set[Any]
) -> None:
    assert told(rule) == set()
    arrange(story)
    assert told(rule) == expected
    User.objects.update(is_active=False)
    assert told(rule) == set()


@pytest.mark.parametrize(("rule", "arrange", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_is_still_due_is_the_same_for_each_person_and_its_page_is_there(
    story: Story, client: Any, rule: str, arrange: Arrange, expected: set[Any]
) -> None:
    arrange(story)
    source = source_of(rule)
    assert source is not None
    found = items(rule)
    for item in found:
        assert list(source.still_due(item.recipient_id, [item.object_id])) == [item]
    assert list(source.still_due(story.scene.manager.pk, [])) == []
    client.force_login(User.objects.get(pk=found[0].recipient_id))
    assert client.get(found[0].path, follow=True).status_code == 200


CLEARED: list[tuple[str, Arrange, Arrange]] = [
    ("key_decision_notice", key_decision, lambda one: one.change(notice_published_on=date(2026, 11, 2))),
    ("key_decision_notice", key_decision, lambda one: one.change(urgency=Urgency.SPECIAL)),
    ("key_decision_notice", key_decision, lambda one: one.change(is_key=False)),
    ("key_decision_notice", key_decision, lambda one: one.change(is_left_out=True)),
    ("key_decision_notice", key_decision, lambda one: one.decide(state=DecisionState.WITHDRAWN)),
    (
        "private_meeting_notice",
        private_meeting,
        lambda one: one.change(private_notice_on=date(2026, 11, 2)),
    ),
    (
        "private_second_notice",
        private_meeting,
        lambda one: one.change(private_second_notice_on=date(2026, 11, 2)),
    ),
    (
        "agenda_publication",
        public_meeting,
        lambda one: Meeting.objects.update(agenda_published_on=date(2026, 11, 2)),
    ),
    ("agenda_publication", public_meeting, lambda one: Body.objects.update(type=BodyType.BOARD)),
    ("decision_record_unpublished", decided, lambda one: one.change(published_on=date(2026, 11, 25))),
    ("call_in_closes", published, lambda one: one.change(approval_body=ApprovalBody.FULL_COUNCIL)),
    (
        "ratification_outstanding",
        recommended,
        lambda one: one.change(state=CouncilDecisionState.APPROVED),
    ),
    ("decision_lapses", recommended, lambda one: one.decide(state=DecisionState.CALLIN)),
    ("councils_out_of_step", rejected, lambda one: one.decide(text_number=2)),
    ("inquorate_risk", thin_meeting, lambda one: Attendance.objects.update(state=Attending.ACCEPTED)),
    (
        "meeting_cycle_missed",
        no_meeting,
        lambda one: Body.objects.update(is_ended=True),
    ),
    (
        "chair_rotation_due",
        rotating,
        lambda one: ChairTerm.objects.update(municipal_year=2027),
    ),
    (
        "scrutiny_unanswered",
        unanswered,
        lambda one: one.scene.programme.scrutiny_recommendations.get().responses.update(
            state=ResponseState.REJECTED
        ),
    ),
    (
        "exempt_review_decisions",
        exempt,
        lambda one: one.decide(publication_class=PublicationClass.OPEN),
    ),
    ("agreement_notice", agreement, lambda one: Agreement.objects.update(notice_months=None)),
    ("agreement_review", agreement, lambda one: Agreement.objects.update(review_on=None)),
]


@pytest.mark.parametrize(("rule", "arrange", "clear"), CLEARED)
def test_nobody_is_told_once_the_condition_clears(
    story: Story, rule: str, arrange: Arrange, clear: Arrange
) -> None:
    arrange(story)
    assert told(rule) != set()
    clear(story)
    assert told(rule) == set()


def test_one_run_sends_all_that_is_due_once_and_no_exempt_text(story: Story) -> None:
    for arrange in (key_decision, recommended, public_meeting, exempt):
        arrange(story)
    story.decide(exempt_review_on=date(2026, 11, 16))
    ReminderRun.objects.create(day_on=date(2026, 11, 13))
    story.scene.clock.move_to(datetime(2026, 11, 16, 7, tzinfo=UTC), tick=False)
    handed_on: list[int] = []
    send_due_reminders(day=date(2026, 11, 16), deliver=handed_on.append)
    rows = Reminder.objects.values_list("rule", "recipient__name", "offset_days")
    assert sorted(rows) == sorted(
        [
            *[("exempt_review_decisions", name, 0) for name, *_ in each("Monitoring officer", NOTICE, ())],
            ("ratification_outstanding", CLERK, -14),
            ("ratification_outstanding", LEAD, -14),
        ]
    )
    for digest_id in Reminder.objects.values_list("digest", flat=True).distinct():
        deliver_digest(digest_id=digest_id)
    bodies = [str(one.body) for one in mail.outbox]
    assert len(bodies) == 5
    assert [one for one in bodies if "SECRET" in one] == []
    clerk = next(one for one in mail.outbox if "Ratification outstanding" in str(one.body))
    assert "Recommended on 2 November 2026, not decided yet: Ratification outstanding: D-01" in str(
        clerk.body
    )
    assert clerk.subject == "1 thing to look at in Concordat"
    assert send_due_reminders(day=date(2026, 11, 16)) == []


def test_notice_is_told_36_31_and_29_days_before_and_the_monitoring_officer_at_the_last(story: Story) -> None:
    key_decision(story)
    ReminderRun.objects.create(day_on=date(2026, 12, 14))
    sent = []
    for number in range(9):
        day = date(2026, 12, 14) + timedelta(days=number)
        story.scene.clock.move_to(datetime(day.year, day.month, day.day, 7, tzinfo=UTC), tick=False)
        known = set(Reminder.objects.values_list("pk", flat=True))
        send_due_reminders(day=day)
        rows = Reminder.objects.exclude(pk__in=known).order_by("recipient__name")
        sent += [((MEETS - day).days, row.recipient.name) for row in rows.select_related("recipient")]
    # 31 days before is Sunday 20 December: it is told on the Friday, while there is time to act.
    assert sent == [(36, CLERK), (33, CLERK), (29, CLERK), (29, MONITOR)]


def test_last_lawful_day_that_comes_in_after_7am_is_told_the_same_day_by_one_more_mail(story: Story) -> None:
    day = date(2026, 11, 2)
    ReminderRun.objects.create(day_on=day)
    clerk = story.scene.clerks["brockvale"]
    first = Digest.objects.create(recipient=clerk, day_on=day, state=DeliveryState.SENT, sent_at=now())
    story.change(next_meeting_on=date(2026, 12, 1))
    handed_on: list[int] = []
    made = sweep_deliveries(deliver=handed_on.append)
    digests = Digest.objects.exclude(pk=first.pk).order_by("recipient__name")
    assert list(digests.values_list("recipient__name", "number")) == [(CLERK, 2), (MONITOR, 1)]
    assert sorted(made) == sorted(digests.values_list("pk", flat=True))
    assert [deliver_digest(digest_id=digest_id) for digest_id in made] == ["sent", "sent"]
    assert sweep_deliveries(deliver=handed_on.append) == []
    story.scene.at(2026, 11, 3, 7)
    assert send_due_reminders(day=date(2026, 11, 3)) == []
    assert sorted(Reminder.objects.values_list("recipient__name", "offset_days")) == [
        (CLERK, 0),
        (MONITOR, 0),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_each_source_is_fixed(
    story: Story, count: int, django_assert_max_num_queries: Any
) -> None:
    for arrange in (key_decision, private_meeting, recommended, exempt, unanswered, rotating):
        arrange(story)
    for number in range(count):
        story.meeting(story.body(BodyType.JOINT_COMMITTEE, ref=f"J-{number}"), date(2026, 12, 2))
    for rule in {case[0] for case in CASES}:
        source = source_of(rule)
        assert source is not None
        with django_assert_max_num_queries(12):
            list(source.due_between(*WIDE))
