"""What a bulletin says, as plain values that are kept as JSON and read back unchanged."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from core.publishing.keeping import UnknownFormError

FORM = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened, the page where it stands, and what the programme manager adds to it.

    `figures` are pairs of a name and pence, the total last, where it is told in pounds by council.
    """

    key: str
    title: str
    text: str
    path: str
    note: str = ""
    figures: tuple[tuple[str, int], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, int], ...]:
        """The figures without their total."""
        return self.figures[:-1]

    @property
    def total(self) -> tuple[str, int] | None:
        """The total of the figures; None where there are none."""
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True, slots=True)
class Part:
    """What happened of one kind; `nothing` says so where nothing did."""

    key: str
    title: str
    items: tuple[Item, ...]
    nothing: str

    @property
    def is_silent(self) -> bool:
        """Whether all that happened is left out, so that the part has nothing to say."""
        return not self.items and not self.nothing


@dataclass(frozen=True, slots=True)
class BulletinContent:
    """A whole bulletin. `lead` stands under its title: that nothing happened, where that is so.

    `number` is 0 while it is a draft; `corrects` is the number of the bulletin that it corrects, or 0.
    """

    title: str
    programme: str
    month: str
    number: int
    lead: str
    introduction: str
    corrects: int
    what_changed: str
    parts: tuple[Part, ...]

    @property
    def texts(self) -> list[str]:
        """What people wrote in it."""
        notes = [item.note for part in self.parts for item in part.items if item.note]
        return [text for text in (self.introduction, self.what_changed, *notes) if text]


Kept = TypeVar("Kept", BulletinContent, Part, Item)


def as_values(content: BulletinContent) -> dict[str, Any]:
    """The bulletin as values that JSON can carry."""
    return asdict(content)


def to_bytes(content: BulletinContent) -> bytes:
    """The bulletin as UTF-8 JSON with its keys in order and no gaps."""
    kept = {"form": FORM, **as_values(content)}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(kept: bytes) -> BulletinContent:
    """The bulletin that `to_bytes` kept; raises UnknownFormError for one of a later release.

    Raises TypeError for what it did not keep: no page or file could show it.
    """
    values = json.loads(kept)
    if values.pop("form") != FORM:
        raise UnknownFormError("This bulletin was kept by a later release")
    parts = tuple(_part(part) for part in values["parts"])
    return _checked(BulletinContent(**values | {"parts": parts}), numbers=("number", "corrects"))


def _part(values: Mapping[str, Any]) -> Part:
    return _checked(Part(**{**values, "items": tuple(_item(item) for item in values["items"])}))


def _item(values: Mapping[str, Any]) -> Item:
    figures = tuple((name, pence) for name, pence in values["figures"])
    if not all(type(name) is str and type(pence) is int for name, pence in figures):
        raise TypeError("A figure is a name with whole pence")
    return _checked(Item(**{**values, "figures": figures}))


def _checked(one: Kept, numbers: Collection[str] = ()) -> Kept:
    """What was made of kept values, each of them a text but `numbers` and what it holds in turn."""
    for name in (field.name for field in fields(one)):
        value = getattr(one, name)
        if type(value) is not (int if name in numbers else str) and not isinstance(value, tuple):
            raise TypeError(f"{name} is of another kind")
    return one
