"""Benefits, money lines, the three ledgers and figures stated in a source."""

from benefits.models.benefit import Benefit, Line
from benefits.models.benefits_map import BenefitLink, MapStep
from benefits.models.budget import BudgetLine, BudgetReduction
from benefits.models.claim_file import ClaimFile
from benefits.models.commentary import CommentaryLimit
from benefits.models.double_count import DoubleCountAnswer
from benefits.models.fairness import CouncilPayment, EquityNote, PaymentReceipt, PostsRemoved
from benefits.models.fund import Fund, FundClosing, FundContribution, FundDrawdown
from benefits.models.import_job import ImportJob
from benefits.models.ledger import ActualAmount, ForecastAmount, ForecastSnapshot, PlanAmount, Verification
from benefits.models.period import CloseException, PeriodClose
from benefits.models.plan_proposal import PlanOpinion, PlanProposal, ProposalAmount, ProposalDate
from benefits.models.profile import (
    BenefitEvidence,
    BenefitHandover,
    BenefitReview,
    BenefitShare,
    BenefitTransition,
    MeasureReading,
    ProfileEntry,
)
from benefits.models.roll_up import LedgerChange, RollUp, RollUpCell
from benefits.models.stated import StatedFigure

__all__ = [
    "ActualAmount",
    "Benefit",
    "BenefitEvidence",
    "BenefitHandover",
    "BenefitLink",
    "BenefitReview",
    "BenefitShare",
    "BenefitTransition",
    "BudgetLine",
    "BudgetReduction",
    "ClaimFile",
    "CloseException",
    "CommentaryLimit",
    "CouncilPayment",
    "DoubleCountAnswer",
    "EquityNote",
    "ForecastAmount",
    "ForecastSnapshot",
    "Fund",
    "FundClosing",
    "FundContribution",
    "FundDrawdown",
    "ImportJob",
    "LedgerChange",
    "Line",
    "MapStep",
    "MeasureReading",
    "PaymentReceipt",
    "PeriodClose",
    "PlanAmount",
    "PlanOpinion",
    "PlanProposal",
    "PostsRemoved",
    "ProfileEntry",
    "ProposalAmount",
    "ProposalDate",
    "RollUp",
    "RollUpCell",
    "StatedFigure",
    "Verification",
]
