"""Every page and every route of the API for a visitor, a stranger's council and a reader: the exact answer.

An address that tests/addresses.py does not name fails the first test, so none can be added and forgotten.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from accounts.enums import RoleName
from tests import factories
from tests.addresses import ADDRESSES, OF_PROGRAMME, OF_PROGRAMME_PAGES, PAGES, TO_SIGN_IN
from tests.rows_of_everything import rows_of

pytestmark = pytest.mark.django_db


def walk(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The full name of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace or "") if part)
            yield from walk(pattern.url_patterns, inner)
        else:
            yield f"{namespace}:{pattern.name}".strip(":")


@pytest.fixture(scope="module")
def rows(module_db) -> dict[str, dict[str, Any]]:
    """One programme with a row of each kind; by kind, what its address takes."""
    return rows_of(factories.ProgrammeFactory(key="shared"))


@pytest.fixture(scope="module")
def people(rows):
    """Nobody, the lead officer of a council elsewhere, and a member of a partner council."""
    stranger, reader = factories.UserFactory.create_batch(2)
    elsewhere = factories.ProgrammeFactory()
    factories.role(stranger, RoleName.COUNCIL_LEAD, council=factories.councils_of(elsewhere)[0])
    partner = factories.Council.objects.get(**rows["council"])
    factories.role(reader, RoleName.MEMBER, council=partner)
    return [None, stranger, reader]


@pytest.fixture(scope="module")
def windows(people):
    """The browser of each of them, signed in once."""
    clients = [Client() for _ in people]
    for client, person in zip(clients, people, strict=True):
        if person is not None:
            client.force_login(person)
    return clients


def test_every_address_is_in_a_table():
    assert sorted(set(walk(get_resolver().url_patterns))) == sorted(ADDRESSES)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_address_answers_each_person_exactly(windows, rows, name):
    row, expected = ADDRESSES[name]
    address = reverse(name, kwargs=rows[row])
    answers = []
    for client in windows:
        response = client.get(address)
        is_sent = response.status_code == 302 and response.url.startswith(reverse("accounts:sign_in"))
        answers.append(TO_SIGN_IN if is_sent else response.status_code)
    assert tuple(answers) == expected


@pytest.mark.parametrize(
    "name", sorted(name for name, (_, answers) in PAGES.items() if answers == OF_PROGRAMME)
)
def test_address_of_former_partner_and_ended_role(windows, rows, people, name):
    """A person whose role has ended finds nothing."""
    people[2].roles_held.update(to_on=date(2020, 12, 31))
    assert windows[2].get(reverse(name, kwargs=rows[PAGES[name][0]])).status_code == 404


def test_administrator_reads_no_programme(client, rows):
    admin = factories.UserFactory()
    factories.RoleHeld.objects.create(user=admin, role=RoleName.ADMINISTRATOR, from_on=date(2020, 1, 1))
    client.force_login(admin)
    answers = {name: client.get(reverse(name, kwargs=rows[PAGES[name][0]])) for name in OF_PROGRAMME_PAGES}
    assert {name for name, response in answers.items() if response.status_code != 404} == set()
