"""Tables of what is delivered, on track and at risk."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from benefits.enums import Basis
from benefits.queries.delivery import BenefitDelivery, ConfidenceRow, DeliverySplit
from benefits.queries.figures import Figure
from benefits.queries.scope import Choice
from benefits.register_filters import NOT_STATED
from benefits.rules.delivery import Delivery
from benefits.rules.measures import full_noun_of
from benefits.tables.shapes import (
    PanelLinks,
    amount_cell,
    led,
)
from core.tables import Cell, Heading, NumberTable, Row, headings
from programme.models import Programme

LINES = "#table-lines"


def delivery_table(programme: Programme, found: DeliverySplit, prices: str) -> NumberTable:
    """Delivered, on track and at risk, council by council and in all."""
    links = PanelLinks(programme, found.scope)
    rows = [
        _delivery_row(links, council.name, delivery, replace(found.scope.choice, council=council.key))
        for council, delivery in found.by_council
    ]
    total = (_delivery_row(links, "Total", found.total, found.scope.choice),) if len(rows) > 1 else ()
    return NumberTable(
        "confidence",
        "Delivered, on track and at risk",
        f"{full_noun_of(found.scope.choice.measure)}, {prices}",
        headings("Council", "Delivered", "On track", "At risk", "Expected"),
        tuple(rows),
        foot=total,
    )


def _delivery_row(links: PanelLinks, name: str, delivery: Delivery, choice: Choice) -> Row:
    url, says = links.benefits(choice), f"{name}: show the benefits"
    return Row(
        name,
        (
            links.cell(delivery.delivered_pence, Basis.VERIFIED, says=f"Delivered, {name}", choice=choice),
            led(amount_cell(delivery.on_track_pence), url, says),
            led(amount_cell(delivery.at_risk_pence), url, says),
            led(amount_cell(delivery.expected_pence), url, says),
        ),
    )


def delivery_benefit_table(programme: Programme, found: DeliverySplit, prices: str) -> NumberTable:
    """The same benefit by benefit, with why it is at risk."""
    links = PanelLinks(programme, found.scope)
    return NumberTable(
        "confidence-benefits",
        "Which benefits are at risk, and why",
        prices,
        (*headings("Benefit", "Delivered", "On track", "At risk"), Heading("Why at risk", is_number=False)),
        tuple(_benefit_row(links, row) for row in found.benefits),
    )


def _benefit_row(links: PanelLinks, row: BenefitDelivery) -> Row:
    ref = row.benefit.ref if row.benefit else ""
    delivered = row.delivery.delivered_pence
    url = row.benefit.get_absolute_url() if row.benefit else links.page(links.scope.choice, anchor=LINES)
    says = f"{row.title}: show {'the benefit' if row.benefit else 'the lines'}"
    return Row(
        row.title,
        (
            links.cell(delivered, Basis.VERIFIED, says=f"Delivered, {row.title}", benefit=ref)
            if ref
            else led(amount_cell(delivered), url, says),
            led(amount_cell(row.delivery.on_track_pence), url, says),
            led(amount_cell(row.delivery.at_risk_pence), url, says),
            Cell(row.why or "It is not", is_number=False),
        ),
        url=row.benefit.get_absolute_url() if row.benefit else "",
        sub=ref,
    )


def confidence_table(programme: Programme, found: DeliverySplit, prices: str) -> NumberTable:
    """The forecast as it is, and weighed by how sure its owners are (F-18)."""
    links = PanelLinks(programme, found.scope)
    whole = links.cell(found.forecast, Basis.FORECAST, says="The forecast")
    return NumberTable(
        "weighted",
        "The forecast, plain and weighed by confidence",
        f"{prices}. High counts in full, medium three quarters, low half",
        headings("Confidence", "Forecast", "Weighed"),
        tuple(
            Row(
                row.words,
                tuple(
                    led(amount_cell(figure), _sure(programme, row), f"{row.words}: show the benefits")
                    for figure in (row.forecast_pence, row.weighted)
                ),
            )
            for row in found.by_confidence
        ),
        foot=(Row("Total", (whole, led(amount_cell(found.weighted), whole.url, whole.says))),),
        note=_reason_note(found.weighted),
    )


def _sure(programme: Programme, row: ConfidenceRow) -> str:
    """The benefits of one confidence in the register."""
    query = urlencode({"confidence": row.confidence or NOT_STATED})
    return f"{reverse('benefits:benefit_list', args=[programme.key])}?{query}"


def _reason_note(figure: Figure) -> str:
    return "" if isinstance(figure, int) else f"[x] {figure.reason}."
