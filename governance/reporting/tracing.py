"""What is behind the numbers of a report: the addresses of entries and records, which it keeps (INV-46)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from benefits.enums import Basis, Measure
from core.rules.calendar import fy_file_key
from programme.models import Programme

ORIGINAL, CURRENT, FORECAST = "Original plan", "Current plan", "Forecast"
CLAIMED, VERIFIED = "Claimed, not verified", "Verified"
_ENTRIES = "/savings/entries/?"


def of_basis(basis: Basis) -> str:
    """What an address of entries needs to lead to those of one ledger."""
    return urlencode({"basis": basis.value})


# Columns of a table of pounds, by their titles.
COLUMNS: Mapping[str, str] = {
    ORIGINAL: of_basis(Basis.ORIGINAL),
    CURRENT: of_basis(Basis.CURRENT),
    FORECAST: of_basis(Basis.FORECAST),
    CLAIMED: of_basis(Basis.CLAIMED),
    VERIFIED: of_basis(Basis.VERIFIED),
}


def entries(
    programme: Programme,
    measure: Measure,
    on: date,
    *,
    council: str = "",
    fy: int | None = None,
    basis: Basis | None = None,
) -> str:
    """The entries of a measure as they were recorded on a day, of one council or year or of all.

    Without a basis the address leads to the choice of one.
    """
    asked = {"measure": measure.value, "on": on.isoformat()}
    asked |= {"council": council} if council else {}
    asked |= {"year": fy_file_key(fy)} if fy is not None else {}
    asked |= {"basis": basis.value} if basis else {}
    return f"{reverse('benefits:entry_list', args=[programme.key])}?{urlencode(asked)}"


def page(name: str, key: object) -> str:
    """A page of the product about a programme or a record: its name as addresses are named, and its key."""
    return reverse(name, args=[key])


def is_of_entries(address: str) -> bool:
    """Whether an address leads to entries of the ledgers."""
    return _ENTRIES in address
