"""The rows of one version of a business case, each read once for its story, its appraisal and its lines."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Prefetch

from programme.enums import MemberStatus
from programme.models import Council, Membership
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine, CaseOption, CaseStatement


class StoredCase:
    """What is stored of one version, and of the partnership around it; each part is read when first asked."""

    def __init__(self, case: BusinessCase) -> None:
        self.case = case

    @cached_property
    def members(self) -> tuple[Membership, ...]:
        """Memberships of the partnership, former ones too, in their fixed order. One query."""
        rows = Membership.objects.filter(partnership=self.case.programme.partnership_id)
        return tuple(rows.select_related("council").order_by("order_index", "council__name"))

    @property
    def partners(self) -> list[Council]:
        """The partner councils of today, in the fixed order."""
        return [row.council for row in self.members if row.status == MemberStatus.ACTIVE]

    @cached_property
    def options(self) -> tuple[CaseOption, ...]:
        """Options in their order. One query."""
        return tuple(self.case.options.select_related("variant_of").order_by("order_index", "pk"))

    @cached_property
    def lines(self) -> tuple[BusinessCaseLine, ...]:
        """Lines in their order with option, pool, source and amounts, these by year. Two queries."""
        amounts = BusinessCaseAmount.objects.select_related("council").order_by("fy")
        lines = self.case.lines.select_related("source", "option", "pool").order_by("order_index", "pk")
        return tuple(lines.prefetch_related(Prefetch("amounts", amounts)))

    @cached_property
    def statements(self) -> tuple[CaseStatement, ...]:
        """Statements of the section 151 officers, by name of their councils. One query."""
        rows = self.case.statements.select_related("council", "stated_by")
        return tuple(rows.order_by("council__name"))
