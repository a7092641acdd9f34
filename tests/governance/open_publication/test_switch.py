"""Who makes a programme public, and what must be so before: on record, by two ways, never over another."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal, StaleEdit
from core.models import AuditEvent
from governance.actions.open_publication import set_open_page
from governance.models import OpenPage
from programme.models import Programme
from tests import factories
from tests.governance.open_publication.opened import NUMBER, open_edition, sample

pytestmark = pytest.mark.django_db
WHY = "Members asked for it to be open"


@pytest.fixture
def programme() -> Programme:
    made: Programme = factories.ProgrammeFactory(key="shared")
    open_edition(made, sample())
    OpenPage.objects.all().delete()
    return made


def someone(programme: Programme, name: RoleName) -> User:
    user: User = factories.UserFactory()
    own = name in {RoleName.DEMOCRATIC_SERVICES, RoleName.MONITORING_OFFICER}
    place = (
        {"council": factories.councils_of(programme)[0]} if own else {"partnership": programme.partnership}
    )
    factories.role(user, name, **place)
    return user


def turn(programme: Programme, by: User, version: int = 0, **given: Any) -> OpenPage | None:
    wanted = {"is_on": True, "why": WHY, "seen_edition": NUMBER, "has_looked": True, **given}
    return set_open_page(programme, by=by, seen_version=version, **wanted)


def test_only_those_who_publish_decide(programme: Programme) -> None:
    may = {}
    for name in set(RoleName) - {RoleName.ADMINISTRATOR, RoleName.DEPUTY_S151}:
        OpenPage.objects.all().delete()
        try:
            may[name] = turn(programme, someone(programme, name)) is not None
        except PermissionDenied:
            may[name] = False
    assert {name for name, allowed in may.items() if allowed} == {RoleName.SRO, RoleName.DEMOCRATIC_SERVICES}


def test_turned_on_and_off_on_record(programme: Programme) -> None:
    by = someone(programme, RoleName.SRO)
    page = turn(programme, by)
    assert page is not None
    assert turn(programme, by, page.version) == page
    turn(programme, by, page.version, is_on=False)
    told = AuditEvent.objects.filter(object_type="governance.openpage").order_by("pk")
    assert [(one.action, one.why, one.after) for one in told] == [
        ("open_programme", WHY, {"is_on": True, "edition": NUMBER}),
        ("close_programme", WHY, {"is_on": False, "edition": None}),
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"why": "short"}, "Say why, in at least 10 characters"),
        ({"has_looked": False}, "Say that you have looked at what everybody will see"),
        ({"seen_edition": 6}, "Edition 7 is the latest now. Look at it, and save again"),
    ],
)
def test_refused_with_the_reason_and_nothing_is_stored(
    programme: Programme, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refusal) as said:
        turn(programme, someone(programme, RoleName.SRO), **given)
    assert (said.value.message, OpenPage.objects.count()) == (message, 0)


def test_refused_without_an_edition_and_over_what_another_saved(programme: Programme) -> None:
    empty = factories.ProgrammeFactory()
    with pytest.raises(Refusal, match="There is no edition yet"):
        turn(empty, someone(empty, RoleName.SRO), seen_edition=None)
    by = someone(programme, RoleName.SRO)
    page = turn(programme, by)
    for version in (0, 4):
        with pytest.raises(StaleEdit):
            turn(programme, by, version, is_on=False)
    assert OpenPage.objects.get() == page


def test_page_and_api_do_the_same(client: Client, programme: Programme) -> None:
    browser = factories.sign_in(client, someone(programme, RoleName.SRO))
    url = "/programmes/shared/public-page/"
    assert "It is off" in browser.get(url).content.decode()
    form = browser.get(f"{url}update/").content.decode()
    assert "Savings against plan" in form
    sent = {"is_on": "on", "has_looked": "on", "why": WHY, "seen_version": "0", "seen_edition": str(NUMBER)}
    assert browser.post(f"{url}update/", sent).status_code == 302
    shown = browser.get(url).content.decode()
    told = ("Everybody can read the latest open edition", "1 passage withheld", "CSV files, zipped")
    assert [one for one in told if one not in shown] == []
    assert "£1,234.50" in browser.get(f"{url}preview/").content.decode()
    api = "/api/v1/programmes/shared/public-page/"
    stands = browser.get(api).json()
    assert stands == {"is_on": True, "is_public": True, "latest_edition": NUMBER, "version": 1}
    answer = browser.put(api, {"version": 1, "is_on": False, "why": WHY}, content_type="application/json")
    assert answer.json() == {"is_on": False, "is_public": False, "latest_edition": NUMBER, "version": 2}
