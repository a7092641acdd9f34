"""Sections of a generated case about services, posts, what they cost together, and business cases."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from core.rules.calendar import fy_file_key
from programme.enums import LegalBasis
from services.enums import (
    BiasCategory,
    CaseStage,
    CaseState,
    Confidence,
    ConsultationKind,
    CostType,
    KeyBasis,
    LineKind,
    MeasureKind,
    OptionKind,
    PaybackOrigin,
    Position,
    PostTerm,
    Provider,
    QuestionSet,
    ReviewOutcome,
    ReviewState,
    ServiceKind,
    ServiceStatus,
    TestBasis,
)
from services.rules.case_states import OPEN
from tests.governance.casefiles.drawn import (
    BASE_FY,
    Draw,
    Fields,
    Ground,
    choice,
    dates,
    days,
    fys,
    later_days,
    moments,
    notes,
    numbers,
    pounds,
    qualifiers,
    sources,
    texts,
    weights,
    whole,
)


class ServiceParts(Ground):
    """Draws services with their reviews, shared posts, pools and runs, and business cases."""

    def _service(self, draw: Draw, ref: str) -> Fields:
        cost = {"fy": draw(fys), "amount_gbp": draw(pounds), "confidence": draw(choice(Confidence.values))}
        measure = {
            "kind": MeasureKind.PERFORMANCE.value,
            "name": draw(texts),
            "unit": draw(notes),
            "fy": draw(fys),
            "value": draw(numbers) or 0,
            "higher_is_better": draw(st.none() | st.booleans()),
            "source": draw(sources),
        }
        provision = {
            "council": draw(st.sampled_from(self.councils)),
            "provider_name": draw(notes),
            "contract_break": draw(st.none() | later_days),
            "shared_percent": draw(st.none() | st.just(Decimal("33.25"))),
            "note": draw(notes),
            "measures": draw(st.sampled_from([[], [measure]])),
            "status": draw(st.none() | choice(ServiceStatus.values)),
            "provider": draw(choice(Provider.values)),
            "fte": draw(st.none() | st.just(Decimal("12.25")) | st.just(0)),
            "contract_end": draw(st.none() | later_days),
            "costs": draw(st.sampled_from([[], [cost]])),
        }
        review = self._review(f"{ref}-R")
        return {
            "id": ref,
            "kind": draw(st.none() | choice(ServiceKind.values)),
            "name": draw(texts),
            "status": draw(choice(ServiceStatus.values)),
            "councils": draw(st.sampled_from([self._some_councils(), "three of four, not named"])),
            "lead": draw(st.sampled_from([None, *self.councils])),
            "since": draw(st.none() | dates()),
            "planned_for": draw(st.none() | dates()),
            "note": draw(notes),
            "provisions": draw(st.sampled_from([[], [provision]])),
            "reviews": draw(st.sampled_from([[], [review]])),
            "source": draw(sources),
        }

    def _review(self, ref: str) -> Fields:
        draw = self.draw
        council, other = st.sampled_from(self.councils), st.none() | st.sampled_from(self.councils)
        done = draw(st.none() | moments)
        respected = draw(st.none() | st.booleans())
        return {
            "id": ref,
            "state": draw(choice(ReviewState.values)),
            "owner": self._person_or_none(),
            "lead": draw(other),
            "sensitive": draw(st.booleans()),
            "chosen_because": draw(notes),
            "scope": draw(notes),
            "started": draw(st.none() | days),
            "equality_impact_done": draw(st.booleans()),
            "staff_consulted": draw(st.none() | days),
            "recommendation": draw(notes),
            "outcome_reason": draw(notes),
            "deferred_until": draw(st.none() | later_days),
            "go_live": draw(st.none() | later_days),
            "decision": draw(st.sampled_from([None, *self.decided])),
            "tasks": [
                {
                    "text": draw(texts),
                    "council": draw(other),
                    "done_at": done,
                    "done_by": self.people[0] if done else None,
                },
                {"text": draw(texts)},
            ],
            "red_lines": [
                {"council": draw(council), "text": draw(texts), "respected": respected, "note": draw(texts)}
            ],
            "answers": [
                {
                    "council": key,
                    "set": QuestionSet.READINESS.value,
                    "question": "trust",
                    "score": draw(st.integers(1, 5)),
                    "responses": draw(st.none() | st.integers(0, 20)),
                    "evidence": draw(notes),
                }
                for key in self.councils
            ],
            "consultations": [
                {
                    "council": draw(council),
                    "kind": draw(choice(ConsultationKind.values)),
                    "affected": draw(whole),
                    "started": "2025-01-01",
                    "ended": draw(st.none() | st.just("2025-02-01")),
                    "establishment": draw(notes),
                }
            ],
        }

    def _shared_post(self, draw: Draw, ref: str) -> Fields:
        first, second = self.partners[:2]
        percent = draw(st.integers(1, 9_999).map(lambda hundredths: Decimal(hundredths) / 100))
        band = draw(st.none() | st.integers(10, 79))
        return {
            "id": ref,
            "title": draw(texts),
            "tier": draw(st.integers(1, 4)),
            "department": draw(notes),
            "service": self._one_of("services"),
            "term": draw(st.none() | choice(PostTerm.values)),
            "employed_by": draw(st.sampled_from(self.partners)),
            "legal_basis": draw(choice(LegalBasis.values)),
            "salary_from_gbp": band and band * 5_000,
            "bonuses": draw(notes),
            "fte": draw(st.none() | st.integers(1, 100).map(lambda hundredths: Decimal(hundredths) / 100)),
            "responsibilities": draw(notes),
            "budget_gbp": draw(st.none() | pounds),
            "staff": draw(st.sampled_from([None, 0, 5, 99_999])),
            "from": draw(days),
            "to": draw(st.none() | st.just("2030-03-31")),
            "shares": {first: percent, second: 100 - percent},
        }

    def _pool(self, number: int, ref: str) -> Fields:
        draw = self.draw
        key = {
            "basis": draw(st.sampled_from([KeyBasis.POPULATION.value, KeyBasis.CASELOAD.value])),
            "from": "2020-04-01",
            "to": draw(st.none() | st.just("2040-03-31")),
            "as_at": draw(st.none() | days),
            "driver_source": draw(notes),
            "review_on": draw(st.none() | later_days),
            "decision": "D-0",
            "note": draw(notes),
            "weights": {council: draw(weights) for council in self.partners},
        }
        return {
            "id": ref,
            "name": f"Pool {number}",
            "description": draw(notes),
            "order": draw(st.none() | st.just(number + 1)),
            "keys": [key] if self.decided else [],
        }

    def _runs(self, case: Fields) -> list[Fields]:
        """A run for each joint amount, as an issue would have kept it, and one for no case."""
        joint = [
            ({"case": entry["id"], "version": 1, "line": line["id"]}, amount)
            for entry in case["business_cases"]
            for line in entry["lines"]
            for amount in line["amounts"]
            if amount["council"] is None
        ]
        lone = [(None, {"fy": fy_file_key(BASE_FY), "amount_gbp": "1000.01"})]
        slots = [*joint, *lone] if self.ids["pools"] else []
        return [self._run(f"RUN-{number}", line, amount) for number, (line, amount) in enumerate(slots)]

    def _run(self, ref: str, line: Fields | None, amount: Fields) -> Fields:
        draw = self.draw
        first, second = self.partners[:2]
        whole_key = {
            "key": "2020-04-01" if self.decided else None,
            "basis": KeyBasis.FIXED_PERCENT.value,
            "from": "2024-04-01",
            "to": "2025-03-31",
            "amount_gbp": amount["amount_gbp"],
            "driver": draw(notes),
            "weights": {second: draw(weights), first: 0},
        }
        return {
            "id": ref,
            "pool": self.ids["pools"][0],
            "line": line,
            "purpose": draw(notes),
            "fy": amount["fy"],
            "amount_gbp": amount["amount_gbp"],
            "used": [whole_key],
            "shares": {first: 0, second: amount["amount_gbp"]},
            "by": self._person_or_none(),
        }

    def _business_case(self, draw: Draw, ref: str) -> Fields:
        lines = [self._case_line(f"{ref}-{number}") for number in range(draw(st.integers(0, 2)))]
        state = draw(choice(CaseState.values))
        at = draw(st.none() | moments)
        has_issue = state not in OPEN and at is not None
        options = [
            {
                "id": "USUAL",
                "name": draw(texts),
                "description": draw(notes),
                "business_as_usual": True,
                "order": draw(st.none() | st.just(0)),
            },
            {
                "id": "WAY",
                "name": draw(texts),
                "kind": draw(st.none() | choice(OptionKind.values)),
                "preferred": True,
            },
            {"id": "VARIANT", "name": draw(texts), "variant_of": "WAY", "without": self.councils[0]},
        ]
        has_options = draw(st.booleans())
        return {
            "id": ref,
            "version": 1,
            "title": draw(texts),
            "summary": draw(notes),
            "author": self._person_or_none(),
            "stage": draw(choice(CaseStage.values)),
            "state": state,
            "service": self._one_of("services"),
            "base_fy": fy_file_key(BASE_FY),
            "payback_origin": draw(st.none() | choice(PaybackOrigin.values)),
            "discount_rates": draw(st.sampled_from([None, "green-book-2003"])),
            "simulation_seed": draw(st.none() | st.integers(0, 10**6)),
            "issued": {"by": self._person_or_none(), "at": at} if has_issue else None,
            "sections": {"strategic": draw(texts), "management": draw(notes)},
            "options": options if has_options else [],
            "lines": lines,
            "reviews": [
                {
                    "outcome": draw(choice(ReviewOutcome.values)),
                    "comment": draw(notes),
                    "by": self.people[-1],
                    "at": draw(moments),
                }
            ],
            "statements": [
                {
                    "council": key,
                    "position": draw(choice(Position.values)),
                    "text": draw(texts),
                    "by": self.people[0],
                    "at": draw(moments),
                }
                for key in self.partners
                if draw(st.booleans())
            ],
            "criteria": [self._scored(ref) for _ in range(1) if has_options and draw(st.booleans())],
            "compensations": [self._compensation() for _ in range(draw(st.integers(0, 1)))],
            "quality_judgements": [
                {
                    "certainty": draw(choice(Confidence.values)),
                    "reason": f"Measured for a year. {draw(texts)}",
                    "by": self.people[0],
                    "at": draw(moments),
                }
                for _ in range(draw(st.integers(0, 1)))
            ],
        }

    def _case_line(self, ref: str) -> Fields:
        draw = self.draw
        is_joint = bool(self.ids["pools"]) and draw(st.booleans())
        councils = [None] if is_joint else self.partners
        has_bias = draw(st.booleans())
        return {
            "id": ref,
            "title": draw(texts),
            "kind": draw(choice(LineKind.values)),
            "cost_type": draw(st.none() | choice(CostType.values)),
            "pool": self.ids["pools"][0] if is_joint else None,
            "shared_by": draw(notes),
            "qualifier": draw(qualifiers),
            "order": draw(st.none() | st.integers(0, 9)),
            "price_base_fy": draw(st.none() | fys),
            "confidence": draw(st.none() | choice(Confidence.values)),
            "evidence": draw(notes),
            "assumptions": draw(notes),
            "low_percent": draw(whole),
            "high_percent": draw(st.none() | st.integers(100, 1000)),
            "bias_category": draw(choice(BiasCategory.values)) if has_bias else None,
            "bias_mitigation_percent": draw(whole) if has_bias else None,
            "bias_basis": draw(texts),
            "staff_count": draw(whole),
            "annual_gbp": draw(st.none() | pounds),
            "term_years": draw(st.none() | st.integers(1, 60)),
            "override_reason": draw(notes),
            "amounts": [
                {
                    "council": council,
                    "fy": fy_file_key(BASE_FY + year),
                    "amount_gbp": draw(pounds),
                    "nominal_gbp": draw(st.none() | pounds),
                }
                for year, council in enumerate(councils)
            ],
        }

    def _scored(self, ref: str) -> Fields:
        draw = self.draw
        return {
            "id": f"{ref}-C",
            "name": draw(texts),
            "description": draw(notes),
            "weight_percent": 100,
            "scores": [
                {"option": "WAY", "by": email, "score": draw(st.integers(0, 100)), "reason": draw(texts)}
                for email in self.people
            ],
        }

    def _compensation(self) -> Fields:
        draw = self.draw
        paid = draw(st.integers(0, 10**6))
        fy = draw(fys)
        return {
            "beneficiary": self.partners[0],
            "basis": draw(choice(TestBasis.values)),
            "cap_gbp": draw(st.none() | pounds),
            "decision": draw(st.sampled_from([None, *self.decided])),
            "note": draw(notes),
            "payments": [
                {"council": self.partners[0], "fy": fy, "amount_gbp": paid},
                {"council": self.partners[1], "fy": fy, "amount_gbp": -paid},
            ],
        }
