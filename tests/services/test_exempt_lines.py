"""Amounts of an exempt line: hidden like those of one person, and open on the page to who may open them."""

from __future__ import annotations

import pytest

from accounts.enums import RoleName
from core.enums import PublicationClass
from core.rules.assessment import Withheld
from services.models import BusinessCaseLine
from services.policies import powers_of
from services.queries.appraisal import appraise_case
from services.queries.case_grid import CaseGrid, case_grid, opens_exempt_of
from services.queries.few_people import EXEMPT_OR_FEW, lines_withheld
from tests import factories
from tests.services.case_scene import CaseScene, case_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> CaseScene:
    made = case_scene()
    BusinessCaseLine.objects.filter(pk=made.lines["cost"].pk).update(
        publication_class=PublicationClass.EXEMPT, exempt_paragraph=3, public_interest_reason="Bids are open"
    )
    return made


def hidden_in(grid: CaseGrid) -> dict[str, Withheld | None]:
    """Why the amounts of each line are withheld."""
    return {row.line.ref: row.withheld for row in grid.rows}


def reader(scene: CaseScene, name: RoleName, council: int | None = None):
    """The powers of somebody with one role."""
    user = factories.UserFactory()
    where = {"council": scene.councils[council]} if council is not None else {}
    factories.role(user, name, **(where or {"partnership": scene.programme.partnership}))
    return powers_of(user, scene.programme)


def test_exempt_line_and_what_would_tell_it_are_withheld_from_those_without_the_right(
    scene: CaseScene,
) -> None:
    ref = scene.lines["cost"].ref
    withheld = lines_withheld(scene.case)
    assert withheld[ref] == EXEMPT_OR_FEW
    member = reader(scene, RoleName.MEMBER)
    for is_page in (True, False):
        assert isinstance(hidden_in(case_grid(scene.case, member, is_page=is_page))[ref], Withheld)
    assert lines_withheld(scene.case, opens_exempt=True) == {}


def test_page_shows_it_to_who_may_open_it_and_a_file_to_nobody(scene: CaseScene) -> None:
    ref = scene.lines["cost"].ref
    manager = powers_of(scene.manager, scene.programme)
    for powers in (manager, reader(scene, RoleName.AUDITOR), reader(scene, RoleName.S151, 2)):
        assert opens_exempt_of(scene.case, powers)
        assert hidden_in(case_grid(scene.case, powers, is_page=True))[ref] is None
        assert isinstance(hidden_in(case_grid(scene.case, powers))[ref], Withheld)
    for name in (RoleName.S151, RoleName.AUDITOR):
        assert not opens_exempt_of(scene.case, reader(scene, name, 0))


def test_appraisal_withholds_the_totals_that_would_tell_it(scene: CaseScene) -> None:
    preferred = appraise_case(scene.case).preferred
    opened = appraise_case(scene.case, opens_exempt=True).preferred
    assert preferred is not None
    assert opened is not None
    assert preferred.protection.has_exempt
    assert scene.lines["cost"].ref in preferred.protection.lines
    assert opened.joint_withheld is None
    assert not opened.protection.lines
    alone = preferred.protection.lines == {scene.lines["cost"].ref}
    assert (preferred.joint_withheld == EXEMPT_OR_FEW) is alone
