"""What councils claimed and their section 151 officers have to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects

from accounts.models import User
from benefits.enums import Outcome
from benefits.models import ActualAmount, ClaimFile, Verification
from benefits.policies import check_reverse, signs_for
from benefits.queries.ageing import claims_apart, waited_days, waiting_claim
from benefits.queries.claim_changes import changes_since
from benefits.queries.commentary_limits import limits_of
from benefits.queries.double_counts import FlagRow, double_count_flags_of
from benefits.queries.standing import Expected, LineCouncil, Standing, current_plans, standing_actuals
from benefits.querysets import ActualAmountQuerySet
from benefits.rules.commentary import Limits
from benefits.rules.entry import month_span
from benefits.rules.unusual import Look
from benefits.rules.waiting import WaitingClaim, apart, waiting_sentence
from core.clock import london_date
from core.errors import Refusal
from core.rules.calendar import month_name, period_start
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
    look: Look | None = None
    doubles: tuple[FlagRow, ...] = ()
    files: tuple[ClaimFile, ...] = ()
    is_new: bool = False
    again: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether it can be answered now and nothing about it asks for a second look."""
        return self.can_answer and not self.flags and not self.doubles and not self.again

    @property
    def why_unusual(self) -> str:
        """Why it asks for a second look, in one sentence."""
        return "; ".join([*self.flags, *(row.text for row in self.doubles), *filter(None, [self.again])])

    @property
    def flags(self) -> tuple[str, ...]:
        """Why it is unusual, while it waits."""
        return self.look.flags if self.look else ()

    @property
    def pk(self) -> int:
        """Key of the actual amount."""
        return self.actual.pk

    @property
    def anchor(self) -> str:
        """Name of its part of the page."""
        return f"claim-{self.actual.pk}"

    @property
    def weight(self) -> WaitingClaim:
        """What it adds to totals."""
        return waiting_claim(self.actual, until=self.entered_on)

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
    """Claims to answer, those to look at twice before the rest, the oldest first, and those answered last.

    `summary` is of all that wait; `changed` says what came since the last answer. `waiting` are the claims
    of every council, for their ageing.
    """

    open: tuple[Claim, ...]
    answered: tuple[Claim, ...]
    summary: str = ""
    changed: str = ""
    waiting: tuple[ActualAmount, ...] = ()

    @property
    def to_look_at(self) -> tuple[Claim, ...]:
        """Those that ask for a second look."""
        return tuple(claim for claim in self.open if claim.why_unusual)

    @property
    def plain(self) -> tuple[Claim, ...]:
        """Those with nothing unusual."""
        return tuple(claim for claim in self.open if not claim.why_unusual)

    @property
    def usual(self) -> tuple[Claim, ...]:
        """Those that this person may verify and that nothing is unusual about."""
        return tuple(claim for claim in self.open if claim.is_usual)

    @property
    def usual_words(self) -> str:
        """What those come to: £300.00 of cashable savings."""
        return apart(claim.weight for claim in self.usual).words

    @property
    def has_action(self) -> bool:
        """Whether this person signs for any of them, or would but for having entered it."""
        return any(claim.can_answer or claim.why_not for claim in self.open)

    @property
    def can_answer(self) -> bool:
        """Whether this person may answer any of them."""
        return any(claim.can_answer for claim in self.open)


@dataclass(frozen=True, slots=True)
class _Beside:
    """The plan in effect and what stands, to compare claims with."""

    plans: Mapping[LineCouncil, Expected]
    standing: Mapping[LineCouncil, Standing]
    limits: Limits

    def look(self, row: ActualAmount) -> Look:
        at, span = (row.line_id, row.council_id), month_span(row.fy, row.period or 1)
        plan, standing = self.plans.get(at), self.standing[at]
        fy, period = (row.fy, span.first - 1) if span.first > 1 else (row.fy - 1, 12)
        return Look(
            row.amount_pence,
            standing.pence(span) or 0,
            len(standing.rows(span)),
            (plan.pence(span) or 0) if plan else None,
            standing.pence(month_span(fy, period)),
            self.limits,
        )


