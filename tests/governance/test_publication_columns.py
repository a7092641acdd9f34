"""Every model whose rows may be withheld, found by introspection."""

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CharField, TextField, URLField

from core.clock import now
from core.enums import PublicationClass
from core.models import Publication
from services.models import BusinessCaseLine
from tests.services.case_scene import case_scene

WITHHELD_MODELS = [model for model in apps.get_models() if issubclass(model, Publication)]
OF_CLASS = {field.name for field in Publication._meta.get_fields()}


def texts(model: type[models.Model]) -> set[str]:
    """Names of the columns that hold words somebody typed."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | URLField) and not field.choices
    } - OF_CLASS


@pytest.mark.parametrize("model", WITHHELD_MODELS, ids=lambda model: model._meta.label)
def test_every_text_is_named_as_withheld_or_as_open(model: type[Publication]) -> None:
    named = [*model.withheld_fields, *model.open_fields]
    assert sorted(named) == sorted(texts(model) - {"taken_precision"})


def test_freezing_an_issued_line_names_every_column_but_those_of_its_class() -> None:
    step = importlib.import_module("services.migrations.0002_issued_cases_frozen")
    columns = {
        field.attname for field in BusinessCaseLine._meta.concrete_fields if field.name not in OF_CLASS
    }
    assert set(step.LINE) == columns - {"id"}


@pytest.mark.django_db
def test_class_of_an_issued_line_can_change_and_its_content_cannot() -> None:
    scene = case_scene()
    scene.to_issued()
    line = scene.lines["cost"]
    rows = BusinessCaseLine.objects.filter(pk=line.pk)
    for values in ({"annual_pence": 1}, {"option": scene.case.options.get(is_bau=True)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    exempt = {
        "publication_class": PublicationClass.EXEMPT,
        "exempt_paragraph": 3,
        "public_interest_reason": "Bids",
    }
    assert rows.update(**exempt) == 1
    refused = (
        {"exempt_paragraph": None},
        {"exempt_paragraph": 8},
        {"public_interest_reason": ""},
        {"released_at": now()},
        {"certified_at": now()},
    )
    for values in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
