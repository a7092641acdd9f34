"""A business case that is complete, and the people who take it from draft to issue."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.enums import RoleName
from accounts.models import User
from programme.models import Council, Programme
from services.actions.case_statement import make_statement
from services.actions.case_steps import take_step
from services.enums import CaseSectionName, CaseStep, LineKind, OptionKind, Position
from services.models import BusinessCase, BusinessCaseLine, CaseOption, CaseSection, CaseStatement, CostPool
from tests.factories import (
    BusinessCaseFactory,
    BusinessCaseLineFactory,
    CaseOptionFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    role,
)
from tests.services.factories import CostPoolFactory, CriterionFactory, amounts, key_of


@dataclass
class CaseScene:
    """A case of three councils: a joint saving shared equally, and a cost of the last council alone."""

    programme: Programme
    councils: list[Council]
    manager: User
    owner: User
    reviewer: User
    officers: list[User]
    pool: CostPool
    case: BusinessCase
    options: dict[str, CaseOption] = field(default_factory=dict)
    lines: dict[str, BusinessCaseLine] = field(default_factory=dict)

    def fresh(self) -> BusinessCase:
        """The case as it is stored now."""
        return BusinessCase.objects.select_related("programme__partnership", "programme__sro").get(
            pk=self.case.pk
        )

    def step(self, step: CaseStep, *, by: User, comment: str = "") -> BusinessCase:
        """Take a step with the case as it is stored now."""
        case = self.fresh()
        return take_step(case, step, by=by, seen_version=case.version, comment=comment)

    def state_position(
        self, index: int, position: Position = Position.SUPPORT, text: str = "The figures are sound."
    ) -> CaseStatement:
        """The statement of the officer of one council."""
        case = self.fresh()
        return make_statement(
            case,
            self.councils[index],
            by=self.officers[index],
            seen_version=case.version,
            position=position,
            text=text,
        )

    def to_review(self) -> BusinessCase:
        """Send the draft to internal review."""
        return self.step(CaseStep.SEND_TO_REVIEW, by=self.manager)

    def to_s151(self) -> BusinessCase:
        """Send the draft to review, let the reviewer agree, send it to the section 151 officers."""
        self.to_review()
        self.step(CaseStep.AGREE, by=self.reviewer)
        return self.step(CaseStep.SEND_TO_S151, by=self.manager)

    def to_issued(self, *positions: Position) -> BusinessCase:
        """The same, with a statement from each officer, and issued by the owner."""
        self.to_s151()
        for index, _ in enumerate(self.officers):
            self.state_position(index, positions[index] if index < len(positions) else Position.SUPPORT)
        self.step(CaseStep.ISSUE, by=self.owner)
        return self.fresh()


def case_scene(**values: object) -> CaseScene:
    """A draft that nothing stops, of a programme ABC with its manager, owner, reviewer and officers."""
    programme = ProgrammeFactory(
        key="abc", name="Ashmere, Brockvale and Carrick", sro=UserFactory(name="Olu Bright")
    )
    councils = councils_of(programme)
    manager, reviewer = UserFactory(name="Mia Grant"), UserFactory(name="Ravi Shah")
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    role(programme.sro, RoleName.SRO, partnership=programme.partnership)
    role(reviewer, RoleName.FINANCE_OFFICER, council=councils[0])
    officers = []
    for council in councils:
        officer = UserFactory(name=f"Officer of {council}")
        role(officer, RoleName.S151, council=council)
        officers.append(officer)
    pool = CostPoolFactory(programme=programme, ref="P-1", name="Running costs")
    key_of(pool, dict.fromkeys(councils, 1))
    case = BusinessCaseFactory(
        programme=programme, ref="BC-1", title="Shared waste", created_by=manager, **values
    )
    scene = CaseScene(programme, councils, manager, programme.sro, reviewer, officers, pool, case)
    for name in CaseSectionName:
        CaseSection.objects.create(business_case=case, name=name, text=f"The {name.label.lower()}.")
    scene.options["bau"] = CaseOptionFactory(
        business_case=case,
        ref="BAU",
        name="Business as usual",
        kind=OptionKind.BUSINESS_AS_USUAL,
        is_bau=True,
    )
    scene.options["share"] = CaseOptionFactory(
        business_case=case, ref="SHARE", name="Share", is_preferred=True, order_index=1
    )
    _add_lines(scene)
    return scene


def _add_lines(scene: CaseScene) -> None:
    saving = BusinessCaseLineFactory(
        business_case=scene.case,
        option=scene.options["share"],
        ref="L-1",
        title="Contract saving",
        pool=scene.pool,
    )
    cost = BusinessCaseLineFactory(
        business_case=scene.case,
        option=scene.options["share"],
        ref="L-2",
        title="Contract exit",
        kind=LineKind.ONE_OFF_COST,
        order_index=1,
    )
    amounts(saving, [0, 100_00, 100_00])
    amounts(cost, [50_00], council=scene.councils[-1])
    scene.lines |= {"saving": saving, "cost": cost}
    CriterionFactory(business_case=scene.case, ref="C-1", name="Cost", weight_percent=100)
