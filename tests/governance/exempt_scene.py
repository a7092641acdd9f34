"""A row of each kind that may be withheld, in one programme of three councils, and people to ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import EquityNote
from core.enums import PublicationClass
from core.models import Publication
from governance.enums import Authority, CallInOutcome
from governance.models import AgendaItem, Body, BodyMember, CallIn, Decision, DecisionNote, Meeting, Paper
from programme.models import Council, Programme
from services.models import BusinessCaseLine
from tests import factories
from tests.services.factories import amounts
from tests.services.review_rows import ConsultationFactory, review_of

FIRST_DAY = date(2020, 4, 1)
MEETING_AT = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
EXEMPT = {
    "publication_class": PublicationClass.EXEMPT,
    "exempt_paragraph": 3,
    "public_interest_reason": "Bids are still open",
    "exempt_review_on": date(2027, 11, 24),
}


@dataclass
class ExemptScene:
    """One programme with a row of each kind, by the key of the kind."""

    programme: Programme
    councils: list[Council]
    body: Body
    rows: dict[str, Publication]

    @property
    def decision(self) -> Decision:
        """The decision that the item, the paper and the note belong to."""
        return self.rows["decisions"]  # type: ignore[return-value]

    def withhold(self, key: str, **values: Any) -> Publication:
        """Make a row exempt, or as `values` say, past every action."""
        row = self.rows[key]
        type(row)._base_manager.filter(pk=row.pk).update(**{**EXEMPT, **values})
        row.refresh_from_db()
        return row

    def person(self, name: RoleName, council: Council | None = None, **where: Any) -> User:
        """Somebody with one role: of a council, or of the partnership."""
        user = factories.UserFactory()
        if not where:
            where = {"council": council} if council else {"partnership": self.programme.partnership}
        factories.role(user, name, **where)
        return user

    def call_in(self) -> CallIn:
        """Scrutiny of the first council calls the decision in."""
        own = self.decision.council_decisions.get(council=self.councils[0])
        return CallIn.objects.create(
            council_decision=own,
            raised_at=MEETING_AT,
            grounds="Not considered",
            created_by=self.programme.created_by,
            updated_by=self.programme.created_by,
        )


def release_call_in(call_in: CallIn) -> None:
    """Scrutiny takes no further action."""
    call_in.outcome = CallInOutcome.NO_ACTION
    call_in.scrutiny_met_on = call_in.released_on = date(2026, 12, 8)
    call_in.save()


def seat(body: Body, user: User, **values: Any) -> BodyMember:
    """A place on a body."""
    return BodyMember.objects.create(
        body=body,
        user=user,
        name=user.name,
        from_on=FIRST_DAY,
        created_by=body.created_by,
        updated_by=body.created_by,
        **values,
    )


def exempt_scene() -> ExemptScene:
    """Rows that are open; `withhold` makes one exempt."""
    programme = factories.ProgrammeFactory()
    councils = factories.councils_of(programme)
    by = {"created_by": programme.created_by, "updated_by": programme.created_by}
    body = factories.BodyFactory(partnership=programme.partnership, authority=Authority.RECOMMENDS)
    decision = factories.DecisionFactory(programme=programme, councils=councils, body=body)
    meeting = Meeting.objects.create(body=body, starts_at=MEETING_AT, **by)
    item = AgendaItem.objects.create(
        meeting=meeting, number=1, title="Waste contract", text="Terms", decision=decision, **by
    )
    line: BusinessCaseLine = factories.BusinessCaseLineFactory(
        business_case=factories.BusinessCaseFactory(programme=programme)
    )
    amounts(line, [50_000_00], first_fy=line.business_case.base_fy)
    rows: dict[str, Publication] = {
        "decisions": decision,
        "agenda-items": item,
        "papers": paper_of(item),
        "notes": DecisionNote.objects.create(
            decision=decision, title="Question", text="What does it cost?", entered_by=programme.created_by
        ),
        "lines": line,
        "risks": factories.RiskFactory(programme=programme, title="Early exit"),
        "consultations": ConsultationFactory(
            review=review_of(programme, ref="SR-1"),
            council=councils[0],
            affected_count=45,
            establishment="Depot",
        ),
        "equity-notes": EquityNote.objects.create(
            programme=programme,
            council=councils[0],
            subject="cost",
            text="It pays the rent of both",
            entered_by=programme.created_by,
        ),
        "report-additions": factories.ReportAdditionFactory(
            report__programme=programme, publication_class="open", exempt_review_on=None
        ),
    }
    return ExemptScene(programme, councils, body, rows)


def paper_of(item: AgendaItem, **values: Any) -> Paper:
    """A file before a meeting."""
    return Paper.objects.create(
        **{
            "item": item,
            "title": "Tenders",
            "path": "papers/none",
            "file_name": "tenders.pdf",
            "content_type": "application/pdf",
            "size_bytes": 10,
            "sha256": "0" * 64,
            "entered_by": item.created_by,
            **values,
        }
    )


def later(days: int) -> date:
    """A day after today, in days."""
    return datetime.now(tz=UTC).date() + timedelta(days=days)
