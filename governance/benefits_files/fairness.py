"""Whether it is fair, and how complete the figures are that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benefits.queries.equity import EquityComparison
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.returns import CouncilReturn, ReturnState
from benefits.queries.scope import NO_RETURN
from benefits.rules.equity import EquityRow
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from governance.benefits_files.fields import Datum, Field, FieldTable, Place, Unit
from governance.benefits_files.places import council_fields, key_of
from governance.benefits_files.stated import group_key, group_words
from governance.queries.benefits_export import BenefitsExport

AS_STATED = "As stated"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One council's share in one comparison; `row` says why where it cannot be worked out."""

    key: str
    name: str
    basis: str
    council: PartnerCouncil
    row: EquityRow | NotAssessable | NotApplicable | Withheld


def equity_table(export: BenefitsExport) -> FieldTable[ShareRow]:
    """Each council's share of benefit beside its share of cost and of population (F-35)."""
    return FieldTable(
        "equity",
        "Equity",
        "Shares by council: benefit against cost, benefit and cost against population",
        "A row a comparison and council: by the current plan over the whole period, or as stated",
        [
            *_comparison_fields(),
            *council_fields(lambda row: row.council),
            Field(
                "basis", "Basis", lambda row: row.basis, "Current plan, or figures as a source states them"
            ),
            *_share_fields(),
        ],
        list(_share_rows(export)),
    )


def return_table(export: BenefitsExport) -> FieldTable[CouncilReturn]:
    """How far each council's returns have come, so that nobody takes a late return for no saving."""

    def state(part: str, whose: Callable[[CouncilReturn], ReturnState]) -> Iterator[Field[CouncilReturn]]:
        for name, word in (("returned", "Returned"), ("verified", "Verified")):
            yield Field(
                f"{part}_{name}_up_to",
                f"{part.capitalize()} {name} up to",
                _latest(whose, f"latest_{name}_on"),
                f"{word} up to the end of this month",
                Unit.DATE,
            )

    return FieldTable(
        "returns",
        "Returns",
        "How complete the figures are: each council's returns",
        "A row a council",
        [
            *council_fields(lambda row: row.council),
            *state("savings", lambda row: row.savings),
            *state("costs", lambda row: row.costs),
        ],
        export.savings.returns,
    )


def _latest(whose: Callable[[CouncilReturn], ReturnState], name: str) -> Callable[[CouncilReturn], Datum]:
    return lambda row: getattr(whose(row), name) or NO_RETURN


def _comparison(comparison: EquityComparison) -> str:
    return f"{comparison.measured} against {comparison.compared_with.lower()}"


def _share_rows(export: BenefitsExport) -> Iterator[ShareRow]:
    for share in export.stated.shares:
        key = f"{group_key(share.group)}_against_one_off_cost"
        name = f"Yearly saving against one-off cost: {group_words(share.group)}"
        yield ShareRow(key, name, AS_STATED, share.council, share.row)
    for comparison in export.savings.equity:
        found, name = comparison.rows, _comparison(comparison)
        by_name = {row.council: row for row in found} if isinstance(found, tuple) else {}
        for council in export.savings.all_councils:
            row = found if not isinstance(found, tuple) else by_name[council.name]
            yield ShareRow(key_of(name), name, str(comparison.basis.label), council, row)


def _comparison_fields() -> Iterator[Field[ShareRow]]:
    yield Field(
        "comparison",
        "Comparison key",
        lambda row: row.key,
        "Key of the comparison",
        place=Place.ITEM,
        is_code=True,
    )
    yield Field(
        "comparison_name",
        "Comparison",
        lambda row: row.name,
        "What is compared with what",
        place=Place.ITEM_NAME,
    )


def _share_fields() -> Iterator[Field[ShareRow]]:
    yield Field(
        "share",
        "Share, %",
        lambda row: _share(row, lambda found: found.share_percent),
        "The council's share of what is named first",
        Unit.PERCENT,
    )
    yield Field(
        "compared_share",
        "Share compared with, %",
        lambda row: _share(row, lambda found: found.other_percent),
        "Its share of what is named second",
        Unit.PERCENT,
    )
    yield Field(
        "difference",
        "Difference, points",
        lambda row: _share(row, lambda found: found.difference_points),
        "The first less the second",
        Unit.POINTS,
    )
    yield Field(
        "is_flagged",
        "Flagged",
        lambda row: _share(row, lambda found: found.is_flagged),
        "Whether the difference is more than 5 points either way",
        Unit.FLAG,
    )


def _share(row: ShareRow, value: Callable[[EquityRow], Datum]) -> Datum:
    return value(row.row) if isinstance(row.row, EquityRow) else row.row
