"""Services, what each council runs and spends, and service reviews."""

from __future__ import annotations

from typing import Any

from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, qualifier_of
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from governance.casefiles.loading.services_reviews import load_reviews
from governance.casefiles.plain import plain
from programme.models import Programme
from services.enums import Confidence, Provider, ServiceKind, ServiceStatus
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure

_PROVISION = (
    "status",
    "provider",
    "provider_name",
    "fte",
    "contract_end_on",
    "contract_break_on",
    "shared_percent",
    "note",
)
_MEASURE = ("kind", "name", "unit", "fy", "value", "is_higher_better", "qualifier")


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
            "kind": entry.text("kind") or ServiceKind.OTHER.value,
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
        load_reviews(loading, file, found[ref], entry)
    report_kept(loading, "service", existing, found)
    return found


def _provisions_part(loading: Loading, service: Service, entry: Entry) -> Part:
    """What each council runs: the councils that are only named, and those with provisions of their own."""
    given = {provision.text("council"): provision for provision in entry.entries("provisions")}
    keys = sorted({*entry.strings("councils"), *given})
    wanted = {key: _provision(loading, key, given.get(key)) for key in keys}
    costs = {key: _costs(loading, given.get(key)) for key in keys}
    measures = {key: _measures(loading, given.get(key)) for key in keys}

    def write() -> None:
        service.provisions.all().delete()
        for key, provision in wanted.items():
            provision.pk, provision.service = None, service
            provision.save()
            for cost in costs[key]:
                cost.pk, cost.provision = None, provision
            for measure in measures[key]:
                measure.pk, measure.provision = None, provision
            ServiceCost.objects.bulk_create(costs[key])
            ServiceMeasure.objects.bulk_create(measures[key])

    is_wanted = [_plain_provision(wanted[key], costs[key], measures[key]) for key in keys]
    return Part("provisions", _existing_provisions(service), is_wanted, write)


def _existing_provisions(service: Service) -> list[list[Any]]:
    if service.pk is None:
        return []
    rows = service.provisions.select_related("council").prefetch_related("costs__source", "measures__source")
    return sorted(
        (_plain_provision(row, list(row.costs.all()), list(row.measures.all())) for row in rows),
        key=lambda provision: str(provision[0]),
    )


def _provision(loading: Loading, key: str, entry: Entry | None) -> ServiceCouncil:
    row = ServiceCouncil(council=loading.councils[key])
    if entry:
        row.status = entry.text("status")
        row.provider = entry.text("provider") or Provider.NOT_STATED.value
        row.provider_name = entry.text("provider_name")
        row.fte = entry.number("fte")
        row.contract_end_on = entry.day("contract_end")
        row.contract_break_on = entry.day("contract_break")
        row.shared_percent = entry.number("shared_percent", 2)
        row.note = entry.text("note")
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


def _measures(loading: Loading, entry: Entry | None) -> list[ServiceMeasure]:
    return [
        ServiceMeasure(
            kind=measure.text("kind"),
            name=measure.text("name"),
            unit=measure.text("unit"),
            fy=needed(measure.fy("fy")),
            value=needed(measure.number("value")),
            is_higher_better=measure.raw("higher_is_better"),
            qualifier=qualifier_of(measure),
            source=loading.source(measure),
        )
        for measure in (entry.entries("measures") if entry else ())
    ]


def _plain_provision(
    row: ServiceCouncil, costs: list[ServiceCost], measures: list[ServiceMeasure]
) -> list[Any]:
    return [
        row.council.key,
        *(plain(getattr(row, name)) for name in _PROVISION),
        sorted(
            [cost.fy, cost.amount_pence, str(cost.confidence), str(cost.qualifier), str(cost.source or "")]
            for cost in costs
        ),
        sorted(
            (
                [plain(getattr(measure, name)) for name in _MEASURE] + [str(measure.source or "")]
                for measure in measures
            ),
            key=str,
        ),
    ]
