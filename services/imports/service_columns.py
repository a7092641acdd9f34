"""The columns of the service catalogue as a file; a row is a service, a council's part, and one year of it.

They are the columns of the download of services, so that it can be edited and sent back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.enums import Qualifier
from core.errors import Refusal
from core.imports.cells import Reader, choice_of, day_of, fy_of, number_of, pounds_of, text_of, yes_or_no
from core.imports.tables import ImportColumn
from core.rules.calendar import MONTH_NAMES
from core.rules.dates import ImpreciseDate
from programme.models import Council
from services.enums import Confidence, MeasureKind, Provider, ServiceKind, ServiceStatus
from services.queries.case_partners import CasePartners
from services.rules.service_entry import MOST_POSTS, MOST_UNITS

IGNORED = ("Review",)
SERVICE_FIELDS = {
    "name": "name",
    "kind": "kind",
    "status": "status",
    "since": "since",
    "planned": "planned",
    "lead_council": "lead_council",
    "note": "note",
}
PART_FIELDS = {
    "council_status": "status",
    "provider": "provider",
    "provider_name": "provider_name",
    "fte": "fte",
    "contract_break_on": "contract_break_on",
    "contract_end_on": "contract_end_on",
    "shared_percent": "shared_percent",
    "council_note": "note",
}
COST_FIELDS = {
    "amount_pence": "amount_pence",
    "confidence": "confidence",
    "qualifier": "qualifier",
    "source": "source",
}
MEASURE_FIELDS = {
    "measure_kind": "kind",
    "unit": "unit",
    "value": "value",
    "is_higher_better": "is_higher_better",
    "source": "source",
}


def service_columns(
    partners: CasePartners, dates: Mapping[str, ImpreciseDate] | None = None
) -> list[ImportColumn]:
    """The columns, in the order of the download; a council is given by its name or key.

    `dates` holds dates that are known by the words of a source ("spring 2011").
    """
    council, imprecise = council_of(partners), date_of(dates or {})
    return [
        ImportColumn("ref", "Reference", text_of("Reference", 40), is_required=True),
        _optional("name", "Service", text_of("Service", 200)),
        _optional("kind", "Kind", choice_of("Kind", ServiceKind.choices)),
        _optional("status", "Status", choice_of("Status", ServiceStatus.choices)),
        _optional("since", "Shared since", imprecise),
        _optional("planned", "Planned for", imprecise),
        _optional("lead_council", "Lead council", council),
        _optional("note", "Note", text_of("Note")),
        _optional("council", "Council", council),
        _optional("council_status", "Status of the council", choice_of("Status", ServiceStatus.choices)),
        _optional("provider", "Provider", choice_of("Provider", Provider.choices)),
        _optional("provider_name", "Provider name", text_of("Provider name", 120)),
        _optional(
            "fte",
            "Full-time equivalents",
            number_of("Full-time equivalents", places=2, least=0, most=MOST_POSTS),
        ),
        _optional("contract_break_on", "Contract can end from", day_of),
        _optional("contract_end_on", "Contract ends on", day_of),
        _optional(
            "shared_percent", "Already shared (%)", number_of("Percentage", places=2, least=0, most=100)
        ),
        _optional("council_note", "Note of the council", text_of("Note")),
        _optional("fy", "Financial year", fy_of),
        _optional("amount_pence", "Cost (£)", pounds_of("cost")),
        _optional("confidence", "Confidence", choice_of("Confidence", Confidence.choices)),
        _optional("qualifier", "Exactness", choice_of("Exactness", Qualifier.choices)),
        _optional("source", "Source", text_of("Source", 300)),
        _optional("measure", "Measure", text_of("Measure", 120)),
        _optional("measure_kind", "Measure kind", choice_of("Measure kind", MeasureKind.choices)),
        _optional("unit", "Unit", text_of("Unit", 40)),
        _optional("value", "Value", number_of("Value", places=3, least=-MOST_UNITS, most=MOST_UNITS)),
        _optional("is_higher_better", "Higher is better", yes_or_no),
    ]


def council_of(partners: CasePartners) -> Reader:
    """A reader that finds a council that is or was a partner (row 76)."""

    def read(text: str) -> Council:
        found = partners.named(text)
        if found is None:
            raise Refusal(f"{text} is not a partner in this programme", code="76")
        return found

    return read


def date_of(known: Mapping[str, ImpreciseDate]) -> Reader:
    """A reader of a day typed in any usual order, a month (October 2009), a year, or `known` words."""

    def read(text: str) -> ImpreciseDate:
        words = text.split()
        if text in known:
            return known[text]
        if len(words) == 2 and words[0].capitalize() in MONTH_NAMES and _is_year(words[1]):
            return ImpreciseDate.month(int(words[1]), MONTH_NAMES.index(words[0].capitalize()) + 1)
        return ImpreciseDate.year(int(text)) if _is_year(text) else ImpreciseDate.day(day_of(text))

    return read


def imprecise_text(value: ImpreciseDate) -> str:
    """The date as the download prints it: ISO for a day, else its words."""
    day: date = value.first_on
    return day.isoformat() if value.is_exact else str(value)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal() and text > "1000"


def _optional(name: str, title: str, read: Reader) -> ImportColumn:
    return ImportColumn(name, title, read, is_needed=False)
