"""A benefit owner's desk: what to enter, what to review, what to hand over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from benefits.enums import BenefitState, Frequency
from benefits.models import Benefit, BenefitHandover
from benefits.queries.at_risk import MEASURED, reasons_by_benefit
from benefits.queries.to_enter import ToEnter, to_enter
from benefits.rules.closure import OpenBenefit, missing
from benefits.rules.targets import MONTHS
from benefits.rules.trajectory import time_words
from core.rules.calendar import financial_year, format_date, month_number, period, period_end
from core.rules.words import listed
from programme.enums import ProgrammeState
from programme.models import Programme

DUE_DAYS = 14
_MEASURED_STATES = (BenefitState.ENABLING, BenefitState.REALISING, BenefitState.REALISED)


@dataclass(frozen=True, slots=True)
class ValueDue:
    """A value of a measure that is still to be entered: the last time that is over without one."""

    benefit: Benefit
    words: str


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A benefit to look at, and why."""

    benefit: Benefit
    why: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """A benefit of a programme that closes, and what it still needs."""

    benefit: Benefit
    needs: str


@dataclass(frozen=True, slots=True)
class OwnBenefit:
    """One of a person's benefits, and why it is at risk."""

    benefit: Benefit
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """All that waits for a benefit owner, and all that they own."""

    values: tuple[ValueDue, ...]
    amounts: tuple[ToEnter, ...]
    reviews: tuple[ReviewDue, ...]
    offers: tuple[BenefitHandover, ...]
    handovers: tuple[ToHandOver, ...]
    own: tuple[OwnBenefit, ...]

    @property
    def count(self) -> int:
        """How many things wait."""
        parts: Sequence[Sequence[object]] = (
            self.values,
            self.amounts,
            self.reviews,
            self.offers,
            self.handovers,
        )
        return sum(len(part) for part in parts)


def desk_of(user: User, *, as_of: date) -> Desk:
    """What waits for `user` on a day. A fixed number of queries for each programme they own benefits in."""
    benefits = list(
        Benefit.objects.visible_to(user)
        .filter(owner=user)
        .open()
        .select_related("programme__partnership", "owner")
        .prefetch_related(*MEASURED)
        .order_by("programme__name", "order_index", "pk")
    )
    programmes = {one.programme_id: one.programme for one in benefits}
    offers = BenefitHandover.objects.visible_to(user).open().filter(to_owner=user)
    return Desk(
        values=tuple(due for one in benefits if (due := _value_due(one, as_of))),
        amounts=_amounts(benefits, programmes.values(), as_of),
        reviews=tuple(review for one in benefits if (review := _review_due(one, as_of))),
        offers=tuple(offers.select_related("benefit__programme", "from_owner", "offered_by")),
        handovers=tuple(row for one in benefits if (row := _to_hand_over(one))),
        own=_own(benefits, programmes.values()),
    )


def _value_due(benefit: Benefit, as_of: date) -> ValueDue | None:
    """The last time that is over and has no reading, of a benefit whose measure is taken regularly."""
    step = MONTHS.get(Frequency(benefit.frequency), 0)
    is_running = benefit.state in _MEASURED_STATES
    if not step or not benefit.measure_name or not is_running or _is_in_pounds(benefit):
        return None
    last = _last_over(step, as_of)
    read = {month_number(row.fy, row.period) for row in benefit.readings.all() if row.council_id is None}
    if (read and max(read) >= last) or not _has_started(benefit, last):
        return None
    fy, number = divmod(last - 1, 12)
    is_year = step == 12
    return ValueDue(benefit, time_words(fy, None if is_year else number + 1))


def _is_in_pounds(benefit: Benefit) -> bool:
    return benefit.measure_unit.strip().startswith("£")


def _last_over(step: int, as_of: date) -> int:
    """The number of the last month that is over and ends a month, a quarter or a year."""
    last = month_number(financial_year(as_of), period(as_of))
    if period_end(financial_year(as_of), period(as_of)) > as_of:
        last -= 1
    return last - last % step


def _has_started(benefit: Benefit, month: int) -> bool:
    start = benefit.starting_on or benefit.starts_on
    return start is None or month_number(financial_year(start), period(start)) < month


def _amounts(
    benefits: Sequence[Benefit], programmes: Collection[Programme], as_of: date
) -> tuple[ToEnter, ...]:
    """Amounts of their benefits that are late, missing, returned or not verified, whoever enters them."""
    own = {one.pk for one in benefits}
    rows = to_enter(programmes, as_of=as_of) if own else []
    return tuple(row for row in rows if row.line.benefit_id in own)


def _review_due(benefit: Benefit, as_of: date) -> ReviewDue | None:
    day = benefit.review_on
    if day is not None and day <= as_of + timedelta(days=DUE_DAYS):
        is_late = day < as_of
        words = "was due" if is_late else "is due"
        return ReviewDue(benefit, f"The review {words} on {format_date(day)}", is_late)
    if day is None:
        return ReviewDue(benefit, "No review date is set", is_late=False)
    if benefit.starting_value is None and not benefit.starting_reason:
        return ReviewDue(benefit, "There is no starting value, and no reason why", is_late=False)
    return None


def _to_hand_over(benefit: Benefit) -> ToHandOver | None:
    programme = benefit.programme
    if programme.state != ProgrammeState.CLOSING:
        return None
    facts = OpenBenefit(benefit.ref, benefit.title, has_active_owner=True, review_on=benefit.review_on)
    needs = missing(facts, programme.closes_on)
    return ToHandOver(benefit, listed(needs)) if needs else None


def _own(benefits: Sequence[Benefit], programmes: Collection[Programme]) -> tuple[OwnBenefit, ...]:
    reasons: dict[int, tuple[str, ...]] = {}
    for programme in programmes:
        of_it = [one for one in benefits if one.programme_id == programme.pk]
        reasons |= reasons_by_benefit(programme, of_it)
    return tuple(OwnBenefit(one, reasons[one.pk]) for one in benefits)
