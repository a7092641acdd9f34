"""Which programme a file is about, what it was read from, and who takes part."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from benefits.queries.ledgers import PlanFacts
from benefits.queries.scope import NO_FORECAST, NO_PLAN, NO_RETURN
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_fy
from governance.benefits_files.fields import Datum, Field, FieldTable, Place, Unit
from governance.queries.benefits_export import BenefitsExport
from programme.enums import FactKind
from programme.models import Fact
from programme.queries.partners import Member


def programme_table(export: BenefitsExport) -> FieldTable[BenefitsExport]:
    """One row: the programme, the day, and the plans and returns that its figures were read from."""
    return FieldTable(
        "programme",
        "Programme",
        "The programme and the day",
        "One row",
        [
            Field("key", "Key", lambda row: row.programme.key, "Key of the programme", place=Place.ITEM),
            Field("name", "Programme", lambda row: row.programme.name, "Its name", place=Place.ITEM_NAME),
            Field(
                "partnership",
                "Partnership",
                lambda row: row.programme.partnership.name,
                "Whose programme it is",
            ),
            Field("as_of", "As of", lambda row: row.as_of, "The day the file was asked for", Unit.DATE),
            Field(
                "seen_on",
                "Seen on",
                lambda row: row.seen_on,
                "The day everything is judged on: the same, or the last day that the sources of a past case "
                "knew",
                Unit.DATE,
            ),
            Field(
                "data_cut_off",
                "Data cut-off",
                lambda row: row.savings.cut_off or NO_RETURN,
                "End of the last month for which an actual amount was returned",
                Unit.DATE,
            ),
            *_plan_fields("original", lambda row: row.savings.original),
            *_plan_fields("current", lambda row: row.savings.current),
            Field(
                "forecast_as_at",
                "Latest forecast",
                lambda row: row.savings.forecast_as_at or NO_FORECAST,
                "Day of the latest forecast that counts",
                Unit.DATE,
            ),
            Field(
                "base_year",
                "Base year",
                lambda row: format_fy(row.programme.base_fy) if row.programme.base_fy is not None else None,
                "First financial year of the appraisal period",
            ),
            Field(
                "price_basis",
                "Prices",
                lambda row: row.programme.get_price_basis_display(),
                "Cash of the day, or constant prices of the base year",
            ),
            Field(
                "withheld",
                "Withheld",
                lambda row: row.left_out or None,
                "How many items are exempt or confidential, so that their words are not in this version",
            ),
        ],
        [export],
    )


def council_table(export: BenefitsExport) -> FieldTable[Member]:
    """Councils in the fixed order of the partnership."""
    return FieldTable(
        "councils",
        "Councils",
        "Councils in their fixed order",
        "A row a council that is, was or might have been a partner",
        [
            Field(
                "council",
                "Council key",
                lambda row: row.council.key,
                "Key of the council",
                place=Place.COUNCIL,
                is_code=True,
            ),
            Field(
                "council_name",
                "Council",
                lambda row: row.council.short_name,
                "Name of the council",
                place=Place.COUNCIL_NAME,
            ),
            Field(
                "status",
                "Status",
                lambda row: row.membership.get_status_display(),
                "Partner, Left, Never joined or another word",
                source=lambda row: [str(row.membership.source or "")],
            ),
            Field("joined", "Joined", lambda row: str(row.joined) if row.joined else None, "When it joined"),
            Field("left", "Left", lambda row: str(row.left) if row.left else None, "When it left"),
            Field(
                "financial_share",
                "Share of money, %",
                lambda row: _plain(row.financial_share),
                "Its agreed share of the money",
                Unit.AGREED_PERCENT,
            ),
            Field(
                "voting_share",
                "Share of votes, %",
                lambda row: _plain(row.voting_share),
                "Its share of the votes, which is another fact",
                Unit.AGREED_PERCENT,
            ),
        ],
        export.members,
        note=lambda row: row.membership.note,
    )


def caveat_table(export: BenefitsExport) -> FieldTable[Fact]:
    """What the sources leave open or contradict."""
    return FieldTable(
        "caveats",
        "Caveats",
        "What the sources leave open or contradict",
        "A row a caveat",
        [
            Field("caveat", "Reference", lambda row: row.ref, "Reference", place=Place.ITEM),
            Field(
                "text",
                "Caveat",
                lambda row: row.text,
                "What to know of the figures",
                source=lambda row: [str(row.source or "")],
            ),
        ],
        export.page.facts[FactKind.AMBIGUITY],
    )


def _plan_fields(
    name: str, plan_of: Callable[[BenefitsExport], PlanFacts | None]
) -> list[Field[BenefitsExport]]:
    def of(row: BenefitsExport, value: Callable[[PlanFacts], Datum]) -> Datum | NotAssessable:
        plan = plan_of(row)
        return value(plan) if plan else NO_PLAN

    return [
        Field(
            f"{name}_plan_version",
            f"{name.capitalize()} plan, version",
            lambda row: of(row, lambda plan: plan.number),
            f"Number of the {name} plan version",
            Unit.COUNT,
        ),
        Field(
            f"{name}_plan_effective_on",
            f"{name.capitalize()} plan, in effect from",
            lambda row: of(row, lambda plan: plan.effective_on),
            "Day from which forecasts are compared with it",
            Unit.DATE,
        ),
    ]


def _plain(share: Decimal | None) -> Decimal | None:
    """The share with the decimals that were agreed and no idle zeros."""
    return None if share is None else Decimal(f"{share.normalize():f}")
