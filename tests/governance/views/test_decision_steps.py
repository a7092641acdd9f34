"""The pages on which people take a decision's steps: from a draft to its effect, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from governance.enums import CouncilDecisionState, DecisionState
from governance.models import CallIn, CouncilDecision, Decision
from governance.rules.word_diff import Change, Piece, word_diff
from tests.governance.actions.conftest import made_scene, scene  # noqa: F401
from tests.governance.actions.scene import TEXT, Scene
from tests.html_forms import fill_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SIGNED = "Cllr Ahmed\nCllr Brown\nCllr Cole"


class Browser:
    """A client that signs people in and fills in the form of a step."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def step(self, user: User, address: str, **typed: Any) -> Any:
        self.client.force_login(user)
        return fill_in(self.client, address, typed)


@pytest.fixture
def browser(client: Client) -> Browser:
    return Browser(client)


def of(asked: CouncilDecision, step: str) -> str:
    return f"/council-decisions/{asked.pk}/{step}/"


def test_decision_goes_from_draft_to_effect_by_its_pages(scene: Scene, browser: Browser) -> None:  # noqa: F811
    typed = {"title": "Share it", "text": "The councils share it.", "reasons": "It costs less."}
    made = browser.step(scene.manager, f"/programmes/{scene.programme.key}/decisions/new/", **typed)
    assert made.status_code == 302
    decision = Decision.objects.get(title="Share it")
    steps = f"/decisions/{decision.pk}/steps/"
    for key, route in (("ashmere", "executive"), ("carrick", "full_council")):
        council = scene.councils[key]
        browser.step(scene.manager, f"{steps}council/", council=council.pk, approval_body=route)
    browser.step(scene.manager, f"{steps}announce/", seen_version=scene.fresh(decision).version)
    browser.step(scene.manager, f"{steps}agenda/", meeting_on="24 11 2026")
    scene.at(2026, 11, 24, 18)
    browser.step(scene.clerks["ashmere"], f"{steps}recommend/", recommended_on="24 11 2026")
    browser.step(scene.manager, f"{steps}send/", seen_version=scene.fresh(decision).version)
    for key, day in (("ashmere", 16), ("carrick", 17)):
        scene.at(2026, 12, day, 20)
        asked = scene.asked(decision, key)
        outcome = {"state": "approved", "decided_on": f"{day} 12 2026", "reasons": "Cost"}
        outcome["alternatives_rejected"] = "None considered"
        assert browser.step(scene.clerks[key], of(asked, "record"), **outcome).status_code == 302
        browser.step(scene.clerks[key], of(asked, "publish"), published_on=f"{day} 12 2026")
    scene.at(2026, 12, 24, 9)
    browser.client.force_login(scene.manager)
    page = text_of(browser.client.get(f"/decisions/{decision.pk}/"))
    assert "Steps taken What was done, the latest first When Who Step" in page
    implemented = browser.step(scene.owner, f"{steps}implement/", implemented_on="24 12 2026")
    assert implemented.status_code == 302
    assert scene.fresh(decision).state == DecisionState.IMPLEMENTED


def test_page_offers_each_person_their_own_steps(scene: Scene, client: Client) -> None:  # noqa: F811
    decision = scene.ratifying()
    address = f"/decisions/{decision.pk}/"
    client.force_login(scene.manager)
    assert (
        "What you can do The decision Add a condition Withdraw it "
        "Ashmere Set when it decides for Ashmere Brockvale Set when it decides for Brockvale "
        "Carrick Set when it decides for Carrick What each council did"
    ) in text_of(client.get(address))
    client.force_login(scene.clerks["carrick"])
    assert (
        "What you can do Carrick Set when it decides for Carrick Record a published notice for Carrick "
        "Record what it decided for Carrick Add a condition for Carrick What each council did"
    ) in text_of(client.get(address))
    board = text_of(client.get(f"/programmes/{scene.programme.key}/decisions/"))
    assert board.count("Record what it decided of") == 1
    assert f"Record what it decided of Carrick: {decision.ref}" in board
    client.force_login(scene.scrutiny["brockvale"])
    assert "What you can do" not in text_of(client.get(address))


