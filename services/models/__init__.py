"""Services, service reviews, options, business cases, apportionment and compensation."""

from services.models.apportionment import (
    ApportionmentKey,
    ApportionmentRun,
    ApportionmentShare,
    CostPool,
    KeyWeight,
    TrueUp,
    TrueUpDriver,
)
from services.models.business_case import (
    BusinessCase,
    BusinessCaseAmount,
    BusinessCaseLine,
    CaseOption,
    CaseReview,
    CaseSection,
    CaseStatement,
)
from services.models.compensation import Compensation, CompensationPayment
from services.models.quality import QualityJudgement
from services.models.review import AssessmentAnswer, Consultation, RedLine, ReviewTask, ServiceReview
from services.models.scoring import Criterion, Score
from services.models.service import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from services.models.shared_post import SharedPost, SharedPostShare

__all__ = [
    "ApportionmentKey",
    "ApportionmentRun",
    "ApportionmentShare",
    "AssessmentAnswer",
    "BusinessCase",
    "BusinessCaseAmount",
    "BusinessCaseLine",
    "CaseOption",
    "CaseReview",
    "CaseSection",
    "CaseStatement",
    "Compensation",
    "CompensationPayment",
    "Consultation",
    "CostPool",
    "Criterion",
    "KeyWeight",
    "QualityJudgement",
    "RedLine",
    "ReviewTask",
    "Score",
    "Service",
    "ServiceCost",
    "ServiceCouncil",
    "ServiceMeasure",
    "ServiceReview",
    "SharedPost",
    "SharedPostShare",
    "TrueUp",
    "TrueUpDriver",
]
