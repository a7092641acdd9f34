"""Bodies of a partnership."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from governance.enums import Authority
from governance.models import BodySeat
from tests.factories import BodyFactory, UserFactory, sign_in
from tests.governance import rows
from tests.pages import text_of

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
ADDRESS = "/partnerships/abc/bodies/"


def test_bodies_with_their_seats_and_authority(client: Client) -> None:
    programme = rows.programme_of()
    group = rows.steering_group(programme)
    for index, council in enumerate(rows.members(programme)):
        BodySeat.objects.create(body=group, council=council, order_index=index, seats=3, make_up="leaders")
    BodyFactory(
        partnership=programme.partnership, name="Joint committee", authority=Authority.DECIDES, order_index=1
    )
    rows.ict_contract(programme, body=group)
    page = text_of(sign_in(client, rows.reader_of(programme)).get(ADDRESS))
    assert "Joint committee may decide within its terms. The others do not" in page
    assert (
        "Recommends; each council decides for itself 1 decision came to it Not stated Ashmere, 3 seats"
        in page
    )
    assert "Joint committee" in page
    assert "Decides Not stated Not stated Not stated" in page


def test_no_bodies_says_where_they_come_from(client: Client) -> None:
    programme = rows.programme_of()
    page = text_of(sign_in(client, rows.reader_of(programme)).get(ADDRESS))
    assert "No bodies are recorded for this partnership" in page


def test_bodies_take_one_number_of_queries(client: Client, django_assert_num_queries: AssertQueries) -> None:
    programme = rows.programme_of()
    reader = sign_in(client, rows.reader_of(programme))
    for wanted in (1, 2):
        for _ in range(wanted):
            group = rows.steering_group(programme)
            BodySeat.objects.create(body=group, council=rows.members(programme)[0], seats=3)
        with django_assert_num_queries(7):
            reader.get(ADDRESS)


def test_stranger_and_visitor(client: Client) -> None:
    rows.programme_of()
    assert client.get(ADDRESS).headers["Location"] == f"/sign-in/?next={ADDRESS}"
    assert sign_in(client, UserFactory()).get(ADDRESS).status_code == 404
