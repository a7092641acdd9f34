"""Blocks of a report that are words, and what stands where nobody wrote any."""

from __future__ import annotations

from collections.abc import Iterable

from core.publishing.content import Block, Figures, Notice, Points, Words
from governance.reporting.facts import Facts

NOT_SAID = "The senior responsible owner has not said this yet."


def said(text: str) -> list[Block]:
    """The paragraphs of a text; none where it is empty."""
    return [Words(part) for part in paragraphs(text)]


def paragraphs(text: str) -> list[str]:
    """The parts of a text that an empty line sets apart."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def narrative(facts: Facts, section: str) -> list[Block]:
    """What people added to a section."""
    return said(facts.texts.narratives.get(section, ""))


def points(items: Iterable[str]) -> list[Block]:
    """A list; none where it would be empty."""
    kept = tuple(item for item in items if item)
    return [Points(kept)] if kept else []


def table_or(figures: Figures | None, nothing: str) -> list[Block]:
    """A table, or the sentence that says why there is none."""
    return [figures] if figures is not None and figures.rows else [Words(nothing)]


def missing(text: str) -> list[Block]:
    """What has still to be said by a person."""
    return [Notice(text)]
