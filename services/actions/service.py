"""Record services, each council's part in them, what it spends and how much work it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal, refuse_all
from core.models import Source
from core.rules.calendar import fy_end, fy_start
from core.rules.text import check_text
from programme.models import Council, Programme
from programme.rules.membership import check_partner_period
from services.actions.service_writes import removal, stage, write_all
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.policies import check_edit_council, check_edit_services, powers_of
from services.queries.case_partners import CasePartners, case_partners
from services.rules.service_entry import (
    check_contract,
    check_cost,
    check_fte,
    check_fy,
    check_shared_percent,
    check_value,
)

# The longest text of each field, with its name in messages.
TEXTS = {
    "ref": ("Reference", 40),
    "name": ("Name", 200),
    "note": ("Note", 4_000),
    "provider_name": ("Provider name", 120),
    "unit": ("Unit", 40),
    "measure": ("Measure", 120),
    "source": ("Source", 300),
}


@transaction.atomic
def create_service(
    programme: Programme, *, by: User, values: Mapping[str, Any], channel: str = Channel.PAGE
) -> Service:
    """A new service of the programme, the last in its order. `values` are fields of the service.

    Refuses one without a reference or a name, and a reference that the programme has.
    """
    check_edit_services(powers_of(by, programme))
    service = new_service(programme, programme.services.count())
    changes = clean_service(service, values, partners=case_partners(programme))
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.services.filter(ref=changes["ref"]).exists():
        raise Refusal(f"{changes['ref']} is already a service of this programme", "ref")
    write = stage(service, changes)
    write_all([write] if write else [], by=by, channel=channel)
    return service


@transaction.atomic
def update_service(
    service: Service, *, by: User, seen_version: int, values: Mapping[str, Any], channel: str = Channel.PAGE
) -> Service:
    """Change what all councils share of a service; what is left out stays. Its reference never changes.

    Raises StaleEdit where someone saved the service, or a part of it, after `seen_version` (row 84).
    """
    check_edit_services(powers_of(by, service.programme))
    check_seen(service, seen_version)
    changes = clean_service(service, values, partners=case_partners(service.programme))
    write = stage(service, changes)
    write_all([write] if write else [], by=by, channel=channel)
    return service


@transaction.atomic
def save_provision(
    service: Service,
    council: Council,
    *,
    by: User,
    seen_version: int,
    values: Mapping[str, Any],
    channel: str = Channel.PAGE,
) -> ServiceCouncil:
    """Record one council's part in a service, or change it; what is left out stays.

    Raises StaleEdit as `update_service` does; refuses a council that is no partner (row 76).
    """
    check_edit_council(powers_of(by, service.programme), council)
    check_seen(service, seen_version)
    provision = service.provisions.filter(council=council).first()
    if provision is None:
        check_partner(case_partners(service.programme), council)
        provision = ServiceCouncil(council=council)
    provision.service, provision.council = service, council
    write = stage(provision, clean_provision(provision, values))
    write_all([write] if write else [], by=by, channel=channel)
    return provision


@transaction.atomic
def save_cost(
    provision: ServiceCouncil,
    *,
    by: User,
    seen_version: int,
    fy: int,
    values: Mapping[str, Any],
    channel: str = Channel.PAGE,
) -> ServiceCost:
    """Record what a council spends on a service in a financial year, or change it.

    Refuses a year after the council left (row 76); raises StaleEdit as `update_service` does.
    """
    service = provision.service
    check_edit_council(powers_of(by, service.programme), provision.council)
    check_seen(service, seen_version)
    cost = provision.costs.filter(fy=fy).select_related("source").first() or ServiceCost(fy=fy)
    cost.provision = provision
    changes = clean_cost(cost, values, partners=case_partners(service.programme))
    write = stage(cost, changes)
    write_all([write] if write else [], by=by, channel=channel)
    return cost


@transaction.atomic
def remove_cost(
    cost: ServiceCost, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> ServiceCouncil:
    """Take away a cost entered by mistake; the trail keeps what it was."""
    return _remove(cost, by=by, seen_version=seen_version, channel=channel)


@transaction.atomic
def save_measure(
    provision: ServiceCouncil,
    *,
    by: User,
    seen_version: int,
    name: str,
    fy: int,
    values: Mapping[str, Any],
    channel: str = Channel.PAGE,
) -> ServiceMeasure:
    """Record how much work a council's service did in a year, or how well, or change it; as `save_cost`."""
    service = provision.service
    check_edit_council(powers_of(by, service.programme), provision.council)
    check_seen(service, seen_version)
    clean_name = _needed(clean_text("measure", name), "name", "Enter the measure")
    stated = provision.measures.filter(name=clean_name, fy=fy).select_related("source").first()
    measure = stated or ServiceMeasure(name=clean_name, fy=fy)
    measure.provision = provision
    changes = clean_measure(measure, values, partners=case_partners(service.programme))
    write = stage(measure, changes)
    write_all([write] if write else [], by=by, channel=channel)
    return measure


