"""Every benefit with its measure, its target or that none is set, and what the ledgers hold of it."""

from __future__ import annotations

from benefits.queries.register import BenefitRow
from core.rules.assessment import NotApplicable
from governance.benefits_files.fields import Field, FieldTable, Place, Unit
from governance.queries.benefits_export import BenefitsExport

_NO_POUNDS = NotApplicable("It is not counted in pounds")


def benefit_table(export: BenefitsExport) -> FieldTable[BenefitRow]:
    """The benefits register, as far as it is not about who has to do what."""
    return FieldTable(
        "benefits",
        "Benefits",
        "Benefits register",
        "A row a benefit, over all years",
        [
            Field("benefit", "Reference", lambda row: row.benefit.ref, "Reference", place=Place.ITEM),
            Field(
                "benefit_name", "Benefit", lambda row: row.benefit.title, "Its title", place=Place.ITEM_NAME
            ),
            Field("class", "Class", lambda row: row.class_text, "Its class; whether it is a dis-benefit"),
            Field("state", "State key", lambda row: row.benefit.state, "Its state", is_code=True),
            Field("state_name", "State", lambda row: row.benefit.get_state_display(), "The same in words"),
            *_measured(),
            Field(
                "counterfactual",
                "Would have happened anyway",
                lambda row: row.benefit.counterfactual or None,
                "What would have happened without the programme",
            ),
            Field(
                "current_plan",
                "Current plan",
                lambda row: _NO_POUNDS if row.plan_pence is None else row.plan_pence,
                "What the current plan holds of it",
                Unit.MONEY,
            ),
            Field(
                "verified",
                "Verified",
                lambda row: _NO_POUNDS if row.verified_pence is None else row.verified_pence,
                "What is verified of it",
                Unit.MONEY,
            ),
        ],
        export.benefits,
    )


def _measured() -> list[Field[BenefitRow]]:
    return [
        Field("measure", "Measure", lambda row: row.benefit.measure_name or None, "What is measured"),
        Field("unit", "Unit", lambda row: row.benefit.measure_unit or None, "What it is counted in"),
        Field(
            "starting_value",
            "Starting value",
            lambda row: row.starting_value,
            "The measure before the change",
            Unit.COUNT,
        ),
        Field(
            "target",
            "Target",
            lambda row: row.target_text,
            "The target with its unit or in words; In pounds; No target set",
        ),
        Field(
            "no_target_reason",
            "Why no target is set",
            lambda row: row.no_target_reason,
            "The reason, where there is to be none",
        ),
        Field(
            "latest_value",
            "Latest value",
            lambda row: row.actual_value,
            "The latest value of the measure",
            Unit.COUNT,
        ),
        Field(
            "progress",
            "Progress",
            lambda row: row.progress_percent,
            "How far it has come from its starting value to its target",
            Unit.PERCENT,
        ),
    ]
