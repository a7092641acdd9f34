"""The columns of a file that changes the benefits register, and how a cell of each is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from benefits.actions.profile import TEXTS
from benefits.profile_fields import TITLES
from benefits.register_files import CHOICES, DAYS, REFERENCE, TICKS, VALUES, VERSION, share_title
from core.imports.cells import (
    Reader,
    choice_of,
    day_of,
    number_of,
    one_of,
    pounds_of,
    text_of,
    yes_or_no,
)
from core.imports.tables import ImportColumn
from programme.models import Council, Programme
from programme.queries.people import possible_owners

SHARE = "share_"
_NO_OWNER = "Choose a benefit owner who has an active account"
_NO_SRO = "Choose a senior responsible owner who has an active account"


def register_columns(programme: Programme, partners: Sequence[Council]) -> list[ImportColumn]:
    """Reference and version must be there; any field of the profile may be. Four queries."""
    readers = _readers(programme, partners)
    columns = [
        ImportColumn("ref", REFERENCE, text_of(REFERENCE, 40), is_required=True),
        ImportColumn("version", VERSION, number_of(VERSION, places=0, least=1), is_required=True),
    ]
    for name, title in TITLES.items():
        if name == "shares":
            columns += [
                ImportColumn(
                    f"{SHARE}{one.key}",
                    share_title(one),
                    number_of("Share", places=3, least=0, most=100),
                    is_needed=False,
                )
                for one in partners
            ]
        else:
            columns.append(ImportColumn(name, title, readers[name], is_needed=False))
    return columns


def _readers(programme: Programme, partners: Sequence[Council]) -> dict[str, Reader]:
    people = {one.email.lower(): one for one in possible_owners(programme)}
    councils = {text.lower(): one for one in partners for text in (one.short_name, one.name, one.key)}
    missing = "There is no {} in this programme"
    return {
        **{name: text_of(label, limit) for name, (label, limit) in TEXTS.items()},
        **{name: choice_of(TITLES[name], choices) for name, choices in CHOICES.items()},
        **dict.fromkeys(TICKS, yes_or_no),
        **dict.fromkeys(DAYS, day_of),
        **{name: number_of(TITLES[name], places=3) for name in VALUES},
        "attribution_percent": _whole(number_of("Attribution", places=0, least=0, most=100)),
        "full_year_pence": pounds_of("worth", 0),
        "owner": one_of("Owner", people, _NO_OWNER),
        "sro": one_of("Owner", people, _NO_SRO),
        "service": one_of("Service", {one.ref.lower(): one for one in programme.services.all()}, missing),
        "counted_in": one_of("Benefit", {one.ref.lower(): one for one in programme.benefits.all()}, missing),
        "risks": _several(one_of("Risk", {one.ref.lower(): one for one in programme.risks.all()}, missing)),
        "councils": _several(one_of("Council", councils, "{} is not a partner in this programme")),
    }


def _whole(read: Reader) -> Reader:
    return lambda text: int(read(text))


def _several(read: Callable[[str], Any]) -> Reader:
    """A reader of several things in one cell, parted by semicolons."""
    return lambda text: [read(part.strip()) for part in text.split(";") if part.strip()]
