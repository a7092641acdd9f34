"""Who is named in a comment: @ before a person's name or e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import Refusal

# Not inside a word, so that an e-mail address alone names nobody; before a letter, so that "@ 5pm" is text.
_AT = re.compile(r"(?<![\w@.])@(?=[^\W\d_])")
_WORD = re.compile(r"[\w'’.@+-]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be named."""

    pk: int
    name: str
    email: str


def mentioned_in(text: str, people: Sequence[Person]) -> tuple[int, ...]:
    """Keys of the people whom the text names, each once, in the order of their first mention.

    The longest name or address that fits counts, in capitals or small letters. Refuses a name that nobody
    has, and one that several people have.
    """
    named = {**_by(people, "name"), **_by(people, "email")}
    found = [_named_at(text, match.end(), named) for match in _AT.finditer(text)]
    return tuple(dict.fromkeys(found))


def labelled(people: Sequence[Person]) -> list[tuple[str, str]]:
    """What to write after the @ for each, and how the list names them: by address where names are shared."""
    shared = {name for name, found in _by(people, "name").items() if len(found) > 1}
    return [
        (one.email, f"{one.name}, {one.email}") if one.name.casefold() in shared else (one.name, one.name)
        for one in people
    ]


def _by(people: Sequence[Person], field: str) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(getattr(person, field).casefold(), []).append(person)
    return found


def _named_at(text: str, start: int, named: dict[str, list[Person]]) -> int:
    fitting = list(_fitting(text[start:].casefold(), named))
    if not fitting:
        word = _WORD.match(text, start)
        raise Refusal(
            f"Nobody who can see this milestone is called @{word[0] if word else ''}. "
            "Choose a name from the list, or leave out the @",
            "text",
        )
    people = named[max(fitting, key=len)]
    if len(people) > 1:
        raise Refusal(f"Several people are called {people[0].name}. Name one by their e-mail address", "text")
    return people[0].pk


def _fitting(rest: str, named: dict[str, list[Person]]) -> Iterator[str]:
    """Names at the start of the rest that end where a word ends."""
    for name in named:
        if rest.startswith(name) and not re.match(r"\w", rest[len(name) : len(name) + 1]):
            yield name
