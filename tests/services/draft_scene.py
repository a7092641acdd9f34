"""A draft business case of Ashmere, Brockvale and Carrick with the people who work on it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.enums import RoleName
from accounts.models import User
from programme.models import Council, Programme
from services.enums import CaseSectionName, CaseStage, LineKind, OptionKind
from services.models import BusinessCase, BusinessCaseLine, CaseOption, CaseSection, CostPool
from tests.factories import BusinessCaseFactory, BusinessCaseLineFactory, UserFactory, role
from tests.services.factories import CostPoolFactory, amounts
from tests.services.rows import members, programme_of_three


@dataclass
class DraftScene:
    """The programme, its case with business as usual and one option, and who may do what."""

    programme: Programme
    case: BusinessCase
    bau: CaseOption
    share: CaseOption
    pool: CostPool
    manager: User

    @property
    def councils(self) -> list[Council]:
        """Ashmere, Brockvale and Carrick."""
        return members(self.programme)

    def officer(self, council: Council) -> User:
        """The lead officer of a council."""
        return self._person(RoleName.COUNCIL_LEAD, council=council)

    def reader(self) -> User:
        """A member of the partnership, who changes nothing and sees no council's draft."""
        return self._person(RoleName.MEMBER, partnership=self.programme.partnership)

    def line(self, ref: str, pence: list[int], council: Council | None = None, **fields) -> BusinessCaseLine:
        """A line of the option with its amounts from the base year."""
        fields = {"title": f"Line {ref}", "kind": LineKind.CASHABLE_SAVING, "option": self.share} | fields
        if council is None:
            fields.setdefault("pool", self.pool)
        made = BusinessCaseLineFactory(business_case=self.case, ref=ref, **fields)
        return amounts(made, pence, council=council, first_fy=self.case.base_fy)

    def seen(self) -> BusinessCase:
        """The case as it is now."""
        return BusinessCase.objects.select_related("programme__partnership").get(pk=self.case.pk)

    def _person(self, name: RoleName, **where) -> User:
        user = UserFactory()
        role(user, name, **where)
        return user


def draft_scene() -> DraftScene:
    """A draft full business case of 2026 to 2027 and five years after."""
    programme = programme_of_three()
    manager = UserFactory(name="Priya Raman")
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    case = BusinessCaseFactory(
        programme=programme,
        ref="BC-1",
        title="Joint case",
        stage=CaseStage.FBC,
        deflator_version="2026-03",
        created_by=manager,
    )
    CaseSection.objects.bulk_create(CaseSection(business_case=case, name=name) for name in CaseSectionName)
    bau = CaseOption.objects.create(
        business_case=case, ref="BAU", name="As now", kind=OptionKind.BUSINESS_AS_USUAL, is_bau=True
    )
    share = CaseOption.objects.create(business_case=case, ref="A", name="Share", order_index=1)
    pool = CostPoolFactory(programme=programme, ref="P-1", name="Running costs")
    return DraftScene(programme, case, bau, share, pool, manager)


def stored(case: BusinessCase) -> dict[tuple[str, str, int], int]:
    """Every amount of a case: pence by line, council (or joint) and year."""
    return {
        (line.ref, amount.council.key if amount.council else "joint", amount.fy): amount.amount_pence
        for line in case.lines.prefetch_related("amounts__council")
        for amount in line.amounts.all()
    }
