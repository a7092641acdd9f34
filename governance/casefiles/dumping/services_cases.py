"""Business cases with their options, lines, texts, statements, scores and payments."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.calendar import fy_file_key
from governance.casefiles.dumping.services_reviews import key_of
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    email_of,
    inline,
    moment_of,
    pounds_of,
    qualifier_of,
    ref_of,
    source_of,
    unless,
)
from governance.casefiles.loading.services_lines import WHOLE
from governance.casefiles.writing import Inline
from programme.enums import PriceBasis
from programme.models import Programme
from services.enums import Confidence, OptionKind, PaybackOrigin
from services.models import (
    BusinessCase,
    BusinessCaseAmount,
    BusinessCaseLine,
    CaseOption,
    CaseReview,
    CaseStatement,
    Compensation,
    Criterion,
    QualityJudgement,
)

_FIRST_SEED = 1
_ROWS: Sequence[str] = (
    "sections",
    "options__variant_of",
    "options__without_council",
    "lines__source",
    "lines__option",
    "lines__pool",
    "lines__amounts__council",
    "reviews__reviewed_by",
    "statements__council",
    "statements__stated_by",
    "criteria__scores__option",
    "criteria__scores__scored_by",
    "compensations__beneficiary",
    "compensations__payments__council",
    "quality_judgements__entered_by",
)


def dump_business_cases(programme: Programme) -> list[Fields]:
    """Every version of every business case."""
    rows = programme.business_cases.select_related("service", "created_by", "issued_by")
    return [_case(case) for case in rows.prefetch_related(*_ROWS).order_by("ref", "number")]


def _case(case: BusinessCase) -> Fields:
    issued = {"by": email_of(case.issued_by), "at": moment_of(case.issued_at), "salt": case.content_salt}
    judgements = sorted(case.quality_judgements.all(), key=lambda row: (row.entered_at, row.pk))
    statements = sorted(case.statements.all(), key=lambda row: row.council.key)
    reviews = sorted(case.reviews.all(), key=lambda row: (row.reviewed_at, row.pk))
    lines = sorted(case.lines.all(), key=lambda line: (line.order_index, line.pk))
    return compact(
        {
            "id": case.ref,
            "version": case.number,
            "title": case.title,
            "summary": case.summary,
            "author": email_of(case.created_by),
            "stage": str(case.stage),
            "state": str(case.state),
            "service": ref_of(case.service),
            "base_fy": fy_file_key(case.base_fy),
            "horizon_years": case.horizon_years,
            "price_basis": str(case.price_basis),
            "payback_origin": unless(case.payback_origin, PaybackOrigin.PROFILE_START.value),
            "discount_rates": case.discount_version,
            "deflators": case.deflator_version,
            "bias_table": case.bias_version,
            "simulation_seed": unless(case.simulation_seed, _FIRST_SEED),
            "issued": inline(issued) if case.issued_at else None,
            "sections": compact({str(one.name): one.text for one in case.sections.all()}),
            "options": [_option(index, option) for index, option in enumerate(case.options.all())],
            "lines": [_line(index, line) for index, line in enumerate(lines)],
            "reviews": [_review(row) for row in reviews],
            "statements": [_statement(row) for row in statements],
            "criteria": [_criterion(index, row) for index, row in enumerate(case.criteria.all())],
            "compensations": [_compensation(row) for row in _in_order(case)],
            "quality_judgements": [_judgement(row) for row in judgements],
        }
    )


def _in_order(case: BusinessCase) -> list[Compensation]:
    return sorted(case.compensations.all(), key=lambda row: (row.beneficiary.key, row.basis))


def _option(index: int, option: CaseOption) -> Fields:
    meant = OptionKind.BUSINESS_AS_USUAL if option.is_bau else OptionKind.SHARE
    return compact(
        {
            "id": option.ref,
            "name": option.name,
            "description": option.description,
            "kind": unless(option.kind, meant.value),
            "order": unless(option.order_index, index),
            "business_as_usual": option.is_bau or None,
            "preferred": option.is_preferred or None,
            "variant_of": ref_of(option.variant_of),
            "without": key_of(option.without_council),
        }
    )


def _council_key(amount: BusinessCaseAmount) -> str:
    """Key of the council an amount belongs to; empty for a joint one."""
    return amount.council.key if amount.council else ""


_WITHHELD = frozenset({*BusinessCaseLine.withheld_fields, "annual_gbp", "whole_life_gbp", "amounts"})


def _line(index: int, line: BusinessCaseLine) -> Fields:
    """A line; of one that is withheld neither its figures nor what it says beside its title (INV-37)."""
    fields = _whole_line(index, line)
    return (
        {name: value for name, value in fields.items() if name not in _WITHHELD}
        if line.is_withheld
        else fields
    )


def _whole_line(index: int, line: BusinessCaseLine) -> Fields:
    amounts = sorted(line.amounts.all(), key=lambda row: (_council_key(row), row.fy))
    return compact(
        {
            "id": line.ref,
            "option": line.option.ref,
            "title": line.title,
            "kind": str(line.kind),
            "cost_type": str(line.cost_type),
            "pool": ref_of(line.pool),
            "shared_by": line.key_text,
            "order": unless(line.order_index, index),
            "price_basis": unless(line.price_basis, PriceBasis.REAL.value),
            "price_base_fy": None if line.price_base_fy is None else fy_file_key(line.price_base_fy),
            "confidence": unless(line.confidence, Confidence.MEDIUM.value),
            "evidence": line.evidence,
            "assumptions": line.assumptions,
            "low_percent": unless(line.low_percent, WHOLE),
            "high_percent": unless(line.high_percent, WHOLE),
            "bias_category": str(line.bias_category),
            "bias_mitigation_percent": line.bias_mitigation_percent,
            "bias_basis": line.bias_basis,
            "staff_count": line.staff_count,
            "annual_gbp": pounds_of(line.annual_pence),
            "term_years": line.term_years,
            "whole_life_gbp": pounds_of(line.whole_life_pence),
            "override_reason": line.override_reason,
            "qualifier": qualifier_of(line),
            "source": source_of(line.source),
            "amounts": [_amount(row) for row in amounts],
        }
    )


def _amount(amount: BusinessCaseAmount) -> Inline:
    return inline(
        {
            "council": _council_key(amount),
            "fy": fy_file_key(amount.fy),
            "amount_gbp": pounds_of(amount.amount_pence),
            "nominal_gbp": pounds_of(amount.nominal_pence),
        }
    )


def _review(row: CaseReview) -> Fields:
    return compact(
        {
            "outcome": str(row.outcome),
            "comment": row.comment,
            "by": email_of(row.reviewed_by),
            "at": moment_of(row.reviewed_at),
        }
    )


def _judgement(row: QualityJudgement) -> Fields:
    return compact(
        {
            "certainty": str(row.certainty),
            "reason": row.reason,
            "by": email_of(row.entered_by),
            "at": moment_of(row.entered_at),
        }
    )


def _statement(row: CaseStatement) -> Fields:
    return compact(
        {
            "council": row.council.key,
            "position": str(row.position),
            "text": row.text,
            "by": email_of(row.stated_by),
            "at": moment_of(row.stated_at),
        }
    )


def _criterion(index: int, criterion: Criterion) -> Fields:
    scores = sorted(criterion.scores.all(), key=lambda score: (score.option.ref, score.scored_by.email))
    return compact(
        {
            "id": criterion.ref,
            "name": criterion.name,
            "description": criterion.description,
            "order": unless(criterion.order_index, index),
            "weight_percent": criterion.weight_percent,
            "scores": [
                inline(
                    {
                        "option": score.option.ref,
                        "by": email_of(score.scored_by),
                        "score": score.score,
                        "reason": score.reason,
                    }
                )
                for score in scores
            ],
        }
    )


def _compensation(row: Compensation) -> Fields:
    payments = sorted(row.payments.all(), key=lambda payment: (payment.fy, payment.council.key))
    return compact(
        {
            "beneficiary": row.beneficiary.key,
            "basis": str(row.basis),
            "cap_gbp": pounds_of(row.cap_pence),
            "decision": row.decision_ref,
            "note": row.note,
            "payments": [
                inline(
                    {
                        "council": payment.council.key,
                        "fy": fy_file_key(payment.fy),
                        "amount_gbp": pounds_of(payment.amount_pence),
                    }
                )
                for payment in payments
            ],
        }
    )
