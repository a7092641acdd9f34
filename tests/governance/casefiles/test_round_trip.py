"""A case file that was written from the database loads back to the same state, and is written the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from accounts.enums import RoleName
from governance.casefiles.dumping import dump_case
from governance.casefiles.files import document_of
from governance.casefiles.loading import load_documents
from governance.casefiles.reading import Document, read_document
from governance.demonstration.golden import KEY, golden_case
from programme.models import Programme
from tests.governance.casefiles.samples import AS_OF, CASE_KEYS, casebook_documents, living, small
from tests.governance.casefiles.state import State, sandbox, state
from tests.governance.casefiles.strategies import cases
from tests.thoroughness import examples

pytestmark = pytest.mark.django_db


def _load_and_dump(documents: list[Document], key: str) -> tuple[State, bytes]:
    with sandbox():
        load_documents(documents, as_of=AS_OF)
        return state(), dump_case(Programme.objects.get(key=key))


def _assert_round_trip(documents: list[Document], key: str) -> State:
    """Load, write, load what was written; the state that both loads give."""
    first_state, first_bytes = _load_and_dump(documents, key)
    second_state, second_bytes = _load_and_dump([read_document("dump.yaml", first_bytes)], key)
    assert second_bytes == first_bytes
    for table, rows in first_state.items():
        assert (table, second_state[table]) == (table, rows)
    return first_state


def _without_other_councils(register: Document, case: Document) -> Document:
    """The register with only what belongs to one case: its councils and its partnership."""
    named = _texts(case.data)
    councils = [council for council in register.data["councils"] if council["key"] in named]
    partnerships = [item for item in register.data["partnerships"] if item["key"] == case.data["key"]]
    return document_of("councils.yaml", {"councils": councils, "partnerships": partnerships})


def _texts(value: Any) -> set[str]:
    """Every text in a value, keys of mappings too."""
    if isinstance(value, dict):
        return set(value).union(*map(_texts, value.values()))
    if isinstance(value, list):
        return set[str]().union(*map(_texts, value))
    return {value} if isinstance(value, str) else set()


@pytest.mark.parametrize("key", CASE_KEYS)
def test_case_of_the_casebook_loads_back_to_the_same_state(key: str) -> None:
    register, case = casebook_documents(key)
    _assert_round_trip([_without_other_councils(register, case), case], key)


def test_living_programme_loads_back_to_the_same_state() -> None:
    _assert_round_trip([document_of("living.yaml", living())], "living")


def test_golden_programme_loads_back_to_the_same_state() -> None:
    """All but the site's administrator, who belongs to no programme; no table of services stays empty."""
    case = golden_case(AS_OF)
    case["people"] = [person for person in case["people"] if not _is_administrator(person)]
    loaded = _assert_round_trip([document_of("golden.yaml", case)], KEY)
    assert [table for table, rows in loaded.items() if table.startswith("services.") and not rows] == []


def test_administrator_of_the_site_is_not_dumped() -> None:
    roles = [{"role": RoleName.ADMINISTRATOR.value, "from": "2026-01-01"}]
    administrator = {"email": "root@ashmere.example", "name": "Root", "roles": roles}
    load_documents([document_of("case.yaml", small(people=[administrator]))], as_of=AS_OF)
    assert b"root@ashmere.example" not in dump_case(Programme.objects.get())


def _is_administrator(person: dict[str, Any]) -> bool:
    return any(role["role"] == RoleName.ADMINISTRATOR for role in person["roles"])


@settings(
    max_examples=examples(5),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(case=cases())
def test_any_case_loads_back_to_the_same_state(case: dict[str, Any]) -> None:
    _assert_round_trip([document_of("case.yaml", case)], case["key"])


def test_dump_of_a_loaded_dump_changes_nothing_when_it_is_loaded_again() -> None:
    load_documents([document_of("living.yaml", living())], as_of=AS_OF)
    before = state()
    dumped = read_document("dump.yaml", dump_case(Programme.objects.get(key="living")))
    report = load_documents([dumped], as_of=AS_OF)
    assert (report.has_changes, [line for file in report.files for line in file.refused]) == (False, [])
    assert state() == before
