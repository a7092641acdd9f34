"""Take in a whole service catalogue from a file or from rows of JSON: all of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.imports.files import Uploaded
from core.imports.tables import ImportedTable, read_rows, read_table
from core.rules.dates import ImpreciseDate
from core.rules.text import stale_edit
from programme.models import Programme
from services.actions.service_writes import Write, write_all
from services.imports.catalogue import plan_catalogue
from services.imports.service_columns import IGNORED, imprecise_text, service_columns
from services.models import Service
from services.queries.case_partners import CasePartners, case_partners

Reading = Callable[[CasePartners, Mapping[str, ImpreciseDate]], ImportedTable]


@dataclass(frozen=True, slots=True)
class CatalogueImport:
    """What an import did, or would do: the table read and the rows to add and change."""

    table: ImportedTable
    writes: tuple[Write, ...]

    @property
    def added(self) -> int:
        """How many rows of the catalogue are new."""
        return sum(write.is_new for write in self.writes)

    @property
    def changed(self) -> int:
        """How many rows of the catalogue change."""
        return len(self.writes) - self.added

    @property
    def digest(self) -> str:
        """The same for the same changes to the same versions: what a person saw is what is then written."""
        seen = [
            (write.action, write.service.ref, write.service.version, write.about, write.before, write.after)
            for write in self.writes
        ]
        return hashlib.sha256(json.dumps(seen, sort_keys=True, default=str).encode()).hexdigest()


def from_file(uploaded: Uploaded) -> Reading:
    """The rows of an uploaded CSV or XLSX file."""
    return lambda partners, dates: read_table(uploaded, service_columns(partners, dates), ignored=IGNORED)


def from_rows(rows: Sequence[Mapping[str, Any]]) -> Reading:
    """Rows sent as JSON, by the names of the columns."""
    return lambda partners, dates: read_rows(rows, service_columns(partners, dates))


def check_catalogue(programme: Programme, reading: Reading, *, by: User) -> CatalogueImport:
    """What an import would do; the table's problems say what stands against it. Writes nothing."""
    partners = case_partners(programme)
    table = reading(partners, _known_dates(programme))
    return CatalogueImport(table, tuple(plan_catalogue(programme, table, partners, by=by)))


@transaction.atomic
def import_catalogue(
    programme: Programme,
    reading: Reading,
    *,
    by: User,
    seen_digest: str = "",
    channel: str = Channel.IMPORT,
) -> CatalogueImport:
    """Add and change services, councils' parts, costs and measures as the rows say; all or nothing.

    Refuses the whole as rows 81 to 83. With `seen_digest`, of a check before, raises StaleEdit where the
    import would no longer do what was seen then (row 84).
    """
    checked = check_catalogue(programme, reading, by=by)
    checked.table.check()
    if seen_digest and checked.digest != seen_digest:
        raise stale_edit(_latest_change(programme))
    write_all(checked.writes, by=by, channel=channel)
    return checked


def _known_dates(programme: Programme) -> dict[str, ImpreciseDate]:
    """The dates of the programme's services by the words in which the download prints them."""
    stated = (one.get_date(name) for one in programme.services.all() for name in ("since", "planned"))
    return {imprecise_text(one): one for one in stated if one}


def _latest_change(programme: Programme) -> Any:
    latest = Service.objects.filter(programme=programme).order_by("-updated_at").first()
    return latest.updated_at if latest else programme.updated_at
