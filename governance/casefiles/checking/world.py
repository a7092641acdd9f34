"""What the rules need to know beside the file itself: other files of the same call, and the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.enums import PublicationClass
from governance.casefiles.entries import CaseFile, Entry
from programme.models import Council
from services.models import BusinessCaseLine

_SIGNING = (RoleName.S151, RoleName.DEPUTY_S151)


@dataclass(frozen=True, slots=True)
class Held:
    """The role of section 151 officer, or of their deputy, as held by one person for one council."""

    email: str
    council: str
    from_on: date
    to_on: date | None
    is_deputy: bool = False

    def covers(self, email: str, council: str, day: date) -> bool:
        """Whether this person held the role for this council on `day`."""
        is_same = (self.email, self.council) == (email, council)
        return is_same and self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class World:
    """Councils by key with their short names, people by address, and section 151 officers; as of a day.

    `withheld` holds the business case lines that are withheld: programme, case and line.
    """

    as_of: date
    councils: dict[str, str]
    people: dict[str, bool]
    section_151: tuple[Held, ...]
    withheld: frozenset[tuple[str, str, str]] = frozenset()

    def council_name(self, key: str) -> str:
        """A council's short name, or its key where it is not known."""
        return self.councils.get(key, key)

    def may_verify(self, email: str, council: str, day: date) -> bool:
        """Whether this person was the section 151 officer of this council, or their deputy, on `day`.

        Nobody deputises on a day on which the council had no section 151 officer.
        """
        covering = [held for held in self.section_151 if held.covers(email, council, day)]
        officers = [held for held in self.section_151 if held.council == council and not held.is_deputy]
        has_officer = any(held.covers(held.email, council, day) for held in officers)
        return any(has_officer or not held.is_deputy for held in covering)

    def was_s151(self, email: str, council: str, day: date) -> bool:
        """The same, and not as a deputy."""
        return any(held.covers(email, council, day) for held in self.section_151 if not held.is_deputy)


def read_world(files: Sequence[CaseFile], as_of: date) -> World:
    """What `files` bring together with what the database holds. Four queries."""
    councils = dict(Council.objects.values_list("key", "short_name"))
    people = dict(User.objects.values_list("email", "is_active"))
    roles = RoleHeld.objects.filter(role__in=_SIGNING, council__isnull=False).select_related(
        "user", "council"
    )
    held = [
        Held(role.user.email, role.council.key, role.from_on, role.to_on, role.role == RoleName.DEPUTY_S151)
        for role in roles
        if role.council
    ]
    for file in files:
        councils |= {
            key: short_name_of(entry) for entry in file.entries("councils") if (key := entry.text("key"))
        }
        for person in file.entries("people"):
            people.setdefault(email_of(person, "email"), True)
            held += _held_by(person)
    withheld = BusinessCaseLine.objects.exclude(publication_class=PublicationClass.OPEN)
    lines = withheld.values_list("business_case__programme__key", "business_case__ref", "ref")
    return World(as_of, councils, people, tuple(held), frozenset(lines))


def email_of(entry: Entry, name: str) -> str:
    """An address in small letters, as accounts are kept."""
    return entry.text(name).lower()


def short_name_of(entry: Entry) -> str:
    """A council's short name: as given, or its name without the words that every council's name has."""
    return entry.text("short_name") or shortened(entry.text("name"))


def shortened(name: str) -> str:
    """South Oxfordshire for South Oxfordshire District Council, Merton for London Borough of Merton."""
    for start in ("London Borough of ", "Royal Borough of "):
        name = name.removeprefix(start)
    for end in (" District Council", " Borough Council", " City Council", " County Council", " Council"):
        if name.endswith(end):
            return name.removesuffix(end)
    return name


def _held_by(person: Entry) -> Iterator[Held]:
    for role in person.entries("roles"):
        from_on = role.day("from")
        if role.text("role") in _SIGNING and role.text("council") and from_on:
            is_deputy = role.text("role") == RoleName.DEPUTY_S151
            yield Held(email_of(person, "email"), role.text("council"), from_on, role.day("to"), is_deputy)
