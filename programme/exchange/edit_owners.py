"""Who may own a programme's milestones, as a file names them: by name, or by e-mail address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Self

from accounts.models import User
from core.errors import Refusal
from core.imports.cells import plain
from programme.actions.raid import NOT_AN_OWNER
from programme.models import Programme
from programme.queries.people import possible_owners


class Owners:
    """People who may own a milestone; those of one name are told apart by their addresses."""

    def __init__(self, people: Iterable[User]) -> None:
        """Take them in the order in which a workbook offers them."""
        self._people = list(people)
        self._named = Counter(_folded(one.name) for one in self._people)
        self._found = {_folded(word): one for one in self._people for word in (self.label(one), one.email)}

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """Those of a programme. One query."""
        return cls(possible_owners(programme))

    @property
    def labels(self) -> list[str]:
        """How a workbook offers each."""
        return [self.label(one) for one in self._people]

    def label(self, user: User | None) -> str:
        """The name, with the address where another person has the same; nothing for nobody."""
        if user is None:
            return ""
        others = self._named[_folded(user.name)] - (user in self._people)
        return f"{user.name} ({user.email})" if others else user.name

    def find(self, text: str) -> User:
        """The person of a cell; refuses one who has no active account or takes no part."""
        found = self._found.get(_folded(text))
        if found is None:
            raise Refusal(NOT_AN_OWNER, "owner")
        return found

    def is_label(self, text: str, user: User | None) -> bool:
        """Whether a cell names this person, who may have lost the role meanwhile."""
        return user is not None and text in (plain(self.label(user)), user.name, user.email)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
