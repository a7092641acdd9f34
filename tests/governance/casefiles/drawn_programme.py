"""Sections of a generated case about councils, people, the programme and what is decided."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from accounts.enums import RoleName
from core.rules.calendar import fy_file_key
from governance.enums import ApprovalBody, Authority, CouncilDecisionState, DecisionState
from programme.enums import (
    ConfidenceScale,
    CouncilType,
    GateRecommendationState,
    GateUrgency,
    LessonAnswer,
    MemberStatus,
    MilestoneKind,
    MilestoneState,
    PhaseState,
    ProgrammeState,
    RaidRegister,
)
from programme.rules.assurance.checklist import checklist
from services.enums import ServiceKind
from tests.governance.casefiles.drawn import (
    BASE_FY,
    FIRST,
    LAST,
    Draw,
    Fields,
    Ground,
    choice,
    dates,
    days,
    later_days,
    moments,
    notes,
    percents,
    qualifiers,
    sources,
    texts,
)


class ProgrammeParts(Ground):
    """Draws councils, partners, people, phases, milestones, registers, gates, lessons and decisions."""

    def _council(self, key: str) -> Fields:
        draw = self.draw
        series = draw(st.sampled_from([("population", "quantity"), ("net_budget", "amount_gbp")]))
        figure = {
            "series": series[0],
            "year": draw(st.integers(2000, 2030)),
            series[1]: draw(st.integers(0, 10**6)),
            "qualifier": draw(qualifiers),
            "source": draw(sources),
        }
        setting = {
            "from": draw(days),
            "callin_days": draw(st.integers(0, 10)),
            "callin_unit": draw(st.sampled_from(["working", "calendar"])),
            "callin_cutoff": "12:30",
        }
        return {
            "key": key,
            "name": draw(texts),
            "short_name": draw(texts),
            "type": draw(choice(CouncilType.values)),
            "region": draw(notes),
            "note": draw(notes),
            "in_table2": draw(st.booleans()),
            "figures": draw(st.sampled_from([[], [figure]])),
            "settings": draw(st.sampled_from([[], [setting]])),
            "abolished_on": draw(st.none() | later_days),
            "source": draw(sources),
        }

    def _registered(self) -> Fields:
        draw = self.draw
        year = draw(st.none() | st.integers(1990, 2026))
        return {
            "key": "generated",
            "members": self.partners,
            "year_formed": year,
            "formed": None if year else draw(st.none() | dates()),
            "note": draw(notes),
            "source": draw(sources),
        }

    def _person(self, number: int, email: str) -> Fields:
        """The first person is the section 151 officer of every partner, so that amounts can be verified."""
        draw = self.draw
        roles: list[Fields] = [
            {"role": RoleName.AUDITOR.value, "partnership": True, "from": draw(days), "to": "2030-01-01"}
        ]
        if number == 0:
            held = {"role": RoleName.S151.value, "from": "2020-01-01"}
            roles += [{**held, "council": key} for key in self.partners]
        return {"email": email, "name": draw(texts), "job_title": draw(notes), "roles": roles}

    def _programme(self) -> Fields:
        draw = self.draw
        return {
            "name": draw(notes),
            "summary": draw(notes),
            "state": draw(choice(ProgrammeState.values)),
            "base_fy": fy_file_key(BASE_FY),
            "horizon_years": draw(st.integers(5, 10)),
            "sro": self._person_or_none(),
            "rag_thresholds": draw(
                st.none()
                | st.just({"milestone_amber_days": 0, "shortfall_amber_gbp": "84.50"})
                | st.just({"savings_green_percent": 96, "savings_amber_percent": 95})
            ),
        }

    def _partner(self, key: str) -> Fields:
        draw = self.draw
        others = [MemberStatus.RELATED.value, MemberStatus.DECLINED_MAY_JOIN.value]
        status = MemberStatus.ACTIVE.value if key in self.partners else draw(st.sampled_from(others))
        return {
            "council": key,
            "order": draw(st.none() | st.integers(0, 9)),
            "role": draw(notes),
            "status": status,
            "financial_share_percent": draw(percents),
            "voting_share_percent": draw(percents),
            "note": draw(notes),
            "source": draw(sources),
        }

    def _context(self, draw: Draw, ref: str) -> Fields:
        simple = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | texts | st.just(Decimal("2.5"))
        value = draw(simple | st.dictionaries(texts, simple, min_size=1, max_size=2))
        return {"id": ref, "label": draw(texts), "value": value, "source": draw(sources)}

    def _criterion(self, draw: Draw, ref: str) -> Fields:
        threshold = draw(st.none() | st.integers(0, 100) | texts)
        return {
            "id": ref,
            "text": draw(texts),
            "measure": draw(notes),
            "threshold": threshold,
            "by": draw(notes),
        }

    def _ambiguity(self, draw: Draw, ref: str) -> Fields:
        readings = draw(st.lists(texts, max_size=2))
        return {"id": ref, "text": draw(texts), "readings": readings, "handling": draw(notes)}

    def _body(self, draw: Draw, ref: str) -> Fields:
        seat = {
            "council": draw(st.sampled_from([None, *self.councils])),
            "seats": draw(st.none() | st.just(0)),
        }
        return {
            "id": ref,
            "body": draw(texts),
            "composition": draw(st.sampled_from([[], [seat], [seat, {"make_up": "all members"}]])),
            "seats": draw(st.none() | st.integers(0, 20)),
            "frequency": draw(notes),
            "authority": draw(choice(Authority.values)),
            "note": draw(notes),
        }

    def _phase(self, draw: Draw, ref: str) -> Fields:
        return {
            "id": ref,
            "label": draw(texts),
            draw(st.sampled_from(["start", "due", "actual_end"])): draw(dates()),
            "state": draw(st.none() | choice(PhaseState.values)),
            "note": draw(notes),
            "source": draw(sources),
        }

    def _tranche(self, draw: Draw, ref: str) -> Fields:
        return {
            "id": ref,
            "label": draw(texts),
            "indicative": draw(st.booleans()),
            "note": draw(notes),
            "source": draw(sources),
        }

    def _milestone(self, draw: Draw, ref: str) -> Fields:
        kind = draw(choice(MilestoneKind.values))
        gates = st.none() | st.integers(0, 5) if kind == MilestoneKind.GATE else st.none()
        actual = draw(st.none() | dates())
        states = [state for state in MilestoneState.values if actual or state != MilestoneState.DONE]
        return {
            "id": ref,
            "label": draw(texts),
            "phase": self._one_of("phases"),
            "kind": kind,
            "gate": draw(gates),
            "tranche": self._one_of("tranches"),
            "owner": self._person_or_none(),
            "councils": self._some_councils(),
            "critical": draw(st.booleans()),
            "due": draw(st.none() | dates()),
            "forecast": draw(st.none() | dates()),
            "forecast_updated_at": draw(st.none() | st.just("2026-01-05T09:30:00.000123Z")),
            "actual": actual,
            "state": draw(choice(states)),
            "evidence": draw(texts),
            "update_note": draw(notes),
            "note": draw(notes),
            "source": draw(sources),
        }

    def _risk(self, draw: Draw, ref: str) -> Fields:
        register = draw(choice(RaidRegister.values))
        score = draw(st.none() | st.tuples(st.integers(1, 5), st.integers(1, 5)))
        is_issue = register == RaidRegister.ISSUE
        closed = draw(st.none() | st.tuples(days, texts))
        return {
            "register": register,
            "proximity_on": draw(st.none() | days),
            "review_on": draw(st.none() | days),
            "closed_on": closed and closed[0],
            "closed_because": closed and closed[1],
            "impacts": [
                {"council": key, "impact": draw(st.none() | st.integers(1, 5)), "text": draw(texts)}
                for key in self.partners
                if draw(st.booleans())
            ],
            "id": ref,
            "label": draw(texts),
            "category": draw(notes),
            "occurred": draw(st.none() | st.booleans()),
            "mitigation": draw(notes),
            "likelihood": score[0] if score and not is_issue else None,
            "impact": score[1] if score else None,
            "owner": self._person_or_none(),
            "source": draw(sources),
        }

    def _lesson(self, draw: Draw, ref: str) -> Fields:
        place = draw(st.sampled_from(["gate_review", "milestone", ""]))
        return {
            "id": ref,
            "text": draw(texts),
            "evidence": draw(notes),
            "change": draw(notes),
            "gate": draw(st.none() | st.integers(0, 5)),
            "service_kind": draw(st.none() | choice(ServiceKind.values)),
            "gate_review": self._one_of("gate_reviews") if place == "gate_review" else None,
            "milestone": self._one_of("milestones") if place == "milestone" else None,
            "used_in": [
                {"gate_review": one, "at": draw(moments), "by": draw(st.sampled_from(self.people))}
                for one in self.ids["gate_reviews"]
                if draw(st.booleans())
            ],
            "source": draw(sources),
        }

    def _gate_review(self, draw: Draw, ref: str) -> Fields:
        held = draw(st.dates(FIRST, LAST))
        is_answered = draw(st.booleans())
        return {
            "id": ref,
            "gate": draw(st.integers(0, 5)),
            "held_on": held.isoformat(),
            "reviewers": draw(texts),
            "scale": draw(st.sampled_from([None, *ConfidenceScale.values])),
            "confidence": draw(st.sampled_from(["Green", "Amber", "Red"])),
            "summary": draw(texts),
            "answers": [
                {
                    "lesson": lesson.code,
                    "answer": draw(choice(LessonAnswer.values)),
                    "evidence": draw(texts),
                }
                for lesson in checklist()
                if is_answered
            ],
            "recommendations": [
                self._recommendation(draw, number, held) for number in range(1, draw(st.integers(1, 3)))
            ],
            "source": draw(sources),
        }

    def _recommendation(self, draw: Draw, number: int, held: date) -> Fields:
        state = draw(choice(GateRecommendationState.values))
        is_settled = state != GateRecommendationState.OPEN
        return {
            "number": number,
            "text": draw(texts),
            "urgency": draw(choice(GateUrgency.values)),
            "owner": self._person_or_none(),
            "due_on": (held + timedelta(days=draw(st.integers(0, 90)))).isoformat(),
            "state": state,
            "settled_on": draw(days) if is_settled else None,
            "settled_because": draw(texts) if is_settled else None,
        }

    def _judgement(self, draw: Draw, ref: str) -> Fields:
        """Ended, so that there may be several of one subject."""
        given_on, until_on, ended_on = sorted(draw(st.tuples(days, days, days)))
        return {
            "id": ref,
            "subject": "confidence",
            "point": draw(st.sampled_from(["Green", "Amber/Green", "Red"])),
            "reason": f"{draw(texts)} for ten days",
            "by": draw(st.sampled_from(self.people)),
            "given_on": given_on,
            "until_on": until_on,
            "worked_out": draw(st.none() | st.just({"word": "Red", "reason": "Cost: too high"})),
            "ended_on": ended_on,
            "ended_because": draw(texts),
        }

    def _decision(self, draw: Draw, ref: str) -> Fields:
        fields = {
            "id": ref,
            "label": draw(texts),
            "summary": draw(notes),
            "body": draw(notes),
            "body_id": self._one_of("governance"),
            "text": draw(notes),
            "version": draw(st.integers(1, 3)),
            "reasons": draw(notes),
            "is_key": draw(st.booleans()),
            "date": draw(st.none() | dates()),
            "meeting_on": draw(st.none() | later_days),
            "not_before": draw(st.none() | later_days),
            "lapse_after_days": draw(st.integers(1, 400)),
            "note": draw(notes),
            "source": draw(sources),
        }
        if draw(st.booleans()):
            outcomes = {key: draw(st.sampled_from(["agreed", "declined"])) for key in self.councils}
            return fields | {"outcomes": outcomes | {"unnamed_third_district": "declined"}}
        fields["state"] = draw(choice(DecisionState.values))
        return fields | {
            "councils": [self._own_decision(key, fields["version"]) for key in self._some_councils()]
        }

    def _own_decision(self, key: str, version: int) -> Fields:
        draw = self.draw
        fields = {
            "council": key,
            "state": draw(choice(CouncilDecisionState.values)),
            "approval_body": draw(choice(ApprovalBody.values)),
            "decided": draw(st.none() | dates()),
            "published_on": draw(st.none() | days),
            "next_meeting_on": draw(st.none() | later_days),
            "statement": draw(notes),
        }
        if draw(st.booleans()):
            fields["version"] = draw(st.none() | st.integers(1, version))
        if draw(st.booleans()):
            fields["text_hash"] = draw(st.none() | st.just("0" * 64))
        return fields
