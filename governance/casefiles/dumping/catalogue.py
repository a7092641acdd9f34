"""Services and what each council runs and spends."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.calendar import fy_file_key
from governance.casefiles.dumping.services_reviews import REVIEW_ROWS, dump_review
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    date_of,
    day_of,
    inline,
    keys_of,
    number_of,
    pounds_of,
    qualifier_of,
    source_of,
    unless,
)
from governance.casefiles.writing import Inline
from programme.models import Programme
from services.enums import Provider, ServiceKind
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure

_ROWS: Sequence[str] = ("provisions__council", "provisions__costs__source", "provisions__measures__source")


def dump_services(programme: Programme) -> list[Fields]:
    """Services in order, with what each council runs and spends."""
    rows = programme.services.select_related("lead_council", "source").order_by("order_index", "ref")
    return [_service(service) for service in rows.prefetch_related(*_ROWS, *REVIEW_ROWS)]


def _service(service: Service) -> Fields:
    provisions = sorted(service.provisions.all(), key=lambda row: row.council.key)
    return compact(
        {
            "id": service.ref,
            "name": service.name,
            "kind": unless(service.kind, ServiceKind.OTHER.value),
            "status": str(service.status),
            "councils": service.councils_text or keys_of(row.council for row in provisions),
            "lead": service.lead_council.key if service.lead_council else None,
            "since": date_of(service.get_date("since")),
            "planned_for": date_of(service.get_date("planned")),
            "note": service.note,
            "provisions": [fields for row in provisions if (fields := _provision(row, service))],
            "reviews": [dump_review(review) for review in service.reviews.all()],
            "source": source_of(service.source),
        }
    )


def _provision(row: ServiceCouncil, service: Service) -> Fields | None:
    """What a council runs; nothing where the file says no more than that it is among the councils."""
    fields = compact(
        {
            "status": str(row.status),
            "provider": unless(row.provider, Provider.NOT_STATED.value),
            "provider_name": row.provider_name,
            "fte": number_of(row.fte),
            "contract_end": day_of(row.contract_end_on),
            "contract_break": day_of(row.contract_break_on),
            "shared_percent": number_of(row.shared_percent),
            "note": row.note,
            "costs": [_cost(cost) for cost in row.costs.all()],
            "measures": [_measure(measure) for measure in row.measures.all()],
        }
    )
    return {"council": row.council.key, **fields} if fields or service.councils_text else None


def _cost(cost: ServiceCost) -> Inline:
    return inline(
        {
            "fy": fy_file_key(cost.fy),
            "amount_gbp": pounds_of(cost.amount_pence),
            "confidence": str(cost.confidence),
            "qualifier": qualifier_of(cost),
            "source": source_of(cost.source),
        }
    )


def _measure(measure: ServiceMeasure) -> Inline:
    return inline(
        {
            "kind": str(measure.kind),
            "name": measure.name,
            "unit": measure.unit,
            "fy": fy_file_key(measure.fy),
            "value": number_of(measure.value),
            "higher_is_better": measure.is_higher_better,
            "qualifier": qualifier_of(measure),
            "source": source_of(measure.source),
        }
    )
