"""Services, what each council runs and spends, and service reviews."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, qualifier_of
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from programme.models import Programme
from services.enums import Confidence, Provider, ReviewState, ServiceStatus
from services.models import Service, ServiceCost, ServiceCouncil, ServiceReview


def load_services(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, Service]:
    """Services in order, by id."""
    existing = {
        service.ref: service for service in programme.services.select_related("lead_council", "source")
    }
    found = {}
    for index, entry in enumerate(file.entries("services")):
        ref = entry.text("id")
        service = existing.get(ref) or Service(programme=programme, ref=ref)
        values = {
            "name": entry.text("name"),
            "order_index": index,
            "status": entry.text("status") or ServiceStatus.NOT_SHARED.value,
            "lead_council": loading.council(entry, "lead"),
            "councils_text": entry.text("councils"),
            "since": entry.date("since"),
            "planned": entry.date("planned_for"),
            "note": entry.text("note"),
            "source": loading.source(entry),
        }
        parts = [_provisions_part(loading, service, entry)]
        wanted = Wanted("service", f"Service {ref}", file.key, values, parts=parts)
        found[ref] = save_row(loading, service, wanted)
        _load_reviews(loading, file, found[ref], entry)
    report_kept(loading, "service", existing, found)
    return found


def _load_reviews(loading: Loading, file: CaseFile, service: Service, entry: Entry) -> None:
    existing = {review.ref: review for review in service.reviews.all()}
    for given in entry.entries("reviews"):
        ref = given.text("id")
        values = {
            "state": given.text("state") or ReviewState.PROPOSED.value,
            "is_sensitive": given.yes("sensitive"),
            "chosen_because": given.text("chosen_because"),
            "started_on": given.day("started"),
        }
        review = existing.get(ref) or ServiceReview(service=service, ref=ref)
        save_row(loading, review, Wanted("service review", f"Service review {ref}", file.key, values))
    report_kept(loading, "service review", existing, (given.text("id") for given in entry.entries("reviews")))


def _provisions_part(loading: Loading, service: Service, entry: Entry) -> Part:
    """What each council runs: the councils that are only named, and those with provisions of their own."""
    given = {provision.text("council"): provision for provision in entry.entries("provisions")}
    keys = sorted({*entry.strings("councils"), *given})
    wanted = {key: _provision(loading, key, given.get(key)) for key in keys}
    costs = {key: _costs(loading, given.get(key)) for key in keys}

    def write() -> None:
        service.provisions.all().delete()
        for key, provision in wanted.items():
            provision.pk, provision.service = None, service
            provision.save()
            for cost in costs[key]:
                cost.pk, cost.provision = None, provision
            ServiceCost.objects.bulk_create(costs[key])

    is_wanted = [_plain_provision(wanted[key], costs[key]) for key in keys]
    return Part("provisions", _existing_provisions(service), is_wanted, write)


def _existing_provisions(service: Service) -> list[list[Any]]:
    if service.pk is None:
        return []
    rows = service.provisions.select_related("council").prefetch_related("costs__source")
    return sorted(_plain_provision(row, list(row.costs.all())) for row in rows)


def _provision(loading: Loading, key: str, entry: Entry | None) -> ServiceCouncil:
    row = ServiceCouncil(council=loading.councils[key])
    if entry:
        row.status = entry.text("status")
        row.provider = entry.text("provider") or Provider.NOT_STATED.value
        row.fte = entry.number("fte")
        row.contract_end_on = entry.day("contract_end")
    return row


def _costs(loading: Loading, entry: Entry | None) -> list[ServiceCost]:
    return [
        ServiceCost(
            fy=needed(cost.fy("fy")),
            amount_pence=needed(cost.pence("amount_gbp")),
            confidence=cost.text("confidence") or Confidence.MEDIUM.value,
            qualifier=qualifier_of(cost),
            source=loading.source(cost),
        )
        for cost in (entry.entries("costs") if entry else ())
    ]


def _plain_provision(row: ServiceCouncil, costs: list[ServiceCost]) -> list[Any]:
    return [
        row.council.key,
        row.status,
        str(row.provider),
        "" if row.fte is None else format(Decimal(row.fte).normalize(), "f"),
        row.contract_end_on.isoformat() if row.contract_end_on else "",
        sorted(
            [cost.fy, cost.amount_pence, str(cost.confidence), str(cost.qualifier), str(cost.source or "")]
            for cost in costs
        ),
    ]