@transaction.atomic
def remove_measure(
    measure: ServiceMeasure, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> ServiceCouncil:
    """Take away a measure entered by mistake; the trail keeps what it was."""
    return _remove(measure, by=by, seen_version=seen_version, channel=channel)


def new_service(programme: Programme, order_index: int) -> Service:
    """A service not yet saved, at a place in the programme's order."""
    return Service(programme=programme, order_index=order_index)


def clean_service(service: Service, values: Mapping[str, Any], *, partners: CasePartners) -> dict[str, Any]:
    """The values as they are to be stored; refuses what is missing, too long or names no partner."""
    changes = _clean_texts(values, ("name", "note"))
    if service.pk is None:
        changes = {"name": "", **changes, "ref": clean_text("ref", values.get("ref", ""))}
    needed: list[Callable[[], object]] = [
        partial(_needed, changes[name], name, f"Enter the {TEXTS[name][0].lower()}")
        for name in ("ref", "name")
        if name in changes
    ]
    lead = changes.get("lead_council")
    if lead is not None:
        needed.append(partial(check_partner, partners, lead, "lead_council"))
    refuse_all(needed)
    return changes


def clean_provision(provision: ServiceCouncil, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are to be stored; refuses days, posts and percentages that cannot be."""
    changes = _clean_texts(values, ("provider_name", "note"))
    break_on = changes.get("contract_break_on", provision.contract_break_on)
    end_on = changes.get("contract_end_on", provision.contract_end_on)
    checks: list[Callable[[], object]] = [partial(check_contract, break_on, end_on)]
    if changes.get("fte") is not None:
        checks.append(partial(check_fte, changes["fte"]))
    if changes.get("shared_percent") is not None:
        checks.append(partial(check_shared_percent, changes["shared_percent"]))
    refuse_all(checks)
    return changes


def clean_cost(cost: ServiceCost, values: Mapping[str, Any], *, partners: CasePartners) -> dict[str, Any]:
    """The values as they are to be stored; refuses a new cost without an amount, as rows 1, 5, 7, 14, 76."""
    changes = dict(values)
    pence = changes.get("amount_pence", cost.amount_pence)
    message = "Enter the cost in pounds, for example 12,500 or 12,500.50"
    checks: list[Callable[[], object]] = [
        partial(_check_year, partners, cost.provision.council, cost.fy),
        partial(_needed, pence, "amount_pence", message, "1"),
    ]
    if pence is not None:
        checks.append(partial(check_cost, pence))
    refuse_all(checks)
    return _with_source(changes)


def clean_measure(
    measure: ServiceMeasure, values: Mapping[str, Any], *, partners: CasePartners
) -> dict[str, Any]:
    """The values as they are to be stored; refuses a new measure without kind and value."""
    changes = _clean_texts(values, ("unit",))
    kind, value = changes.get("kind", measure.kind), changes.get("value", measure.value)
    checks: list[Callable[[], object]] = [
        partial(_check_year, partners, measure.provision.council, measure.fy),
        partial(_needed, kind, "kind", "Select what the measure counts"),
        partial(_needed, value, "value", "Enter the value"),
    ]
    if kind and value is not None:
        checks.append(partial(check_value, kind, value))
    refuse_all(checks)
    return _with_source(changes)


def check_partner(partners: CasePartners, council: Council, field: str = "council") -> None:
    """Refuse a council that is not, and was not, a partner (row 76)."""
    if council.pk not in partners.by_id:
        raise Refusal(f"{council} is not a partner in this programme", field, "76")


def clean_text(name: str, text: str) -> str:
    """The text of a field without spaces around it; refuses as row 85."""
    label, limit = TEXTS[name]
    return check_text(text, label, limit, name)


def _check_year(partners: CasePartners, council: Council, fy: int) -> None:
    """Refuse a year after the council left (row 76).

    A year before it joined is let through: what a council spent before is where a comparison starts.
    """
    check_fy(fy)
    known = partners.by_id.get(council.pk)
    partner = replace(known.partner, joined_on=None) if known else None
    check_partner_period(str(council), partner, fy_start(fy), fy_end(fy), field="fy")


def _clean_texts(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    changes = dict(values)
    for name in names:
        if name in changes:
            changes[name] = clean_text(name, changes[name])
    return changes


def _with_source(changes: dict[str, Any]) -> dict[str, Any]:
    """A source given as text becomes a source; the same words are the same source."""
    given = changes.get("source")
    if isinstance(given, str):
        text = clean_text("source", given)
        known = Source.objects.filter(document=text, locator="").first() if text else None
        changes["source"] = known or (Source(document=text) if text else None)
    return changes


def _needed(value: Any, field: str, message: str, code: str = "") -> Any:
    if value in (None, ""):
        raise Refusal(message, field, code)
    return value


def _remove(
    row: ServiceCost | ServiceMeasure, *, by: User, seen_version: int, channel: str
) -> ServiceCouncil:
    provision = row.provision
    check_edit_council(powers_of(by, provision.service.programme), provision.council)
    check_seen(provision.service, seen_version)
    write_all([removal(row)], by=by, channel=channel)
    return provision
