"""The content of a business case as it is frozen and hashed when it is issued (domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_hex
from typing import Any

from django.db import models

from services.models import ApportionmentShare, BusinessCase, BusinessCaseAmount, BusinessCaseLine, Score
from services.queries.case_amounts import DETAILS, RELATED
from services.rules.case_content import content_hash

_CASE = (
    "ref",
    "number",
    "title",
    "summary",
    "stage",
    "base_fy",
    "horizon_years",
    "price_basis",
    "payback_origin",
    "discount_version",
    "deflator_version",
    "bias_version",
    "simulation_seed",
)
OPTION_COLUMNS = ("ref", "name", "description", "kind", "is_bau", "is_preferred", "order_index")
# What people enter of a line itself, and what goes with it. Loaded files are audited in this order, so that
# a later load compares like with like: a new column goes last.
_ENTERED = tuple(name for name in DETAILS if name not in RELATED)
_PRICES_END = _ENTERED.index("confidence")
LINE_COLUMNS = (
    *_ENTERED[:_PRICES_END],
    "price_base_fy",
    *_ENTERED[_PRICES_END:],
    "order_index",
    "qualifier",
)
_CRITERION = ("ref", "name", "description", "weight_percent", "order_index")


def case_content(case: BusinessCase) -> dict[str, Any]:
    """All that a version says, as plain values in a fixed order. Eight queries.

    Joint amounts come with the shares of the runs that were kept when it was issued; a draft has none yet.
    Nothing in it depends on the database that holds it, so that the hash is the same in another one.
    """
    return {
        "case": _values(case, _CASE),
        "sections": {section.name: section.text for section in case.sections.all() if section.text},
        "options": [
            _values(option, OPTION_COLUMNS)
            | {
                "variant_of": option.variant_of.ref if option.variant_of else "",
                "without": option.without_council.key if option.without_council else "",
            }
            for option in case.options.select_related("variant_of", "without_council").order_by("ref")
        ],
        "lines": [
            _values(line, LINE_COLUMNS)
            | {"option": line.option.ref, "pool": line.pool.ref if line.pool else ""}
            | {"source": str(line.source or ""), "amounts": _amounts(line)}
            for line in case.lines.select_related("option", "pool", "source")
            .prefetch_related(
                models.Prefetch("amounts", BusinessCaseAmount.objects.select_related("council"))
            )
            .order_by("ref")
        ],
        "shares": _shares(case),
        "criteria": [_values(criterion, _CRITERION) for criterion in case.criteria.order_by("ref")],
        "scores": _scores(case),
        "statements": [
            [one.council.key, one.position, one.text, one.stated_at.isoformat()]
            for one in case.statements.select_related("council").order_by("council__key")
        ],
    }


def new_salt() -> str:
    """A salt that nobody can guess: 128 random bits in hexadecimal."""
    return token_hex(16)


def hash_of_content(case: BusinessCase) -> str:
    """The hash of what the case says now with its salt, which is shown to nobody.

    Without the salt a reader could try amounts for the one that is withheld until the hash is right (INV-38).
    """
    return content_hash({**case_content(case), "salt": case.content_salt})


def has_issued_content(case: BusinessCase) -> bool:
    """Whether an issued case still says what was hashed when it was issued."""
    return bool(case.content_hash) and hash_of_content(case) == case.content_hash


def _values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _amounts(line: BusinessCaseLine) -> list[list[Any]]:
    return sorted(
        [amount.council.key if amount.council else "", amount.fy, amount.amount_pence, amount.nominal_pence]
        for amount in line.amounts.all()
    )


def _shares(case: BusinessCase) -> list[list[Any]]:
    """Line, year, total, keys used, council and share of each run that was kept for the issue."""
    if case.issued_at is None:
        return []
    shares = ApportionmentShare.objects.filter(
        run__line__business_case=case, run__entered_at__lte=case.issued_at
    ).order_by("run__line__ref", "run__fy", "run", "council__key")
    columns = ("run__line__ref", "run__fy", "run__total_pence", "run__weights", "council__key", "share_pence")
    rows = shares.values_list(*columns)
    return [[ref, fy, total, _used(parts), *share] for ref, fy, total, parts, *share in rows]


def _used(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a run keeps of the keys that it used, without their place in this database."""
    return [{name: value for name, value in part.items() if name != "key"} for part in parts]


def _scores(case: BusinessCase) -> list[list[Any]]:
    scores = Score.objects.filter(criterion__business_case=case)
    columns = ("criterion__ref", "option__ref", "score", "reason")
    return [list(row) for row in scores.order_by(*columns).values_list(*columns)]
