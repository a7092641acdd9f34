"""Dependencies that bite their own tail (INV-30, row 52)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from core.errors import Refusal

Key = TypeVar("Key", bound=Hashable)


def find_cycle(depends_on: Mapping[Key, Sequence[Key]]) -> list[Key] | None:
    """A loop of keys, each depending on the next and the last on the first, or None.

    `depends_on` gives each key's predecessors; a key that only stands among them depends on nothing.
    The same mapping always gives the same loop.
    """
    finished: set[Key] = set()
    for start in depends_on:
        loop = _loop_from(start, depends_on, finished)
        if loop:
            return loop
    return None


def check_no_loop(depends_on: Mapping[Key, Sequence[Key]], titles: Mapping[Key, str]) -> None:
    """Refuse dependencies that make a loop, naming its milestones (row 52)."""
    loop = find_cycle(depends_on)
    if loop is None:
        return
    first, *rest = [titles[key] for key in [*loop, loop[0]]]
    raise Refusal(
        f"This link would make a loop: {first} depends on {', which depends on '.join(rest)}", code="52"
    )


def _loop_from(start: Key, depends_on: Mapping[Key, Sequence[Key]], finished: set[Key]) -> list[Key] | None:
    """First loop met on a walk in depth from `start`; adds to `finished` what lies on no loop."""
    path: list[Key] = []
    to_visit: list[Iterator[Key]] = [iter([start])]
    while to_visit:
        key = next(to_visit[-1], None)
        if key is None:
            to_visit.pop()
            if path:
                finished.add(path.pop())
        elif key in path:
            return path[path.index(key) :]
        elif key not in finished:
            path.append(key)
            to_visit.append(iter(depends_on.get(key, ())))
    return None
