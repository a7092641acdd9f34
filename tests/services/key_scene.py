"""A pool of Ashmere, Brockvale and Carrick, the decision that agreed its keys, and who may change them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from governance.enums import DecisionState
from governance.models import Decision
from programme.enums import MemberStatus
from programme.models import Council, Programme
from services.models import ApportionmentKey, CostPool
from tests.api.test_reads import client_of
from tests.factories import DecisionFactory, UserFactory, role, sign_in
from tests.services.factories import CostPoolFactory
from tests.services.rows import members, programme_of_three

NAMES = ("ashmere", "brockvale", "carrick")


@dataclass
class KeyScene:
    """The rows, and a browser in which the programme manager is signed in."""

    programme: Programme
    pool: CostPool
    decision: Decision
    manager: User
    client: Client = field(default_factory=Client)

    @property
    def councils(self) -> list[Council]:
        """Ashmere, Brockvale and Carrick."""
        return members(self.programme)

    def leaves(self, council: Council, left_on: date) -> None:
        """Record that a council has left."""
        row = self.programme.partnership.memberships.get(council=council)
        row.status = MemberStatus.LEFT
        row.set_date("left", ImpreciseDate.day(left_on))
        row.save()

    def joins(self, council: Council, joined_on: date) -> None:
        """Record when a council joined."""
        row = self.programme.partnership.memberships.get(council=council)
        row.set_date("joined", ImpreciseDate.day(joined_on))
        row.save()

    def key_sent(self, *weights: str, **changes: str) -> dict[str, str]:
        """What the form of a new key sends."""
        sent = {
            "basis": "population",
            "effective_from_on": "1 4 2026",
            "effective_to_on": "",
            "decision_ref": "D-001",
            "driver_source": "Mid-year estimates",
            "as_at_on": "30 6 2025",
            "review_on": "",
            "note": "",
        }
        return sent | {f"weights.{name}": text for name, text in zip(NAMES, weights, strict=True)} | changes

    def key_json(self, sent: dict[str, str], **more: Any) -> dict[str, Any]:
        """The same for the API: dates as ISO text, weights by council, empty boxes left out."""
        dates = {name: _iso(text) for name, text in sent.items() if name.endswith("_on") and text}
        weights = {name[8:]: text for name, text in sent.items() if name.startswith("weights.") and text}
        others = {
            name: text
            for name, text in sent.items()
            if not name.endswith("_on") and not name.startswith("weights.")
        }
        return {**others, **dates, "weights": weights, **more}

    def post(self, path: str, data: dict[str, Any]) -> Any:
        """What the API answers to JSON sent."""
        return client_of(self.manager).post(f"/api/v1/{path}", data)

    def add_key(self, *weights: str, **changes: str) -> ApportionmentKey:
        """A key added through the page."""
        answer = self.client.post(f"/pools/{self.pool.pk}/keys/new/", self.key_sent(*weights, **changes))
        assert answer.status_code == 302, messages_in(answer)
        return ApportionmentKey.objects.order_by("pk").last()

    def officer(self, name: RoleName, **where: Any) -> User:
        """A person with one role."""
        user = UserFactory()
        role(user, name, **where)
        return user


def key_scene() -> KeyScene:
    """The pool "Running costs" without a key, and decision D-001, in effect."""
    programme = programme_of_three()
    manager = UserFactory(name="Mia Grant")
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    scene = KeyScene(
        programme,
        CostPoolFactory(programme=programme, ref="P-1", name="Running costs"),
        DecisionFactory(
            programme=programme, ref="D-001", title="Share the running costs", state=DecisionState.EFFECTIVE
        ),
        manager,
    )
    sign_in(scene.client, manager)
    return scene


def messages_in(answer: Any) -> list[tuple[str, str]]:
    """The error summary of a page: the field that each message leads to, and the message."""
    page = answer.content.decode()
    if "govuk-error-summary__list" not in page:
        return []
    listed = page.split("govuk-error-summary__list", 1)[1].split("</ul>", 1)[0]
    found = []
    for item in listed.split("<li>")[1:]:
        body = item.split("</li>", 1)[0]
        target = body.split('href="#', 1)[1].split('"', 1)[0] if "href" in body else ""
        words = body.split(">", 1)[1].split("<", 1)[0] if "href" in body else body
        found.append((target, unescape(words)))
    return found


def stored() -> tuple[int, int]:
    """How many keys and audit events there are."""
    return ApportionmentKey.objects.count(), AuditEvent.objects.count()


def _iso(text: str) -> str:
    day, month, year = (int(part) for part in text.split())
    return date(year, month, day).isoformat()
