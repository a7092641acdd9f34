"""What a council holds in the ledgers of a partnership, and how it is taken out of them again (INV-44)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from accounts.models import User
from benefits.models import ActualAmount, BudgetReduction, CouncilPayment, ForecastAmount, PlanAmount
from core.clock import today
from core.rules.words import count_of
from programme.models import Council, PlanVersion, Programme

_UNREAD = "a programme that you do not read"


def entries_held(council: Council, partnership_id: int, user: User) -> Iterator[str]:
    """What stands of a council in each programme, and what to do first. Seven queries a programme at most."""
    programmes = Programme.objects.filter(partnership=partnership_id).order_by("name")
    readable = set(Programme.objects.visible_to(user).filter(partnership=partnership_id).values_list("pk"))
    for programme in programmes:
        name = str(programme) if (programme.pk,) in readable else _UNREAD
        for number, noun, where, remedy in _standing(programme, council):
            if number:
                held = f"{council} holds {count_of(number, noun)} {where} of {name}"
                yield f"{held}. {remedy} before {council} stops taking over"


def _standing(programme: Programme, council: Council) -> Iterator[tuple[int, str, str, str]]:
    """How many rows stand, what they are, where, and what takes them out."""
    version = PlanVersion.objects.filter(programme=programme).order_by("number").last()
    planned = PlanAmount.objects.filter(plan_version=version, council=council) if version else None
    if planned is not None:
        number = planned.exclude(amount_pence=0).count()
        yield number, "amount", "in the plan", "Propose a plan without them"
    forecast = ForecastAmount.objects.current(today()).filter(snapshot__programme=programme, council=council)
    number = forecast.exclude(amount_pence=0).count()
    yield number, "amount", "in the forecast", "Forecast £0 for them"
    actual = ActualAmount.objects.standing().filter(line__programme=programme, council=council)
    number = actual.filter(reverses__isnull=True, reversed_by__isnull=True).count()
    yield number, "actual amount", "in the returns", "Reverse them"
    reduced = BudgetReduction.objects.standing().filter(line__programme=programme)
    number = reduced.filter(budget_line__council=council).count()
    yield number, "budget reduction", "for lines", "Withdraw them"
    paid = CouncilPayment.objects.filter(compensation__business_case__programme=programme)
    standing = paid.filter(reverses__isnull=True, reversed_by__isnull=True)
    number = standing.filter(Q(payer=council) | Q(receiver=council)).count()
    yield number, "payment", "in the compensation", "Reverse them"
