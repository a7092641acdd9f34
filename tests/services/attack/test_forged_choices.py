"""Every box of a form that names a row takes none of another programme: refused there, nothing stored."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.enums import RoleName
from core.models import AuditEvent
from tests import factories
from tests.html_forms import fill_in
from tests.services.attack.test_forged_ids import strange_rows
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import CostPoolFactory
from tests.services.review_rows import review_of

pytestmark = pytest.mark.django_db

# Address: its boxes that name rows, and whose row a forger puts there.
BOXES: dict[str, dict[str, str]] = {
    "programmes/abc/services/new/": {"lead_council": "council"},
    "services/{service}/edit/": {"lead_council": "council"},
    "programmes/abc/business-cases/new/": {"service": "service"},
    "business-cases/{case}/edit/": {"service": "service"},
    "business-cases/{case}/options/{option}/": {"variant_of": "option", "without_council": "council_pk"},
    "business-cases/{case}/lines/{line}/": {"option": "option", "pool": "pool"},
    "business-cases/{case}/compensation/": {"beneficiary": "council_pk", "decision_ref": "decision"},
    "pools/{pool}/keys/new/": {"decision_ref": "decision"},
    "programmes/abc/reviews/new/": {"service": "service"},
    "reviews/{review}/edit/": {"lead_council": "council", "owner": "user"},
    "reviews/{review}/red-lines/new/": {"council": "council"},
    "reviews/{review}/consultations/new/": {"council": "council"},
    "programmes/abc/claims/new/": {"line": "ledger_line", "council": "council_pk"},
    "programmes/abc/budgets/new/": {"council": "council_pk"},
    "programmes/abc/reductions/new/": {"line": "ledger_line", "ledger_code": "budget"},
    "funds/{fund}/payments/new/": {"council": "council_pk"},
    "funds/{fund}/withdrawals/new/": {"actual": "actual"},
    "programmes/abc/benefits/new/": {
        "owner": "user",
        "service": "service",
        "councils": "council_pk",
        "counted_in": "benefit",
    },
    "start-a-programme/": {"partnership": "partnership"},
}


def their_rows() -> dict[str, Any]:
    """What the boxes are given."""
    rows = strange_rows()
    programme = rows["case"].programme
    council = factories.councils_of(programme)[0]
    line = factories.LineFactory(programme=programme)
    return {name: getattr(row, "pk", row) for name, row in rows.items()} | {
        "council_pk": council.pk,
        "decision": factories.DecisionFactory(programme=programme, ref="D-THEIRS").ref,
        "user": factories.UserFactory().pk,
        "ledger_line": line.pk,
        "budget": factories.BudgetLineFactory(council=council).pk,
        "actual": factories.actual(line, council, 2026, 1, 1_00, entered_by=programme.created_by).pk,
        "benefit": factories.BenefitFactory(programme=programme).pk,
        "partnership": programme.partnership_id,
    }


def own_rows(scene: CaseScene) -> dict[str, Any]:
    """The rows that the addresses are about."""
    review = review_of(scene.programme)
    return {
        "case": scene.case.pk,
        "option": scene.options["share"].pk,
        "line": scene.lines["saving"].pk,
        "pool": CostPoolFactory(programme=scene.programme, ref="Q-1").pk,
        "service": review.service_id,
        "review": review.pk,
        "fund": factories.FundFactory(programme=scene.programme).pk,
    }


@pytest.fixture
def scene(client: Client) -> CaseScene:
    """The programme manager, who is finance officer of one council too."""
    made = case_scene()
    factories.role(made.manager, RoleName.FINANCE_OFFICER, council=made.councils[0])
    factories.sign_in(client, made.manager)
    return made


def refused_at(answer: Any) -> set[str]:
    """The boxes to which the error summary leads."""
    summary = answer.content.decode().partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return {name.removeprefix("id_") for name in re.findall(r'href="#([^"]+)"', summary)}


def test_no_box_takes_a_row_of_another_programme(client: Client, scene: CaseScene) -> None:
    own, their = own_rows(scene), their_rows()
    before = AuditEvent.objects.count()
    taken = []
    for address, boxes in BOXES.items():
        for box, row in boxes.items():
            sent = their[row]
            answer = fill_in(client, "/" + address.format(**own), {box: sent})
            if answer.status_code != 422 or not any(name.startswith(box) for name in refused_at(answer)):
                taken.append((address, box, answer.status_code, refused_at(answer)))
    assert taken == []
    assert AuditEvent.objects.count() == before
