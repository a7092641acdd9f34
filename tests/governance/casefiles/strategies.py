"""Generated case files: valid ones, with every section, odd texts and awkward amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from accounts.enums import RoleName
from benefits.enums import (
    BenefitClass,
    BenefitState,
    Combining,
    Direction,
    Frequency,
    MapStepKind,
    Recurrence,
    StatedKind,
)
from benefits.rules.profile import target_refusal
from core.enums import DatePrecision, Qualifier
from core.rules.calendar import fy_file_key
from governance.enums import ApprovalBody, Authority, CouncilDecisionState, DecisionState
from programme.enums import (
    ConfidenceScale,
    CouncilType,
    GateRecommendationState,
    GateUrgency,
    LegalBasis,
    LessonAnswer,
    MemberStatus,
    MilestoneKind,
    MilestoneState,
    PartnershipModel,
    PhaseState,
    ProgrammeState,
    RaidRegister,
)
from programme.rules.assurance.checklist import checklist
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

Draw = Callable[[st.SearchStrategy[Any]], Any]
Fields = dict[str, Any]

BASE_FY = 2024
_FIRST, _LAST = date(2024, 4, 1), date(2026, 11, 20)
_COSTS = {LineKind.ONE_OFF_COST.value, LineKind.RECURRING_COST.value, LineKind.GRANT.value}
_EXPLANATION = "This month was paid back"

_BEFORE_APPROVAL = (BenefitState.IDENTIFIED.value, BenefitState.PROFILED.value)
_PROFILE_TEXTS = (
    "category",
    "service_feature",
    "potential_costs",
    "activities",
    "dependencies",
    "counterfactual",
    "early_reason",
    "measure_source",
    "measure_method",
    "starting_reason",
    "no_target_reason",
    "percent_reason",
)

letters = st.characters(exclude_categories=("Cc", "Cs"))
texts = st.one_of(
    st.text(letters, min_size=1, max_size=30),
    st.sampled_from(
        [
            "yes",
            "null",
            "2026-04-01",
            "1.50",
            "- a",
            "a: b",
            "# no",
            "'",
            '"',
            "=1+1",
            "a\nb\n c",
            "1e5",
            "~",
            "07",
        ]
    ),
).filter(lambda text: bool(text.strip()))
notes = st.none() | texts
days = st.dates(_FIRST, _LAST).map(date.isoformat)
later_days = st.dates(date(2024, 4, 1), date(2029, 3, 31)).map(date.isoformat)
pounds = st.one_of(
    st.integers(0, 10**9),
    st.integers(0, 10**11).map(lambda pence: f"{pence // 100}.{pence % 100:02d}"),
    st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100),
)
fys = st.integers(BASE_FY, BASE_FY + 5).map(fy_file_key)
qualifiers = st.sampled_from(Qualifier.values)
sources = st.none() | st.fixed_dictionaries({"file": texts}, optional={"loc": texts})
percents = st.none() | st.integers(0, 100_000).map(lambda thousandths: Decimal(thousandths) / 1000)
weights = st.integers(1, 10**9).map(lambda number: Decimal(number) / 10**4)
whole = st.none() | st.integers(0, 100)
moments = st.dates(_FIRST, _LAST).map(lambda day: f"{day.isoformat()}T09:30:00.000123Z")
numbers = st.none() | st.integers(-(10**9), 10**9).map(lambda thousandths: Decimal(thousandths) / 1000)


@st.composite
def dates(draw: Draw) -> Any:
    """A day, or first and last day with a precision."""
    day = draw(st.dates(_FIRST, _LAST))
    if draw(st.booleans()):
        return day.isoformat()
    precision = draw(st.sampled_from(DatePrecision.values))
    length = 0 if precision == DatePrecision.DAY else draw(st.integers(0, 30))
    last = min(_LAST, day + timedelta(days=length))
    return {"from": day.isoformat(), "to": last.isoformat(), "precision": precision, "text": draw(notes)}


def choice(values: list[str]) -> st.SearchStrategy[str]:
    """One of the values of an enum."""
    return st.sampled_from(values)


def listed(prefix: str, most: int, make: Callable[[Draw, str], Fields], draw: Draw) -> list[Fields]:
    """Up to `most` entries with ids of their own."""
    return [make(draw, f"{prefix}-{number}") for number in range(draw(st.integers(0, most)))]


@st.composite
def cases(draw: Draw) -> Fields:
    """One whole case."""
    return _Case(draw).fields()


def _map_step(draw: Draw, ref: str) -> Fields:
    return {"id": ref, "kind": draw(choice(MapStepKind.values)), "title": draw(texts)}


class _Case:
    """Draws a case section by section, so that references lead to what was drawn before."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.councils = [f"council_{number}" for number in range(draw(st.integers(2, 4)))]
        self.partners = self.councils[: draw(st.integers(2, len(self.councils)))]
        self.people = [f"p{number}@council.example" for number in range(draw(st.integers(1, 3)))]
        self.ids: dict[str, list[str]] = {}

    def fields(self) -> Fields:
        """The sections in an order in which each refers only to those before it."""
        draw = self.draw
        case: Fields = {"format": 1, "key": "generated", "title": draw(texts), "group": draw(notes)}
        case |= {
            "id_prefix": draw(st.none() | st.just("gen")),
            "as_at": draw(st.none() | dates()),
            "councils": [self._council(key) for key in self.councils],
            "partnerships": draw(st.sampled_from([[], [self._registered()]])),
            "people": [self._person(number, email) for number, email in enumerate(self.people)],
            "programme": self._programme(),
            "model": {
                "primary": draw(choice(PartnershipModel.values)),
                "also": draw(st.lists(texts, max_size=2)),
                "description": draw(notes),
                "source": draw(sources),
            },
            "partners": [self._partner(key) for key in self.councils],
        }
        self.decided = draw(st.sampled_from([[], ["D-0"]]))
        self.ids["pools"] = [f"P-{number}" for number in range(draw(st.integers(0, 2)))]
        makers: list[tuple[str, str, Callable[[Draw, str], Fields]]] = [
            ("context", "x", self._context),
            ("criteria", "c", self._criterion),
            ("red_lines", "r", lambda draw, ref: {"id": ref, "text": draw(texts), "source": draw(sources)}),
            ("ambiguities", "a", self._ambiguity),
            ("governance", "G", self._body),
            ("phases", "P", self._phase),
            ("tranches", "T", self._tranche),
            ("milestones", "M", self._milestone),
            ("services", "S", self._service),
            ("shared_posts", "SP", self._shared_post),
            ("risks", "R", self._risk),
            ("gate_reviews", "GR", self._gate_review),
            ("judgements", "J", self._judgement),
            ("lessons", "L", self._lesson),
            ("savings", "v", self._saving),
            ("costs", "e", self._cost),
            ("funding", "f", self._grant),
            ("unravelling", "u", self._exit_cost),
            ("non_financial", "n", self._measure),
            ("business_cases", "BC", self._business_case),
            ("benefits", "B", self._benefit),
            ("objectives", "O", lambda draw, ref: {"id": ref, "title": draw(texts), "source": draw(sources)}),
            ("map_steps", "CH", _map_step),
            ("lines", "LN", self._line),
        ]
        for section, prefix, make in makers:
            case[section] = listed(prefix, 3, make, draw)
            self.ids[section] = [entry["id"] for entry in case[section]]
        self.cases = {
            entry["id"]: [line["id"] for line in entry["lines"]] for entry in case["business_cases"]
        }
        case["milestone_dependencies"] = [
            {"milestone": then, "waits_for": first, "lag_days": draw(st.none() | st.integers(0, 20))}
            for first, then in combinations(self.ids["milestones"], 2)
            if draw(st.booleans())
        ]
        case["milestone_comments"] = [
            {
                "milestone": milestone,
                "text": draw(texts),
                "names": draw(st.lists(st.sampled_from(self.people), unique=True, max_size=2)),
                "by": draw(st.sampled_from(self.people)),
                "at": draw(moments),
            }
            for milestone in self.ids["milestones"]
            if draw(st.booleans())
        ]
        case["benefit_links"] = self._links(draw)
        case["plan_versions"] = [self._plan_version(number) for number in range(1, draw(st.integers(1, 3)))]
        case["forecasts"] = self._forecasts()
        case["actuals"] = self._actuals()
        case["decisions"] = [self._decision(draw, ref) for ref in self.decided]
        case["decisions"] += listed("DX", 2, self._decision, draw)
        case["cost_pools"] = [self._pool(number, ref) for number, ref in enumerate(self.ids["pools"])]
        case["apportionment_runs"] = self._runs(case)
        return case

    def _one_of(self, section: str) -> str | None:
        known = self.ids.get(section, [])
        return self.draw(st.sampled_from([None, *known]))

    def _some_councils(self) -> list[str]:
        return self.draw(st.lists(st.sampled_from(self.councils), unique=True, max_size=3))

    def _person_or_none(self) -> str | None:
        return self.draw(st.sampled_from([None, *self.people]))

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
        held = draw(st.dates(_FIRST, _LAST))
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

    def _figure(self, draw: Draw, ref: str) -> Fields:
        return {
            "id": ref,
            "amount_gbp": draw(st.none() | pounds | st.integers(-(10**6), 0)),
            "qualifier": draw(qualifiers),
            "note": draw(notes),
            "counts_in_total": draw(st.booleans()),
            "source": draw(sources),
        }

    def _saving(self, draw: Draw, ref: str) -> Fields:
        whose = st.sampled_from(["combined", self.councils[0], self.councils[:2]])
        return self._figure(draw, ref) | {
            "label": draw(texts),
            "kind": draw(choice(StatedKind.values)),
            "recurrence": draw(choice(Recurrence.values)),
            "period": draw(notes),
            "council": draw(whose),
            "cashable": draw(st.sampled_from([None, True, False, "not_stated"])),
            "net_of_costs": draw(st.sampled_from([None, True, False, "not_stated"])),
            "contract": draw(notes),
            "table_value_gbp": draw(st.none() | pounds),
        }

    def _cost(self, draw: Draw, ref: str) -> Fields:
        shares = {key: Decimal("33.333") for key in self.councils[:2]}
        return self._figure(draw, ref) | {
            "label": draw(texts),
            "category": draw(notes),
            "recurrence": draw(choice(Recurrence.values)),
            "borne_by": draw(
                st.sampled_from(["not_stated", self.councils[:2], [self.councils[0], "A Fund"]])
            ),
            "apportionment": draw(
                st.sampled_from(
                    [None, {"basis": "equal", "shares_pct": None}, {"basis": "key", "shares_pct": shares}]
                )
            ),
        }

    def _grant(self, draw: Draw, ref: str) -> Fields:
        return self._figure(draw, ref) | {
            "label": draw(texts),
            "funder": draw(notes),
            "per": draw(choice(Recurrence.values)),
            "period": draw(notes),
        }

    def _exit_cost(self, draw: Draw, ref: str) -> Fields:
        return self._figure(draw, ref) | {
            "scope": draw(texts),
            "per": draw(notes),
            "total_gbp": draw(st.none() | pounds),
        }

    def _measure(self, draw: Draw, ref: str) -> Fields:
        start = draw(numbers)
        target = draw(numbers | texts)
        return {
            "id": ref,
            "measure": draw(texts),
            "unit": draw(notes),
            "council": draw(st.sampled_from(["combined", self.councils[0], self.councils[:2]])),
            "baseline": None if start == target else start,
            "target": target,
            "actual": draw(numbers),
            "qualifier": draw(qualifiers),
            "as_at": draw(notes),
            "note": draw(notes),
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

    def _benefit(self, draw: Draw, ref: str) -> Fields:
        start, target = draw(numbers), draw(numbers)
        state, direction = draw(choice(BenefitState.values)), draw(choice(Direction.values))
        is_disbenefit = draw(st.booleans())
        is_refused = target_refusal(start, target, direction, is_disbenefit=is_disbenefit) is not None
        if is_refused or (start is None and state not in _BEFORE_APPROVAL):
            target = None
        return {
            "id": ref,
            "title": draw(texts),
            "description": draw(notes),
            "class": draw(choice(BenefitClass.values)),
            "disbenefit": is_disbenefit,
            "state": state,
            "confidence": draw(st.none() | choice(Confidence.values)),
            "owner": draw(st.sampled_from(self.people)),
            "service": self._one_of("services"),
            "councils": self._some_councils(),
            "counted_in": self._one_of("non_financial"),
            "review_on": draw(st.none() | later_days),
            "measure": draw(notes),
            "unit": draw(notes),
            "direction": direction,
            "starting_value": start,
            "target_value": target,
            "target_text": draw(notes),
            "actual_value": draw(numbers),
            "measured": draw(notes),
            "note": draw(notes),
            "qualifier": draw(qualifiers),
            "source": draw(sources),
            **self._profile(draw),
        }

    def _profile(self, draw: Draw) -> Fields:
        """The further fields of a benefit profile, and its history."""
        starts_on = draw(st.none() | later_days)
        half = Decimal(draw(st.integers(0, 100_000))) / 1000
        shares = dict(zip(self.councils[:2], [half, 100 - half], strict=True))
        entered = {"by": draw(st.sampled_from(self.people)), "at": draw(moments)}
        reading = {
            "council": draw(st.sampled_from([None, *self.councils])),
            "fy": draw(fys),
            "period": draw(st.none() | st.integers(1, 12)),
            "value": draw(numbers.filter(lambda value: value is not None)),
            "note": draw(notes),
            **entered,
        }
        return {
            **{name: draw(notes) for name in _PROFILE_TEXTS},
            "sro": self._person_or_none(),
            "lesson": self._one_of("lessons"),
            "risks": [ref for ref in self.ids["risks"] if draw(st.booleans())],
            "shares": draw(st.sampled_from([None, shares])),
            "full_year_gbp": draw(st.none() | pounds),
            "recurrence": draw(choice(Recurrence.values)),
            "frequency": draw(choice(Frequency.values)),
            "combining": draw(choice(Combining.values)),
            "starts_on": starts_on,
            "ends_on": draw(st.sampled_from([None, starts_on])),
            "starting_on": draw(st.none() | days),
            "approved_on": draw(st.none() | days),
            "tests": {"observable": {"met": draw(st.booleans()), "text": draw(texts)}},
            "trajectory": [
                {"fy": fy, "value": draw(numbers.filter(lambda value: value is not None))}
                for fy in draw(st.lists(fys, unique=True, max_size=2))
            ],
            "readings": draw(st.sampled_from([[], [reading], [reading, reading]])),
            "evidence": [{"text": text, **entered} for text in draw(st.lists(texts, max_size=2))],
            "reviews": draw(
                st.sampled_from([[], [{"reviewed_on": "2026-05-01", "finding": "On track", **entered}]])
            ),
        }

    def _links(self, draw: Draw) -> list[Fields]:
        """Links that go one way only, so that none closes a loop."""
        entered = {"by": draw(st.sampled_from(self.people)), "at": draw(moments)}
        ways = (
            ("from_milestone", "milestones", "to_step", "map_steps"),
            ("from_step", "map_steps", "to_benefit", "benefits"),
            ("from_milestone", "milestones", "to_benefit", "non_financial"),
            ("from_benefit", "benefits", "to_objective", "objectives"),
        )
        return [
            {start: one, end: other, **entered}
            for start, ones, end, others in ways
            for one in self.ids[ones]
            for other in self.ids[others]
            if draw(st.booleans())
        ]

    def _line(self, draw: Draw, ref: str) -> Fields:
        kind = draw(choice(LineKind.values))
        return {
            "id": ref,
            "title": draw(texts),
            "kind": kind,
            "cost_type": draw(st.none() | choice(CostType.values)),
            "benefit": None if kind in _COSTS else self._one_of("benefits"),
            "service": self._one_of("services"),
            "budgeted": draw(st.booleans()),
            "starts_on": draw(st.none() | later_days),
            "qualifier": draw(qualifiers),
            "source": draw(sources),
        }

    def _plan_version(self, number: int) -> Fields:
        draw = self.draw
        narrative = "The first date was missed because a supplier was late, and the councils agreed another."
        return {
            "number": number,
            "approved_on": draw(days),
            "effective_on": draw(later_days),
            "reason": draw(texts),
            "narrative": narrative,
            "by": self._person_or_none() or self.people[0],
            "dates": [
                {"milestone": ref, "date": draw(dates()), "qualifier": draw(qualifiers)}
                for ref in self.ids["milestones"]
                if draw(st.booleans())
            ],
            "amounts": self._amounts(negative=False),
        }

    def _forecasts(self) -> list[Fields]:
        draw = self.draw
        found = []
        for _ in range(draw(st.integers(0, 2)) if self.ids["lines"] else 0):
            amounts = self._amounts(negative=True)
            if amounts:
                found.append(
                    {"as_at": draw(days), "commentary": draw(notes), "by": self.people[0], "amounts": amounts}
                )
        return found

    def _amounts(self, *, negative: bool) -> list[Fields]:
        draw = self.draw
        slots = [(line, council) for line in self.ids["lines"] for council in self.partners]
        found = []
        for line, council in slots:
            fields = {"line": line, "council": council, "fy": draw(fys), "qualifier": draw(qualifiers)}
            fields |= {"period": draw(st.none() | st.integers(1, 12)), "amount_gbp": draw(pounds)}
            if negative and draw(st.booleans()):
                fields |= {"amount_gbp": -draw(st.integers(0, 10**6)), "explanation": _EXPLANATION}
            if draw(st.booleans()):
                found.append(fields)
        return found

    def _actuals(self) -> list[Fields]:
        """Some amounts of one month each; some reversed, some verified by a person who did not enter them."""
        draw = self.draw
        found: list[Fields] = []
        for number in range(draw(st.integers(0, 4)) if self.ids["lines"] else 0):
            entry = {
                "id": f"A{number}",
                "line": draw(st.sampled_from(self.ids["lines"])),
                "council": draw(st.sampled_from(self.partners)),
                "fy": fy_file_key(BASE_FY),
                "period": draw(st.integers(1, 12)),
                "amount_gbp": draw(st.integers(0, 10**6)),
                "by": self.people[-1],
                "at": "2026-05-01T08:15:00Z",
                "explanation": draw(notes),
                "ledger_code": draw(notes),
                "evidence": draw(notes),
            }
            if draw(st.booleans()):
                reversal = {"id": f"A{number}R", "amount_gbp": -entry["amount_gbp"], "reverses": entry["id"]}
                found.append(entry | reversal | {"at": "2026-05-02", "explanation": _EXPLANATION})
            elif len(self.people) > 1 and not self.ids["benefits"] and draw(st.booleans()):
                outcome = draw(st.sampled_from(["verified", "returned"]))
                entry["verification"] = {
                    "outcome": outcome,
                    "by": self.people[0],
                    "at": "2026-06-01",
                    "reason": "The budget was not reduced",
                }
            found.insert(draw(st.integers(0, len(found))), entry)
        return found

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
