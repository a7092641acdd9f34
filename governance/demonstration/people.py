"""The people of the demonstration: made-up officers and councillors, and who of them can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.rules.calendar import financial_year, fy_end
from programme.models import Council, Partnership

# Printed at every start and known to everybody: a production configuration refuses a database that holds it.
PASSWORD = "Orchard-lane-4-councils"  # noqa: S105

PARTNERSHIP = "partnership"  # in place of a council: the role is held for the partnership


@dataclass(frozen=True)
class Person:
    """A made-up person, the one role held, and the council it is held for."""

    name: str
    place: str
    job_title: str
    role: RoleName
    council: str = ""
    has_sign_in: bool = False

    @property
    def email(self) -> str:
        """The address, for example priya.raman@ashmere.example."""
        words = self.name.removeprefix("Cllr ").lower().split()
        return f"{'.'.join(words)}@{self.place}.example"


PRIYA_RAMAN = Person(
    "Priya Raman", "ashmere", "Programme manager", RoleName.PROGRAMME_MANAGER, PARTNERSHIP, True
)
SAM_OKAFOR = Person(
    "Sam Okafor",
    "brockvale",
    "Chief executive, Brockvale; senior responsible owner",
    RoleName.SRO,
    PARTNERSHIP,
    True,
)
H_MUSA = Person("H Musa", "ashmere", "Head of people, Ashmere", RoleName.COUNCIL_LEAD, "ashmere")
G_PATEL = Person("G Patel", "brockvale", "Head of ICT, Brockvale", RoleName.COUNCIL_LEAD, "brockvale")
D_LEWIS = Person(
    "D Lewis", "carrick", "Head of customer services, Carrick", RoleName.COUNCIL_LEAD, "carrick", True
)
J_PRICE = Person(
    "J Price", "brockvale", "Monitoring officer, Brockvale", RoleName.DEMOCRATIC_SERVICES, "brockvale", True
)
FINANCE_OFFICERS = (
    Person("A Chen", "ashmere", "Finance manager, Ashmere", RoleName.FINANCE_OFFICER, "ashmere"),
    Person("B Doyle", "brockvale", "Finance manager, Brockvale", RoleName.FINANCE_OFFICER, "brockvale"),
    Person("C Evans", "carrick", "Finance manager, Carrick", RoleName.FINANCE_OFFICER, "carrick", True),
)
S151_OFFICERS = (
    Person("L Novak", "ashmere", "Section 151 officer, Ashmere", RoleName.S151, "ashmere"),
    Person("T Grant", "brockvale", "Section 151 officer, Brockvale", RoleName.S151, "brockvale"),
    Person("W Shah", "carrick", "Section 151 officer, Carrick", RoleName.S151, "carrick", True),
)
DEPUTY = Person(
    "N Bell", "carrick", "Deputy section 151 officer, Carrick", RoleName.DEPUTY_S151, "carrick", True
)
M_HART = Person("Cllr M Hart", "ashmere", "Leader of Ashmere", RoleName.MEMBER, "ashmere", True)
R_OSEI = Person(
    "Cllr R Osei",
    "brockvale",
    "Chair of scrutiny, Brockvale",
    RoleName.SCRUTINY_MEMBER,
    "brockvale",
    True,
)
PEOPLE = (
    PRIYA_RAMAN,
    SAM_OKAFOR,
    H_MUSA,
    G_PATEL,
    D_LEWIS,
    *FINANCE_OFFICERS,
    *S151_OFFICERS,
    DEPUTY,
    M_HART,
    R_OSEI,
    J_PRICE,
    Person("N Ford", "carrick", "Monitoring officer, Carrick", RoleName.MONITORING_OFFICER, "carrick", True),
    Person("E Ward", "ashmere", "HR lead, Ashmere", RoleName.HR_LEAD, "ashmere", True),
    Person("I Fry", "audit", "External auditor", RoleName.AUDITOR, PARTNERSHIP, True),
    Person("A Reed", "concordat", "System administrator", RoleName.ADMINISTRATOR, has_sign_in=True),
)
# Works for a council of another partnership: sees that one, and nothing of this programme.
STRANGER = Person(
    "K Boyle", "breckland", "Head of policy, Breckland", RoleName.COUNCIL_LEAD, "breckland", True
)
# Partnership of real published figures that the programme manager and the auditor read as well.
ALSO_READ = "south_oxfordshire_vale"
_ALSO_READERS = {
    person.email: person.role
    for person in PEOPLE
    if person.role in (RoleName.PROGRAMME_MANAGER, RoleName.AUDITOR)
}

SignIn = tuple[str, str, str, str]


def demonstration_sign_ins() -> list[SignIn]:
    """Role, name, e-mail address and password of one person for each role, in the order of the roles."""
    by_role = {person.role: person for person in PEOPLE if person.has_sign_in}
    return [
        (str(role.label), by_role[role].name, by_role[role].email, PASSWORD)
        for role in RoleName
        if role in by_role
    ]


def people_section(from_on: date) -> list[dict[str, Any]]:
    """The people as a case file writes them, each role held from `from_on`."""
    return [_entry(person, from_on) for person in PEOPLE]


def open_accounts(from_on: date, stranger_council: Council, also_read: Partnership) -> list[User]:
    """Give the people who sign in their password, and the roles outside the programme.

    `stranger_council` is the council of STRANGER, `also_read` the partnership that two others read too.
    """
    encoded = make_password(PASSWORD)  # once: hashing is slow on purpose, and the password is the same
    opened = [_open(person, encoded) for person in (*PEOPLE, STRANGER) if person.has_sign_in]
    for user in opened:
        if user.email == STRANGER.email:
            _hold(user, STRANGER.role, from_on, council=stranger_council)
        elif user.email in _ALSO_READERS:
            _hold(user, _ALSO_READERS[user.email], from_on, partnership=also_read)
    return opened


def _entry(person: Person, from_on: date) -> dict[str, Any]:
    held: dict[str, Any] = {"role": person.role.value, "from": from_on.isoformat()}
    if person.council == PARTNERSHIP:
        held["partnership"] = True
    elif person.council:
        held["council"] = person.council
    if person.role == RoleName.DEPUTY_S151:
        held["to"] = fy_end(financial_year(from_on) + 2).isoformat()
    return {
        "email": person.email,
        "name": person.name,
        "job_title": person.job_title,
        "roles": [held],
    }


def _open(person: Person, encoded: str) -> User:
    user, _ = User.objects.update_or_create(
        email=person.email,
        defaults={
            "name": person.name,
            "job_title": person.job_title,
            "is_demonstration": True,
            "password": encoded,
        },
    )
    return user


def _hold(user: User, role: RoleName, from_on: date, **scope: Council | Partnership) -> None:
    RoleHeld.objects.get_or_create(user=user, role=role, **scope, defaults={"from_on": from_on})
