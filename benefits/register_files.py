"""The benefits register as a workbook that can be edited and sent back: every field of a profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.actions.profile import Profile
from benefits.enums import BenefitClass, BenefitKind, Combining, Direction, Frequency, Recurrence
from benefits.models import Benefit
from benefits.models.benefit import DOAM
from benefits.profile_fields import TITLES
from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.calendar import format_date
from programme.models import Council, Programme
from programme.queries.people import possible_owners
from services.enums import Confidence

REFERENCE, VERSION, STATE = "Reference", "Version", "State"
YES, NO = "Yes", "No"
BETWEEN = "; "
CHOICES: dict[str, Sequence[tuple[str, str]]] = {
    "benefit_class": BenefitClass.choices,
    "kind": BenefitKind.choices,
    "confidence": Confidence.choices,
    "recurrence": Recurrence.choices,
    "direction": Direction.choices,
    "frequency": Frequency.choices,
    "combining": Combining.choices,
}
TICKS = ("is_disbenefit", *(f"has_{test}" for test in DOAM))
DAYS = ("starts_on", "ends_on", "review_on", "starting_on")
VALUES = ("starting_value", "target_value")
FORMATS = {
    "full_year_pence": Format.MONEY,
    "attribution_percent": Format.NUMBER,
    **dict.fromkeys(DAYS, Format.DATE),
    **dict.fromkeys(VALUES, Format.NUMBER),
}
NOTES = (
    "Change cells and send the file back: first you see what each change is, from what to what.",
    "Reference and Version say which benefit a row is, and which state of it you edited: leave them alone.",
    "A row that someone else changed since is not taken; the others are. A row left out stays as it is.",
    "An emptied cell empties the field; a column left out stays. Owners are named by their e-mail address.",
    "Risks and councils are parted by semicolons. No council means all partner councils.",
)


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One benefit with its profile as it stands."""

    benefit: Benefit
    profile: Profile


def share_title(council: Council) -> str:
    """The title of the column of one council’s share."""
    return f"Share of {council}, %"


def profile_rows(programme: Programme, benefits: Sequence[int] | None = None) -> list[ProfileRow]:
    """The benefits of a programme, or those with these keys, in order. Four queries."""
    rows = programme.benefits.select_related("owner", "sro", "service", "counted_in", "programme")
    if benefits is not None:
        rows = rows.filter(pk__in=benefits)
    found = rows.prefetch_related("councils", "risks", "shares__council").order_by("order_index", "pk")
    return [ProfileRow(benefit, read_profile(benefit)) for benefit in found]


def read_profile(benefit: Benefit) -> Profile:
    """The profile of a benefit whose councils, risks and shares were read with it. No query."""
    lists = ("councils", "shares", "risks")
    values = {name: getattr(benefit, name) for name in Profile.__dataclass_fields__ if name not in lists}
    shares = sorted(benefit.shares.all(), key=lambda share: share.council.key)
    return Profile(
        **values,
        councils=tuple(benefit.councils.all()),
        shares=tuple((share.council, share.percent) for share in shares),
        risks=tuple(benefit.risks.all()),
    )


def register_file(
    programme: Programme, partners: Sequence[Council], rows: Sequence[ProfileRow]
) -> Table[ProfileRow]:
    """Every field of every benefit. Three queries, for what cells offer."""
    offered = _offered(programme)
    columns: list[Column[ProfileRow]] = [
        Column(REFERENCE, lambda row: row.benefit.ref),
        Column(VERSION, lambda row: row.benefit.version, Format.NUMBER),
        Column(STATE, lambda row: str(row.benefit.get_state_display())),
    ]
    for name, title in TITLES.items():
        if name == "shares":
            columns += [Column(share_title(one), _share(one), Format.NUMBER) for one in partners]
        else:
            columns.append(Column(title, _cell(name), FORMATS.get(name, Format.TEXT), offered.get(name, ())))
    return Table("Register", "Benefits register, to be edited", columns, rows)


def register_document(
    programme: Programme, partners: Sequence[Council], rows: Sequence[ProfileRow], *, as_of: date
) -> Document:
    """The same as a workbook with a cover and notes."""
    table = register_file(programme, partners, rows)
    cover = [("Programme", programme.name), ("As at", format_date(as_of))]
    return Document(table.title, as_of, cover, NOTES, [table])


def cell_of(name: str, value: Any) -> Value:
    """A value of a profile as a cell holds it; an empty text where there is none."""
    if name in CHOICES:
        return dict(CHOICES[name]).get(value, "") if value else ""
    if name in TICKS:
        return YES if value else NO
    if name in ("owner", "sro"):
        return value.email if value else ""
    if name in ("service", "counted_in"):
        return value.ref if value else ""
    if name == "councils":
        return BETWEEN.join(one.short_name for one in value)
    if name == "risks":
        return BETWEEN.join(one.ref for one in value)
    return value


def _cell(name: str) -> Callable[[ProfileRow], Value]:
    return lambda row: cell_of(name, getattr(row.profile, name))


def _share(council: Council) -> Callable[[ProfileRow], Value]:
    return lambda row: dict(row.profile.shares).get(council)


def _offered(programme: Programme) -> dict[str, Sequence[str]]:
    """What the cells of a column offer."""
    people = [one.email for one in possible_owners(programme)]
    return {
        **{name: [str(label) for _, label in choices] for name, choices in CHOICES.items()},
        **dict.fromkeys(TICKS, (YES, NO)),
        "owner": people,
        "sro": people,
        "service": [one.ref for one in programme.services.all()],
        "counted_in": [one.ref for one in programme.benefits.all()],
    }
