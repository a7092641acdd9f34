"""What a council that leaves has open in the ledgers, in compensation, in funds and in benefits (INV-42)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Count, Q, Sum
from django.urls import reverse

from accounts.models import RoleHeld
from benefits.models import ActualAmount, Benefit, PlanAmount
from benefits.queries.compensation import DueRow, compensation_balances
from benefits.queries.funds import fund_statements
from core.clock import today
from core.rules.calendar import financial_year, format_date, format_fy, fy_end, period, period_end
from core.rules.money import format_pounds
from core.rules.words import count_of
from programme.enums import LeavingStep
from programme.models import PlanVersion, Programme
from programme.queries.leaving import Leaving, LeavingItem


def ledgers_to_settle(asked: Leaving) -> list[LeavingItem]:
    """Everything of the benefits floor, programme by programme. The number of programmes adds no query."""
    programmes = list(asked.partnership.programmes.select_related("partnership").order_by("name"))
    return [
        *_claims(asked, programmes),
        *_compensation(asked, programmes),
        *_funds(asked, programmes),
        *_benefits(asked, programmes),
        *_plan(asked, programmes),
    ]


def _claims(asked: Leaving, programmes: Sequence[Programme]) -> Iterator[LeavingItem]:
    """Amounts that wait for the council's section 151 officer. One query."""
    rows = ActualAmount.objects.waiting().filter(council=asked.council, line__programme__in=programmes)
    sums = rows.values("line__programme").annotate(number=Count("pk"), pence=Sum("amount_pence"))
    by_programme = {row["line__programme"]: row for row in sums}
    for programme in programmes:
        row = by_programme.get(programme.pk)
        if row:
            what = f"{count_of(row['number'], 'claim')} of {format_pounds(row['pence'])}"
            url = reverse("benefits:claim_list", args=[programme.key])
            yield LeavingItem(
                LeavingStep.CLAIMS,
                f"{programme}: {what} {'waits' if row['number'] == 1 else 'wait'} to be verified or returned",
                f"{url}?council={asked.council.key}",
            )


def _compensation(asked: Leaving, programmes: Sequence[Programme]) -> Iterator[LeavingItem]:
    """What the council pays or receives by agreement: what is not settled by the day, and what is later."""
    balances = compensation_balances(programmes, asked.user)
    for programme in programmes:
        balance = balances[programme.pk]
        url = reverse("benefits:compensation_page", args=[programme.key])
        for row in balance.rows:
            if asked.council in (row.payer, row.receiver) and row.outstanding_pence:
                yield LeavingItem(LeavingStep.COMPENSATION, _owed_words(row, asked.left_on), url)
        if balance.withheld:
            yield LeavingItem(LeavingStep.COMPENSATION, f"{programme}: {balance.withheld.reason}", url)


def _owed_words(row: DueRow, left_on: date) -> str:
    due, year = format_pounds(row.outstanding_pence or 0), format_fy(row.year.fy)
    if row.year.fy <= financial_year(left_on):
        return f"{row.payer} still owes {row.receiver} {due} for {year}"
    later = f"{row.payer} is to pay {row.receiver} {due} for {year}, after {format_date(left_on)}"
    return f"{later}. Agree what becomes of it"


def _funds(asked: Leaving, programmes: Sequence[Programme]) -> Iterator[LeavingItem]:
    """The council's share of what each fund has not spent."""
    for statement in fund_statements(*programmes) if programmes else ():
        share = next((one for one in statement.shares if one.council == asked.council), None)
        if share is not None and share.paid_pence:
            said = f"{statement.fund}: {format_pounds(share.unspent_pence)} of what is not spent"
            yield LeavingItem(
                LeavingStep.FUNDS,
                f"{said} would go back to {asked.council}, {statement.goes_back}",
                statement.fund.get_absolute_url(),
                is_settled=share.unspent_pence == 0,
            )


def _ends_after(day: date) -> Q:
    """Amounts of a month, or of a whole year, that ends after a day."""
    fy, number = financial_year(day), period(day)
    first = number + 1 if day == period_end(fy, number) else number
    this_year = Q(fy=fy, period__gte=first)
    return Q(fy__gt=fy) | (this_year if day == fy_end(fy) else this_year | Q(fy=fy, period=None))


def _benefits(asked: Leaving, programmes: Iterable[Programme]) -> Iterator[LeavingItem]:
    """Open benefits that somebody of the council owns, or that are allotted to it. Two queries."""
    people = RoleHeld.objects.current(today()).filter(council=asked.council).values("user")
    rows = Benefit.objects.open().filter(Q(owner__in=people) | Q(councils=asked.council))
    own = rows.filter(programme__in=programmes).select_related("owner").distinct()
    owners = set(people.values_list("user", flat=True))
    for benefit in own.order_by("programme", "order_index", "pk"):
        if benefit.owner_id in owners:
            said = f"{benefit.owner} owns {benefit.title}. Hand it over"
            url = reverse("benefits:handover_create", args=[benefit.pk])
        else:
            said = f"{benefit.title} is allotted to {asked.council}. Change its councils"
            url = reverse("benefits:benefit_update", args=[benefit.pk])
        yield LeavingItem(LeavingStep.BENEFITS, said, url)


def _plan(asked: Leaving, programmes: Sequence[Programme]) -> Iterator[LeavingItem]:
    """What the latest plan holds for the council in months and years that end after it left. Two queries."""
    versions = PlanVersion.objects.filter(programme__in=programmes).order_by("number")
    latest = {version.programme_id: version for version in versions}
    later = PlanAmount.objects.filter(
        _ends_after(asked.left_on),
        plan_version__in=latest.values(),
        council=asked.council,
        amount_pence__gt=0,
    )
    numbers = dict(later.order_by().values_list("plan_version").annotate(number=Count("pk")))
    for programme in programmes:
        version = latest.get(programme.pk)
        if version is None or version.pk not in numbers:
            continue
        said = f"{programme}: plan version {version.number} holds {count_of(numbers[version.pk], 'amount')}"
        yield LeavingItem(
            LeavingStep.PLAN,
            f"{said} of {asked.council} after {format_date(asked.left_on)}. Propose a change of plan",
            reverse("benefits:plan_proposal_create", args=[programme.key]),
        )
