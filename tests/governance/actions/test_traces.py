"""Every action on decisions leaves its trace, and nothing at all where the trace cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.errors import StaleEdit
from core.models import AuditEvent
from governance.actions import call_ins, conditions, council_decisions, decisions, requirements, ways_on
from governance.actions.due import apply_due_decisions
from governance.actions.resolutions import record_resolution
from governance.enums import CallInOutcome, CouncilDecisionState, Urgency
from governance.models import CallIn
from tests.governance.actions.scene import Scene
from tests.refusals.asking import everything_stored

Ready = Callable[..., Any]
SIGNED = ("Cllr Ahmed", "Cllr Brown", "Cllr Cole")
DAY = date(2026, 11, 24)


def _on(action: Ready, row: Any, by: Any, *args: Any, **sent: Any) -> Ready:
    """The action, ready to be done by a person who saw the row as it is."""
    return partial(action, row, *args, by=by, seen_version=row.version, **sent)


def _announce(scene: Scene) -> Ready:
    return _on(decisions.announce_decision, scene.draft(), scene.manager)


def _draft(scene: Scene) -> Ready:
    draft = decisions.DecisionDraft(title="Share", text="We share.")
    return lambda **_: decisions.draft_decision(scene.programme, draft, by=scene.manager)


def _update(scene: Scene) -> Ready:
    draft = decisions.DecisionDraft(title="Share", text="We share.")
    return _on(decisions.update_decision, scene.draft(), scene.manager, draft)


def _table(scene: Scene) -> Ready:
    row = decisions.announce_decision(scene.draft(), by=scene.manager, seen_version=1)
    return _on(decisions.table_decision, row, scene.manager, meeting_on=DAY)


def _recommend(scene: Scene) -> Ready:
    row = scene.tabled()
    scene.at(2026, 11, 24, 18)
    return _on(decisions.record_recommendation, row, scene.manager, recommended_on=DAY)


def _send(scene: Scene) -> Ready:
    return _on(decisions.send_to_councils, scene.recommended(), scene.manager)


def _resolve(scene: Scene) -> Ready:
    row = scene.tabled(body=scene.committee(), kind="resolution")
    scene.at(2026, 11, 24, 18)
    return _on(record_resolution, row, scene.clerks["ashmere"], resolved_on=DAY)


def _implement(scene: Scene) -> Ready:
    row = scene.approved_by_all()
    apply_due_decisions(scene.at(2027, 1, 20, 9))
    return _on(decisions.implement_decision, scene.fresh(row), scene.owner, implemented_on=date(2027, 1, 20))


def _withdraw(scene: Scene) -> Ready:
    return _on(decisions.withdraw_decision, scene.ratifying(), scene.manager, why="Not wanted")


def _basis(scene: Scene) -> Ready:
    return _on(decisions.confirm_legal_basis, scene.draft(), scene.monitors["ashmere"])


def _require(scene: Scene) -> Ready:
    council = scene.councils["carrick"]
    row = scene.draft()
    return _on(requirements.require_council, row, scene.manager, council, element="Staff")


def _asked(scene: Scene) -> Any:
    return scene.asked(scene.ratifying(), "ashmere")


def _release(scene: Scene) -> Ready:
    return _on(requirements.release_council, scene.asked(scene.draft(), "ashmere"), scene.manager)


def _meeting(scene: Scene) -> Ready:
    day = date(2026, 12, 16)
    return _on(requirements.set_meeting, _asked(scene), scene.clerks["ashmere"], next_meeting_on=day)


def _route(scene: Scene) -> Ready:
    route = requirements.Route("officer", is_key=True)
    return _on(requirements.set_route, _asked(scene), scene.monitors["ashmere"], route)


def _urgency(scene: Scene) -> Ready:
    route = requirements.UrgencyRoute(Urgency.SPECIAL, "The contract ends.")
    return _on(requirements.record_urgency, _asked(scene), scene.monitors["ashmere"], route)


def _notice(scene: Scene) -> Ready:
    row = scene.asked(scene.draft(), "ashmere")
    return _on(requirements.publish_notice, row, scene.clerks["ashmere"], published_on=date(2026, 11, 2))


def _representations(scene: Scene) -> Ready:
    return _on(requirements.record_representations, _asked(scene), scene.clerks["ashmere"], text="None")


def _record(scene: Scene) -> Ready:
    outcome = council_decisions.Outcome("approved", DAY, "It costs less.", "None considered.")
    row = _asked(scene)
    return _on(council_decisions.record_council_decision, row, scene.clerks["ashmere"], outcome)


def _publish(scene: Scene) -> Ready:
    row = scene.ratifying()
    scene.decides(row, "ashmere", DAY)
    asked = scene.asked(row, "ashmere")
    return _on(council_decisions.publish_council_decision, asked, scene.clerks["ashmere"], published_on=DAY)


def _call_in(scene: Scene) -> Ready:
    asked = scene.asked(scene.approved_by_all(), "brockvale")
    scrutiny = scene.scrutiny["brockvale"]
    return _on(call_ins.raise_call_in, asked, scrutiny, signatories=SIGNED, grounds="Cost")


def _settle_call_in(scene: Scene) -> Ready:
    _call_in(scene)()
    met_on = date(2027, 1, 14)
    clerk, outcome = scene.clerks["brockvale"], CallInOutcome.NO_ACTION
    raised = CallIn.objects.get()
    return _on(call_ins.settle_call_in, raised, clerk, outcome=outcome, scrutiny_met_on=met_on)


def _blocked(scene: Scene) -> Any:
    row = scene.ratifying()
    scene.decides(row, "carrick", DAY, CouncilDecisionState.REJECTED)
    return scene.fresh(row)


def _new_version(scene: Scene) -> Ready:
    return _on(ways_on.put_new_version, _blocked(scene), scene.manager, text="Other", why="Carrick")


def _dispute(scene: Scene) -> Ready:
    return _on(ways_on.start_dispute, _blocked(scene), scene.owner, disputed_on=DAY)


def _condition(scene: Scene) -> Ready:
    return _on(conditions.add_condition, scene.draft(), scene.manager, text="The lease is signed")


def _meet(scene: Scene) -> Ready:
    condition = _condition(scene)()
    day = date(2026, 11, 2)
    return _on(conditions.meet_condition, condition, scene.manager, met_on=day, evidence="Lease")


# What is done, and the name of its first audit event.
ACTIONS: dict[str, Callable[[Scene], Ready]] = {
    "draft_decision": _draft,
    "update_decision": _update,
    "announce_decision": _announce,
    "table_decision": _table,
    "record_recommendation": _recommend,
    "send_to_councils": _send,
    "record_resolution": _resolve,
    "implement_decision": _implement,
    "withdraw_decision": _withdraw,
    "confirm_legal_basis": _basis,
    "require_council": _require,
    "release_council": _release,
    "set_meeting": _meeting,
    "set_route": _route,
    "record_urgency": _urgency,
    "publish_notice": _notice,
    "record_representations": _representations,
    "record_council_decision": _record,
    "publish_council_decision": _publish,
    "raise_call_in": _call_in,
    "settle_call_in": _settle_call_in,
    "put_new_version": _new_version,
    "start_dispute": _dispute,
    "add_condition": _condition,
    "meet_condition": _meet,
}


def _refuse_traces(*args: object, **values: object) -> None:
    raise IntegrityError("No trace can be written")


@pytest.mark.parametrize("name", ACTIONS)
def test_action_is_traced_or_undone(scene: Scene, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    do = ACTIONS[name](scene)
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    before = everything_stored()
    with monkeypatch.context() as patched:
        patched.setattr(AuditEvent, "save", _refuse_traces)
        with pytest.raises(IntegrityError), transaction.atomic():
            do()
    assert everything_stored() == before
    do()
    events = AuditEvent.objects.filter(pk__gt=last)
    assert name in set(events.values_list("action", flat=True))
    assert set(events.values_list("scope", flat=True)) == {"abc"}
    assert None not in set(events.values_list("by", flat=True))


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - {"draft_decision"}))
def test_action_on_another_version_than_the_one_seen_is_refused(scene: Scene, name: str) -> None:
    do = ACTIONS[name](scene)
    before = everything_stored()
    with pytest.raises(StaleEdit), transaction.atomic():
        do(seen_version=99)
    assert everything_stored() == before


def test_what_time_alone_brings_is_traced_without_a_person(scene: Scene) -> None:
    decision = scene.approved_by_all()
    apply_due_decisions(scene.at(2027, 1, 20, 9))
    event = AuditEvent.objects.filter(object_type="governance.decision", object_id=decision.pk).last()
    assert event is not None
    assert (event.action, event.by, event.channel, event.before["state"], event.after) == (
        "take_effect_by_itself",
        None,
        "task",
        "callin",
        {
            "state": "effective",
            "effective_on": "2027-01-16",
            "step": "take_effect",
            "version": event.before["version"] + 1,
        },
    )
