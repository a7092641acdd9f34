"""Recording what is expected of a milestone and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.enums import RoleName
from accounts.models import User
from core.enums import Channel
from core.errors import Refusals
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import MilestoneChanged, update_milestone
from programme.enums import MilestoneState
from programme.models import Milestone, Programme
from tests.factories import (
    MilestoneFactory,
    PhaseFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    plan_version,
    role,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
DUE = date(2026, 11, 13)
LATER = date(2026, 12, 14)
FIELDS = [field.attname for field in Milestone._meta.concrete_fields]


@dataclass
class Scene:
    """A programme with a key milestone, planned and forecast for 13 November 2026, and its manager."""

    programme: Programme
    milestone: Milestone
    manager: User

    def stored(self) -> dict[str, Any]:
        return Milestone.objects.filter(pk=self.milestone.pk).values(*FIELDS).get()

    def update(self, **changes: Any) -> Milestone:
        given = {"by": self.manager, "seen_version": 1} | changes
        return update_milestone(self.milestone, **given)

    def refused(self, **changes: Any) -> list[tuple[str | None, str]]:
        with pytest.raises(Refusals) as said:
            self.update(**changes)
        return [(refusal.field, refusal.message) for refusal in said.value.refusals]


@pytest.fixture
def scene() -> Any:
    programme = ProgrammeFactory()
    manager = UserFactory(name="Priya Raman")
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    milestone = MilestoneFactory(programme=programme, plan=DUE, forecast=DUE, is_critical=True)
    with time_machine.travel(NOW, tick=False):
        yield Scene(programme, milestone, manager)


def test_forecast_changes_and_only_what_belongs_to_it(scene: Scene) -> None:
    before = scene.stored()
    saved = scene.update(
        forecast_on=LATER, note="Carrick put off its decision.", achieved_on=None, evidence=""
    )
    assert scene.stored() == before | {
        "forecast_first_on": LATER,
        "forecast_last_on": LATER,
        "forecast_text": "14 December 2026",
        "note": "Carrick put off its decision.",
        "forecast_updated_at": NOW,
        "version": 2,
        "updated_at": NOW,
        "updated_by_id": scene.manager.pk,
    }
    assert {name: getattr(saved, name) for name in FIELDS} == scene.stored()


def test_what_is_left_out_stays(scene: Scene) -> None:
    before = scene.stored()
    scene.update(evidence="DOC-7", channel=Channel.API)
    assert scene.stored() == before | {
        "evidence": "DOC-7",
        "version": 2,
        "updated_at": NOW,
        "updated_by_id": scene.manager.pk,
    }


def test_audit_event_holds_what_changed_and_why(scene: Scene) -> None:
    scene.update(forecast_on=LATER, note="Carrick put off its decision.", channel=Channel.API)
    event = AuditEvent.objects.values().get()
    del event["id"]
    assert event == {
        "at": NOW,
        "by_id": scene.manager.pk,
        "action": "update_milestone",
        "channel": "api",
        "object_type": "programme.milestone",
        "object_id": scene.milestone.pk,
        "object_label": str(scene.milestone),
        "scope": scene.programme.key,
        "before": {"forecast": "2026-11-13", "note": "", "version": 1},
        "after": {"forecast": "2026-12-14", "note": "Carrick put off its decision.", "version": 2},
        "why": "Carrick put off its decision.",
    }


def test_achieved_and_taken_back(scene: Scene) -> None:
    saved = scene.update(achieved_on=date(2026, 11, 20), evidence="ICT-114 signed list")
    assert (saved.stated_state, saved.get_date("actual")) == (
        MilestoneState.DONE,
        ImpreciseDate.day(date(2026, 11, 20)),
    )
    scene.milestone = saved
    back = scene.update(seen_version=2, achieved_on=None)
    assert (back.stated_state, back.get_date("actual"), back.version) == (MilestoneState.PLANNED, None, 3)


def test_saving_without_a_change_leaves_no_trace(scene: Scene) -> None:
    before = scene.stored()
    saved = scene.update(forecast_on=DUE, achieved_on=None, evidence=" ", note="")
    assert (saved.version, scene.stored(), AuditEvent.objects.count()) == (1, before, 0)


def test_plan_dates_are_never_touched(scene: Scene) -> None:
    version = plan_version(scene.programme, 1, dates=[(scene.milestone, DUE)])
    plan_before = list(version.dates.values())
    scene.update(forecast_on=LATER)
    assert list(version.dates.values()) == plan_before
    assert Milestone.objects.get(pk=scene.milestone.pk).get_date("plan") == ImpreciseDate.day(DUE)


def test_refusals_name_their_fields_and_change_nothing(scene: Scene) -> None:
    before = scene.stored()
    assert scene.refused(forecast_on=date(2032, 4, 1), achieved_on=date(2026, 11, 25)) == [
        ("forecast_on", "Date must be between 1 April 2026 and 31 March 2032"),
        ("achieved_on", "Actual date must be today or in the past"),
        ("evidence", "Add evidence that the milestone was achieved"),
    ]
    assert scene.refused(note="n" * 4_001) == [("note", "Note must be 4,000 characters or less")]
    assert scene.refused(forecast_on=None) == [("forecast_on", "Enter a real date, for example 30 4 2027")]
    assert (scene.stored(), AuditEvent.objects.count()) == (before, 0)


def test_programme_starts_with_its_first_phase(scene: Scene) -> None:
    PhaseFactory(programme=scene.programme, start=ImpreciseDate.month(2026, 2))
    assert scene.refused(forecast_on=date(2026, 1, 31)) == [
        ("forecast_on", "Date must be between 1 February 2026 and 31 March 2032"),
    ]


def test_date_of_a_programme_without_base_year_is_free(scene: Scene) -> None:
    Programme.objects.filter(pk=scene.programme.pk).update(base_fy=None)
    scene.programme.refresh_from_db()
    assert scene.update(forecast_on=date(2040, 1, 1)).get_date("forecast") == ImpreciseDate.day(
        date(2040, 1, 1)
    )


def test_reader_is_refused_and_nothing_changes(scene: Scene) -> None:
    reader = UserFactory()
    role(reader, RoleName.COUNCIL_LEAD, council=councils_of(scene.programme)[0])
    before = scene.stored()
    with pytest.raises(PermissionDenied, match="You can read it"):
        scene.update(by=reader, note="Mine")
    assert (scene.stored(), AuditEvent.objects.count()) == (before, 0)


def test_stale_edit_carries_what_the_other_person_changed(scene: Scene) -> None:
    first = scene.update(forecast_on=LATER)
    second = update_milestone(first, by=scene.manager, seen_version=2, note="Agreed on the phone")
    for unsaved in (scene.milestone, second):
        with pytest.raises(MilestoneChanged) as said:
            update_milestone(unsaved, by=scene.manager, seen_version=1, note="Mine")
        assert said.value.message == "Someone changed this at 10:42am. Review their change before you save"
        assert said.value.current.version == 3
        assert [(event.by, event.before, event.after) for event in said.value.edits] == [
            (
                scene.manager,
                {"forecast": "2026-11-13", "version": 1},
                {"forecast": "2026-12-14", "version": 2},
            ),
            (
                scene.manager,
                {"note": "", "version": 2},
                {"note": "Agreed on the phone", "version": 3},
            ),
        ]
    assert Milestone.objects.get(pk=scene.milestone.pk).note == "Agreed on the phone"


def test_edit_that_left_no_audit_event_still_makes_the_other_stale(scene: Scene) -> None:
    changed_at = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    Milestone.objects.filter(pk=scene.milestone.pk).update(version=2, updated_at=changed_at)
    with pytest.raises(MilestoneChanged) as said:
        scene.update(note="Mine")
    assert said.value.message == "Someone changed this at 9:05am. Review their change before you save"
    assert said.value.edits == ()


def test_failed_audit_rolls_the_write_back(scene: Scene) -> None:
    before = scene.stored()
    with pytest.raises(IntegrityError), transaction.atomic():
        scene.update(note="Mine", channel=None)
    assert scene.stored() == before


def test_imprecise_forecast_of_a_source_stays_when_given_back(scene: Scene) -> None:
    spring = ImpreciseDate.season(2027, "spring")
    scene.milestone = MilestoneFactory(programme=scene.programme, forecast=spring)
    saved = scene.update(forecast_on=spring, note="Seen")
    assert (saved.get_date("forecast"), saved.forecast_updated_at) == (spring, None)
