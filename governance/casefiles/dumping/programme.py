"""The programme's own rows: partners, bodies, facts, phases, milestones and risks."""

from __future__ import annotations

from core.publication import shown
from core.rules.calendar import fy_file_key
from governance.casefiles.checking.programme import DEFAULT_HORIZON, SHORTFALL
from governance.casefiles.dumping.shape import (
    Fields,
    Inline,
    compact,
    date_of,
    day_of,
    email_of,
    in_order,
    inline,
    keys_of,
    moment_of,
    number_of,
    pounds_of,
    ref_of,
    source_of,
    unless,
)
from governance.casefiles.loading.programme import FACTS
from governance.enums import Authority
from governance.models import Body
from programme.enums import MilestoneKind, PriceBasis, ProgrammeState, RaidRegister
from programme.models import (
    Fact,
    Judgement,
    Membership,
    Milestone,
    MilestoneDependency,
    Partnership,
    Phase,
    Programme,
    Risk,
)


def dump_programme(programme: Programme) -> Fields:
    """State, base year, appraisal period and who answers for it."""
    has_own_name = "title" in programme.details
    return compact(
        {
            "name": programme.name if has_own_name else None,
            "summary": programme.summary,
            "state": unless(programme.state, ProgrammeState.ACTIVE.value),
            "base_fy": fy_file_key(programme.base_fy) if programme.base_fy is not None else None,
            "horizon_years": unless(programme.horizon_years, DEFAULT_HORIZON),
            "price_basis": unless(programme.price_basis, PriceBasis.NOT_STATED.value),
            "sro": email_of(programme.sro),
            "closes_on": day_of(programme.closes_on),
            "rag_thresholds": _limits(programme) or None,
        }
    )


def _limits(programme: Programme) -> Fields:
    """Its own limits of ratings; pence as pounds."""
    own = dict(programme.rag_thresholds or {})
    if (shortfall := own.pop("shortfall_amber_pence", None)) is not None:
        own[SHORTFALL] = pounds_of(shortfall)
    return own


def dump_model(partnership: Partnership) -> Fields:
    """How the councils work together."""
    return compact(
        {
            "primary": str(partnership.model),
            "also": partnership.also_models,
            "description": partnership.description,
            "source": source_of(partnership.source),
        }
    )


def dump_partners(partnership: Partnership) -> list[Fields]:
    """Councils in their order."""
    rows = partnership.memberships.select_related("council", "source").order_by("order_index", "council__key")
    return [_partner(row) for row in rows]


def dump_bodies(partnership: Partnership) -> list[Fields]:
    """Bodies with their seats."""
    rows = partnership.bodies.select_related("source").prefetch_related("composition__council")
    return [_body(body) for body in rows.order_by("order_index", "ref")]


def dump_facts(programme: Programme) -> Fields:
    """Context, criteria, red lines and ambiguities, each as its section."""
    rows = list(programme.facts.select_related("source").order_by("order_index", "ref"))
    return {
        section: [_fact(row, text_name, names) for row in rows if row.kind == kind]
        for section, (kind, text_name, names) in FACTS.items()
    }


def _fact(row: Fact, text_name: str, names: tuple[str, ...]) -> Fields:
    details = {name: in_order(row.details.get(name)) for name in names}
    return compact({"id": row.ref, text_name: row.text, **details, "source": source_of(row.source)})


def dump_phases(programme: Programme) -> list[Fields]:
    """Phases in order."""
    rows = programme.phases.select_related("source").order_by("order_index", "ref")
    return [_phase(phase) for phase in rows]


def dump_tranches(programme: Programme) -> list[Inline]:
    """Tranches in order."""
    rows = programme.tranches.select_related("source").order_by("order_index", "ref")
    return [
        inline(
            {
                "id": row.ref,
                "label": row.label,
                "indicative": row.is_indicative or None,
                "note": row.note,
                "source": source_of(row.source),
            }
        )
        for row in rows
    ]


def dump_dependencies(programme: Programme) -> list[Inline]:
    """What waits for what, by milestone."""
    rows = MilestoneDependency.objects.filter(successor__programme=programme)
    refs = rows.values_list("successor__ref", "predecessor__ref", "lag_days")
    return [
        inline({"milestone": one, "waits_for": other, "lag_days": lag or None})
        for one, other, lag in refs.order_by("successor__ref", "predecessor__ref")
    ]


