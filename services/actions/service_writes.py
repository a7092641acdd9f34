"""Rows of the service catalogue, changed in memory first and then written together with their audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import User
from core.actions.audit import record
from core.actions.versions import write_next
from core.models import Source
from core.rules.dates import ImpreciseDate
from programme.models import Council
from programme.queries.history import encode_date
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure

Row = Service | ServiceCouncil | ServiceCost | ServiceMeasure

_WHOLE_DATES = frozenset({"since", "planned"})
_DATE_PARTS = ("first_on", "last_on", "precision", "text")
# Parents first, so that a new row has its key before a row that belongs to it is written.
_NOUNS: dict[type[models.Model], str] = {
    Service: "service",
    ServiceCouncil: "service_council",
    ServiceCost: "service_cost",
    ServiceMeasure: "service_measure",
}


@dataclass(frozen=True, slots=True)
class Write:
    """A row with its new values, not yet written: what changes, as the audit trail holds it.

    `about` says which council, year and measure it concerns.
    """

    row: Row
    is_new: bool
    about: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    is_removed: bool = False

    @property
    def service(self) -> Service:
        """The service that it belongs to."""
        return service_of(self.row)

    @property
    def action(self) -> str:
        """Its name in the audit trail: add_service_cost, change_service, remove_service_measure."""
        verb = "remove" if self.is_removed else "add" if self.is_new else "change"
        return f"{verb}_{_NOUNS[type(self.row)]}"


def stage(row: Row, values: Mapping[str, Any]) -> Write | None:
    """Set `values` on the row; what is to be written, or None where nothing changes. Writes nothing.

    A new row (without a key) is written even where every value is its default.
    """
    is_new = row.pk is None
    before, after = {}, {}
    for name, value in values.items():
        old = None if is_new else _encoded(_value(row, name))
        new = _encoded(value)
        if old == new and not is_new:
            continue
        _set(row, name, value)
        if new not in (None, "") or not is_new:
            before[name], after[name] = old, new
    if not (is_new or after):
        return None
    return Write(row, is_new, _about(row), {} if is_new else before, after)


def removal(row: ServiceCost | ServiceMeasure) -> Write:
    """The removal of a cost or a measure, with what it held."""
    names = ("amount_pence", "confidence") if isinstance(row, ServiceCost) else ("kind", "unit", "value")
    before = {name: _encoded(_value(row, name)) for name in names}
    return Write(row, False, _about(row), before, {}, is_removed=True)


def write_all(
    writes: Sequence[Write], *, by: User, channel: str, versions: Mapping[int, int] | None = None
) -> None:
    """Write the rows, raise the version of each service concerned, and record every change.

    `versions` holds the versions that were read, by service; without it those on the services in memory
    count. Raises StaleEdit, with nothing to undo outside the caller's transaction, where a service was
    saved since (row 84). Call it inside a transaction.
    """
    for service in {write.service.pk: write.service for write in writes if write.service.pk}.values():
        _raise_version(service, (versions or {}).get(service.pk, service.version), by)
    _save_sources(writes)
    for model in _NOUNS:
        _write_rows(model, [write for write in writes if isinstance(write.row, model)], by)
    for write in writes:
        record(
            write.service,
            by=by,
            action=write.action,
            channel=channel,
            scope=write.service.programme.key,
            before={**write.about, **write.before} if write.before else {},
            after={**write.about, **write.after, "version": write.service.version},
        )


def service_of(row: Row) -> Service:
    """The service that a row belongs to."""
    if isinstance(row, Service):
        return row
    return row.service if isinstance(row, ServiceCouncil) else row.provision.service


def _raise_version(service: Service, seen_version: int, by: User) -> None:
    for name, value in write_next(service, {}, by=by, seen_version=seen_version).items():
        setattr(service, name, value)


def _save_sources(writes: Sequence[Write]) -> None:
    """Store the sources that are new, so that rows can point to them."""
    for row in (write.row for write in writes if not write.is_removed):
        if isinstance(row, ServiceCost | ServiceMeasure) and row.source and row.source.pk is None:
            source = row.source
            saved, _ = Source.objects.get_or_create(document=source.document, locator=source.locator)
            source.pk, row.source = saved.pk, saved


def _write_rows(model: type[models.Model], writes: Sequence[Write], by: User) -> None:
    manager = model._meta.base_manager
    new = [write.row for write in writes if write.is_new]
    for row in new:
        if isinstance(row, Service):
            row.created_by = row.updated_by = by
    manager.bulk_create(new)
    removed = [write.row.pk for write in writes if write.is_removed]
    if removed:
        manager.filter(pk__in=removed).delete()
    changed = [write for write in writes if not write.is_new and not write.is_removed]
    columns = sorted({column for write in changed for name in write.after for column in _columns(name)})
    if changed:
        manager.bulk_update([write.row for write in changed], columns)


def _about(row: Row) -> dict[str, Any]:
    if isinstance(row, Service):
        return {}
    if isinstance(row, ServiceCouncil):
        return {"council": str(row.council)}
    about = {"council": str(row.provision.council), "fy": row.fy}
    return about | {"measure": row.name} if isinstance(row, ServiceMeasure) else about


def _columns(name: str) -> list[str]:
    return [f"{name}_{part}" for part in _DATE_PARTS] if name in _WHOLE_DATES else [name]


def _value(row: Row, name: str) -> Any:
    return row.get_date(name) if isinstance(row, Service) and name in _WHOLE_DATES else getattr(row, name)


def _set(row: Row, name: str, value: Any) -> None:
    if isinstance(row, Service) and name in _WHOLE_DATES:
        row.set_date(name, value)
    else:
        setattr(row, name, value)


def _encoded(value: Any) -> Any:
    """A value as JSON carries it, so that equal values are equal text."""
    if isinstance(value, ImpreciseDate):
        return encode_date(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if isinstance(value, Council | Source) else value
