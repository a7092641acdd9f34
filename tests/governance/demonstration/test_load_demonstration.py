"""manage.py load_demonstration: in demonstration mode only, never over people's own work, on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.queries.savings import savings_against_plan
from governance.casefiles.loading import load_documents
from governance.casefiles.reading import read_document
from governance.demonstration.golden import KEY, golden_case
from governance.demonstration.loading import is_loaded
from governance.demonstration.people import demonstration_sign_ins
from governance.demonstration.timing import ANCHOR
from governance.demonstration.writing import case_bytes
from programme.models import Programme
from tests.thoroughness import examples


def run(*options: str) -> list[str]:
    """What the command says, line by line."""
    out = StringIO()
    call_command("load_demonstration", *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def travelled() -> Iterator[None]:
    with time_machine.travel(f"{ANCHOR.isoformat()}T12:00:00Z"):
        yield


@pytest.mark.django_db
def test_command_refuses_outside_demonstration_mode(settings: Settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError) as refused:
        run()
    assert str(refused.value) == (
        "The demonstration is loaded in demonstration mode only. "
        "Set DEMONSTRATION=1 and use a database that holds nothing else."
    )
    assert not is_loaded()
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_command_refuses_a_database_that_people_use() -> None:
    User.objects.create_user("officer@council.example", "a password of her own", name="Officer")
    with pytest.raises(CommandError) as refused:
        run()
    assert str(refused.value) == (
        "This database holds people’s own accounts, so the demonstration is not loaded into it. "
        "Choose another database with DATABASE_URL or DATA_DIR"
    )
    assert not is_loaded()
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_command_refuses_a_day_that_is_none() -> None:
    with pytest.raises(CommandError) as refused:
        run("--as-of", "tomorrow")
    assert str(refused.value) == "Enter a real date, for example 30 4 2027"


@pytest.mark.django_db
def test_command_loads_for_a_day_and_prints_who_signs_in(travelled: None) -> None:
    said = run("--as-of", "24 11 2026", "--no-edition")
    assert said[:2] == [
        "Loaded breckland_south_holland.yaml: Breckland and South Holland: shared management, not neighbours",
        "Loaded bromsgrove_redditch.yaml: Bromsgrove and Redditch: joint management and services",
    ]
    assert said[-13:] == [
        f"{role}: {name}, {email}, password {password}"
        for role, name, email, password in demonstration_sign_ins()
    ]
    assert RoleHeld.objects.filter(role=RoleName.PROGRAMME_MANAGER).count() == 2


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)))
@hypothesis_settings(
    max_examples=examples(3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.django_db
def test_programme_loads_on_any_day_and_adds_up(as_of: date) -> None:
    with time_machine.travel(f"{as_of.isoformat()}T12:00:00Z"), transaction.atomic():
        document = read_document("golden.yaml", case_bytes(golden_case(as_of)))
        load_documents([document], as_of=as_of)
        savings = savings_against_plan(Programme.objects.get(key=KEY), as_of=as_of)
        transaction.set_rollback(True)
    whole = {row.measure: row.total for row in savings.measures if row.council is None}
    for measure, total in whole.items():
        parts = [row.total for row in savings.measures if row.measure == measure and row.council]
        for basis in ("original", "current", "forecast"):
            assert getattr(total, basis) == sum(getattr(part, basis) for part in parts)
    assert savings.original is not None
    assert savings.current is not None
    assert savings.current.number == 2
    assert savings.cut_off is not None
    assert savings.cut_off < as_of
    assert savings.headline.claimed_only_pence > 0
    assert savings.not_assessable == ()
