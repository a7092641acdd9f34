"""Everything the database says of programmes, by names instead of keys, so that two databases compare."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models, transaction

from accounts.models import RoleHeld, User
from benefits.models import DoubleCountAnswer
from programme.models import Digest, Reminder
from services.models import ApportionmentKey, ApportionmentRun, BusinessCase

State = dict[str, list[str]]

_APPS = ("programme", "services", "benefits", "governance")
_OF_THIS_DATABASE = frozenset(
    {
        "version",
        "created_at",
        "updated_at",
        "updated_by",
        "password",
        "last_login",
        "joined_at",
        "path",
    }
)
_NAMES = ("key", "email", "ref", "number", "fy", "period", "amount_pence", "as_at_on", "entered_at")
_OWNERS = (
    "programme",
    "pool",
    "key",
    "service",
    "plan_version",
    "business_case",
    "criterion",
    "option",
    "decision",
    "line",
    "council",
)


def state() -> State:
    """Every row of every table that a case file can fill, as text, sorted."""
    models_of_apps = [model for app in _APPS for model in apps.get_app_config(app).get_models()]
    filled = [model for model in [*models_of_apps, User, RoleHeld] if model not in {Digest, Reminder}]
    reading = _Reading(filled)
    return {model._meta.label: reading.lines(model) for model in filled}


@contextmanager
def sandbox() -> Iterator[None]:
    """A database whose changes are all gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class _Reading:
    """All rows of some models, read with a query a table, each knowing the rows that it refers to."""

    def __init__(self, filled: list[type[models.Model]]) -> None:
        self._rows = {model: list(model._default_manager.all()) for model in filled}
        self._by_key = {(type(row), row.pk): row for rows in self._rows.values() for row in rows}
        self._names: dict[tuple[type[models.Model], Any], str] = {}
        self._linked = {
            (model, field.name): self._links(field)
            for model in filled
            for field in model._meta.many_to_many
            if field.remote_field.through._meta.auto_created
        }
        for row in self._by_key.values():
            self._refer(row)

    def lines(self, model: type[models.Model]) -> list[str]:
        """A line of text for each row of a model, sorted."""
        return sorted(json.dumps(self._line(row), sort_keys=True) for row in self._rows[model])

    def _refer(self, row: models.Model) -> None:
        for field in row._meta.concrete_fields:
            target = field.is_relation and self._by_key.get(
                (field.related_model, getattr(row, field.attname))
            )
            if target:
                field.set_cached_value(row, target)

    def _links(self, field: Any) -> dict[Any, list[models.Model]]:
        """By the row that refers, the rows that it refers to."""
        found: dict[Any, list[models.Model]] = {}
        columns = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        for own, other in field.remote_field.through.objects.values_list(*columns):
            found.setdefault(own, []).append(self._by_key[field.related_model, other])
        return found

    def _line(self, row: models.Model) -> dict[str, Any]:
        values = {
            field.name: self._value(getattr(row, field.name))
            for field in row._meta.concrete_fields
            if not field.primary_key and field.name not in _OF_THIS_DATABASE
        }
        if not isinstance(row, BusinessCase):
            values.pop("created_by", None)
        if isinstance(row, DoubleCountAnswer):  # these hold keys of rows; its kind and words say which flag
            del values["flag_key"], values["facts_mark"]
        if isinstance(row, ApportionmentRun):
            values["weights"] = [part | {"key": self._key_name(part["key"])} for part in row.weights]
        for (model, name), linked in self._linked.items():
            if isinstance(row, model):
                values[name] = sorted(self._name(item) for item in linked.get(row.pk, ()))
        return values

    def _key_name(self, pk: int | None) -> str:
        return self._name(self._by_key[ApportionmentKey, pk]) if pk else ""

    def _value(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return self._name(value)
        if value is None or isinstance(value, dict | list | bool | int | str):
            return value
        return str(value.normalize()) if hasattr(value, "normalize") else str(value)

    def _name(self, row: models.Model) -> str:
        """What tells a row from its neighbours in any database."""
        key = type(row), row.pk
        if key not in self._names:
            said = [f"{name}={getattr(row, name)}" for name in _NAMES if hasattr(row, name)]
            owners = [getattr(row, name, None) for name in _OWNERS]
            names = [self._name(owner) for owner in owners if isinstance(owner, models.Model)]
            told = f"{row._meta.model_name} {row} {' '.join(said)} {' of '.join(names)}"
            self._names[key] = told.strip()
        return self._names[key]
