"""Everything the database says of programmes, by names instead of keys, so that two databases compare."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models, transaction

from accounts.models import RoleHeld, User
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
    return {model._meta.label: _rows(model) for model in filled}


def _rows(model: type[models.Model]) -> list[str]:
    return sorted(json.dumps(_row(row), sort_keys=True) for row in model._default_manager.all())


@contextmanager
def sandbox() -> Iterator[None]:
    """A database whose changes are all gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _row(row: models.Model) -> dict[str, Any]:
    values = {
        field.name: _value(getattr(row, field.name))
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in _OF_THIS_DATABASE
    }
    if not isinstance(row, BusinessCase):
        values.pop("created_by", None)
    if isinstance(row, ApportionmentRun):
        values["weights"] = [part | {"key": _key_name(part["key"])} for part in row.weights]
    for field in row._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            values[field.name] = sorted(_name(item) for item in getattr(row, field.name).all())
    return values


def _key_name(pk: int | None) -> str:
    return _name(ApportionmentKey.objects.get(pk=pk)) if pk else ""


def _value(value: Any) -> Any:
    if isinstance(value, models.Model):
        return _name(value)
    if value is None or isinstance(value, dict | list | bool | int | str):
        return value
    return str(value.normalize()) if hasattr(value, "normalize") else str(value)


def _name(row: models.Model) -> str:
    """What tells a row from its neighbours in any database."""
    said = [f"{name}={getattr(row, name)}" for name in _NAMES if hasattr(row, name)]
    owners = [_name(owner) for name in _OWNERS if isinstance(owner := getattr(row, name, None), models.Model)]
    return f"{row._meta.model_name} {row} {' '.join(said)} {' of '.join(owners)}".strip()
