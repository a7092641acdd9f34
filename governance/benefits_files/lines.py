"""The lines behind the totals: the finest amounts, each with how exact it is and where it stands."""

from __future__ import annotations

from benefits.enums import Basis
from governance.benefits_files.fields import Field, FieldTable, Place, Unit
from governance.benefits_files.places import council_fields, year_field
from governance.queries.benefits_export import BenefitsExport, LineAmount
from governance.queries.export.provenance import CellKey


def line_table(export: BenefitsExport) -> FieldTable[LineAmount]:
    """Every line with what each ledger holds of it."""
    return FieldTable(
        "lines",
        "Lines",
        "Lines behind the totals, by council and financial year",
        "A row a line, council and financial year in which an amount is entered",
        [
            Field("line", "Reference", lambda row: row.line.ref, "Reference of the line", place=Place.ITEM),
            Field("line_name", "Line", lambda row: row.line.title, "Its title", place=Place.ITEM_NAME),
            *council_fields(lambda row: row.council),
            year_field(lambda row: row.fy),
            Field("measure", "Measure", lambda row: row.line.measure.value, "The measure it counts in"),
            Field(
                "service",
                "Service",
                lambda row: row.line.service_name or None,
                "The service it belongs to; nothing where it belongs to no one service",
            ),
            *(_amount(export, basis) for basis in Basis),
        ],
        export.line_amounts,
    )


def _amount(export: BenefitsExport, basis: Basis) -> Field[LineAmount]:
    def cell(row: LineAmount) -> CellKey:
        return row.line.pk, row.council.pk, basis, row.fy

    return Field(
        f"{basis.value}_plan" if basis in {Basis.ORIGINAL, Basis.CURRENT} else basis.value,
        str(basis.label),
        lambda row: row.by_basis.get(basis),
        "The amount entered; nothing where none is",
        Unit.MONEY,
        qualifier=lambda row: export.provenance.word(cell(row)) if basis in row.by_basis else "",
        source=lambda row: export.provenance.sources(cell(row)),
    )
