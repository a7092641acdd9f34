"""From a plan version to the decision that approved it."""

from __future__ import annotations

import pytest

from benefits.queries.trace import DecisionLink, decisions_of
from governance.enums import DecisionState
from governance.queries.plan_decisions import decisions_of_plans
from tests.factories import DecisionFactory, plan_version
from tests.governance import rows

pytestmark = pytest.mark.django_db


def test_plan_version_leads_to_its_decision() -> None:
    programme = rows.programme_of()
    first, second = plan_version(programme, 1), plan_version(programme, 2)
    decision = DecisionFactory(
        programme=programme,
        ref="D-05",
        title="Business case",
        plan_version=first,
        state=DecisionState.EFFECTIVE,
    )
    link = DecisionLink("D-05", "Business case", f"/decisions/{decision.pk}/", "In effect")
    assert decisions_of_plans([first.pk, second.pk]) == {first.pk: [link], second.pk: []}


def test_benefits_floor_knows_the_way_to_decisions() -> None:
    programme = rows.programme_of()
    version = plan_version(programme, 1)
    decision = DecisionFactory(programme=programme, plan_version=version)
    assert [link.url for link in decisions_of([version])[version.pk]] == [decision.get_absolute_url()]
