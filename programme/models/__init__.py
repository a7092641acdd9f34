"""Councils, partnerships, programmes, phases, milestones, plan versions, risks, lessons, reminders."""

from programme.models.agreement import Agreement
from programme.models.council import Council, CouncilFigure, CouncilSetting, CouncilSuccessor
from programme.models.milestone import Milestone
from programme.models.partnership import Membership, Partnership
from programme.models.plan import PlanDate, PlanVersion
from programme.models.programme import Fact, Phase, Programme
from programme.models.raid import Lesson, Risk
from programme.models.reminder import Digest, Reminder, ReminderRun

__all__ = [
    "Agreement",
    "Council",
    "CouncilFigure",
    "CouncilSetting",
    "CouncilSuccessor",
    "Digest",
    "Fact",
    "Lesson",
    "Membership",
    "Milestone",
    "Partnership",
    "Phase",
    "PlanDate",
    "PlanVersion",
    "Programme",
    "Reminder",
    "ReminderRun",
    "Risk",
]
