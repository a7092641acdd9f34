"""The words for what changed about a thing since a person's last mail. Titles and dates alone, no texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.rules.words import listed, mid_sentence


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of a thing as it was and is, in words."""

    name: str
    label: str
    before: str
    after: str


# Of these the values are said, of others the name alone.
SHOWN = frozenset({"forecast", "actual", "plan"})


def change_words(changes: Sequence[Changed], *, was_given: bool, is_over: bool, people: Sequence[str]) -> str:
    """It is yours now, forecast date moved from 1 to 3 December 2026; evidence changed. By Dev Lewis.

    `was_given`: the person is its new owner. `is_over`: nothing is due of the person any more.
    """
    said = ["it is yours now"] if was_given else []
    latest: Mapping[str, Changed] = {change.name: change for change in changes}
    first: dict[str, Changed] = {}
    for change in changes:
        first.setdefault(change.name, change)
    for name, change in latest.items():
        if name in SHOWN:
            said.append(_moved(change.label, first[name].before, change.after))
    others = [mid_sentence(change.label) for name, change in latest.items() if name not in SHOWN | {"owner"}]
    if others:
        said.append(f"{listed(others)} changed")
    if is_over:
        said.append("nothing is due of you any more")
    words = ", ".join(said) or "changed"
    by = f", by {listed(list(dict.fromkeys(people)))}" if people else ""
    return f"{words}{by}"


def _moved(label: str, before: str, after: str) -> str:
    if before == "nothing":
        return f"{mid_sentence(label)} {after}"
    return f"{mid_sentence(label)} moved from {before} to {after}"
