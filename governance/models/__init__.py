"""Bodies and their meetings, decisions, each council's own decision, scrutiny, and reports to it."""

from governance.models.addition import ReportAddition
from governance.models.body import Body, BodySeat
from governance.models.bulletin import Bulletin, SentBulletin
from governance.models.decision import (
    CouncilDecision,
    CouncilDecisionRecord,
    Decision,
    DecisionCondition,
    DecisionElement,
    DecisionNote,
    DecisionText,
    DecisionTransition,
)
from governance.models.meeting import (
    AgendaItem,
    Attendance,
    BodyMember,
    ChairTerm,
    Interest,
    Meeting,
    Paper,
    Vote,
)
from governance.models.open_page import OpenPage
from governance.models.publishing_job import PublishingJob
from governance.models.report import Edition, EditionContent, EditionFile, Report
from governance.models.scrutiny import CallIn, CallInSignatory, ScrutinyRecommendation, ScrutinyResponse

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "BodyMember",
    "BodySeat",
    "Bulletin",
    "CallIn",
    "CallInSignatory",
    "ChairTerm",
    "CouncilDecision",
    "CouncilDecisionRecord",
    "Decision",
    "DecisionCondition",
    "DecisionElement",
    "DecisionNote",
    "DecisionText",
    "DecisionTransition",
    "Edition",
    "EditionContent",
    "EditionFile",
    "Interest",
    "Meeting",
    "OpenPage",
    "Paper",
    "PublishingJob",
    "Report",
    "ReportAddition",
    "ScrutinyRecommendation",
    "ScrutinyResponse",
    "SentBulletin",
    "Vote",
]
