"""Services, service reviews and business cases."""

from __future__ import annotations

from core.rules.calendar import fy_file_key
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
    ref_of,
    source_of,
    unless,
)
from governance.casefiles.writing import Inline
from programme.models import Programme
from services.enums import Provider
from services.models import (
    BusinessCase,
    BusinessCaseAmount,
    BusinessCaseLine,
    Service,
    ServiceCost,
    ServiceCouncil,
    ServiceReview,
)


def dump_services(programme: Programme) -> list[Fields]:
    """Services in order, with what each council runs and spends."""
    rows = programme.services.select_related("lead_council", "source").order_by("order_index", "ref")
    return [
        _service(service)
        for service in rows.prefetch_related("provisions__council", "provisions__costs__source", "reviews")
    ]


def dump_business_cases(programme: Programme) -> list[Fields]:
    """Every version of every business case."""
    rows = programme.business_cases.select_related("service").order_by("ref", "number")
    return [_case(case) for case in rows.prefetch_related("lines__source", "lines__amounts__council")]


def _service(service: Service) -> Fields:
    provisions = sorted(service.provisions.all(), key=lambda row: row.council.key)
    return compact(
        {
            "id": service.ref,
            "name": service.name,
            "status": str(service.status),
            "councils": service.councils_text or keys_of(row.council for row in provisions),
            "lead": service.lead_council.key if service.lead_council else None,
            "since": date_of(service.get_date("since")),
            "planned_for": date_of(service.get_date("planned")),
            "note": service.note,
            "provisions": [fields for row in provisions if (fields := _provision(row, service))],
            "reviews": [_review(review) for review in service.reviews.all()],
            "source": source_of(service.source),
        }
    )


def _provision(row: ServiceCouncil, service: Service) -> Fields | None:
    """What a council runs; nothing where the file says no more than that it is among the councils."""
    fields = compact(
        {
            "status": str(row.status),
            "provider": unless(row.provider, Provider.NOT_STATED.value),
            "fte": number_of(row.fte),
            "contract_end": day_of(row.contract_end_on),
            "costs": [_cost(cost) for cost in row.costs.all()],
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


def _review(review: ServiceReview) -> Fields:
    return compact(
        {
            "id": review.ref,
            "state": str(review.state),
            "sensitive": review.is_sensitive or None,
            "chosen_because": review.chosen_because,
            "started": day_of(review.started_on),
        }
    )


def _case(case: BusinessCase) -> Fields:
    return compact(
        {
            "id": case.ref,
            "version": case.number,
            "title": case.title,
            "stage": str(case.stage),
            "state": str(case.state),
            "service": ref_of(case.service),
            "base_fy": fy_file_key(case.base_fy),
            "horizon_years": case.horizon_years,
            "price_basis": str(case.price_basis),
            "lines": [_line(line) for line in case.lines.all()],
        }
    )


def _council_key(amount: BusinessCaseAmount) -> str:
    """Key of the council an amount belongs to; empty for a joint one."""
    return amount.council.key if amount.council else ""


def _line(line: BusinessCaseLine) -> Fields:
    amounts = sorted(line.amounts.all(), key=lambda amount: (_council_key(amount), amount.fy))
    return compact(
        {
            "id": line.ref,
            "title": line.title,
            "kind": str(line.kind),
            "cost_type": str(line.cost_type),
            "shared_by": line.key_text,
            "qualifier": qualifier_of(line),
            "source": source_of(line.source),
            "amounts": [
                inline(
                    {
                        "council": _council_key(amount) or None,
                        "fy": fy_file_key(amount.fy),
                        "amount_gbp": pounds_of(amount.amount_pence),
                    }
                )
                for amount in amounts
            ],
        }
    )
