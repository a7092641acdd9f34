"""A decision from draft to effect through the API, with the answers that others get on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from governance.actions.due import apply_due_decisions
from governance.models import Decision
from tests import factories
from tests.benefits.scene import api_of
from tests.governance.actions.scene import Scene

SIGNED = ["Cllr Ahmed", "Cllr Brown", "Cllr Cole"]


def post(user: User, path: str, code: int = 200, **sent: Any) -> Any:
    """What the API answers to a person."""
    response = api_of(user).post(f"/api/v1/{path}/", sent, format="json")
    assert response.status_code == code, (path, response.content)
    return response.json()


def take(scene: Scene, user: User, found: dict[str, Any], step: str, **sent: Any) -> Any:
    return post(user, f"decisions/{found['id']}/{step}", version=found["version"], **sent)


def record(scene: Scene, decision: int, key: str, step: str, **sent: Any) -> Any:
    asked = scene.asked(Decision(pk=decision), key)
    return post(scene.clerks[key], f"council-decisions/{asked.pk}/{step}", version=asked.version, **sent)


def drafted(scene: Scene) -> dict[str, Any]:
    found = post(
        scene.manager,
        "decisions",
        201,
        programme="abc",
        title="Share revenues",
        text="The councils share revenues.",
        body=scene.group.pk,
    )
    for key, route in (("ashmere", "executive"), ("carrick", "full_council")):
        post(
            scene.manager,
            f"decisions/{found['id']}/requirements",
            201,
            version=1,
            council=key,
            approval_body=route,
        )
    return found


def test_decision_goes_from_draft_to_implemented(scene: Scene) -> None:
    found = drafted(scene)
    found = take(scene, scene.manager, found, "announce")
    found = take(scene, scene.manager, found, "table", meeting_on="2026-11-24")
    scene.at(2026, 11, 24, 18)
    found = take(scene, scene.manager, found, "recommend", recommended_on="2026-11-24")
    found = take(scene, scene.manager, found, "send")
    scene.at(2026, 12, 18, 12)
    said = {"state": "approved", "reasons": "It costs less.", "alternatives_rejected": "None considered"}
    record(scene, found["id"], "ashmere", "record", decided_on="2026-12-16", **said)
    record(scene, found["id"], "ashmere", "publish", published_on="2026-12-18")
    record(scene, found["id"], "carrick", "record", decided_on="2026-12-17", **said)
    apply_due_decisions(scene.at(2026, 12, 30, 0, 5))
    stored = api_of(scene.manager).get(f"/api/v1/decisions/{found['id']}/").json()
    assert (stored["state"], stored["effective_on"]) == ("effective", "2026-12-30")
    done = take(scene, scene.owner, stored, "implement", implemented_on="2026-12-30")
    assert (done["state"], done["implemented_on"]) == ("implemented", "2026-12-30")


def test_only_who_may_takes_a_step(scene: Scene) -> None:
    found = drafted(scene)
    auditor = factories.UserFactory()
    factories.role(auditor, RoleName.AUDITOR, partnership=scene.programme.partnership)
    said = post(auditor, f"decisions/{found['id']}/announce", 403, version=1)
    assert said["detail"] == (
        "Only democratic services, the programme manager or the senior responsible owner can record this"
    )
    stranger = factories.UserFactory()
    post(stranger, f"decisions/{found['id']}/announce", 404, version=1)


def test_second_of_two_who_saw_the_same_version_is_told(scene: Scene) -> None:
    found = drafted(scene)
    take(scene, scene.manager, found, "announce")
    said = post(scene.manager, f"decisions/{found['id']}/announce", 409, version=found["version"])
    assert said["detail"] == "Someone changed this at 9am. Review their change before you save"


def test_call_in_and_its_outcome(scene: Scene) -> None:
    decision = scene.approved_by_all()
    asked = scene.asked(decision, "brockvale")
    sent = {"signatories": SIGNED, "grounds": "Cost", "version": asked.version}
    raised = post(scene.scrutiny["brockvale"], f"council-decisions/{asked.pk}/call-in", 201, **sent)
    assert (raised["council"], raised["signatories"], raised["outcome"]) == ("brockvale", SIGNED, "")
    scene.at(2027, 1, 28, 20)
    settled = post(
        scene.clerks["brockvale"],
        f"call-ins/{raised['id']}/settle",
        version=1,
        outcome="upheld_no_action",
        scrutiny_met_on="2027-01-28",
    )
    assert (settled["outcome"], settled["released_on"]) == ("upheld_no_action", "2027-01-28")
    assert scene.fresh(decision).effective_on == date(2027, 1, 28)


def test_receipt_of_a_late_call_in_is_set_back_by_nobody_but_democratic_services(scene: Scene) -> None:
    asked = scene.asked(scene.approved_by_all(), "brockvale")
    scene.at(2027, 1, 15, 18)
    sent = {"signatories": SIGNED, "grounds": "Cost", "version": asked.version}
    when = "when a call-in was received. Leave it out, and it is received now"
    early, path = {**sent, "received_at": "2027-01-15T16:00:00Z"}, f"council-decisions/{asked.pk}/call-in"
    refused = post(scene.scrutiny["brockvale"], path, 403, **early)
    late = post(scene.scrutiny["brockvale"], path, 400, **sent)
    taken = post(scene.clerks["brockvale"], path, 201, **early)
    assert (refused["detail"], late["errors"][0]["message"], taken["raised_at"]) == (
        f"Only Brockvale’s democratic services can say {when}",
        "Call-in closed at 5pm on 15 January 2027",
        "2027-01-15T16:00:00Z",
    )


def test_council_that_has_begun_is_not_taken_out_without_its_monitoring_officer(scene: Scene) -> None:
    decision = scene.draft()
    of = {key: scene.asked(decision, key) for key in scene.councils}
    at = {key: f"council-decisions/{asked.pk}" for key, asked in of.items()}
    post(scene.monitors["carrick"], f"{at['carrick']}/route", version=1, approval_body="executive")
    scene.notify(decision, "brockvale", date(2026, 11, 2))
    client, said = api_of(scene.manager), []
    for key in ("brockvale", "carrick"):
        answer = client.post(f"/api/v1/{at[key]}/release/", {"version": scene.asked(decision, key).version})
        said.append(answer.json()["errors"][0]["message"])
    why = "Its monitoring officer must agree before it is taken out"
    way_on = "If so, withdraw this decision and draft one without it"
    assert said == [
        f"{name}’s officers have set how it decides or published its notice. {why}. {way_on}"
        for name in ("Brockvale", "Carrick")
    ]
    assert client.post(f"/api/v1/{at['ashmere']}/release/", {"version": 1}).status_code == 204


def test_readiness_names_each_thing_waited_for_and_whose_it_is(scene: Scene) -> None:
    decision = scene.a_and_b_approve(scene.ratifying(not_before_on=date(2027, 2, 1)))
    post(
        scene.manager,
        f"decisions/{decision.pk}/conditions",
        201,
        version=decision.version,
        text="The lease is signed",
    )
    scene.at(2027, 1, 9, 12)
    asked = scene.asked(decision, "carrick")
    post(
        scene.clerks["carrick"],
        f"council-decisions/{asked.pk}/meeting",
        version=asked.version,
        next_meeting_on="2027-01-14",
    )
    found = api_of(scene.manager).get(f"/api/v1/decisions/{decision.ref}/readiness/").json()
    assert {name: found[name] for name in ("can_start", "word", "earliest_on", "missing", "lapses_on")} == {
        "can_start": False,
        "word": "Not yet",
        "earliest_on": None,
        "missing": "a condition is not met: The lease is signed",
        "lapses_on": "2027-05-23",
    }
    waits = [(one["kind"], one["whose"], one["council"], one["earliest_on"]) for one in found["waiting_for"]]
    assert waits == [
        ("call_in", "Brockvale scrutiny", "brockvale", "2027-01-16"),
        ("council", "Carrick", "carrick", "2027-01-14"),
        ("condition", "Programme manager", "", None),
        ("day", "", "", "2027-02-01"),
    ]
    condition = decision.conditions.get()
    post(scene.manager, f"conditions/{condition.pk}/meet", version=1, met_on="2027-01-09", evidence="Lease 4")
    found = api_of(scene.manager).get(f"/api/v1/decisions/{decision.ref}/readiness/").json()
    assert found["earliest_on"] == "2027-02-01"


def test_readiness_of_a_reference_of_two_programmes_asks_which(scene: Scene) -> None:
    decision = scene.draft()
    other = factories.ProgrammeFactory(key="xyz", partnership=scene.programme.partnership)
    factories.DecisionFactory(programme=other, ref=decision.ref)
    client = api_of(scene.manager)
    said = client.get(f"/api/v1/decisions/{decision.ref}/readiness/")
    assert (said.status_code, said.json()["errors"][0]["message"]) == (
        400,
        f"Several programmes have a decision {decision.ref}. Say which with programme=abc or xyz",
    )
    found = client.get(f"/api/v1/decisions/{decision.ref}/readiness/", {"programme": "xyz"}).json()
    assert found["programme"] == "xyz"
    assert client.get(f"/api/v1/decisions/{decision.pk}/readiness/").json()["programme"] == "abc"
    assert client.get("/api/v1/decisions/D-99/readiness/").status_code == 404


def test_readiness_takes_one_number_of_queries(scene: Scene, django_assert_num_queries: Any) -> None:
    decision = scene.ratifying()
    client = api_of(scene.manager)
    with django_assert_num_queries(8):
        client.get(f"/api/v1/decisions/{decision.ref}/readiness/")
