"""Services of a programme ranked by how well they lend themselves to sharing, with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programme.models import Council, Programme
from services.enums import Provider, ServiceStatus
from services.models import Service
from services.queries.comparison import ServiceComparison, compare
from services.queries.provisions import StatedProvision, StatedService, populations, stated_services
from services.rules.candidates import DEFAULT_MONTHS, Candidate, Part, ServiceFacts, Unranked, rank
from services.rules.comparison import Spread
from services.rules.contracts import Contract

MONTHS_OFFERED = (6, 12, 24, 36)
_DONE = {
    ServiceStatus.SHARED: "It is shared already",
    ServiceStatus.TRANSFERRED_OUT: "It has been transferred to another body",
}


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A ranked service."""

    place: int
    service: Service
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class UnrankedRow:
    """A service that is not ranked, and why."""

    service: Service
    unranked: Unranked


@dataclass(frozen=True, slots=True)
class Candidates:
    """The ranking, for contracts that can be left within `months` of each other."""

    partners: tuple[Council, ...]
    months: int
    rows: tuple[CandidateRow, ...]
    unranked: tuple[UnrankedRow, ...]


def sharing_candidates(programme: Programme, *, as_of: date, months: int = DEFAULT_MONTHS) -> Candidates:
    """The services of a programme, best candidate first. Six queries."""
    partners, stated = stated_services(programme)
    people = populations(list({part.council for one in stated for part in one.parts}))
    services = {one.service.ref: one.service for one in stated}
    facts = [_facts(one, compare(one, people)) for one in stated]
    ranked, unranked = rank(facts, months=months, as_of=as_of)
    return Candidates(
        partners=tuple(partners),
        months=months,
        rows=tuple(CandidateRow(place, services[one.ref], one) for place, one in enumerate(ranked, 1)),
        unranked=tuple(UnrankedRow(services[one.ref], one) for one in unranked),
    )


def _facts(stated: StatedService, compared: ServiceComparison) -> ServiceFacts:
    service = stated.service
    is_by_unit = isinstance(compared.unit_spread, Spread)
    spread = compared.unit_spread if is_by_unit else compared.head_spread
    return ServiceFacts(
        ref=service.ref,
        parts=tuple(_part(part, compared.fy) for part in stated.parts),
        done=_DONE.get(ServiceStatus(service.status), ""),
        spread=spread if isinstance(spread, Spread) else None,
        spread_of="unit cost" if is_by_unit else "cost per head",
    )


def _part(part: StatedProvision, fy: int | None) -> Part:
    provision, name = part.provision, str(part.council)
    cost = part.costs.get(fy) if fy else None
    end_on = provision.contract_end_on
    return Part(
        name=name,
        cost_pence=cost.amount_pence if cost else None,
        has_no_contract=provision.provider == Provider.IN_HOUSE and end_on is None,
        contract=Contract(name, end_on, provision.contract_break_on) if end_on else None,
        shared_percent=provision.shared_percent,
    )
