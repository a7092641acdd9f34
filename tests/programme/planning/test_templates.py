"""Templates that a programme starts from: data, shown and edited before they are made, all or nothing."""

from __future__ import annotations

import json
from datetime import date
from html import unescape
from typing import Any

from core.models import AuditEvent
from core.rules.calendar import bank_holidays, is_working_day
from programme.enums import MilestoneKind
from programme.models import Milestone, MilestoneDependency, Programme
from programme.rules.cycles import find_cycle
from programme.rules.planning.templates import Template, template_named, templates
from tests import factories
from tests.programme.views.conftest import Scene

URL = "/programmes/shared/template/?template=one_service&start_on=1+4+2027"


def said_on(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\xa0", " ")


def faults(template: Template) -> list[str]:
    """What of a template could not be made, or would be made in the wrong order."""
    phases = {one.ref: one for one in template.phases}
    by_ref = {one.ref: one for one in template.milestones}
    found = [one.ref for one in phases.values() if one.start_days > one.due_days]
    for one in by_ref.values():
        phase = phases[one.phase]
        inside = phase.start_days <= one.due_days <= phase.due_days
        in_order = all(by_ref[first].due_days <= one.due_days for first in one.waits_for)
        is_gate = (one.kind == MilestoneKind.GATE) == (one.gate_number is not None)
        if not (inside and in_order and is_gate and one.kind in MilestoneKind.values and one.title):
            found.append(one.ref)
    loop = find_cycle({one.ref: one.waits_for for one in by_ref.values()})
    return [*found, *(loop or ())]


def test_templates_are_whole_and_counted_in_working_days() -> None:
    found = templates()
    assert [one.name for one in found] == ["Toolkit stages", "Management first", "One service"]
    assert [one.label for one in found[0].phases] == [
        "Vision", "Business case", "Design", "Transform", "Operate and improve",
    ]  # fmt: skip
    assert {one.gate_number for one in found[0].milestones} == {None, 0, 1, 2, 3, 4, 5}
    assert {one.key: faults(one) for one in found} == {
        "toolkit": [], "management_first": [], "one_service": [],
    }  # fmt: skip
    dated = template_named("one_service").dated(date(2026, 12, 23), bank_holidays())
    days = [one.due_on for one in dated.milestones if one.due_on]
    assert all(is_working_day(day, bank_holidays()) for day in days)
    assert (dated.phases[0].start_on, days[0]) == (date(2026, 12, 23), date(2027, 2, 22))


def test_is_shown_edited_and_made_once(scene: Scene) -> None:
    scene.phase.delete()
    assert scene.as_reader().get(URL).status_code == 403
    page = said_on(scene.client.get(URL))
    assert ("Go-live" in page, "Counted in working days from 1 April 2027" in page) == (True, True)
    assert not Milestone.objects.exists()
    template = template_named("one_service").dated(date(2027, 4, 1), bank_holidays())
    sent = {
        **{f"label.{one.ref}": one.label for one in template.phases},
        **{f"start.{one.ref}": str(one.start_on) for one in template.phases},
        **{f"due.{one.ref}": str(one.due_on) for one in template.phases},
        **{f"title.{one.ref}": one.title for one in template.milestones},
        **{f"plan_on.{one.ref}": str(one.due_on) for one in template.milestones},
    }
    wrong = scene.client.post(URL, sent | {"plan_on.M-2": "1 4 2040", "due.P-1": "1 4 2026"})
    assert (wrong.status_code, Milestone.objects.exists()) == (422, False)
    for words in ("Date must be between 1 April 2026 and 31 March 2032", "End date must be after"):
        assert words in said_on(wrong)
    late = scene.client.post(URL, sent | {"plan_on.M-1": "1 12 2028"})
    assert "Options scored waits for Starting costs agreed by the finance officers" in said_on(late)
    assert not scene.programme.phases.exists()

    made = scene.client.post(URL, sent | {"title.M-2": "", "title.M-12": "Waste service live"})
    assert made.headers["Location"] == "/programmes/shared/"
    assert scene.programme.phases.count() == 4
    live = Milestone.objects.get(title="Waste service live")
    assert (live.plan_last_on, live.is_critical, live.phase.label if live.phase else "") == (
        template.milestones[11].due_on, True, "Prepare",
    )  # fmt: skip
    assert [one.predecessor.title for one in live.waits_for.all()] == ["Gate 4: readiness for service"]
    assert (Milestone.objects.count(), MilestoneDependency.objects.count()) == (13, 12)
    event = AuditEvent.objects.get(action="start_from_template")
    assert (event.after["template"], event.after["milestones"]) == ("one_service", 13)
    again = scene.client.post(URL, sent)
    assert "This programme has phases or milestones already" in said_on(again)


def test_through_the_api_and_after_a_programme_is_started(scene: Scene) -> None:
    made = factories.ProgrammeFactory(key="new", partnership=scene.programme.partnership)
    offered = scene.client.get("/api/v1/programmes/new/templates/?start_on=2027-04-01").json()
    assert [one["key"] for one in offered] == ["toolkit", "management_first", "one_service"]
    left = {"template": "toolkit", "start_on": "2027-04-01", "leave_out": ["M-1", "P-1"]}
    answer = scene.client.post(
        "/api/v1/programmes/new/from-template/",
        json.dumps(left),
        "application/json",
        headers={"Idempotency-Key": "once"},
    )
    assert (answer.status_code, len(answer.json()), made.phases.count()) == (201, 15, 4)
    started = scene.client.post(
        "/start-a-programme/",
        {
            "name": "Third", "base_fy": "2026", "horizon_years": "5",
            "partnership": scene.programme.partnership_id,
        },
    )  # fmt: skip
    key = Programme.objects.get(name="Third").key
    assert started.headers["Location"] == f"/programmes/{key}/template/"
