"""manage.py give_role."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-24 12:00:00", tick=False)
def test_role_of_new_person_opens_the_programme_and_is_audited(capsys):
    programme = factories.ProgrammeFactory()
    council = factories.councils_of(programme)[0]
    call_command("give_role", "New@ashmere.example", "member", name="Cllr New", council=council.key)
    user = User.objects.get(email="new@ashmere.example")
    assert (user.name, user.has_usable_password()) == ("Cllr New", False)
    assert list(type(programme).objects.visible_to(user)) == [programme]
    assert AuditEvent.objects.get(action="give_role").after == {
        "role": "member",
        "from_on": "2026-11-24",
        "to_on": None,
    }
    assert capsys.readouterr().out == f"Cllr New is Member for {council.name} from today\n"


@time_machine.travel("2026-11-24 12:00:00", tick=False)
def test_deputy_is_named_until_a_last_day_or_not_at_all(capsys):
    council = factories.CouncilFactory()
    user = factories.UserFactory(name="N Bell")
    given = (user.email, "deputy_s151")
    with pytest.raises(CommandError, match="A deputy is named for one council, up to a last day"):
        call_command("give_role", *given, council=council.key)
    call_command("give_role", *given, "--council", council.key, "--until", "2027-03-31")
    held = RoleHeld.objects.get()
    assert (held.to_on, held.council) == (date(2027, 3, 31), council)
    words = f"N Bell is Deputy section 151 officer for {council.name} from today to 31 March 2027\n"
    assert capsys.readouterr().out == words


@time_machine.travel("2026-11-24 12:00:00", tick=False)
def test_role_is_ended_today():
    partnership = factories.PartnershipFactory()
    user = factories.UserFactory()
    held = factories.role(user, RoleName.AUDITOR, partnership=partnership)
    call_command("give_role", user.email, "auditor", partnership=partnership.key, end=True, verbosity=0)
    held.refresh_from_db()
    assert held.to_on == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"council": "nowhere"}, "There is no council nowhere. There are: none"),
        ({}, "An administrator's role is for Concordat, another for one council or partnership"),
    ],
)
def test_role_for_nothing_known_is_refused(options, message):
    user = factories.UserFactory()
    with pytest.raises(CommandError, match=message):
        call_command("give_role", user.email, "member", **options)
    assert not RoleHeld.objects.exists()


def test_unknown_person_without_name_is_refused():
    with pytest.raises(CommandError, match="has no account"):
        call_command("give_role", "nobody@ashmere.example", "administrator")


def test_role_held_already_is_refused():
    council = factories.CouncilFactory()
    user = factories.UserFactory()
    factories.role(user, RoleName.MEMBER, council=council)
    with pytest.raises(CommandError, match="holds this role already"):
        call_command("give_role", user.email, "member", council=council.key)
