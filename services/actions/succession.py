"""Pass what a council would bear after its abolition to its successors, in a draft (INV-44)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import fy_end
from programme.rules.membership import check_successor_chosen
from services.actions.case_version import audit_case, check_seen, save_case
from services.models import BusinessCase, BusinessCaseAmount
from services.policies import check_edit_case, powers_of
from services.queries.succession import Passing, Succession, successions_of


@transaction.atomic
def move_to_successors(
    case: BusinessCase, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> BusinessCase:
    """The draft with every amount from vesting day on at the successors, by their weights, to the penny.

    What they bear already is added to. Refuses a case that is not a draft, a council whose successors are
    not recorded (row 77), and a case in which nothing is to pass. Totals of lines and years do not change.
    """
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    found = successions_of(case)
    if not found:
        raise Refusal("No council of this case has amounts after its abolition")
    for one in found:
        last = fy_end(max(row.amount.fy for row in one.rows))
        check_successor_chosen(one.abolition, last, field="")
    saved = save_case(case, by=by)
    for one in found:
        _move(one)
    before = {"amounts": [_words(one, row, [row.amount.amount_pence]) for one in found for row in one.rows]}
    after = {
        "amounts": [
            _words(one, row, [row.kept_pence, *row.passed_pence]) for one in found for row in one.rows
        ]
    }
    audit_case(saved, action="move_to_successors", channel=channel, before=before, after=after)
    return saved


def _move(one: Succession) -> None:
    """Write what the council keeps and what its successors take on; three or four queries."""
    lines = {row.line.pk for row in one.rows}
    there = {
        (row.line_id, row.fy, row.council_id): row
        for row in BusinessCaseAmount.objects.filter(line__in=lines, council__in=one.successors)
    }
    changed: dict[tuple[int, int, int | None], BusinessCaseAmount] = {}
    made: list[BusinessCaseAmount] = []
    for row in one.rows:
        for council, pence, nominal in zip(
            one.successors, row.passed_pence, row.passed_nominal_pence, strict=True
        ):
            key = (row.line.pk, row.amount.fy, council.pk)
            if key in there:
                changed[key] = _added(there[key], pence, nominal)
            elif pence:
                made.append(
                    BusinessCaseAmount(
                        line=row.line,
                        council=council,
                        fy=row.amount.fy,
                        amount_pence=pence,
                        nominal_pence=nominal,
                    )
                )
    kept = _kept(one.rows)
    gone = [row.amount.pk for row in one.rows if not row.kept_pence]
    BusinessCaseAmount.objects.filter(pk__in=gone).delete()
    BusinessCaseAmount.objects.bulk_update([*kept, *changed.values()], ["amount_pence", "nominal_pence"])
    BusinessCaseAmount.objects.bulk_create(made)


def _kept(rows: Sequence[Passing]) -> list[BusinessCaseAmount]:
    kept = []
    for row in rows:
        if row.kept_pence:
            row.amount.amount_pence = row.kept_pence
            row.amount.nominal_pence = row.kept_nominal_pence
            kept.append(row.amount)
    return kept


def _added(amount: BusinessCaseAmount, pence: int, nominal: int | None) -> BusinessCaseAmount:
    """The successor's own amount with what it takes on."""
    amount.amount_pence += pence
    both = amount.nominal_pence is not None and nominal is not None
    amount.nominal_pence = (amount.nominal_pence or 0) + (nominal or 0) if both else None
    return amount


def _words(one: Succession, row: Passing, pence: Sequence[int]) -> dict[str, object]:
    councils = [one.council, *one.successors][: len(pence)]
    return {
        "line": row.line.ref,
        "fy": row.amount.fy,
        "pence": {council.key: value for council, value in zip(councils, pence, strict=True)},
    }
