"""What is recorded of a decision, as the rules are told it."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from core.clock import today
from core.publication import shown
from governance.enums import Authority, BodyType, CouncilDecisionState
from governance.models import CouncilDecision, Decision, DecisionCondition
from governance.rules.facts import Answer, CallInFact, Condition, OwnRules, Proposal, body_verb
from governance.rules.wording import sentence
from programme.enums import GovernanceModel
from programme.models import Council, CouncilSetting
from programme.queries.reserved import reserved_matters

_SETTINGS = Prefetch("settings", CouncilSetting.objects.order_by("from_on"))
_OWN_RULES = (_SETTINGS, "closures")


def with_answers(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The decisions with every council's answer, call-ins and own rules, and conditions. Six queries."""
    of_council = (Prefetch("council__settings", _SETTINGS.queryset), "council__closures")
    return _with(decisions, _ANSWERS.prefetch_related(*of_council))


def answered(decisions: QuerySet[Decision]) -> list[Decision]:
    """The same of many decisions, in their order: one row a council serves them all. Six queries."""
    rows = list(_with(decisions, _ANSWERS))
    councils: dict[int, Council] = {}
    for row in rows:
        for asked in row.council_decisions.all():
            if asked.council is not None:
                asked.council = councils.setdefault(asked.council.pk, asked.council)
    prefetch_related_objects(list(councils.values()), *_OWN_RULES)
    return rows


_ANSWERS = CouncilDecision.objects.select_related("council", "element").prefetch_related("call_ins")


def _with(decisions: QuerySet[Decision], answers: QuerySet[CouncilDecision]) -> QuerySet[Decision]:
    own = Prefetch("council_decisions", answers.order_by("order_index", "pk"))
    return decisions.select_related("body", "programme").prefetch_related(own, "conditions")


def facts_of(decision: Decision) -> Proposal:
    """What is recorded of one decision now. Six queries."""
    return proposal_of(with_answers(Decision.objects.filter(pk=decision.pk)).get())


def unasked_answer(council: Council, approval_body: str, *, is_key: bool, is_private: bool) -> Answer:
    """A council that has not been asked, with its own rules and closures, as if this body were to decide."""
    return Answer(
        council=council.short_name,
        approval_body=approval_body,
        state=CouncilDecisionState.AWAITING,
        has_executive=council.governance_model != GovernanceModel.COMMITTEE,
        own_rules=tuple(_own_rules(setting) for setting in council.settings.all()),
        closures=_closures(council),
        is_key=is_key,
        is_private=is_private,
    )


def answer_among(proposal: Proposal, decision: Decision, asked: CouncilDecision) -> Answer:
    """The answer of one council among the facts of a decision read `with_answers`."""
    rows = decision.council_decisions.all()
    places = {row.pk: answer for row, answer in zip(rows, proposal.answers, strict=True)}
    return places[asked.pk]


def proposal_of(decision: Decision) -> Proposal:
    """What the rules are told of a decision read `with_answers`. No query."""
    body = decision.body
    return Proposal(
        state=decision.state,
        text_number=decision.text_number,
        text_hash=decision.text_hash,
        answers=tuple(_answer(row) for row in decision.council_decisions.all()),
        is_key=decision.is_key,
        body=body.name if body else decision.body_text,
        body_verb=body_verb(body.authority if body else Authority.NOT_STATED, decision.kind),
        summary=shown(decision, decision.summary).text,
        meeting_on=decision.meeting_on,
        recommended_on=decision.recommended_on,
        not_before_on=decision.not_before_on,
        taken=decision.get_date("taken"),
        lapse_after_days=decision.lapse_after_days,
        is_severable=decision.is_severable,
        is_reserved=decision.is_reserved_matter,
        conditions=tuple(
            Condition(shown(decision, row.text).text, row.met_on) for row in standing_conditions(decision)
        ),
        body_type=body.type if body else BodyType.NOT_STATED,
    )


def standing_conditions(decision: Decision) -> list[DecisionCondition]:
    """The conditions that count: not those of councils that the others go ahead without.

    No query of a decision read `with_answers`.
    """
    asked = list(decision.council_decisions.all())
    left_out = {row.council_id for row in asked if row.is_left_out and row.council_id is not None}
    left_out -= {row.council_id for row in asked if not row.is_left_out}
    return [row for row in decision.conditions.all() if row.council_id not in left_out]


def is_reserved(decision: Decision) -> bool:
    """Whether its matter is kept for each council, by itself or by an agreement in force. One query."""
    if decision.is_reserved_matter:
        return True
    return decision.matter in reserved_matters(decision.programme.partnership_id, today())


def party_name(row: CouncilDecision) -> str:
    """The council's short name, or the source's words for a council that it does not name."""
    return row.council.short_name if row.council else sentence(row.party_text.replace("_", " "))


def _answer(row: CouncilDecision) -> Answer:
    council = row.council
    return Answer(
        council=party_name(row),
        approval_body=row.approval_body,
        state=row.state,
        text_number=row.text_number,
        text_hash=row.text_hash,
        decided=row.get_date("decided"),
        published_on=row.published_on,
        next_meeting_on=row.next_meeting_on,
        notice_published_on=row.notice_published_on,
        has_executive=council is None or council.governance_model != GovernanceModel.COMMITTEE,
        own_rules=tuple(_own_rules(setting) for setting in council.settings.all()) if council else (),
        element=row.element.title if row.element else "",
        is_key=row.is_key,
        is_executive=row.is_executive,
        is_left_out=row.is_left_out,
        is_exempt_from_callin=row.is_exempt_from_callin,
        callin_exempt_reason=row.callin_exempt_reason,
        call_ins=tuple(
            CallInFact(
                one.raised_at,
                one.outcome,
                one.scrutiny_met_on,
                one.released_on,
                one.text_number,
                one.scrutiny_meets_on,
            )
            for one in row.call_ins.all()
        ),
        closures=_closures(council),
        urgency=row.urgency,
        urgency_reason=row.urgency_reason,
        scrutiny_chair_told_on=row.scrutiny_chair_told_on,
        urgency_notice_on=row.urgency_notice_on,
        urgency_agreed_by=row.urgency_agreed_by,
        urgency_agreed_on=row.urgency_agreed_on,
        is_private=row.is_private,
        private_notice_on=row.private_notice_on,
        private_second_notice_on=row.private_second_notice_on,
    )


def _closures(council: Council | None) -> tuple[date, ...]:
    return tuple(one.day_on for one in council.closures.all()) if council else ()


def _own_rules(setting: CouncilSetting) -> OwnRules:
    return OwnRules(
        setting.from_on,
        setting.callin_days,
        setting.callin_unit,
        setting.callin_cutoff,
        setting.publication_days,
        setting.callin_scope,
        setting.callin_min_members,
        setting.callin_after_reconsideration,
        setting.notice_day_unit,
        setting.agenda_day_unit,
    )
