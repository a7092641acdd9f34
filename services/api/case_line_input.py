"""Lines of a business case as they are sent to the API, made into rows for the action."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from core.api.publication import withholding_of
from core.enums import PublicationClass
from core.errors import Refusal, Refusals
from core.publication import shown as shown_text
from core.publication import without_hidden
from core.rules.money import parse_pounds
from services.actions.case_rows import RowEntry, merged
from services.models import BusinessCase, BusinessCaseLine
from services.policies import Powers
from services.queries.case_amounts import DETAILS, LineChange
from services.queries.case_grid import CaseGrid, GridRow, case_grid
from services.queries.case_partners import CasePartners, case_partners
from services.rules.case_entry import Period, parse_line_amount, year_of_months

_MONEY = {"annual": "annual_pence", "whole_life": "whole_life_pence"}
_RELATED = ("option", "pool")
_OPEN = {"publication_class": PublicationClass.OPEN, "exempt_paragraph": None, "public_interest_reason": ""}
_FIGURES = ("staff_count", *_MONEY)


def line_changes(case: BusinessCase, lines: Sequence[Mapping[str, Any]], powers: Powers) -> list[LineChange]:
    """The changes that are sent; refuses amounts that cannot be read, years given twice (row 15), months
    that do not add up (row 17), and names that are not known.

    A null for a figure that is not shown to the person leaves it as it is.
    """
    reader = _Reader(case, _hidden(case, lines, powers))
    rows = [row for index, line in enumerate(lines) for row in reader.rows(index, line)]
    if reader.refusals:
        raise Refusals(reader.refusals)
    return merged(rows)


def lines_shown(grid: CaseGrid) -> dict[str, Any]:
    """The lines of a grid as the API shows them: what is withheld is named with its reason."""
    lines: dict[int, dict[str, Any]] = {}
    for row in grid.rows:
        line = lines.setdefault(row.line.pk, _line_shown(row))
        council = row.council.key if row.council else None
        if row.withheld:
            line["withheld"].append({"council": council, "reason": row.withheld.reason})
            continue
        line["amounts"] += [
            {"council": council, "fy": fy, "amount": pence}
            for fy, pence in zip(grid.years, row.amounts, strict=True)
            if pence is not None
        ]
    case = grid.case
    return {
        "version": case.version,
        "base_fy": case.base_fy,
        "horizon_years": case.horizon_years,
        "lines": list(lines.values()),
    }


def _line_shown(row: GridRow) -> dict[str, Any]:
    line: BusinessCaseLine = row.line
    plain = [name for name in DETAILS if name not in _RELATED and not name.endswith("_pence")]
    shown: dict[str, Any] = {"id": line.pk, **{name: getattr(line, name) for name in plain}}
    shown |= {"option": line.option.ref, "pool": line.pool.ref if line.pool else None}
    shown |= {name: getattr(line, column) for name, column in _MONEY.items()}
    shown |= {name: shown_text(line, getattr(line, name)).text for name in line.withheld_fields}
    if row.hides_stated:
        shown |= dict.fromkeys(_FIGURES)
    return shown | {"amounts": [], "withheld": []}


def _hidden(case: BusinessCase, lines: Sequence[Mapping[str, Any]], powers: Powers) -> frozenset[str]:
    """References of the lines whose figures are not shown to the person; read only where nulls are sent."""
    if not any(line.get(name, "") is None for line in lines for name in _FIGURES):
        return frozenset()
    return frozenset(row.line.ref.casefold() for row in case_grid(case, powers).rows if row.hides_stated)


class _Reader:
    """Reads lines one by one, and gathers what is wrong with them."""

    def __init__(self, case: BusinessCase, hidden: Collection[str]) -> None:
        self.case, self.hidden = case, hidden
        self.partners: CasePartners = case_partners(case.programme)
        self.options = {option.ref: option for option in case.options.all()}
        self.pools = {pool.ref: pool for pool in case.programme.cost_pools.all()}
        self.kinds = {ref.casefold(): kind for ref, kind in case.lines.values_list("ref", "kind")}
        self.years = Period(case.base_fy, case.horizon_years).years
        self.refusals: list[Refusal] = []

    def rows(self, index: int, line: Mapping[str, Any]) -> list[RowEntry]:
        """The details of a line as one row, and each of its amounts as another."""
        place = f"lines.{index}"
        ref = line["ref"].strip()
        is_new = ref.casefold() not in self.kinds
        line = without_hidden(line, _FIGURES if ref.casefold() in self.hidden else ())
        withholding = withholding_of({**_OPEN, **line})
        details = self._details(place, line)
        if is_new:
            details = {"option": None, "title": "", "kind": "", **details}
        else:
            details.pop("ref", None)
        kind = line.get("kind") or self.kinds.get(ref.casefold(), "")
        head = RowEntry(
            ref, None, details, is_new=is_new, place=place, withholding=withholding if is_new else None
        )
        return [head, *self._amounts(place, ref, kind, line.get("amounts", []))]

    def _details(self, place: str, line: Mapping[str, Any]) -> dict[str, Any]:
        details = {name: line[name] for name in DETAILS if name in line and name not in _RELATED}
        for name, column in _MONEY.items():
            if name in line:
                details[column] = self._read(f"{place}.{name}", lambda name=name: _pence(line[name]))
        for name, things in (("option", self.options), ("pool", self.pools)):
            if line.get(name) is not None and line[name] not in things:
                self.refusals.append(Refusal(f"There is no {name} {line[name]}", f"{place}.{name}"))
            if name in line:
                details[name] = things.get(line[name])
        return details

    def _amounts(
        self, place: str, ref: str, kind: str, amounts: Sequence[Mapping[str, Any]]
    ) -> Iterator[RowEntry]:
        councils: dict[int | None, None] = {}
        for number, amount in enumerate(amounts):
            own = f"{place}.amounts.{number}"
            council = self._council(own, amount["council"])
            councils[council] = None
            pence = self._amount(own, kind, amount)
            yield RowEntry(ref, council, amounts={amount["fy"]: pence}, place=own)
        for council in councils:
            yield RowEntry(ref, council, amounts=dict.fromkeys(self.years), place=place)

    def _amount(self, place: str, kind: str, sent: Mapping[str, Any]) -> int | None:
        def pence(text: str) -> int:
            return parse_line_amount(text, kind)

        annual = sent.get("amount")
        year = None if annual is None else self._read(f"{place}.amount", lambda: pence(annual))
        if "months" not in sent:
            return year
        months = [self._read(f"{place}.months", lambda text=text: pence(text)) for text in sent["months"]]
        known = [one for one in months if one is not None]
        return self._read(f"{place}.months", lambda: year_of_months(known, year))

    def _council(self, place: str, key: str | None) -> int | None:
        if key is None:
            return None
        council = self.partners.named(key)
        if council is None:
            message = f"{key} is not a partner in this programme"
            self.refusals.append(Refusal(message, f"{place}.council", "76"))
            return None
        return council.pk

    def _read(self, place: str, read: Any) -> int | None:
        try:
            found: int | None = read()
        except Refusal as said:
            self.refusals.append(Refusal(said.message, place, said.code))
            return None
        return found


def _pence(text: str | None) -> int | None:
    return None if text is None else parse_pounds(text, noun="amount", minimum=0)