def test_call_in_is_offered_only_where_one_applies(scene: Scene, client: Client) -> None:  # noqa: F811
    address = scene.approved_by_all().get_absolute_url()
    offered = []
    for key in scene.councils:
        client.force_login(scene.scrutiny[key])
        offered.append(f"Call it in for {scene.councils[key]}" in text_of(client.get(address)))
    assert offered == [True, True, False]


def test_record_shows_the_exact_words_that_are_decided(scene: Scene, client: Client) -> None:  # noqa: F811
    decision = scene.ratifying()
    client.force_login(scene.clerks["carrick"])
    page = text_of(client.get(of(scene.asked(decision, "carrick"), "record")))
    fingerprint = f"{decision.text_hash[:4]} {decision.text_hash[4:8]}"
    assert f"Version put 1, fingerprint {fingerprint} Its words {TEXT} What it decided" in page


def test_who_may_not_take_a_step_is_told_why(scene: Scene, client: Client) -> None:  # noqa: F811
    asked = scene.asked(scene.ratifying(), "carrick")
    client.force_login(scene.clerks["ashmere"])
    for answer in (client.get(of(asked, "record")), client.post(of(asked, "record"), {})):
        assert answer.status_code == 403
        assert "Only Carrick’s democratic services can do this" in answer.content.decode()


def test_step_that_does_not_exist_is_not_there(scene: Scene, client: Client) -> None:  # noqa: F811
    decision = scene.draft()
    client.force_login(scene.manager)
    assert client.get(f"/decisions/{decision.pk}/steps/unknown/").status_code == 404
    assert client.get(of(scene.asked(decision, "carrick"), "unknown")).status_code == 404


def test_stale_step_is_refused_and_nothing_stored(scene: Scene, browser: Browser) -> None:  # noqa: F811
    decision = scene.draft()
    steps = f"/decisions/{decision.pk}/steps/withdraw/"
    answer = browser.step(scene.manager, steps, seen_version=7, why="It is not needed")
    assert answer.status_code == 409
    assert "Review their change before you save" in answer.content.decode()
    assert scene.fresh(decision).state == DecisionState.DRAFT


def test_other_words_block_it_and_a_new_version_shows_what_changed(
    scene: Scene,  # noqa: F811
    browser: Browser,
) -> None:
    decision = scene.ratifying()
    scene.at(2026, 12, 16, 20)
    asked = scene.asked(decision, "ashmere")
    outcome = {"state": "approved_amended", "decided_on": "16 12 2026", "reasons": "Cost"}
    outcome |= {"alternatives_rejected": "None", "text": "The councils share benefits."}
    assert browser.step(scene.clerks["ashmere"], of(asked, "record"), **outcome).status_code == 302
    assert scene.fresh(decision).state == DecisionState.BLOCKED
    steps = f"/decisions/{decision.pk}/steps/"
    words = {"text": "The councils share revenues and council tax benefits.", "why": "As asked"}
    assert browser.step(scene.manager, f"{steps}new-version/", **words).status_code == 302
    page = text_of(browser.client.get(f"/decisions/{decision.pk}/"))
    assert f"Versions of the text Version 1, 2 November 2026 {TEXT}" in page
    browser.step(scene.manager, f"{steps}announce/", seen_version=scene.fresh(decision).version)
    browser.step(scene.manager, f"{steps}agenda/", meeting_on="12 1 2027")
    page = text_of(browser.client.get(f"/decisions/{decision.pk}/"))
    assert "The councils share revenues and added: council tax benefits." in page