def dump_milestones(programme: Programme) -> list[Fields]:
    """Milestones in order, each with its plan date as it stands."""
    rows = programme.milestones.select_related("phase", "tranche", "owner", "source")
    rows = rows.prefetch_related("councils")
    return [_milestone(milestone) for milestone in rows.order_by("order_index", "ref")]


def dump_risks(programme: Programme) -> list[Fields]:
    """Entries of the registers in order."""
    rows = programme.risks.select_related("owner", "source").prefetch_related("impacts__council")
    return [
        compact(
            {
                "id": risk.ref,
                "register": unless(risk.register, RaidRegister.RISK.value),
                "label": risk.title,
                "category": risk.category,
                "occurred": risk.has_occurred,
                "mitigation": shown(risk, risk.response).text,
                "likelihood": risk.likelihood,
                "impact": risk.impact,
                "owner": email_of(risk.owner),
                "proximity_on": day_of(risk.proximity_on),
                "review_on": day_of(risk.review_on),
                "closed_on": day_of(risk.closed_on),
                "closed_because": shown(risk, risk.closed_because).text,
                "impacts": _impacts(risk),
                "source": source_of(risk.source),
            }
        )
        for risk in rows.order_by("order_index", "ref")
    ]


def _impacts(risk: Risk) -> list[Inline]:
    rows = sorted(risk.impacts.all(), key=lambda one: one.council.key)
    return [
        inline({"council": one.council.key, "impact": one.impact, "text": shown(risk, one.text).text})
        for one in rows
    ]


def dump_judgements(programme: Programme) -> list[Fields]:
    """Judgements of the senior responsible owner by their references, with what was worked out then."""
    rows = programme.judgements.select_related("given_by").order_by("ref")
    return [_judgement(row) for row in rows]


def _judgement(row: Judgement) -> Fields:
    worked_out = {"word": row.computed_word, "reason": row.computed_reason}
    return compact(
        {
            "id": row.ref,
            "subject": str(row.subject),
            "point": row.point,
            "reason": row.reason,
            "by": email_of(row.given_by),
            "given_on": day_of(row.given_on),
            "until_on": day_of(row.until_on),
            "worked_out": inline(worked_out) if row.computed_word else None,
            "ended_on": day_of(row.ended_on),
            "ended_because": row.ended_because,
        }
    )


def _partner(row: Membership) -> Fields:
    return compact(
        {
            "council": row.council.key,
            "order": row.order_index,
            "role": row.role_text,
            "status": str(row.status),
            "joined": date_of(row.get_date("joined")),
            "left": date_of(row.get_date("left")),
            "financial_share_percent": number_of(row.financial_share_percent),
            "voting_share_percent": number_of(row.voting_share_percent),
            "note": row.note,
            "source": source_of(row.source),
        }
    )


def _body(body: Body) -> Fields:
    return compact(
        {
            "id": body.ref,
            "body": body.name,
            "composition": [
                inline(
                    {
                        "council": seat.council.key if seat.council else None,
                        "seats": seat.seats,
                        "make_up": seat.make_up,
                    }
                )
                for seat in body.composition.all()
            ],
            "seats": body.seats,
            "frequency": body.frequency,
            "authority": unless(body.authority, Authority.NOT_STATED.value),
            "note": body.note,
            "source": source_of(body.source),
        }
    )


def _phase(phase: Phase) -> Fields:
    return compact(
        {
            "id": phase.ref,
            "label": phase.label,
            "start": date_of(phase.get_date("start")),
            "due": date_of(phase.get_date("due")),
            "actual_end": date_of(phase.get_date("end")),
            "state": str(phase.stated_state),
            "note": phase.note,
            "source": source_of(phase.source),
        }
    )


def _milestone(milestone: Milestone) -> Fields:
    return compact(
        {
            "id": milestone.ref,
            "label": milestone.title,
            "phase": ref_of(milestone.phase),
            "kind": unless(milestone.kind, MilestoneKind.NOT_STATED.value),
            "gate": milestone.gate_number,
            "tranche": ref_of(milestone.tranche),
            "owner": email_of(milestone.owner),
            "councils": keys_of(milestone.councils.all()),
            "critical": milestone.is_critical or None,
            "due": date_of(milestone.get_date("plan")),
            "forecast": date_of(milestone.get_date("forecast")),
            "forecast_updated_at": moment_of(milestone.forecast_updated_at),
            "actual": date_of(milestone.get_date("actual")),
            "state": str(milestone.stated_state),
            "evidence": milestone.evidence,
            "update_note": milestone.note,
            "note": milestone.case_note,
            "source": source_of(milestone.source),
        }
    )
