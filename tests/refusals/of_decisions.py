"""Decisions that cannot be taken so (rows 35, 54, 55 and 59 to 69)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from governance.enums import CouncilDecisionState
from governance.models import CouncilDecision, Decision
from tests.benefits.scene import api_of, page_of
from tests.factories import role
from tests.governance.actions.scene import Scene
from tests.html_forms import fill_in
from tests.refusals.asking import Asked

# Where a page says it in other words than the API: a way on is shorter, and a council is chosen from a list.
PAGE_STEPS = {"proceed-without": "without"}
SAID = {"state": "approved", "reasons": "It costs less.", "alternatives_rejected": "None considered."}


@dataclass(frozen=True)
class DecisionRow:
    """A row of domain.md section 8; `prepare` sets the scene and gives the two requests that are refused."""

    number: int
    name: str
    message: str
    prepare: Callable[[Scene], Asked]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


def _of(
    user: User, row: Decision | CouncilDecision, step: str, typed: dict[str, Any] | None = None, **sent: Any
) -> Asked:
    """A step of a decision, or of what one council is asked, under the version that is there.

    `typed` goes into the boxes of the page where they are not as the API has them.
    """
    is_whole = isinstance(row, Decision)
    of_page = f"decisions/{row.pk}/steps" if is_whole else f"council-decisions/{row.pk}"
    of_api = f"decisions/{row.pk}" if is_whole else f"council-decisions/{row.pk}"
    browser, api = page_of(user), api_of(user)
    address, body = f"/{of_page}/{PAGE_STEPS.get(step, step)}/", {"version": row.version, **sent}
    return Asked(
        lambda: fill_in(browser, address, {**sent, **(typed or {})}),
        lambda: api.post(f"/api/v1/{of_api}/{step}/", body, format="json"),
    )


def _record(scene: Scene, decision: Decision, key: str, **sent: Any) -> Asked:
    return _of(scene.clerks[key], scene.asked(decision, key), "record", **{**SAID, **sent})


def _by_author(scene: Scene) -> Asked:
    decision = scene.ratifying()
    role(scene.manager, RoleName.DEMOCRATIC_SERVICES, council=scene.councils["ashmere"])
    asked = scene.asked(decision, "ashmere")
    return _of(scene.manager, asked, "record", **SAID, decided_on="2026-11-24")


def _resolve(scene: Scene, **values: Any) -> Asked:
    decision = scene.tabled(kind="resolution", **values)
    scene.at(2026, 11, 24, 18)
    return _of(scene.clerks["ashmere"], decision, "resolve", resolved_on="2026-11-24")


def _reserved(scene: Scene) -> Asked:
    return _resolve(scene, body=scene.committee(), matter="business_case", is_reserved_matter=True)


def _key(scene: Scene, decided_on: date, notice_on: date | None = None, **urgency: Any) -> Asked:
    """A key decision of Ashmere's cabinet after a notice, or by urgency."""
    decision = scene.ratifying(is_key=True)
    scene.at(decided_on.year, decided_on.month, decided_on.day, 20)
    asked = scene.asked(decision, "ashmere")
    if notice_on:
        scene.notify(decision, "ashmere", notice_on)
    if urgency:
        _of(scene.monitors["ashmere"], asked, "urgency", reason="The contract ends.", **urgency).api()
    return _record(scene, decision, "ashmere", decided_on=decided_on.isoformat())


def _early(scene: Scene) -> Asked:
    """Noticed on 1 December, so lawful from 30 December; tried the day before."""
    return _key(scene, date(2026, 12, 29), date(2026, 12, 1))


def _exception(scene: Scene) -> Asked:
    return _key(scene, date(2027, 1, 20), urgency="general_exception", scrutiny_chair_told_on="2027-01-08")


def _special(scene: Scene) -> Asked:
    return _key(scene, date(2027, 1, 20), urgency="special")


def _implement(scene: Scene) -> Asked:
    return _of(scene.manager, scene.approved_by_all(), "implement", implemented_on="2027-01-14")


def _call_in(scene: Scene, key: str, signed: int = 3) -> Asked:
    decision = scene.fresh(Decision.objects.get())
    names = [f"Councillor {number}" for number in range(signed)]
    asked, typed = scene.asked(decision, key), {"signatories": "\n".join(names)}
    return _of(scene.scrutiny[key], asked, "call-in", typed, signatories=names, grounds="Cost")


def _late(scene: Scene) -> Asked:
    scene.approved_by_all()
    scene.at(2027, 1, 15, 17, 1)
    return _call_in(scene, "brockvale")


def _few(scene: Scene) -> Asked:
    scene.approved_by_all()
    return _call_in(scene, "brockvale", 2)


def _full_council(scene: Scene) -> Asked:
    scene.approved_by_all()
    return _call_in(scene, "carrick")


def _other_text(scene: Scene) -> Asked:
    decision = scene.ratifying()
    return _record(scene, decision, "carrick", decided_on="2026-11-24", text="Other words")


def _go_on(scene: Scene, **values: Any) -> Asked:
    decision = scene.a_and_b_approve(scene.ratifying(**values))
    scene.at(2027, 1, 14, 20)
    scene.decides(decision, "carrick", date(2027, 1, 14), CouncilDecisionState.REJECTED)
    typed = {"councils": [scene.councils["carrick"].pk]}
    return _of(scene.owner, scene.fresh(decision), "proceed-without", typed, councils=["carrick"])


def _severable(scene: Scene) -> Asked:
    return _go_on(scene, is_severable=True)


def _without(name: str) -> Callable[[Scene], Asked]:
    """A record that lacks its reasons, or the options rejected."""

    def prepare(scene: Scene) -> Asked:
        return _record(scene, scene.ratifying(), "ashmere", decided_on="2026-11-24", **{name: " "})

    return prepare


ROWS = (
    DecisionRow(35, "author approves", "The person who proposed the change cannot approve it", _by_author),
    DecisionRow(
        54,
        "steering group resolves",
        "The steering group can recommend but not decide. Send this to each council",
        _resolve,
    ),
    DecisionRow(
        55,
        "reserved matter",
        "Approving the business case is reserved to each council. Record a recommendation instead",
        _reserved,
    ),
    DecisionRow(
        59,
        "key decision too early",
        "Earliest date for this key decision is 30 December 2026, 28 clear days after notice",
        _early,
    ),
    DecisionRow(
        60,
        "general exception",
        "Record when the scrutiny chair was told and when the notice was published",
        _exception,
    ),
    DecisionRow(
        61,
        "special urgency",
        "Record who agreed that the decision is urgent and cannot reasonably be deferred",
        _special,
    ),
    DecisionRow(
        62,
        "implemented during call-in",
        "Call-in is open until 5pm on 15 January 2027. Nothing can be implemented before then",
        _implement,
    ),
    DecisionRow(63, "call-in late", "Call-in closed at 5pm on 15 January 2027", _late),
    DecisionRow(64, "few signatories", "3 councillors are needed. 2 have signed", _few),
    DecisionRow(65, "full council", "Full council decisions cannot be called in", _full_council),
    DecisionRow(
        66,
        "different text",
        "Carrick approved a different wording. Record it as approved with amendments",
        _other_text,
    ),
    DecisionRow(67, "not severable", "This decision needs all councils. Propose a new version", _go_on),
    DecisionRow(68, "case not run again", "Run the business case without Carrick first", _severable),
    DecisionRow(69, "no reasons", "Enter the reasons for the decision", _without("reasons")),
    DecisionRow(
        69,
        "no options rejected",
        'Enter the options rejected, or "none considered"',
        _without("alternatives_rejected"),
    ),
)
