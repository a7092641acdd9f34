"""What every part of a load shares: who loads, as of which day, and rows that are looked up often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from accounts.actions.system_user import SYSTEM_EMAIL, system_user
from accounts.models import User
from core.clock import LONDON
from core.models import Source
from governance.casefiles.entries import Entry
from governance.casefiles.loading.report import FileReport
from governance.casefiles.plain import plain
from programme.models import Council


@dataclass(slots=True)
class Loading:
    """One load: its actor, its day, the report of the file in hand, caches by key, rows made, files kept."""

    by: User
    as_of: date
    report: FileReport
    councils: dict[str, Council] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    made: set[tuple[str, int]] = field(default_factory=set)
    files: list[str] = field(default_factory=list)

    def remember(self) -> None:
        """Read the councils, people and sources there are. Three queries."""
        self.councils = {council.key: council for council in Council.objects.select_related("source")}
        self.users = {user.email: user for user in User.objects.all()}
        self.sources = {(source.document, source.locator): source for source in Source.objects.all()}

    def council(self, entry: Entry, name: str = "council") -> Council | None:
        """The council that `name` gives by key."""
        key = entry.text(name)
        return self.councils[key] if key else None

    def councils_of(self, keys: list[str]) -> list[Council]:
        """Councils by key, in the order given."""
        return [self.councils[key] for key in keys]

    def user(self, entry: Entry, name: str) -> User | None:
        """The person that `name` gives by address; Concordat's own account by its own."""
        email = entry.text(name).lower()
        if email == SYSTEM_EMAIL and email not in self.users:
            self.users[email] = system_user()
        return self.users[email] if email else None

    def author(self, entry: Entry, name: str = "by") -> User:
        """The person that `name` gives, else the one who loads."""
        return self.user(entry, name) or self.by

    def source(self, entry: Entry, name: str = "source") -> Source | None:
        """The source in the field `name`, made once."""
        given = entry.entry(name)
        document, locator = given.text("file"), given.text("loc")
        if not document:
            return None
        known = self.sources.get((document, locator))
        if known is None:
            known = self.sources[document, locator] = Source.objects.create(
                document=document, locator=locator
            )
        return known


def noon(day: date) -> datetime:
    """Midday in London, for what is known to a day alone."""
    return datetime.combine(day, time(12), LONDON).astimezone(UTC)


def details_of(entry: Entry, names: Iterable[str]) -> dict[str, Any]:
    """Those of the fields `names` that say something, as JSON carries them."""
    values = {name: plain(entry.raw(name)) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def qualifier_of(entry: Entry) -> str:
    """How exact a figure is; exact where the file does not say."""
    return entry.text("qualifier") or "exact"
