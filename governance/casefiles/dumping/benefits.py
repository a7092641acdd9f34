"""Figures as printed, benefit profiles, money lines and the three ledgers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from benefits.enums import BenefitKind, Direction, StatedSection
from benefits.models import (
    ActualAmount,
    Benefit,
    ForecastSnapshot,
    Line,
    PlanAmount,
    StatedFigure,
    Verification,
)
from benefits.models.ledger import LedgerAmount
from benefits.rules.budgets import WHOLE
from core.rules.calendar import fy_file_key
from governance.casefiles.checking.figures import COMBINED
from governance.casefiles.dumping.benefit_profiles import LISTED, RELATED, definition_of, measure_of
from governance.casefiles.dumping.claim_files import dump_claim_files
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    date_of,
    day_of,
    email_of,
    inline,
    keys_of,
    moment_of,
    number_of,
    pounds_of,
    qualifier_of,
    ref_of,
    source_of,
    unless,
)
from governance.casefiles.writing import Inline
from programme.models import PlanDate, PlanVersion, Programme


def dump_stated(programme: Programme) -> Fields:
    """Figures as printed, each section on its own."""
    rows = programme.stated_figures.select_related("source").prefetch_related("councils")
    figures = list(rows.order_by("order_index", "ref"))
    return {
        name: [compact(_common(figure) | write(figure)) for figure in figures if figure.section == section]
        for name, (section, write) in _SECTIONS.items()
    }


def dump_benefits(programme: Programme) -> list[Fields]:
    """Benefit profiles in order."""
    rows = programme.benefits.select_related(*RELATED).prefetch_related(*LISTED)
    return [_benefit(row) for row in rows.order_by("order_index", "ref")]


def dump_lines(programme: Programme) -> list[Fields]:
    """Money lines in order."""
    rows = programme.lines.select_related("benefit", "service", "source", "business_case_line__business_case")
    return [_line(row) for row in rows.order_by("order_index", "ref")]


def dump_plan_versions(programme: Programme) -> list[Fields]:
    """Every approved plan, the original first."""
    rows = programme.plan_versions.select_related("entered_by").order_by("number")
    amounts = PlanAmount.objects.filter(plan_version__programme=programme)
    by_version: dict[int, list[Inline]] = {}
    for amount in amounts.select_related("line", "council", "source").order_by(*_AMOUNT_ORDER):
        by_version.setdefault(amount.plan_version_id, []).append(inline(_amount(amount)))
    return [_plan_version(row, by_version.get(row.pk, [])) for row in rows]


def dump_forecasts(programme: Programme) -> list[Fields]:
    """Every forecast, in the order in which they were recorded."""
    rows = ForecastSnapshot.objects.filter(programme=programme).select_related("entered_by").order_by("pk")
    return [
        compact(
            {
                "as_at": day_of(row.as_at_on),
                "commentary": row.commentary,
                "by": email_of(row.entered_by),
                "entered_at": moment_of(row.entered_at),
            }
        )
        | {
            "amounts": [
                inline(_amount(amount) | {"explanation": amount.explanation})
                for amount in row.amounts.select_related("line", "council", "source").order_by(*_AMOUNT_ORDER)
            ]
        }
        for row in rows
    ]


def dump_actuals(programme: Programme) -> list[Fields]:
    """Every actual amount in the order of entry, numbered for the sake of reversals."""
    rows = ActualAmount.objects.filter(line__programme=programme).select_related(
        "line", "council", "source", "entered_by", "verification__verified_by"
    )
    files = dump_claim_files(programme)
    ids: dict[int, str] = {}
    found = []
    for number, row in enumerate(rows.order_by("pk"), 1):
        ids[row.pk] = f"A-{number}"
        found.append(_actual(row, ids) | compact({"files": files.get(row.pk)}))
    return found


def _common(figure: StatedFigure) -> Fields:
    return {
        "id": figure.ref,
        "label": figure.label,
        "amount_gbp": pounds_of(figure.amount_pence),
        "qualifier": str(figure.qualifier),
        "recurrence": str(figure.recurrence),
        "period": figure.period_text,
        "counts_in_total": None if figure.counts_in_total else False,
        "note": figure.note,
        "source": source_of(figure.source),
    }


def _saving(figure: StatedFigure) -> Fields:
    councils = keys_of(figure.councils.all())
    details = figure.details
    return {
        "kind": str(figure.stated_kind),
        "council": COMBINED if figure.is_combined else councils[0] if len(councils) == 1 else councils,
        "contract": figure.group,
        "cashable": details.get("cashable"),
        "net_of_costs": details.get("net_of_costs"),
        "table_value_gbp": details.get("table_value_gbp"),
    }


def _cost(figure: StatedFigure) -> Fields:
    return {
        "category": figure.category,
        "borne_by": figure.details.get("borne_by"),
        "apportionment": _apportionment(figure.details.get("apportionment")),
    }


def _apportionment(details: Fields | None) -> Inline | None:
    if details is None:
        return None
    shares = details["shares_pct"] or {}
    return inline(
        {
            "basis": details["basis"],
            "shares_pct": inline({key: number_of(Decimal(share)) for key, share in sorted(shares.items())}),
        }
    )


def _grant(figure: StatedFigure) -> Fields:
    return {"funder": figure.details.get("funder"), "per": str(figure.recurrence), "recurrence": None}


def _exit_cost(figure: StatedFigure) -> Fields:
    details = figure.details
    return {
        "label": None,
        "scope": figure.label,
        "recurrence": None,
        "per": details.get("per"),
        "total_gbp": details.get("total_gbp"),
    }


_SECTIONS: dict[str, tuple[StatedSection, Callable[[StatedFigure], Fields]]] = {
    "costs": (StatedSection.COST, _cost),
    "funding": (StatedSection.FUNDING, _grant),
    "savings": (StatedSection.SAVING, _saving),
    "unravelling": (StatedSection.EXIT_COST, _exit_cost),
}
_AMOUNT_ORDER = ("line__order_index", "line__ref", "council__key", "fy", "period")


def _benefit(benefit: Benefit) -> Fields:
    return compact(
        {
            "id": benefit.ref,
            "title": benefit.title,
            "description": benefit.description,
            **definition_of(benefit),
            "class": str(benefit.benefit_class),
            "kind": unless(benefit.kind, BenefitKind.NOT_STATED.value),
            "disbenefit": benefit.is_disbenefit or None,
            "state": str(benefit.state),
            "confidence": str(benefit.confidence),
            "owner": email_of(benefit.owner),
            "service": ref_of(benefit.service),
            "councils": keys_of(benefit.councils.all()),
            "counted_in": ref_of(benefit.counted_in),
            "attribution_percent": unless(benefit.attribution_percent, WHOLE),
            "attribution_reason": benefit.attribution_reason,
            "title_reason": benefit.title_reason,
            "starts_on": day_of(benefit.starts_on),
            "review_on": day_of(benefit.review_on),
            "measure": benefit.measure_name,
            "unit": benefit.measure_unit,
            "direction": unless(benefit.direction, Direction.NOT_STATED.value),
            "starting_value": number_of(benefit.starting_value),
            "target_value": number_of(benefit.target_value),
            "target_text": benefit.target_text,
            "actual_value": number_of(benefit.actual_value),
            "measured": benefit.measured_text,
            **measure_of(benefit),
            "note": benefit.note,
            "qualifier": qualifier_of(benefit),
            "source": source_of(benefit.source),
        }
    )


def _line(line: Line) -> Fields:
    case_line = line.business_case_line
    return compact(
        {
            "id": line.ref,
            "title": line.title,
            "kind": str(line.kind),
            "cost_type": str(line.cost_type),
            "benefit": ref_of(line.benefit),
            "service": ref_of(line.service),
            "business_case_line": inline(
                {
                    "case": case_line.business_case.ref,
                    "version": case_line.business_case.number,
                    "line": case_line.ref,
                }
            )
            if case_line
            else None,
            "budgeted": line.is_budgeted or None,
            "starts_on": day_of(line.starts_on),
            "ends_on": day_of(line.ends_on),
            "qualifier": qualifier_of(line),
            "source": source_of(line.source),
        }
    )


def _plan_version(version: PlanVersion, amounts: list[Inline]) -> Fields:
    dates = version.dates.select_related("milestone", "source")
    return compact(
        {
            "number": version.number,
            "approved_on": day_of(version.approved_on),
            "effective_on": day_of(version.effective_on),
            "reason": version.reason,
            "narrative": version.narrative,
            "by": email_of(version.entered_by),
            "entered_at": moment_of(version.entered_at),
            "dates": [_plan_date(row) for row in dates.order_by("milestone__order_index", "milestone__ref")],
            "amounts": amounts,
        }
    )


def _plan_date(row: PlanDate) -> Fields:
    return compact(
        {
            "milestone": row.milestone.ref,
            "date": date_of(row.get_date("date")),
            "qualifier": qualifier_of(row),
            "source": source_of(row.source),
        }
    )


def _amount(row: LedgerAmount) -> Fields:
    return {
        "line": row.line.ref,
        "council": row.council.key,
        "fy": fy_file_key(row.fy),
        "period": row.period,
        "amount_gbp": pounds_of(row.amount_pence),
        "qualifier": qualifier_of(row),
        "source": source_of(row.source),
    }


def _actual(row: ActualAmount, ids: dict[int, str]) -> Fields:
    answer = getattr(row, "verification", None)
    return compact(
        {
            "id": ids[row.pk],
            **_amount(row),
            "by": email_of(row.entered_by),
            "at": moment_of(row.entered_at),
            "explanation": row.explanation,
            "ledger_code": row.ledger_code,
            "evidence": row.evidence,
            "reverses": ids[row.reverses_id] if row.reverses_id else None,
            "verification": _verification(answer) if answer else None,
        }
    )


def _verification(answer: Verification) -> Inline:
    return inline(
        {
            "outcome": str(answer.outcome),
            "by": email_of(answer.verified_by),
            "at": moment_of(answer.verified_at),
            "reason": answer.reason,
        }
    )
