"""The published schema says what the product can hold, and what to do where a file departs from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from jsonschema import Draft202012Validator

from accounts.enums import RoleName
from benefits.enums import (
    BenefitClass,
    BenefitKind,
    BenefitState,
    Combining,
    Direction,
    Frequency,
    MapStepKind,
    Outcome,
    Recurrence,
    StatedKind,
)
from benefits.models import Benefit, BenefitEvidence, MapStep
from core.enums import DatePrecision, Qualifier
from governance.casefiles.dumping.programme import FACTS
from governance.casefiles.schema import load_schema
from governance.enums import (
    ApprovalBody,
    Authority,
    BulletinItemKind,
    CouncilDecisionState,
    DecisionKind,
    DecisionState,
)
from governance.models import CouncilDecision, Decision
from programme.enums import (
    AgreementKind,
    ConfidenceScale,
    CouncilType,
    DayUnit,
    GateRecommendationState,
    GateUrgency,
    GovernanceModel,
    JudgementSubject,
    LegalBasis,
    LessonAnswer,
    LgrStatus,
    MemberStatus,
    MilestoneKind,
    MilestoneState,
    PartnershipModel,
    PhaseState,
    PriceBasis,
    ProgrammeState,
    RaidRegister,
    SeriesName,
)
from programme.models import (
    Council,
    GateAnswer,
    GateRecommendation,
    GateReview,
    Judgement,
    Milestone,
    Objective,
    Phase,
    Programme,
    Risk,
    RiskImpact,
)
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
    TrueUpResult,
)
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    BusinessCaseLine,
    CaseOption,
    Consultation,
    CostPool,
    Criterion,
    RedLine,
    ReviewTask,
    Service,
    ServiceCouncil,
    ServiceMeasure,
    SharedPost,
    TrueUp,
)

SCHEMA = load_schema()

CHOICES: list[tuple[str, type[models.TextChoices]]] = [
    ("agreement.kind", AgreementKind),
    ("benefit.kind", BenefitKind),
    ("council.type", CouncilType),
    ("council.governance_model", GovernanceModel),
    ("council.lgr_status", LgrStatus),
    ("council.settings.callin_unit", DayUnit),
    ("figure.series", SeriesName),
    ("qualifier", Qualifier),
    ("date.precision", DatePrecision),
    ("person.roles.role", RoleName),
    ("programme.state", ProgrammeState),
    ("programme.price_basis", PriceBasis),
    ("model.primary", PartnershipModel),
    ("partner.status", MemberStatus),
    ("body.authority", Authority),
    ("phase.state", PhaseState),
    ("milestone.kind", MilestoneKind),
    ("milestone.state", MilestoneState),
    ("service.status", ServiceStatus),
    ("service.reviews.state", ReviewState),
    ("provision.status", ServiceStatus),
    ("provision.provider", Provider),
    ("provision.costs.confidence", Confidence),
    ("service.kind", ServiceKind),
    ("provision.measures.kind", MeasureKind),
    ("service.reviews.answers.set", QuestionSet),
    ("service.reviews.consultations.kind", ConsultationKind),
    ("sharedPost.term", PostTerm),
    ("sharedPost.legal_basis", LegalBasis),
    ("costPool.keys.basis", KeyBasis),
    ("apportionmentRun.used.basis", KeyBasis),
    ("trueUp.result", TrueUpResult),
    ("saving.kind", StatedKind),
    ("saving.recurrence", Recurrence),
    ("cost.recurrence", Recurrence),
    ("grant.per", Recurrence),
    ("businessCase.stage", CaseStage),
    ("businessCase.state", CaseState),
    ("businessCase.payback_origin", PaybackOrigin),
    ("businessCase.options.kind", OptionKind),
    ("businessCase.reviews.outcome", ReviewOutcome),
    ("businessCase.quality_judgements.certainty", Confidence),
    ("businessCase.statements.position", Position),
    ("businessCase.compensations.basis", TestBasis),
    ("businessCase.lines.price_basis", PriceBasis),
    ("businessCase.lines.confidence", Confidence),
    ("businessCase.lines.bias_category", BiasCategory),
    ("businessCase.lines.kind", LineKind),
    ("businessCase.lines.cost_type", CostType),
    ("benefit.class", BenefitClass),
    ("benefit.state", BenefitState),
    ("benefit.confidence", Confidence),
    ("benefit.direction", Direction),
    ("benefit.recurrence", Recurrence),
    ("benefit.frequency", Frequency),
    ("benefit.combining", Combining),
    ("mapStep.kind", MapStepKind),
    ("line.kind", LineKind),
    ("line.cost_type", CostType),
    ("actual.verification.outcome", Outcome),
    ("risk.register", RaidRegister),
    ("gateReview.scale", ConfidenceScale),
    ("lesson.service_kind", ServiceKind),
    ("gateAnswer.answer", LessonAnswer),
    ("gateRecommendation.urgency", GateUrgency),
    ("gateRecommendation.state", GateRecommendationState),
    ("judgement.subject", JudgementSubject),
    ("decision.kind", DecisionKind),
    ("decision.state", DecisionState),
    ("councilDecision.state", CouncilDecisionState),
    ("councilDecision.approval_body", ApprovalBody),
    ("bulletinItem.kind", BulletinItemKind),
]
LIMITS: list[tuple[str, type[models.Model], str]] = [
    ("council.name", Council, "name"),
    ("council.short_name", Council, "short_name"),
    ("programme.name", Programme, "name"),
    ("phase.label", Phase, "label"),
    ("milestone.label", Milestone, "title"),
    ("milestone.evidence", Milestone, "evidence"),
    ("service.name", Service, "name"),
    ("provision.provider_name", ServiceCouncil, "provider_name"),
    ("serviceMeasure.name", ServiceMeasure, "name"),
    ("serviceMeasure.unit", ServiceMeasure, "unit"),
    ("serviceReview.tasks.text", ReviewTask, "text"),
    ("serviceReview.red_lines.text", RedLine, "text"),
    ("serviceReview.consultations.establishment", Consultation, "establishment"),
    *((f"sharedPost.{name}", SharedPost, name) for name in ("title", "grade", "department", "team")),
    *((f"sharedPost.{name}", SharedPost, name) for name in ("contact", "bonuses")),
    ("costPool.name", CostPool, "name"),
    ("apportionmentKey.driver_source", ApportionmentKey, "driver_source"),
    ("apportionmentRun.purpose", ApportionmentRun, "purpose"),
    ("trueUp.driver", TrueUp, "driver"),
    ("caseOption.name", CaseOption, "name"),
    ("caseLine.evidence", BusinessCaseLine, "evidence"),
    ("caseLine.override_reason", BusinessCaseLine, "override_reason"),
    ("caseCriterion.name", Criterion, "name"),
    *((f"benefit.{name}", Benefit, name) for name in ("category", "measure_source", "measure_method")),
    ("evidence.text", BenefitEvidence, "text"),
    ("objective.title", Objective, "title"),
    ("mapStep.title", MapStep, "title"),
    ("risk.label", Risk, "title"),
    ("risk.category", Risk, "category"),
    ("risk.closed_because", Risk, "closed_because"),
    ("judgement.ended_because", Judgement, "ended_because"),
    ("riskImpact.text", RiskImpact, "text"),
    ("gateReview.reviewers", GateReview, "reviewers"),
    ("gateAnswer.evidence", GateAnswer, "evidence"),
    ("gateRecommendation.text", GateRecommendation, "text"),
    ("gateRecommendation.settled_because", GateRecommendation, "settled_because"),
    ("decision.label", Decision, "title"),
    ("decision.summary", Decision, "summary"),
    ("councilDecision.party", CouncilDecision, "party_text"),
]


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("place", "choices"), CHOICES, ids=[place for place, _ in CHOICES])
def test_schema_offers_the_choices_of_the_product(place: str, choices: type[models.TextChoices]) -> None:
    offered = _find(place)["enum"]
    assert sorted(value for value in offered if value is not None) == sorted(choices.values)


@pytest.mark.parametrize(("place", "model", "field"), LIMITS, ids=[place for place, *_ in LIMITS])
def test_schema_lets_through_no_longer_text_than_the_database(
    place: str, model: type[models.Model], field: str
) -> None:
    assert _find(place)["maxLength"] <= model._meta.get_field(field).max_length  # type: ignore[operator]


def test_schema_describes_every_choice_and_every_field_of_a_case() -> None:
    undescribed = [path for path, node in _nodes(SCHEMA) if "enum" in node and "description" not in node]
    assert undescribed == []


def test_facts_have_a_section_each_in_the_schema() -> None:
    assert set(FACTS) <= set(SCHEMA["$defs"]["case"]["properties"])


def test_schema_closes_every_mapping_with_fields() -> None:
    open_nodes = [
        path for path, node in _nodes(SCHEMA) if "properties" in node and node.get("additionalProperties")
    ]
    assert open_nodes == []


def _find(place: str) -> dict[str, Any]:
    """The node at a place such as service.reviews.state, through lists, references and alternatives."""
    name, *fields = place.split(".")
    node = SCHEMA["$defs"][name]
    for field in fields:
        node = next(
            inner["properties"][field]
            for inner in _alternatives(node)
            if field in inner.get("properties", {})
        )
    return next(inner for inner in _alternatives(node) if inner.get("type") != "null")


def _alternatives(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in node:
        yield from _alternatives(SCHEMA["$defs"][node["$ref"].removeprefix("#/$defs/")])
    elif "anyOf" in node:
        for inner in node["anyOf"]:
            yield from _alternatives(inner)
    elif "items" in node:
        yield from _alternatives(node["items"])
    else:
        yield node


def _nodes(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield path, node
        for name, inner in node.items():
            yield from _nodes(inner, f"{path}.{name}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from _nodes(inner, f"{path}[{index}]")
