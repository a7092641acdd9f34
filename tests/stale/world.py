"""One programme with a row of each kind at version 5, and one person with every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.urls import reverse

from accounts.enums import RoleName
from accounts.models import User
from benefits.enums import EntryKind
from benefits.models import Benefit, BudgetLine, Line
from benefits.queries.double_counts import find_flag
from benefits.queries.standing import ledger_mark
from core.actions.audit import record
from core.clock import now, today
from core.enums import PublicationClass
from governance.enums import MeetingState
from programme.models import Council, Membership, Milestone, Programme
from services.enums import CaseState
from services.models import BusinessCase, Score, ServiceReview
from tests import factories
from tests.addresses import ADDRESSES
from tests.rows_of_everything import rows_of
from tests.services.factories import CostPoolFactory, CriterionFactory, amounts, key_of
from tests.services.review_rows import answer

THERE, SEEN = 5, 4
OF_PARTNERSHIP = {RoleName.PROGRAMME_MANAGER, RoleName.SRO}


@dataclass
class World:
    """Addresses by name; `ids` are what forms and requests name."""

    user: User
    rows: dict[str, dict[str, Any]]
    ids: dict[str, str]

    def address(self, name: str) -> str:
        """Where a page or a route about a row of this world is."""
        row = self.rows.get(name, self.rows[ADDRESSES[name][0]])
        return reverse(name, kwargs=row) + QUERIES.get(name, "").format(**self.ids)

    def filled(self, value: Any) -> Any:
        """The same with the rows of this world in place of "{...}"."""
        if isinstance(value, dict):
            return {self.filled(name): self.filled(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.filled(one) for one in value]
        return value.format(**self.ids) if isinstance(value, str) else value

    def now(self, name: str) -> dict[str, str]:
        """What a form that is shown again has seen, by its box: what is there now."""
        found = {"seen_version": str(THERE), "seen": "open///"}
        score = self.filled("seen-{criterion}-{option}")
        if name in OF_WITHHELD:
            found["seen"] = "exempt/3//"
        if name == "benefits:double_count_resolve":
            flag = find_flag(Programme.objects.get(key="shared"), self.rows["double_count"]["ref"])
            found["seen"] = flag.flag.mark if flag else ""
        if name in OF_LEDGERS:
            found["seen"] = self._mark(name)
        return found | {score: str(THERE), **self._rows_seen()}

    def _rows_seen(self) -> dict[str, str]:
        """The versions of rows in forms of many."""
        return {self.filled(name): str(THERE) for name in ("seen_{benefit_pk}", "m-{milestone}-seen_version")}

    def _mark(self, name: str) -> str:
        """The ledger as a table of entry has seen it; an import says of which council."""
        council = Council.objects.get(key=self.ids["council"])
        mark = ledger_mark(Programme.objects.get(key="shared"), council, OF_LEDGERS[name])
        return f"{council.key}:{mark}" if name.endswith("_import") else mark


OF_WITHHELD = (
    "governance:exempt_review",
    "governance:exempt_release",
    "api:exempt-item-review",
    "api:exempt-item-release",
)
OF_LEDGERS = {
    "benefits:actual_entry": EntryKind.ACTUAL,
    "benefits:actual_import": EntryKind.ACTUAL,
    "benefits:forecast_entry": EntryKind.FORECAST,
    "benefits:forecast_import": EntryKind.FORECAST,
}
QUERIES = {
    "services:case_step": "?step=withdraw",
    "services:case_statement": "?council={council}",
}


def make_world() -> World:
    """The world, of three councils."""
    programme = factories.ProgrammeFactory(key="shared")
    councils = factories.councils_of(programme)
    rows = rows_of(programme)
    user = _everyone(programme, councils)
    case = BusinessCase.objects.get(pk=rows["business_case"]["pk"])
    ids = {
        **{name: row.key for name, row in zip(("council", "other", "third"), councils, strict=True)},
        "council_pk": str(councils[0].pk),
        "user_pk": str(user.pk),
        "other_pk": str(councils[1].pk),
        "line_ref": Line.objects.get(pk=rows["line"]["pk"]).ref,
        "ledger_code": BudgetLine.objects.get(pk=rows["budget_line"]["pk"]).ledger_code,
        "benefit_pk": str(rows["benefit"]["pk"]),
        "benefit_ref": Benefit.objects.get(pk=rows["benefit"]["pk"]).ref,
        "inside_pk": str(rows["benefit_inside"]["pk"]),
        "inside_ref": Benefit.objects.get(pk=rows["benefit_inside"]["pk"]).ref,
        "body": str(rows["body"]["pk"]),
        "review": str(rows["review"]["pk"]),
        "task": str(rows["review_task"]["pk"]),
        "milestone": str(rows["milestone"]["pk"]),
        "gate_review": str(rows["gate_review"]["pk"]),
        "lesson": str(rows["lesson"]["pk"]),
        "milestone_ref": Milestone.objects.get(pk=rows["milestone"]["pk"]).ref,
        "ledger_line": str(rows["line"]["pk"]),
        "body_member": str(rows["body_member"]["pk"]),
        "later_meeting": str(_later_meeting(rows["body"]["pk"])),
        **_case_parts(case, user, rows["pool"]["pk"]),
    }
    forecast_line = Line.objects.get(pk=rows["line"]["pk"])
    factories.forecast(programme, today(), [(forecast_line, councils[0], 2026, None, 84)], entered_at=now())
    record(Membership.objects.get(pk=rows["membership"]["pk"]), by=user, action="record_council_joined")
    answer(ServiceReview.objects.get(pk=rows["review"]["pk"]), councils[0], {3: 8})
    _end(councils[2], councils[1], case)
    rows |= _in_other_states(programme, councils)
    all_at_one_version()
    return World(user, rows, ids)


def all_at_one_version() -> None:
    """Bring every row that people edit to the version of this world."""
    for model in apps.get_models():
        if any(field.name == "version" for field in model._meta.concrete_fields):
            model._base_manager.update(version=THERE)


def _case_parts(case: BusinessCase, user: User, pool: int) -> dict[str, str]:
    """A line with an amount, its option beside business as usual, and a criterion that the person scored."""
    line = case.lines.get()
    line.ref, line.option.ref, line.pool_id = "L-1", "SHARE", pool
    line.save()
    line.option.save()
    amounts(line, [100_00])
    factories.CaseOptionFactory(business_case=case, ref="BAU", is_bau=True)
    criterion = CriterionFactory(business_case=case, ref="C-1", name="Cost")
    cell = {"criterion": criterion, "option": line.option, "scored_by": user}
    Score.objects.create(**cell, score=8, reason="Less.", created_by=user, updated_by=user)
    return {"line": str(line.pk), "option": str(line.option_id), "criterion": str(criterion.pk)}


def _later_meeting(body: int) -> int:
    later = factories.MeetingFactory(
        body_id=body, body=None, starts_at=datetime(2027, 3, 20, 18, tzinfo=UTC), state=MeetingState.HELD
    )
    return int(later.pk)


def _end(council: Council, successor: Council, case: BusinessCase) -> None:
    """The council ends within the case's period, with a cost of its own after that day."""
    Council.objects.filter(pk=council.pk).update(abolished_on=date(2031, 4, 1))
    people = {"created_by": case.created_by, "updated_by": case.created_by}
    council.successors.create(successor=successor, weight=1, from_on=date(2031, 4, 1), **people)
    amounts(case.lines.get(), [5_00], council=council, first_fy=2031)


