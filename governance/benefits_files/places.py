"""Fields that say which council and which year a row is of."""

from __future__ import annotations

from collections.abc import Callable

from benefits.queries.ledgers import PartnerCouncil
from core.rules.calendar import fy_file_key
from governance.benefits_files.fields import Field, Place, Row

ALL_KEY = "all"
ALL_COUNCILS = "All councils"
EVERY_YEAR = "all"


def key_of(words: str) -> str:
    """Words as a key: small letters and digits, and an underscore for everything else."""
    return "_".join("".join(letter if letter.isalnum() else " " for letter in words.lower()).split())


def council_fields(council_of: Callable[[Row], PartnerCouncil | None]) -> list[Field[Row]]:
    """The key and name of a row's council; no council is all of them together."""
    return [
        Field(
            "council",
            "Council key",
            lambda row: council.key if (council := council_of(row)) else ALL_KEY,
            f"Key of the council; {ALL_KEY} is the sum of all partner councils",
            place=Place.COUNCIL,
            is_code=True,
        ),
        Field(
            "council_name",
            "Council",
            lambda row: council.name if (council := council_of(row)) else ALL_COUNCILS,
            "Name of the council",
            place=Place.COUNCIL_NAME,
        ),
    ]


def year_field(fy_of: Callable[[Row], int | None]) -> Field[Row]:
    """The financial year of a row."""
    return Field(
        "financial_year",
        "Financial year",
        lambda row: EVERY_YEAR if (fy := fy_of(row)) is None else fy_file_key(fy),
        f"Financial year, April to March; {EVERY_YEAR} is the whole period",
        place=Place.YEAR,
    )
