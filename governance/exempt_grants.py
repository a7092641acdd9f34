"""What a person has opened in this session: for a quarter of an hour, for that row alone."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from core.models import Publication
from governance.models import EditionContent

GRANTED_FOR = timedelta(minutes=15)
_KEY = "exempt_opened"

Session = MutableMapping[str, Any]
Item = Publication | EditionContent


def grant(session: Session, item: Item, at: datetime) -> None:
    """Let the session show the row from `at` for a quarter of an hour; forget what has run out."""
    kept = {name: until for name, until in session.get(_KEY, {}).items() if until > at.timestamp()}
    session[_KEY] = kept | {_name(item): (at + GRANTED_FOR).timestamp()}


def is_granted(session: Session, item: Item, at: datetime) -> bool:
    """Whether the session may show the row at `at`; what is not withheld needs no grant."""
    if not item.is_withheld:
        return True
    return bool(session.get(_KEY, {}).get(_name(item), 0) > at.timestamp())


def _name(item: Item) -> str:
    return f"{item._meta.label_lower}:{item.pk}"
