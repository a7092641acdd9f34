"""Bring the lines of a draft business case into the prices of its base year (F-11, row 29, INV-33)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.errors import Refusal
from programme.enums import PriceBasis
from services.actions.case_version import audit_case, check_seen, save_case
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine
from services.policies import check_edit_case, powers_of
from services.queries.case_prices import lines_in_other_prices
from services.rules.deflators import Deflators, deflators_of, real_pence, to_real_terms

_COLUMNS = ["amount_pence", "nominal_pence"]


@transaction.atomic
def convert_to_real(
    case: BusinessCase, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> BusinessCase:
    """Put every line in cash, or in prices of another year, into prices of the base year.

    Uses the case's own version of the deflators. An amount keeps beside it what was entered in cash. Refuses
    a year without a deflator, and a case whose lines are all in prices of its base year already.
    """
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    lines = {line.pk: line for line in lines_in_other_prices(case)}
    if not lines:
        raise Refusal("All amounts are in prices of the base year already", "price_basis")
    deflators = deflators_of(case.deflator_version)
    amounts = list(BusinessCaseAmount.objects.filter(line__in=lines))
    for amount in amounts:
        _convert(amount, lines[amount.line_id], case.base_fy, deflators)
    saved = save_case(case, by=by)
    before = {f"{line.ref}.price_basis": line.price_basis for line in lines.values()}
    BusinessCaseAmount.objects.bulk_update(amounts, _COLUMNS, batch_size=200)
    case.lines.filter(pk__in=lines).update(price_basis=PriceBasis.REAL, price_base_fy=None)
    after: dict[str, str | int] = dict.fromkeys(before, PriceBasis.REAL.value)
    after |= {"deflator_version": case.deflator_version, "amounts": len(amounts)}
    audit_case(saved, action="convert_to_real", channel=channel, before=before, after=after)
    return saved


def _convert(amount: BusinessCaseAmount, line: BusinessCaseLine, base_fy: int, deflators: Deflators) -> None:
    if line.price_basis == PriceBasis.REAL:
        entered_fy = line.price_base_fy or base_fy
        indexes = deflators.index(entered_fy), deflators.index(base_fy)
        amount.amount_pence = to_real_terms(amount.amount_pence, *indexes)
        return
    amount.nominal_pence = amount.amount_pence
    amount.amount_pence = real_pence(amount.amount_pence, amount.fy, base_fy, deflators)