def claims_to_verify(
    programme: Programme, user: User, *, as_of: date, council: Council | None = None
) -> ClaimList:
    """Claims of a programme, or of one of its councils, as `user` may answer them. At most eight queries,
    and twelve for what may be counted twice. Their files are not read: `with_files` reads them."""
    rows = _claims().filter(line__programme=programme)
    waiting = tuple(rows.waiting().order_by("entered_at", "pk"))
    found = [row for row in waiting if council is None or row.council_id == council.pk]
    if council is not None:
        rows = rows.filter(council=council)
    signs = signs_for(user)
    answered = rows.filter(verification__isnull=False).order_by("-verification__verified_at", "-pk")
    looks = _looks(programme, as_of, [council] if council else None)
    changes = changes_since(programme, council)
    doubles = double_count_flags_of(found, as_of=as_of)
    claims = [
        replace(
            _claim(row, user, signs, as_of, looks),
            doubles=doubles.get(row.pk, ()),
            is_new=changes.is_new(row),
            again=changes.again(row),
        )
        for row in found
    ]
    return ClaimList(
        tuple(sorted(claims, key=lambda claim: not claim.why_unusual)),
        tuple(_claim(row, user, signs, as_of) for row in answered[:ANSWERED_SHOWN]),
        _summary(claims, as_of),
        changes.sentence(found, as_of=as_of),
        waiting,
    )


def with_files(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The same claims with their evidence files. Two queries."""
    prefetch_related_objects([claim.actual for claim in claims], "files__entered_by")
    return tuple(replace(claim, files=tuple(claim.actual.files.all())) for claim in claims)


def find_claim(pk: int, user: User, *, as_of: date) -> Claim | None:
    """One claim of a programme that `user` may read; not a reversal. Nine queries at most,
    and twelve for what may be counted twice."""
    rows = _claims().visible_to(user).prefetch_related("files__entered_by")
    row = rows.filter(pk=pk, reverses__isnull=True).first()
    if row is None:
        return None
    looks = _looks(row.line.programme, as_of, [row.council])
    claim = _claim(row, user, signs_for(user), as_of, looks)
    if not claim.is_open:
        return replace(claim, files=tuple(row.files.all()))
    doubles = double_count_flags_of([row], as_of=as_of)
    changes = changes_since(row.line.programme, row.council)
    return replace(
        claim,
        doubles=doubles.get(row.pk, ()),
        files=tuple(row.files.all()),
        is_new=changes.is_new(row),
        again=changes.again(row),
    )


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


def _summary(claims: Sequence[Claim], as_of: date) -> str:
    """How many wait, what they come to, and how many are unusual."""
    said = waiting_sentence(claims_apart((claim.actual for claim in claims), as_of=as_of))
    unusual = sum(bool(claim.why_unusual) for claim in claims)
    return f"{said} {unusual:,} to look at twice." if unusual else said


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


def _looks(programme: Programme, as_of: date, councils: list[Council] | None) -> _Beside:
    plans, standing = current_plans(programme, as_of, councils), standing_actuals(programme, councils)
    return _Beside(plans, standing, limits_of(programme))


def _claim(
    row: ActualAmount, user: User, signs: frozenset[int], as_of: date, beside: _Beside | None = None
) -> Claim:
    answer = getattr(row, "verification", None)
    entered_on = london_date(row.entered_at)
    until = london_date(answer.verified_at) if answer else as_of
    age = waited_days(entered_on, until)
    is_open = answer is None and not hasattr(row, "reversed_by")
    is_theirs = is_open and row.council_id in signs
    why_not = _why_not(row, user) if is_theirs else ""
    look = beside.look(row) if beside and is_open else None
    return Claim(row, age, is_theirs and not why_not, why_not, answer, look)


def _why_not(row: ActualAmount, user: User) -> str:
    if row.entered_by_id == user.pk:
        return OWN_ENTRY
    if row.line.benefit is not None and row.line.benefit.owner_id == user.pk:
        return OWN_BENEFIT
    return ""
