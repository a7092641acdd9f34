"""Two versions of a business case side by side: what was added, removed and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from core.publication import shown
from core.rules.assessment import Withheld
from core.rules.calendar import format_fy
from core.rules.suppression import SUPPRESSED, is_small
from services.enums import CaseSectionName, KeyBasis
from services.models import ApportionmentRun, BusinessCase, BusinessCaseLine, CaseOption
from services.policies import Powers
from services.queries.appraisal import CaseAppraisal, Missing, OptionAppraisal, appraise_case
from services.queries.appraisal_inputs import is_drafting
from services.queries.business_cases import CaseLine, Cell, case_lines, few_people_lines
from services.queries.few_people import why_withheld
from services.queries.shares import pool_keys
from services.rules.key_periods import YearKeys
from services.rules.option_result import Measures
from services.rules.text_changes import text_changes

JOINT = "Joint"
NOTHING = "None"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in words: of which part and item, what of it, before and after."""

    part: str
    item: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """One difference in pence; withheld where either side is, None where there is no amount."""

    part: str
    item: str
    what: str
    year: str
    before: Cell
    after: Cell

    @property
    def difference(self) -> Cell:
        """After less before; an amount that is not there counts as nothing."""
        for side in (self.before, self.after):
            if isinstance(side, Withheld):
                return side
        return int(self.after or 0) - int(self.before or 0)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class CaseComparison:
    """An older and a newer version, and every difference between them, part by part."""

    older: BusinessCase
    newer: BusinessCase
    totals: tuple[MoneyChange, ...]
    facts: tuple[Change, ...]
    options: tuple[Change, ...]
    lines: tuple[Change, ...]
    amounts: tuple[MoneyChange, ...]
    sections: tuple[Change, ...]
    keys: tuple[Change, ...]
    criteria: tuple[Change, ...]

    @property
    def words(self) -> tuple[Change, ...]:
        """All differences in words."""
        return (*self.facts, *self.options, *self.lines, *self.sections, *self.keys, *self.criteria)

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.words and not self.amounts


_FACTS: Mapping[str, Callable[[BusinessCase], Any]] = {
    "Title": lambda case: case.title,
    "Summary": lambda case: case.summary,
    "Stage": lambda case: case.get_stage_display(),
    "First year": lambda case: format_fy(case.base_fy),
    "Years after it": lambda case: case.horizon_years,
    "Prices": lambda case: case.get_price_basis_display(),
    "Payback counted from": lambda case: case.get_payback_origin_display(),
    "Discount rates": lambda case: case.discount_version,
    "Deflators": lambda case: case.deflator_version,
    "Optimism-bias table": lambda case: case.bias_version,
}
_OPTION: Mapping[str, Callable[[CaseOption], Any]] = {
    "Name": lambda option: option.name,
    "Description": lambda option: option.description,
    "What it would do": lambda option: option.get_kind_display(),
    "Business as usual": lambda option: _yes(option.is_bau),
    "Preferred": lambda option: _yes(option.is_preferred),
}
_LINE: Mapping[str, Callable[[BusinessCaseLine], Any]] = {
    "Title": lambda line: line.title,
    "Option": lambda line: line.option.name,
    "Kind": lambda line: line.get_kind_display(),
    "Cost type": lambda line: line.get_cost_type_display(),
    "Shared by the key of": lambda line: line.pool.name if line.pool else "",
    "How it is shared": lambda line: line.key_text,
    "Prices": lambda line: line.get_price_basis_display(),
    "Confidence": lambda line: line.get_confidence_display(),
    "Evidence": lambda line: shown(line, line.evidence).text,
    "Assumptions": lambda line: shown(line, line.assumptions).text,
    "Lowest, %": lambda line: line.low_percent,
    "Highest, %": lambda line: line.high_percent,
    "Optimism-bias category": lambda line: line.get_bias_category_display(),
    "Mitigation, %": lambda line: line.bias_mitigation_percent,
    "Basis of the percentage": lambda line: shown(line, line.bias_basis).text,
    "People": lambda line: SUPPRESSED if _hides_people(line) else line.staff_count,
}


def _hides_people(line: BusinessCaseLine) -> bool:
    return is_small(line.staff_count) or (line.is_withheld and line.staff_count is not None)


