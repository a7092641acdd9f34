"""What a benefit profile holds beside its name and kind, what was recorded about it, and the benefits map."""

from __future__ import annotations

from typing import Any

from benefits.enums import Combining, Frequency, HandoverState, Recurrence
from benefits.models import Benefit, BenefitHandover, BenefitLink, BenefitTransition
from benefits.models.benefit import DOAM
from core.rules.calendar import fy_file_key
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    day_of,
    email_of,
    inline,
    moment_of,
    number_of,
    pounds_of,
    ref_of,
    source_of,
    unless,
)
from governance.casefiles.loading.benefits_map import LINK_ENDS
from governance.casefiles.writing import Inline, InlineList
from programme.models import Programme

RELATED = ("owner", "sro", "service", "counted_in", "lesson", "source")
LISTED = (
    "councils",
    "risks",
    "shares__council",
    "trajectory",
    "readings__council",
    "readings__entered_by",
    "evidence__entered_by",
    "reviews__entered_by",
    "transitions__by",
    "handovers__to_owner",
    "handovers__from_owner",
    "handovers__offered_by",
    "handovers__answered_by",
)


def definition_of(benefit: Benefit) -> Fields:
    """What the benefit is and what it takes."""
    return {
        "category": benefit.category,
        "service_feature": benefit.service_feature,
        "potential_costs": benefit.potential_costs,
        "activities": benefit.activities,
        "dependencies": benefit.dependencies,
        "counterfactual": benefit.counterfactual,
        "sro": email_of(benefit.sro),
        "shares": inline(
            {
                share.council.key: number_of(share.percent)
                for share in sorted(benefit.shares.all(), key=lambda share: share.council.key)
            }
        ),
        "risks": InlineList(sorted(risk.ref for risk in benefit.risks.all())),
        "full_year_gbp": pounds_of(benefit.full_year_pence),
        "recurrence": unless(benefit.recurrence, Recurrence.NOT_STATED.value),
        "ends_on": day_of(benefit.ends_on),
        "early_reason": benefit.early_reason,
        "approved_on": day_of(benefit.approved_on),
    }


def measure_of(benefit: Benefit) -> Fields:
    """How it is measured, what is planned and what was found."""
    return {
        "measure_source": benefit.measure_source,
        "measure_method": benefit.measure_method,
        "frequency": unless(benefit.frequency, Frequency.NOT_STATED.value),
        "combining": unless(benefit.combining, Combining.NOT_STATED.value),
        "starting_on": day_of(benefit.starting_on),
        "starting_reason": benefit.starting_reason,
        "no_target_reason": benefit.no_target_reason,
        "percent_reason": benefit.percent_reason,
        "trajectory": [
            inline({"fy": fy_file_key(row.fy), "period": row.period, "value": number_of(row.value)})
            for row in benefit.trajectory.all()
        ],
        "readings": [
            inline(
                {
                    "council": row.council.key if row.council else None,
                    "fy": fy_file_key(row.fy),
                    "period": row.period,
                    "value": number_of(row.value),
                    "note": row.note,
                }
                | _entered(row)
            )
            for row in benefit.readings.all()
        ],
        "tests": compact({test: _test(benefit, test) for test in DOAM}),
        "evidence": [inline({"text": row.text} | _entered(row)) for row in benefit.evidence.all()],
        "reviews": [
            compact(
                {
                    "reviewed_on": day_of(row.reviewed_on),
                    "finding": row.finding,
                    "confidence": str(row.confidence),
                    "next_review_on": day_of(row.next_review_on),
                }
                | _entered(row)
            )
            for row in benefit.reviews.all()
        ],
        "steps": [_step(row) for row in benefit.transitions.all()],
        "handovers": [_handover(row) for row in benefit.handovers.all()],
        "lesson": ref_of(benefit.lesson),
    }


def _step(row: BenefitTransition) -> Fields:
    return compact(
        {
            "step": str(row.step),
            "from": str(row.from_state),
            "to": str(row.to_state),
            "why": row.why,
            "agreed": row.agreed or None,
            "by": email_of(row.by),
            "at": moment_of(row.at),
        }
    )


def _handover(row: BenefitHandover) -> Fields:
    return compact(
        {
            "to": email_of(row.to_owner),
            "from": email_of(row.from_owner),
            "note": row.note,
            "review_on": day_of(row.review_on),
            "by": email_of(row.offered_by),
            "at": moment_of(row.offered_at),
            "state": unless(row.state, HandoverState.OFFERED.value),
            "answer": row.answer,
            "answered_by": email_of(row.answered_by),
            "answered_at": moment_of(row.answered_at) if row.answered_at else None,
        }
    )


def dump_objectives(programme: Programme) -> list[Fields]:
    """Objectives in order."""
    rows = programme.objectives.select_related("source").order_by("order_index", "ref")
    return [compact({"id": row.ref, "title": row.title, "source": source_of(row.source)}) for row in rows]


def dump_map_steps(programme: Programme) -> list[Inline]:
    """Business changes and outcomes in order."""
    rows = programme.map_steps.order_by("order_index", "ref")
    return [inline({"id": row.ref, "kind": str(row.kind), "title": row.title}) for row in rows]


def dump_benefit_links(programme: Programme) -> list[Inline]:
    """Links of the map, by what they join."""
    rows = BenefitLink.objects.filter(programme=programme).select_related("entered_by", *LINK_ENDS)
    found = [{name: ref_of(getattr(row, name)) for name in LINK_ENDS} | _entered(row) for row in rows]
    return [inline(fields) for fields in sorted(found, key=_by_ends)]


def _by_ends(fields: Fields) -> list[str]:
    return [str(fields[name] or "") for name in LINK_ENDS]


def _test(benefit: Benefit, test: str) -> Inline:
    return inline({"met": getattr(benefit, f"has_{test}") or None, "text": getattr(benefit, f"doam_{test}")})


def _entered(row: Any) -> Fields:
    return {"by": email_of(row.entered_by), "at": moment_of(row.entered_at)}
