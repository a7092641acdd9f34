"""When councils' contracts end, soonest first, and when work on sharing must start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core.rules.calendar import format_date
from programme.models import Council, Programme
from programme.queries.partners import partner_councils
from programme.queries.planning.outside_dates import OutsideDate
from services.enums import ContractStage, Provider, ServiceStatus
from services.models import Service, ServiceCouncil
from services.rules.contracts import against_go_live, stage_of, start_work_on

_SHARED_ALREADY = (ServiceStatus.SHARED, ServiceStatus.TRANSFERRED_OUT)


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One council's contract for a service."""

    service: Service
    council: Council
    end_on: date
    break_on: date | None
    provider_name: str
    stage: ContractStage

    @property
    def start_on(self) -> date:
        """The day by which work should start for this contract: two years before it ends."""
        return start_work_on(self.end_on)

    @property
    def go_live_words(self) -> str:
        """How its end does not fit the go-live that is planned for the service; empty where it does."""
        if self.service.status in _SHARED_ALREADY:
            return ""
        return against_go_live(self.end_on, self.break_on, self.service.get_date("planned"))

    @property
    def stage_words(self) -> str:
        """Start work now, Later or Ended; a service that is shared already needs no warning."""
        if self.stage == ContractStage.START_NOW and self.service.status in _SHARED_ALREADY:
            return "Ends within two years"
        return str(self.stage.label)


@dataclass(frozen=True, slots=True)
class Warned:
    """A service not yet shared whose first contract ends within two years."""

    service: Service
    council: Council
    first_end_on: date

    @property
    def start_on(self) -> date:
        """The day by which work should have started."""
        return start_work_on(self.first_end_on)


@dataclass(frozen=True, slots=True)
class ContractTimeline:
    """The contracts of a programme, soonest end first; outsourced parts without an end are named."""

    partners: tuple[Council, ...]
    rows: tuple[ContractRow, ...]
    warnings: tuple[Warned, ...]
    without_end: tuple[ServiceCouncil, ...]
    as_of: date


def contract_timeline(programme: Programme, *, as_of: date) -> ContractTimeline:
    """Every contract of the programme's services. Two queries."""
    partners = partner_councils(programme.partnership_id)
    places = {council.pk: index for index, council in enumerate(partners)}
    provisions = sorted(
        ServiceCouncil.objects.filter(service__programme=programme).select_related("service", "council"),
        key=lambda one: (one.service.order_index, places.get(one.council_id, len(places)), str(one.council)),
    )
    rows = [_row(one, one.contract_end_on, as_of) for one in provisions if one.contract_end_on]
    rows.sort(key=lambda row: row.end_on)
    without_end = [
        one for one in provisions if one.provider == Provider.OUTSOURCED and not one.contract_end_on
    ]
    return ContractTimeline(tuple(partners), tuple(rows), tuple(_warnings(rows)), tuple(without_end), as_of)


def contract_ends(programme: Programme, as_of: date) -> list[OutsideDate]:
    """The ends of contracts as dates from outside, each against the go-live of its service. One query."""
    rows = ServiceCouncil.objects.filter(service__programme=programme, contract_end_on__gte=as_of)
    found = [_row(one, one.contract_end_on, as_of) for one in rows.select_related("service", "council")]  # type: ignore[arg-type]
    return [
        OutsideDate(
            on=row.end_on,
            title=f"{row.service.name[:1].upper()}{row.service.name[1:]}: {row.council}’s contract",
            about=f"Work on sharing should start by {format_date(row.start_on)}",
            url=reverse("services:service_detail", args=[row.service.pk]),
            against=row.go_live_words or _fits(row.service),
            is_warning=bool(row.go_live_words),
        )
        for row in found
        if row.service.status not in _SHARED_ALREADY
    ]


def _fits(service: Service) -> str:
    go_live = service.get_date("planned")
    return f"Fits go-live, {go_live}" if go_live else "No go-live is planned"


def _row(provision: ServiceCouncil, end_on: date, as_of: date) -> ContractRow:
    return ContractRow(
        service=provision.service,
        council=provision.council,
        end_on=end_on,
        break_on=provision.contract_break_on,
        provider_name=provision.provider_name,
        stage=stage_of(end_on, as_of),
    )


def _warnings(rows: Sequence[ContractRow]) -> list[Warned]:
    """The services to start on now, each by its first contract that has not ended."""
    found: dict[int, Warned] = {}
    for row in rows:
        is_open = row.service.status not in _SHARED_ALREADY and row.stage == ContractStage.START_NOW
        if is_open and row.service.pk not in found:
            found[row.service.pk] = Warned(row.service, row.council, row.end_on)
    return list(found.values())
