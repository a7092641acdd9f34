"""What councils claimed and their section 151 officers have to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from benefits.enums import Outcome
from benefits.models import ActualAmount, Verification
from benefits.policies import check_reverse, signs_for
from benefits.querysets import ActualAmountQuerySet
from core.clock import london_date
from core.errors import Refusal
from core.rules.calendar import bank_holidays, month_name, period_start, working_days_between
from programme.models import Council, Programme

ANSWERED_SHOWN = 20
OWN_ENTRY = "You entered it"
OWN_BENEFIT = "You own the benefit"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed amount; `can_answer` is whether this person may verify or return it now.

    `age_days` are working days since it was entered; `answer` is there once it is verified or returned.
    """

    actual: ActualAmount
    age_days: int
    can_answer: bool
    why_not: str
    answer: Verification | None

    @property
    def pk(self) -> int:
        """Key of the actual amount."""
        return self.actual.pk

    @property
    def anchor(self) -> str:
        """Name of its part of the page."""
        return f"claim-{self.actual.pk}"

    @property
    def time_text(self) -> str:
        """October 2026."""
        first = period_start(self.actual.fy, self.actual.period or 1)
        return f"{month_name(first)} {first.year}"

    @property
    def entered_on(self) -> date:
        """The day of entry, in London."""
        return london_date(self.actual.entered_at)

    @property
    def state(self) -> str:
        """Claimed, Verified or Returned."""
        return self.answer.get_outcome_display() if self.answer else "Claimed"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class ClaimList:
    """Open claims, the oldest first, and those answered last."""

    open: tuple[Claim, ...]
    answered: tuple[Claim, ...]

    @property
    def has_action(self) -> bool:
        """Whether this person signs for any of them, or would but for having entered it."""
        return any(claim.can_answer or claim.why_not for claim in self.open)

    @property
    def can_answer(self) -> bool:
        """Whether this person may answer any of them."""
        return any(claim.can_answer for claim in self.open)


def claims_to_verify(
    programme: Programme, user: User, *, as_of: date, council: Council | None = None
) -> ClaimList:
    """Claims of a programme, or of one of its councils, as `user` may answer them. Three queries."""
    rows = _claims().filter(line__programme=programme)
    if council is not None:
        rows = rows.filter(council=council)
    signs = signs_for(user)
    waiting = rows.filter(verification__isnull=True, reverses__isnull=True, reversed_by__isnull=True)
    answered = rows.filter(verification__isnull=False).order_by("-verification__verified_at", "-pk")
    return ClaimList(
        tuple(_claim(row, user, signs, as_of) for row in waiting.order_by("entered_at", "pk")),
        tuple(_claim(row, user, signs, as_of) for row in answered[:ANSWERED_SHOWN]),
    )


def find_claim(pk: int, user: User, *, as_of: date) -> Claim | None:
    """One claim of a programme that `user` may read; not a reversal. Two queries."""
    row = _claims().visible_to(user).filter(pk=pk, reverses__isnull=True).first()
    return None if row is None else _claim(row, user, signs_for(user), as_of)


def can_reverse(user: User, pk: int) -> bool:
    """Whether `user` may take back this actual amount now. Three queries."""
    row = _claims().filter(pk=pk, reverses__isnull=True, reversed_by__isnull=True).first()
    answer = getattr(row, "verification", None)
    if row is None or (answer is not None and answer.outcome == Outcome.RETURNED):
        return False
    try:
        check_reverse(user, row, is_verified=answer is not None)
    except Refusal:
        return False
    return True


def _claims() -> ActualAmountQuerySet:
    rows: ActualAmountQuerySet = ActualAmount.objects.select_related(
        "line__benefit",
        "line__programme__partnership",
        "council",
        "entered_by",
        "verification__verified_by",
        "reversed_by",
    )
    return rows


def _claim(row: ActualAmount, user: User, signs: frozenset[int], as_of: date) -> Claim:
    answer = getattr(row, "verification", None)
    entered_on = london_date(row.entered_at)
    until = london_date(answer.verified_at) if answer else as_of
    age = max(0, working_days_between(entered_on, until, bank_holidays()))
    is_open = answer is None and not hasattr(row, "reversed_by")
    is_theirs = is_open and row.council_id in signs
    why_not = _why_not(row, user) if is_theirs else ""
    return Claim(row, age, is_theirs and not why_not, why_not, answer)


def _why_not(row: ActualAmount, user: User) -> str:
    if row.entered_by_id == user.pk:
        return OWN_ENTRY
    if row.line.benefit is not None and row.line.benefit.owner_id == user.pk:
        return OWN_BENEFIT
    return ""
