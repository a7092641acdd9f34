"""Bodies of a partnership: who sits on them and what they may do."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch

from governance.models import Body, BodySeat
from governance.rules.bodies import authority_sentence
from programme.models import Partnership


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body with its seats and how many decisions it put to the councils."""

    body: Body
    seats: tuple[BodySeat, ...]
    decisions: int


@dataclass(frozen=True, slots=True)
class BodyPage:
    """The bodies of a partnership, in order, and what they may do in one sentence."""

    rows: tuple[BodyRow, ...]
    sentence: str


def body_page(partnership: Partnership) -> BodyPage:
    """The bodies of a partnership. Two queries."""
    seats = BodySeat.objects.select_related("council").order_by("order_index", "pk")
    bodies = partnership.bodies.select_related("source").annotate(decision_count=Count("decisions"))
    rows = tuple(
        BodyRow(body, tuple(body.composition.all()), body.decision_count)
        for body in bodies.prefetch_related(Prefetch("composition", seats)).order_by("order_index")
    )
    return BodyPage(rows, authority_sentence([(row.body.name, row.body.authority) for row in rows]))
