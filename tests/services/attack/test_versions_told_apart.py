"""Two versions of a case read side by side give away no figure about few people (INV-38)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from core.rules.assessment import Withheld
from services.actions.case_lines import save_lines
from services.actions.case_versions import start_version
from services.enums import CostType, LineKind
from services.models import BusinessCase, BusinessCaseLine
from services.queries.appraisal import appraise_case
from services.queries.case_amounts import LineChange
from services.queries.few_people import FEW_PEOPLE, lines_withheld
from services.queries.key_runs import run_rows
from tests.factories import BusinessCaseLineFactory, sign_in
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import amounts
from tests.services.rows import reader_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> CaseScene:
    return case_scene()


def one_off(scene: CaseScene, case: BusinessCase, ref: str, pence: int, **values: object) -> BusinessCaseLine:
    """A joint one-off cost of the option in its first year."""
    line = BusinessCaseLineFactory(
        business_case=case,
        option=case.options.get(ref="SHARE"),
        ref=ref,
        title=f"Cost {ref}",
        kind=LineKind.ONE_OFF_COST,
        cost_type=CostType.REDUNDANCY,
        pool=scene.pool,
        **values,
    )
    return amounts(line, [pence], first_fy=case.base_fy)


def next_version(scene: CaseScene) -> BusinessCase:
    """The next version as a draft; the scene's case from now on."""
    issued = scene.to_issued()
    scene.case = start_version(issued, by=scene.manager, seen_version=issued.version)
    return scene.case


def joint_net(case: BusinessCase) -> object:
    """The joint net benefit of the option, as it may be shown."""
    option = appraise_case(case).option("SHARE")
    assert option is not None
    measures = option.measures(None)
    return measures if isinstance(measures, Withheld) else measures.net_pence  # type: ignore[union-attr]


def test_a_line_added_alone_is_not_the_difference_of_two_totals(scene: CaseScene) -> None:
    one_off(scene, scene.case, "MOVE", 60_000_00)
    issued = BusinessCase.objects.get(pk=scene.case.pk)
    draft = next_version(scene)
    one_off(scene, draft, "FEW", 61_234_56, staff_count=3)
    assert [joint_net(issued), joint_net(draft)] == [-59_850_00, FEW_PEOPLE]
    assert [set(lines_withheld(issued)), set(lines_withheld(draft))] == [set(), {"FEW"}]


def test_lines_stay_withheld_in_the_next_version(client: Client, scene: CaseScene) -> None:
    """More people now stand behind the line, but its amount is what fewer than 5 were to be paid."""
    one_off(scene, scene.case, "FEW", 61_234_56, staff_count=3)
    one_off(scene, scene.case, "MOVE", 60_000_00)
    draft = next_version(scene)
    save_lines(
        draft,
        by=scene.manager,
        seen_version=draft.version,
        changes=[LineChange("FEW", {"staff_count": 9})],
    )
    assert set(lines_withheld(draft)) == {"FEW", "MOVE"}
    second = scene.to_issued()
    sign_in(client, reader_of(scene.programme))
    page = client.get(reverse("services:case_lines", args=[second.pk])).content.decode()
    api = client.get(f"/api/v1/business-cases/{second.pk}/lines/").content.decode()
    told = [
        text for text in (page, api) for figure in ("61,234", "61234", "60,000", "60000") if figure in text
    ]
    assert told == []
    runs = run_rows(scene.pool)
    assert {(row.total_pence, *(share.pence for share in row.shares)) for row in runs} == {(None,) * 4}