def compare_cases(one: BusinessCase, other: BusinessCase, powers: Powers) -> CaseComparison:
    """What changed from the lower to the higher version number, as far as the person may see it."""
    older, newer = sorted((one, other), key=lambda case: (case.number, case.pk))
    before, after = _Side.of(older, powers), _Side.of(newer, powers)
    return CaseComparison(
        older=older,
        newer=newer,
        totals=tuple(_totals(before, after)),
        facts=tuple(_attributes("Case", older.ref, _FACTS, older, newer)),
        options=tuple(_rows("Option", before.options, after.options, _OPTION, lambda row: row.name)),
        lines=tuple(
            _rows(
                "Line",
                {ref: row.line for ref, row in before.lines.items()},
                {ref: row.line for ref, row in after.lines.items()},
                _LINE,
                lambda row: row.title,
            )
        ),
        amounts=tuple(_amounts(before, after)),
        sections=tuple(_sections(older, newer)),
        keys=tuple(_dictionary("Key", _keys(older), _keys(newer))),
        criteria=tuple(_dictionary("Criterion", _criteria(older), _criteria(newer))),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """What is compared of one version."""

    appraisal: CaseAppraisal
    options: Mapping[str, CaseOption]
    lines: Mapping[str, CaseLine]
    councils: tuple[str, ...]

    @classmethod
    def of(cls, case: BusinessCase, powers: Powers) -> _Side:
        appraisal = appraise_case(case, powers)
        page = case_lines(case, appraisal, powers)
        return cls(
            appraisal,
            {option.option.ref: option.option for option in appraisal.options},
            {line.line.ref: line for line in page.lines},
            tuple(str(council) for council in page.councils),
        )

    def cells(self, ref: str) -> dict[tuple[str, int], Cell]:
        """Every amount of a line by who bears it and year."""
        found: dict[tuple[str, int], Cell] = {}
        line = self.lines.get(ref)
        for year in line.years if line else ():
            named = zip((JOINT, *self.councils), (year.joint, *year.amounts), strict=True)
            found |= {(name, year.fy): cell for name, cell in named if cell is not None}
        return found


def _totals(before: _Side, after: _Side) -> Iterator[MoneyChange]:
    """Measures of each option; withheld where a line about few people may have come, gone or changed."""
    sides = [{option.option.ref: option for option in side.appraisal.options} for side in (before, after)]
    for ref in dict.fromkeys(chain(*sides)):
        options = [side.get(ref) for side in sides]
        name = next(option.option.name for option in reversed(options) if option)
        is_telling = any(one and one.protection.lines for one in options)
        measures = [_measures(option, is_telling) for option in options]
        for label, read in _TOTALS.items():
            values = [_total(one, read) for one in measures]
            if any(value not in {None, 0} for value in values):
                yield MoneyChange("Total", f"{name} ({ref})", label, "", values[0], values[1])


def _measures(option: OptionAppraisal | None, is_telling: bool) -> Measures | Missing | None:
    if option is None:
        return None
    return why_withheld(option.protection) if is_telling else option.measures(None)


_TOTALS: Mapping[str, Callable[[Measures], int]] = {
    "Net benefit": lambda measures: measures.net_pence,
    "Present value of benefits": lambda measures: measures.pvb_pence,
    "Present value of costs": lambda measures: measures.pvc_pence,
    "Net present value": lambda measures: measures.npv_pence,
}


def _total(measures: object, read: Callable[[Measures], int]) -> Cell:
    if isinstance(measures, Measures):
        return read(measures)
    return measures if isinstance(measures, Withheld) else None


def _attributes(
    part: str, item: str, reads: Mapping[str, Callable[[Any], Any]], before: Any, after: Any
) -> Iterator[Change]:
    for label, read in reads.items():
        old, new = _word(read(before)), _word(read(after))
        if old != new:
            yield Change(part, item, label, old, new)


def _rows(
    part: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reads: Mapping[str, Callable[[Any], Any]],
    name: Callable[[Any], str],
) -> Iterator[Change]:
    for ref in dict.fromkeys([*before, *after]):
        old, new = before.get(ref), after.get(ref)
        if old is None:
            yield Change(part, ref, "Added", NOTHING, name(new))
        elif new is None:
            yield Change(part, ref, "Removed", name(old), NOTHING)
        else:
            yield from _attributes(part, ref, reads, old, new)


def _amounts(before: _Side, after: _Side) -> Iterator[MoneyChange]:
    """Amounts that differ; those of lines withheld on either side are left out or withheld on both."""
    hidden = few_people_lines(before.appraisal) | few_people_lines(after.appraisal)
    for ref in dict.fromkeys([*before.lines, *after.lines]):
        old, new = (_hidden(side.cells(ref), hidden.get(ref)) for side in (before, after))
        title = (after.lines.get(ref) or before.lines[ref]).line.title
        for who, fy in sorted({*old, *new}, key=_place(before, after)):
            sides = old.get((who, fy)), new.get((who, fy))
            if sides[0] != sides[1]:
                yield MoneyChange("Amount", f"{title} ({ref})", who, format_fy(fy), *sides)


def _hidden(cells: Mapping[tuple[str, int], Cell], hidden: Withheld | None) -> Mapping[tuple[str, int], Cell]:
    return dict.fromkeys(cells, hidden) if hidden else cells


def _place(before: _Side, after: _Side) -> Callable[[tuple[str, int]], tuple[int, int]]:
    order = list(dict.fromkeys([JOINT, *before.councils, *after.councils]))
    return lambda cell: (order.index(cell[0]), cell[1])


def _sections(older: BusinessCase, newer: BusinessCase) -> Iterator[Change]:
    texts = [{section.name: section.text for section in case.sections.all()} for case in (older, newer)]
    for name in CaseSectionName:
        for change in text_changes(texts[0].get(name, ""), texts[1].get(name, "")):
            what = "Changed" if change.removed and change.added else "Removed" if change.removed else "Added"
            yield Change("Text", name.label, what, _word(change.removed), _word(change.added))


def _criteria(case: BusinessCase) -> dict[tuple[str, str], str]:
    return {(one.ref, "Weight"): f"{one.name} {one.weight_percent}" for one in case.criteria.all()}


def _keys(case: BusinessCase) -> dict[tuple[str, str], str]:
    """How each pool is shared in each year: as kept when the case was issued, else by the keys in force."""
    return _kept_keys(case) if not is_drafting(case) else _keys_in_force(case)


def _kept_keys(case: BusinessCase) -> dict[tuple[str, str], str]:
    runs = ApportionmentRun.objects.filter(line__business_case=case).select_related("pool")
    return {(run.pool.name, format_fy(run.fy)): _weights(run.weights) for run in runs.order_by("pool", "fy")}


def _keys_in_force(case: BusinessCase) -> dict[tuple[str, str], str]:
    joint = case.lines.filter(amounts__council=None, amounts__amount_pence__gt=0, pool__isnull=False)
    used = joint.order_by("pool", "amounts__fy").values_list("pool", "amounts__fy").distinct()
    keys = pool_keys(case.programme)
    names = [council.key for council in keys.councils]
    found = {}
    for pool, fy in used:
        year = keys.year(pool, fy)
        if isinstance(year, YearKeys):
            parts = [
                {
                    "basis": stretch.key.basis,
                    "weights": [
                        {"council": name, "weight": weight}
                        for name, weight in zip(names, stretch.key.weights, strict=True)
                        if weight
                    ],
                }
                for stretch in year.stretches
            ]
            found[keys.names[pool], format_fy(fy)] = _weights(parts)
    return found


def _weights(parts: Iterable[Mapping[str, Any]]) -> str:
    words = []
    for part in parts:
        shares = ", ".join(f"{one['council']} {_number(one['weight'])}" for one in part["weights"])
        words.append(f"{KeyBasis(part['basis']).label}: {shares}")
    return "; ".join(words)


def _number(weight: object) -> str:
    """A weight without zeros at its end."""
    text = str(weight)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _dictionary(
    part: str, before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]
) -> Iterator[Change]:
    for item, what in dict.fromkeys([*before, *after]):
        old, new = before.get((item, what), NOTHING), after.get((item, what), NOTHING)
        if old != new:
            yield Change(part, item, what, old, new)


def _word(value: object) -> str:
    return NOTHING if value is None or value == "" else str(value)


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
