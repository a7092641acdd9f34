"""Options and lines of a business case, as the file lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.models import Publication
from governance.casefiles.checking.services_cases import is_usual
from governance.casefiles.entries import Entry, needed
from governance.casefiles.loading.context import Loading, qualifier_of
from governance.casefiles.loading.rows import Part
from governance.casefiles.plain import plain
from programme.enums import PriceBasis
from services.enums import Confidence, OptionKind
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine, CaseOption, CostPool
from services.queries.case_content import LINE_COLUMNS, OPTION_COLUMNS

USUAL, PROPOSED = "BAU", "PROPOSED"
WHOLE = 100


def options_part(loading: Loading, case: BusinessCase, entry: Entry) -> Part:
    """The options in order; of a file without any, business as usual and what the lines propose."""
    rows = case.options.select_related("variant_of", "without_council") if case.pk else ()
    existing = {option.ref: option for option in rows}
    given = entry.entries("options")
    wanted = [_option(loading, index, one) for index, one in enumerate(given)] or _two_options()
    variants = {one.text("id"): one.text("variant_of") for one in given}

    def write() -> None:
        case.options.update(is_bau=False, is_preferred=False)
        for option in wanted:
            option.pk = existing[option.ref].pk if option.ref in existing else None
            option.business_case = case
            option.save()
        made = {option.ref: option for option in wanted}
        for ref, of in variants.items():
            if of:
                made[ref].variant_of = made[of]
                made[ref].save(update_fields=["variant_of"])
        _drop_options(case, made)

    return Part(
        "options",
        [
            _plain_option(one, one.variant_of.ref if one.variant_of else "")
            for one in sorted(existing.values(), key=_place)
        ],
        [_plain_option(one, variants.get(one.ref, "")) for one in sorted(wanted, key=_place)],
        write,
    )


def lines_part(loading: Loading, case: BusinessCase, entry: Entry, pools: Mapping[str, CostPool]) -> Part:
    """The lines with their amounts; a line that a benefit is measured by stays, though the file drops it.

    A line that is withheld stays as it is: an open file does not hold what it says.
    """
    rows = (
        case.lines.select_related("source", "option", "pool").prefetch_related("amounts__council")
        if case.pk
        else ()
    )
    stored = {line.ref: line for line in rows}
    existing = {ref: line for ref, line in stored.items() if not line.is_withheld}
    withheld = stored.keys() - existing.keys()
    given = [one for one in entry.entries("lines") if one.text("id") not in withheld]
    wanted = [_line(loading, index, one, pools) for index, one in enumerate(given)]
    amounts = {one.text("id"): _amounts(loading, one) for one in given}
    options = _options_of_lines(entry)

    def write() -> None:
        by_ref = {option.ref: option for option in case.options.all()}
        case.lines.exclude(ref__in=[*options, *withheld]).filter(lines=None).delete()
        for line in wanted:
            if line.ref in existing:
                _stay(line, existing[line.ref])
            line.business_case, line.option = case, by_ref[options[line.ref]]
            line.save()
            if line.ref in existing:
                line.amounts.all().delete()
            for amount in amounts[line.ref]:
                amount.line = line
        BusinessCaseAmount.objects.bulk_create([one for line in wanted for one in amounts[line.ref]])
        _drop_options(case, {one.text("id"): None for one in entry.entries("options")} or {USUAL, PROPOSED})

    return Part(
        "lines",
        [_plain_line(one, one.option.ref, list(one.amounts.all())) for one in existing.values()],
        [_plain_line(one, options[one.ref], amounts[one.ref]) for one in wanted],
        write,
    )


def _stay(line: BusinessCaseLine, before: BusinessCaseLine) -> None:
    """Make `line` a change of the one that is stored; a file says nothing of its publication."""
    line.pk = before.pk
    for column in Publication._meta.fields:
        setattr(line, column.attname, getattr(before, column.attname))


def _drop_options(case: BusinessCase, kept: Mapping[str, Any] | set[str]) -> None:
    """Take out the options that the file does not name and no line belongs to."""
    case.options.exclude(ref__in=list(kept)).filter(lines=None).delete()


def _two_options() -> list[CaseOption]:
    """The options of a file that names none: its lines belong to the second."""
    return [
        CaseOption(ref=USUAL, name="Business as usual", kind=OptionKind.BUSINESS_AS_USUAL, is_bau=True),
        CaseOption(ref=PROPOSED, name="Proposed arrangement", is_preferred=True, order_index=1),
    ]


def _options_of_lines(entry: Entry) -> dict[str, str]:
    """The option of each line by their ids: as given, else the preferred one."""
    options = entry.entries("options")
    preferred = next((one.text("id") for one in options if one.yes("preferred")), PROPOSED)
    return {line.text("id"): line.text("option") or preferred for line in entry.entries("lines")}


def _option(loading: Loading, index: int, entry: Entry) -> CaseOption:
    order, usual = entry.integer("order"), is_usual(entry)
    meant = OptionKind.BUSINESS_AS_USUAL if usual else OptionKind.SHARE
    return CaseOption(
        ref=entry.text("id"),
        name=entry.text("name"),
        description=entry.text("description"),
        kind=entry.text("kind") or meant.value,
        is_bau=usual,
        is_preferred=entry.yes("preferred"),
        without_council=loading.council(entry, "without"),
        order_index=index if order is None else order,
    )


def _line(loading: Loading, index: int, entry: Entry, pools: Mapping[str, CostPool]) -> BusinessCaseLine:
    order = entry.integer("order")
    pool = entry.text("pool")
    return BusinessCaseLine(
        ref=entry.text("id"),
        title=entry.text("title"),
        kind=entry.text("kind"),
        cost_type=entry.text("cost_type"),
        pool=pools[pool] if pool else None,
        key_text=entry.text("shared_by"),
        price_basis=entry.text("price_basis") or PriceBasis.REAL.value,
        price_base_fy=entry.fy("price_base_fy"),
        confidence=entry.text("confidence") or Confidence.MEDIUM.value,
        evidence=entry.text("evidence"),
        assumptions=entry.text("assumptions"),
        low_percent=_or_whole(entry.integer("low_percent")),
        high_percent=_or_whole(entry.integer("high_percent")),
        bias_category=entry.text("bias_category"),
        bias_mitigation_percent=entry.integer("bias_mitigation_percent"),
        bias_basis=entry.text("bias_basis"),
        staff_count=entry.integer("staff_count"),
        annual_pence=entry.pence("annual_gbp"),
        term_years=entry.integer("term_years"),
        whole_life_pence=entry.pence("whole_life_gbp"),
        override_reason=entry.text("override_reason"),
        order_index=index if order is None else order,
        qualifier=qualifier_of(entry),
        source=loading.source(entry),
    )


def _or_whole(percent: int | None) -> int:
    return WHOLE if percent is None else percent


def _amounts(loading: Loading, entry: Entry) -> list[BusinessCaseAmount]:
    return [
        BusinessCaseAmount(
            council=loading.council(amount),
            fy=needed(amount.fy("fy")),
            amount_pence=needed(amount.pence("amount_gbp")),
            nominal_pence=amount.pence("nominal_gbp"),
        )
        for amount in entry.entries("amounts")
    ]


def _place(option: CaseOption) -> tuple[int, str]:
    return option.order_index, option.ref


def _plain_option(option: CaseOption, variant_of: str) -> list[Any]:
    own = [plain(getattr(option, name)) for name in OPTION_COLUMNS]
    return [*own, variant_of, option.without_council.key if option.without_council else ""]


def _plain_line(line: BusinessCaseLine, option: str, amounts: Sequence[BusinessCaseAmount]) -> list[Any]:
    return [
        *(plain(getattr(line, name)) for name in LINE_COLUMNS),
        option,
        line.pool.ref if line.pool else "",
        str(line.source or ""),
        sorted(
            [
                amount.council.key if amount.council else "",
                amount.fy,
                amount.amount_pence,
                plain(amount.nominal_pence) or "",
            ]
            for amount in amounts
        ),
    ]
