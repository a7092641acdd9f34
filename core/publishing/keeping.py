"""A document as JSON: the same document always gives the same bytes, and they read back to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, cast

from core.exports.tables import Format
from core.publishing.content import (
    Block,
    Content,
    Figures,
    Head,
    Notice,
    Picture,
    Points,
    Section,
    Statement,
    Words,
)

FORM = 1
# Controls and line ends that text files refuse or change.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_KINDS: Mapping[str, type[Block]] = {
    "words": Words,
    "points": Points,
    "statement": Statement,
    "notice": Notice,
    "figures": Figures,
    "picture": Picture,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


class UnknownFormError(ValueError):
    """The bytes were kept by a later release."""


def to_bytes(content: Content) -> bytes:
    """The document as UTF-8 JSON with its keys in order and no gaps."""
    kept = {
        "form": FORM,
        "case": content.case,
        "title": content.title,
        "about": content.about,
        "header": content.header,
        "notes": content.notes,
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "blocks": [_kept_block(block) for block in section.blocks],
            }
            for section in content.sections
        ],
    }
    return _canonical(_without_idle(kept, "case"))


def from_bytes(kept: bytes) -> Content:
    """The document that `to_bytes` kept; raises UnknownFormError for one of a later release."""
    values = json.loads(kept)
    if values["form"] != FORM:
        raise UnknownFormError(f"Form {values['form']} is not known here")
    if not isinstance(values.get("case", ""), str):
        raise TypeError("The case is no text")
    return Content(
        title=values["title"],
        about=values["about"],
        header=tuple((label, text) for label, text in values["header"]),
        notes=tuple(values["notes"]),
        case=values.get("case", ""),
        sections=tuple(
            Section(one["number"], one["title"], tuple(_block(block) for block in one["blocks"]))
            for one in values["sections"]
        ),
    )


def to_text(kept: bytes) -> str:
    """What `to_bytes` kept as JSON in one line of text that any file of text can carry."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", kept.decode())


def from_text(text: str) -> bytes:
    """The bytes that `to_text` was given; raises ValueError for a text that is no JSON."""
    try:
        return _canonical(json.loads(text))
    except RecursionError as error:
        raise ValueError("The values are nested too deep") from error


def cover(content: Content) -> list[tuple[str, str]]:
    """What the first page of a file says of the document."""
    return [*content.header, ("About", content.about)]


def name_of(block: Block) -> str:
    """What kind of block it is, in one word."""
    return _NAMES[type(block)]


def _canonical(values: Any) -> bytes:
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _kept_block(block: Block) -> dict[str, Any]:
    values = {one.name: getattr(block, one.name) for one in fields(block)}
    if isinstance(block, Figures):
        values["heads"] = [
            _without_idle({one.name: getattr(head, one.name) for one in fields(head)}, "trace")
            for head in block.heads
        ]
        values = _without_idle(values, "traces")
    return {"kind": name_of(block), **values}


def _without_idle(values: dict[str, Any], name: str) -> dict[str, Any]:
    """The values without one that is empty: documents kept before it was known keep their bytes."""
    return values if values[name] else {key: value for key, value in values.items() if key != name}


def _block(values: dict[str, Any]) -> Block:
    kind = values.pop("kind")
    if kind == "figures":
        return _figures(values)
    made: Any = _KINDS[kind]
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return cast(Block, made(**plain))


def _figures(values: dict[str, Any]) -> Figures:
    return Figures(
        key=values["key"],
        caption=values["caption"],
        unit=values["unit"],
        heads=tuple(_head(head) for head in values["heads"]),
        rows=tuple(tuple(row) for row in values["rows"]),
        total=None if values["total"] is None else tuple(values["total"]),
        notes=tuple(values["notes"]),
        traces=tuple(values.get("traces", ())),
    )


def _head(values: dict[str, Any]) -> Head:
    less = values["less"]
    return Head(
        title=values["title"],
        format=Format(values["format"]),
        less=None if less is None else (less[0], less[1]),
        is_summed=values["is_summed"],
        trace=values.get("trace", ""),
    )
