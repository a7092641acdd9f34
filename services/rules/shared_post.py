"""Posts that councils share: salary bands, shares, and how each council publishes them.

The bands and what is published of a post follow the Local Government Transparency Code 2015 (domain.md 7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Refusal, refuse_all
from core.rules.dates import check_end_after_start
from core.rules.money import format_pounds
from core.rules.words import listed
from programme.rules.membership import Partner, check_partner_period
from services.rules.key_record import WHOLE_PERCENT, weight_text

BAND_PENCE, FIRST_BAND_PENCE, LAST_BAND_PENCE = 5_000_00, 50_000_00, 395_000_00
NAMED_FROM_PENCE = 150_000_00
BELOW = "Below £50,000"
TOP_TIERS = 3
FEWEST_STAFF, MOST_STAFF = 5, 99_999
STAFF_WORDS = f"Number of staff must be 0, or from {FEWEST_STAFF} to {MOST_STAFF:,}. Leave it empty for fewer"
PERCENT_PLACES = 2
FTE_PLACES = 2
BANDS = range(FIRST_BAND_PENCE, LAST_BAND_PENCE + 1, BAND_PENCE)
_POUND = 1_00


@dataclass(frozen=True, slots=True)
class PostShare:
    """What one council bears of a post, in percent; None where nothing was entered. `partner` as in keys."""

    key: str
    name: str
    percent: Decimal | None
    partner: Partner | None = None

    @property
    def field(self) -> str:
        """The field that it is entered in."""
        return f"shares.{self.key}"


@dataclass(frozen=True, slots=True)
class PostRecord:
    """What is checked of a post before it is kept."""

    salary_from_pence: int | None
    salary_ceiling_pence: int | None
    budget_pence: int | None
    fte: Decimal
    staff_count: int | None
    starts_on: date
    ends_on: date | None
    shares: Sequence[PostShare]
    employer: PostShare


def check_post(record: PostRecord) -> None:
    """Refuse a post that may not be kept, with all that is wrong at once (rows 12, 19, 20 and 76)."""
    checks: list[Callable[[], object]] = [
        _partner_check(record.starts_on, record.employer, "employed_by"),
        lambda: check_end(record.starts_on, record.ends_on),
        *(_partner_check(record.starts_on, one, one.field) for one in record.shares if one.percent),
        lambda: check_shares(record.shares),
        lambda: _check_fte(record.fte),
        lambda: check_band(record.salary_from_pence),
        lambda: _check_ceiling(record.salary_from_pence, record.salary_ceiling_pence),
        lambda: _check_budget(record.budget_pence),
        lambda: check_staff(record.staff_count),
    ]
    refuse_all(checks)


def check_shares(shares: Sequence[PostShare]) -> None:
    """Refuse shares below 0, of fewer than two councils, or that miss 100 percent (rows 19 and 20)."""
    first = shares[0].field if shares else "shares"
    for one in shares:
        if one.percent is not None and one.percent < 0:
            raise Refusal(f"Share for {one.name} must be 0 or more", one.field, "19")
        if one.percent is not None and one.percent != round(one.percent, PERCENT_PLACES):
            message = f"Share for {one.name} must have no more than {PERCENT_PLACES} decimal places"
            raise Refusal(message, one.field)
    stated = [one.percent for one in shares if one.percent]
    total = sum(stated, Decimal(0))
    if total != WHOLE_PERCENT:
        raise Refusal(f"Percentages must add up to 100. They add up to {weight_text(total)}", first, "20")
    if len(stated) < 2:
        raise Refusal("A shared post has at least 2 councils with a share greater than 0", first)


def check_band(from_pence: int | None) -> None:
    """Refuse the start of a band that the Code does not have; None is below the first."""
    if from_pence is not None and from_pence not in BANDS:
        message = "Choose a salary band of £5,000 from £50,000 up, or “Below £50,000”"
        raise Refusal(message, "salary_from_pence")


def check_staff(count: int | None) -> None:
    """Refuse a number of staff from 1 to 4: so few are never recorded here (INV-38)."""
    if count is None or count == 0 or FEWEST_STAFF <= count <= MOST_STAFF:
        return
    raise Refusal(STAFF_WORDS, "staff_count", "72")


def check_end(starts_on: date, ends_on: date | None) -> None:
    """Refuse a last day that is not after the first (row 12)."""
    if ends_on is None:
        return
    try:
        check_end_after_start(starts_on, ends_on)
    except Refusal as said:
        raise Refusal(said.message, "ends_on", said.code) from said


def band_end(from_pence: int | None) -> int:
    """The last whole pound of a band, in pence: £124,999 of the one from £120,000."""
    return (FIRST_BAND_PENCE if from_pence is None else from_pence + BAND_PENCE) - _POUND


def band_words(from_pence: int | None) -> str:
    """£120,000 to £124,999; Below £50,000."""
    if from_pence is None:
        return BELOW
    return f"{_whole(from_pence)} to {_whole(band_end(from_pence))}"


def is_in_post(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether there is the post on that day, its first and last included."""
    return starts_on <= on and (ends_on is None or on <= ends_on)


def is_named(from_pence: int | None) -> bool:
    """Whether the regulations ask a council to publish the name of who is paid that much."""
    return from_pence is not None and from_pence >= NAMED_FROM_PENCE


def percent_words(percent: Decimal) -> str:
    """62.5% of a share, without zeros at its end."""
    return f"{weight_text(percent)}%"


def shares_words(shares: Iterable[tuple[str, Decimal]]) -> str:
    """Ashmere 40%, Brockvale 35% and Carrick 25%: those that bear something."""
    return listed([f"{name} {percent_words(percent)}" for name, percent in shares if percent])


def sharing_note(employer: str, shares: Iterable[tuple[str, Decimal]], basis: str) -> str:
    """What each council publishes beside a post that it shares."""
    return f"Shared post: {shares_words(shares)}. Employed by {employer}. {basis}"


def _partner_check(starts_on: date, one: PostShare, field: str) -> Callable[[], None]:
    def check() -> None:
        if one.partner is None:
            raise Refusal(f"{one.name} is not a partner in this programme", field, "76")
        check_partner_period(one.name, one.partner, starts_on, date.max, field="starts_on")

    return check


def _check_ceiling(from_pence: int | None, ceiling_pence: int | None) -> None:
    if ceiling_pence is not None and ceiling_pence < (from_pence or 0):
        least = _whole(from_pence or 0)
        raise Refusal(f"Salary ceiling must be {least} or more", "salary_ceiling_pence")


def _check_budget(pence: int | None) -> None:
    if pence is not None and pence < 0:
        raise Refusal("Budget must be £0 or more", "budget_pence")


def _check_fte(fte: Decimal) -> None:
    if not 0 < fte <= 1:
        message = "Full-time equivalents must be more than 0 and no more than 1. Record each post by itself"
        raise Refusal(message, "fte")
    if fte != round(fte, FTE_PLACES):
        raise Refusal(f"Full-time equivalents must have no more than {FTE_PLACES} decimal places", "fte")


def _whole(pence: int) -> str:
    return format_pounds(pence).removesuffix(".00")
