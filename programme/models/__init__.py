"""Councils, partnerships, programmes, phases, milestones, plan versions, risks, lessons, reminders."""

from programme.models.agreement import Agreement, AgreementParty, DisputeStep, ReservedMatter
from programme.models.bulletin_subscription import BulletinSubscription
from programme.models.calendar_feed import CalendarFeed
from programme.models.council import (
    Council,
    CouncilClosure,
    CouncilFigure,
    CouncilSetting,
    CouncilSuccessor,
)
from programme.models.gate_review import GateAnswer, GateRecommendation, GateReview
from programme.models.judgement import Judgement
from programme.models.lesson import Lesson, LessonUse
from programme.models.milestone import Milestone
from programme.models.milestone_comment import MilestoneComment
from programme.models.milestone_dependency import MilestoneDependency
from programme.models.partnership import Membership, Partnership
from programme.models.plan import PlanDate, PlanVersion
from programme.models.programme import Fact, Objective, Phase, Programme
from programme.models.raid import Risk, RiskImpact
from programme.models.reminder import Digest, Reminder, ReminderRun, Resending
from programme.models.reminder_wish import Absence, ReminderSetting, ReminderWish
from programme.models.saved_view import SavedView
from programme.models.tranche import Tranche

__all__ = [
    "Absence",
    "Agreement",
    "AgreementParty",
    "BulletinSubscription",
    "CalendarFeed",
    "Council",
    "CouncilClosure",
    "CouncilFigure",
    "CouncilSetting",
    "CouncilSuccessor",
    "Digest",
    "DisputeStep",
    "Fact",
    "GateAnswer",
    "GateRecommendation",
    "GateReview",
    "Judgement",
    "Lesson",
    "LessonUse",
    "Membership",
    "Milestone",
    "MilestoneComment",
    "MilestoneDependency",
    "Objective",
    "Partnership",
    "Phase",
    "PlanDate",
    "PlanVersion",
    "Programme",
    "Reminder",
    "ReminderRun",
    "ReminderSetting",
    "ReminderWish",
    "Resending",
    "ReservedMatter",
    "Risk",
    "RiskImpact",
    "SavedView",
    "Tranche",
]