def test_call_in_is_raised_and_settled_by_their_pages(scene: Scene, browser: Browser) -> None:  # noqa: F811
    decision = scene.a_and_b_approve(scene.ratifying())
    asked = scene.asked(decision, "brockvale")
    assert asked.published_on is not None
    raised = {
        "signatories": "Cllr Ahmed",
        "grounds": "Cost",
        "received_on": "11 1 2027",
        "received_at": "10:00",
    }
    scene.at(2027, 1, 11, 12)
    few = browser.step(scene.clerks["brockvale"], of(asked, "call-in"), **raised)
    assert few.status_code == 422
    assert "3 councillors are needed. 1 has signed" in few.content.decode()
    raised["signatories"] = SIGNED
    assert browser.step(scene.clerks["brockvale"], of(asked, "call-in"), **raised).status_code == 302
    call_in = CallIn.objects.get()
    scene.at(2027, 1, 20, 12)
    outcome = {"outcome": "upheld_no_action", "scrutiny_met_on": "19 1 2027"}
    settled = browser.step(scene.clerks["brockvale"], f"/call-ins/{call_in.pk}/outcome/", **outcome)
    assert settled.status_code == 302
    call_in.refresh_from_db()
    assert (call_in.outcome, call_in.released_on) == ("upheld_no_action", date(2027, 1, 19))


def test_receipt_of_a_call_in_is_said_by_democratic_services_alone(scene: Scene, client: Client) -> None:  # noqa: F811
    asked = scene.asked(scene.a_and_b_approve(scene.ratifying()), "brockvale")
    shown = []
    for user in (scene.scrutiny["brockvale"], scene.clerks["brockvale"]):
        client.force_login(user)
        shown.append("Received on" in text_of(client.get(of(asked, "call-in"))))
    assert shown == [False, True]


def test_condition_is_added_and_met(scene: Scene, browser: Browser) -> None:  # noqa: F811
    decision = scene.draft()
    browser.step(scene.manager, f"/decisions/{decision.pk}/steps/condition/", text="Funding is agreed")
    condition = decision.conditions.get()
    met = {"met_on": "1 11 2026", "evidence": "Letter"}
    assert browser.step(scene.manager, f"/conditions/{condition.pk}/met/", **met).status_code == 302
    condition.refresh_from_db()
    assert (condition.met_on, condition.met_by) == (date(2026, 11, 1), scene.manager)


def test_condition_of_a_council_is_its_own_officers_to_add_and_meet(
    scene: Scene,  # noqa: F811
    browser: Browser,
) -> None:
    decision = scene.draft()
    asked = scene.asked(decision, "carrick")
    added = browser.step(scene.clerks["carrick"], of(asked, "condition"), text="The exit cost is paid")
    assert added.status_code == 302
    condition = decision.conditions.get()
    assert (condition.text, condition.council) == ("The exit cost is paid", scene.councils["carrick"])
    link = "Record that it is met"
    assert link in text_of(browser.client.get(f"/decisions/{decision.pk}/"))
    browser.client.force_login(scene.clerks["ashmere"])
    assert link not in text_of(browser.client.get(f"/decisions/{decision.pk}/"))


def test_route_notice_and_urgency_of_one_council(scene: Scene, browser: Browser) -> None:  # noqa: F811
    decision = scene.draft(is_key=True)
    asked = scene.asked(decision, "ashmere")
    route = {"approval_body": "executive_member", "is_key": "no"}
    assert browser.step(scene.monitors["ashmere"], of(asked, "route"), **route).status_code == 302
    urgency = {"urgency": "special", "reason": "Flood", "agreed_by": "Cllr Dale", "agreed_on": "1 11 2026"}
    assert browser.step(scene.monitors["ashmere"], of(asked, "urgency"), **urgency).status_code == 302
    assert (
        browser.step(scene.clerks["ashmere"], of(asked, "notice"), published_on="2 11 2026").status_code
        == 302
    )
    asked.refresh_from_db()
    stored = (asked.approval_body, asked.is_key, asked.urgency, asked.notice_published_on, asked.state)
    assert stored == (
        "executive_member", False, "special", date(2026, 11, 2), CouncilDecisionState.AWAITING,
    )  # fmt: skip


def test_word_diff_keeps_removes_and_adds() -> None:
    assert word_diff("Share all costs now", "Share costs in May") == (
        Piece(Change.KEPT, "Share "),
        Piece(Change.REMOVED, "all "),
        Piece(Change.KEPT, "costs "),
        Piece(Change.REMOVED, "now"),
        Piece(Change.ADDED, "in May"),
    )
    assert word_diff("", "New") == (Piece(Change.ADDED, "New"),)