def _in_other_states(programme: Programme, councils: list[Council]) -> dict[str, dict[str, Any]]:
    """Rows of their own for the addresses about a row that stands elsewhere than those of the others."""
    unused = key_of(
        CostPoolFactory(programme=programme), dict.fromkeys(councils, 1), from_on=date(2027, 4, 1)
    )
    signed = factories.BusinessCaseFactory(programme=programme, state=CaseState.S151_REVIEW)
    withheld = factories.DecisionFactory(
        programme=programme,
        ref="D-84",
        publication_class=PublicationClass.EXEMPT,
        exempt_paragraph=3,
        public_interest_reason="The bids are open.",
    )
    return {
        **{name: {"pk": unused.pk} for name in ("services:key_update", "api:key-detail")},
        **{name: {"pk": signed.pk} for name in ("services:case_statement", "api:case-statements")},
        **{name: {"kind": "decisions", "pk": withheld.pk} for name in OF_WITHHELD},
    }


def _everyone(programme: Programme, councils: list[Council]) -> User:
    """A person with every role for the partnership and for each council, but no administrator."""
    user: User = factories.UserFactory(name="Everyone")
    for name in RoleName:
        if name in OF_PARTNERSHIP:
            factories.role(user, name, partnership=programme.partnership)
        else:
            for council in councils if name != RoleName.ADMINISTRATOR else ():
                factories.role(user, name, council=council)
    return user
