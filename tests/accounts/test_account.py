"""One's own account: roles, reminder mail, API token."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from rest_framework.authtoken.models import Token

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    """A council's lead officer, signed in."""
    user = factories.UserFactory()
    council = factories.CouncilFactory(name="Ashmere District Council")
    factories.role(user, RoleName.COUNCIL_LEAD, council=council)
    factories.sign_in(client, user)
    return user


def test_account_shows_roles_and_for_which_council(client, person):
    page = client.get("/account/").content.decode()
    assert "Council lead officer" in page
    assert "Ashmere District Council" in page


@pytest.mark.parametrize("roles", [1, 3])
def test_account_takes_the_same_queries_for_any_number_of_roles(
    client, person, roles, django_assert_num_queries
):
    for _ in range(roles - 1):
        factories.role(person, RoleName.MEMBER, council=factories.CouncilFactory())
    with django_assert_num_queries(5):
        client.get("/account/")


def test_reminders_are_turned_off_and_audited_once(client, person):
    client.post("/account/", {})
    client.post("/account/", {})
    person.refresh_from_db()
    assert person.wants_reminders is False
    event = AuditEvent.objects.get(action="set_reminders")
    assert (event.by, event.before, event.after) == (
        person,
        {"wants_reminders": True},
        {"wants_reminders": False},
    )


def test_token_is_shown_once_replaces_the_old_and_ends(client, person):
    first = client.post("/account/token/")
    old = Token.objects.get(user=person).key
    assert old in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert old not in client.get("/account/").content.decode()
    client.post("/account/token/")
    assert Token.objects.get(user=person).key != old
    client.post("/account/token/end/")
    assert not Token.objects.filter(user=person).exists()
    assert old not in str(list(AuditEvent.objects.values()))


def test_account_of_visitor_leads_to_sign_in(client):
    assert client.get("/account/").url == "/sign-in/?next=/account/"
    assert client.post("/account/token/").url == "/sign-in/?next=/account/token/"


def test_address_in_other_capitals_is_the_same_account():
    factories.UserFactory(email="priya@ashmere.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.UserFactory(email="Priya@ashmere.example")
    assert User.objects.get_by_natural_key(" PRIYA@ashmere.example ").email == "priya@ashmere.example"


def test_role_needs_one_council_or_one_partnership():
    user, council = factories.UserFactory(), factories.CouncilFactory()
    partnership = factories.PartnershipFactory(councils=2)
    wrong = [
        {"role": RoleName.MEMBER},
        {"role": RoleName.MEMBER, "council": council, "partnership": partnership},
        {"role": RoleName.ADMINISTRATOR, "council": council},
        {"role": RoleName.MEMBER, "council": council, "to_on": date(2019, 1, 1)},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleHeld.objects.create(user=user, from_on=date(2020, 1, 1), **fields)


def test_createsuperuser_makes_an_administrator_who_reads_no_programme(client):
    factories.ProgrammeFactory()
    call_command("createsuperuser", interactive=False, email="admin@ashmere.example", name="Ada", verbosity=0)
    admin = User.objects.get(email="admin@ashmere.example")
    assert [held.role for held in admin.roles_held.all()] == [RoleName.ADMINISTRATOR]
    factories.sign_in(client, admin)
    assert client.get("/api/v1/programmes/").json()["results"] == []
