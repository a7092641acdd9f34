"""Choices of councils, partnerships, programmes and milestones."""

from django.db import models


class CouncilType(models.TextChoices):
    """Kinds of principal council."""

    COUNTY = "county", "County council"
    DISTRICT = "district", "District council"
    BOROUGH = "borough", "Borough council"
    DISTRICT_BOROUGH = "district_borough", "District council with borough status"
    CITY = "city", "City council"
    UNITARY = "unitary", "Unitary council"
    LONDON_BOROUGH = "london_borough", "London borough"
    METROPOLITAN = "metropolitan", "Metropolitan district"
    NOT_STATED = "not_stated", "Not stated"


class GovernanceModel(models.TextChoices):
    """How a council takes its decisions."""

    LEADER_CABINET = "leader_cabinet", "Leader and cabinet"
    MAYOR_CABINET = "mayor_cabinet", "Elected mayor and cabinet"
    COMMITTEE = "committee", "Committee system"
    NOT_STATED = "not_stated", "Not stated"


class LgrStatus(models.TextChoices):
    """Local government reorganisation."""

    NONE = "none", "None"
    PROPOSED = "proposed", "Proposed"
    ORDER_MADE = "order_made", "Order made"


class SeriesName(models.TextChoices):
    """Dated reference series of a council."""

    HEADCOUNT = "headcount", "Headcount"
    FTE = "fte", "Full-time equivalents"
    EXPENDITURE = "expenditure", "Service expenditure"
    NET_BUDGET = "net_budget", "Net revenue budget"
    POPULATION = "population", "Population"
    TAX_BASE = "tax_base", "Council tax base (Band D equivalents)"


class DayUnit(models.TextChoices):
    """How a council counts days."""

    WORKING = "working", "working days"
    CALENDAR = "calendar", "calendar days"


class PartnershipModel(models.TextChoices):
    """Models of working together."""

    JOINT_WORKING = "joint_working", "Joint working"
    PRINCIPAL_PARTNER = "principal_partner", "Principal partner"
    HOST_AUTHORITY = "host_authority", "One council employs and buys for all"
    LEAD_AUTHORITY = "lead_authority", "Lead authority"
    JOINTLY_OWNED_COMPANY = "jointly_owned_company", "Jointly owned company"
    JOINT_COMMITTEE = "joint_committee", "Joint committee"
    SHARED_MANAGEMENT = "shared_management", "Shared management"
    SECTION_113 = "section_113", "Section 113 agreement"
    CONTRACT = "contract", "Contract"
    NOT_STATED = "not_stated", "Not stated"


class MemberStatus(models.TextChoices):
    """A council's place in a partnership."""

    ACTIVE = "active", "Partner"
    DECLINED = "declined", "Never joined"
    DECLINED_MAY_JOIN = "declined_may_join", "Stayed out, may join"
    RELATED = "related", "Linked, not a partner"
    LEFT = "left", "Left"


class LeavingStep(models.TextChoices):
    """What is settled when a council leaves, in this order."""

    KEYS = "keys", "Keys"
    CLAIMS = "claims", "Open claims"
    COMPENSATION = "compensation", "Compensation due"
    FUNDS = "funds", "Share of funds"
    BENEFITS = "benefits", "Benefits it owns or shares in"
    MILESTONES = "milestones", "Milestones it answers for"
    POSTS = "posts", "Posts it shares"
    DECISIONS = "decisions", "Open decisions"
    PLAN = "plan", "Plan after it leaves"


class ProgrammeState(models.TextChoices):
    """Life of a programme (domain.md 2.3)."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    CLOSING = "closing", "Closing"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class PriceBasis(models.TextChoices):
    """Cash of the day, or constant prices of one year."""

    NOMINAL = "nominal", "Cash"
    REAL = "real", "Constant prices"
    NOT_STATED = "not_stated", "Not stated"


class PhaseState(models.TextChoices):
    """What a source says of a phase; empty where the dates decide."""

    DONE = "done", "Done"
    DONE_UNDATED = "done_undated", "Done, date not stated"
    IN_PROGRESS = "in_progress", "In progress"
    PLANNED = "planned", "Planned"
    INDICATIVE = "indicative", "Indicative"
    OUTCOME_NOT_STATED = "outcome_not_stated", "Outcome not stated"


class MilestoneKind(models.TextChoices):
    """What a milestone belongs to."""

    GOVERNANCE = "governance", "Governance"
    LEGAL = "legal", "Legal"
    HR = "hr", "HR"
    ICT = "ict", "ICT"
    SERVICE = "service", "Service"
    FINANCE = "finance", "Finance"
    COMMS = "comms", "Communications"
    GATE = "gate", "Gate"
    NOT_STATED = "not_stated", "Not stated"


class MilestoneState(models.TextChoices):
    """What a source says of a milestone, beyond its dates."""

    PLANNED = "planned", "Planned"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Achieved"
    DONE_UNDATED = "done_undated", "Achieved, date not stated"
    OUTCOME_NOT_STATED = "outcome_not_stated", "Outcome not stated"
    EXTERNAL_DATE = "external_date", "Date set from outside"
    CANCELLED = "cancelled", "Cancelled"


class FactKind(models.TextChoices):
    """Facts that a case file states beside its figures."""

    CONTEXT = "context", "Context"
    CRITERION = "criterion", "Entry criterion"
    RED_LINE = "red_line", "Red line"
    AMBIGUITY = "ambiguity", "Ambiguity"


class DeliveryState(models.TextChoices):
    """Life of one day's reminder mail to one person."""

    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed, will be tried again"
    GIVEN_UP = "given_up", "Not sent after several tries"
    WITHDRAWN = "withdrawn", "No longer needed"


class ReminderStep(models.TextChoices):
    """Who a reminder goes to, one after the other: whose matter it is, then those it is escalated to."""

    TOLD = "told", "Told"
    ESCALATED = "escalated", "Escalated"
    FURTHER = "further", "Escalated further"


class Receipt(models.TextChoices):
    """What a carrier says became of a mail that it took, in the words of GOV.UK Notify."""

    DELIVERED = "delivered", "Delivered"
    PERMANENT_FAILURE = "permanent-failure", "Not delivered: there is no such address"
    TEMPORARY_FAILURE = "temporary-failure", "Not delivered: the mailbox was full or away"
    TECHNICAL_FAILURE = "technical-failure", "Not delivered: GOV.UK Notify could not send it"


NOT_ARRIVED = (Receipt.PERMANENT_FAILURE, Receipt.TEMPORARY_FAILURE, Receipt.TECHNICAL_FAILURE)


class Stage(models.TextChoices):
    """How far a mail has come, its carrier's receipt taken with its own state."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed, will be tried again"
    NOT_DELIVERED = "not_delivered", "Sent and not delivered"
    GIVEN_UP = "given_up", "Given up"
    WITHDRAWN = "withdrawn", "No longer needed"


class AgreementKind(models.TextChoices):
    """What an agreement between councils is for (domain.md 2.2)."""

    IAA = "iaa", "Inter-authority agreement"
    S113 = "s113", "Section 113 agreement"
    DELEGATION = "delegation", "Delegation of functions"
    TUPE_TRANSFER = "tupe_transfer", "Transfer of staff (TUPE)"
    DATA_SHARING = "data_sharing", "Data-sharing agreement"
    SHAREHOLDER = "shareholder", "Shareholder agreement"


class CallInScope(models.TextChoices):
    """Which executive decisions of a council its scrutiny can call in."""

    ALL_EXECUTIVE = "all_executive", "All executive decisions"
    KEY_ONLY = "key_only", "Key decisions only"


class LegalBasis(models.TextChoices):
    """The power under which councils agree (domain.md 2.2)."""

    S101_1B = "lga1972_s101_1b", "Local Government Act 1972 s101(1)(b): non-executive functions"
    S9EA = (
        "lga2000_s9ea_si2012_1019",
        "Local Government Act 2000 s9EA: another council’s executive functions",
    )
    S101_5_S102 = "lga1972_s101_5_s102", "Local Government Act 1972 s101(5) and s102: joint committee"
    S9EB = "lga2000_s9eb_si2012_1019", "Local Government Act 2000 s9EB: joint committee of executives"
    S113 = "lga1972_s113", "Local Government Act 1972 s113: staff placed at another council's disposal"
    COMPANY = "company", "Company"
    CONTRACT = "contract", "Contract"
    NOT_STATED = "not_stated", "Not stated"


class Matter(models.TextChoices):
    """What a decision is about; an agreement can reserve a matter to each council (domain.md 1.1)."""

    BUSINESS_CASE = "business_case", "Approving the business case"
    BUDGET = "budget", "Setting a budget"
    PLAN = "plan", "Approving or changing the plan"
    COST_SHARING = "cost_sharing", "Sharing costs and savings"
    ENTRY = "entry", "Letting a council join"
    EXIT = "exit", "A council leaving"
    AGREEMENT = "agreement", "Making or changing an agreement"
    STAFF = "staff", "Staff and their terms"
    SERVICE = "service", "Running a service"
    OTHER = "other", "Another matter"


class RaidRegister(models.TextChoices):
    """The four registers (domain.md 1.2): a dependency here is one on the world outside."""

    RISK = "risk", "Risk"
    ASSUMPTION = "assumption", "Assumption"
    ISSUE = "issue", "Issue"
    DEPENDENCY = "dependency", "Dependency"


class Gate(models.IntegerChoices):
    """Gates at which independent peers review a programme (domain.md 2.11); gate 0 may repeat."""

    STRATEGIC = 0, "Gate 0: strategic assessment"
    JUSTIFICATION = 1, "Gate 1: business justification"
    DELIVERY_STRATEGY = 2, "Gate 2: delivery strategy"
    INVESTMENT = 3, "Gate 3: investment decision"
    READINESS = 4, "Gate 4: readiness for service"
    BENEFITS = 5, "Gate 5: operations and benefits"


class ConfidenceScale(models.TextChoices):
    """In how many points reviewers judge how sure delivery is (F-27)."""

    THREE = "three", "Three points"
    FIVE = "five", "Five points"


class LessonAnswer(models.TextChoices):
    """How far a programme has taken one of the eight lessons to heart."""

    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"


class GateUrgency(models.TextChoices):
    """How urgent a recommendation of a gate review is."""

    CRITICAL = "critical", "Critical: do now"
    ESSENTIAL = "essential", "Essential: do by its date"
    RECOMMENDED = "recommended", "Recommended"


class GateRecommendationState(models.TextChoices):
    """What became of a recommendation of a gate review."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    REJECTED = "rejected", "Rejected"


class FeedScope(models.TextChoices):
    """What a calendar feed holds."""

    MINE = "mine", "Mine"
    PROGRAMME = "programme", "One programme"
    COUNCIL = "council", "One council"


class JudgementSubject(models.TextChoices):
    """What the senior responsible owner judges of a programme (F-26, F-27)."""

    OVERALL = "overall", "Rating of the programme"
    CONFIDENCE = "confidence", "Delivery confidence"


class SavedPage(models.TextChoices):
    """A list whose filters can be kept under a name."""

    BENEFITS = "benefits", "Benefits register"
    MILESTONES = "milestones", "Milestones"
    ALL_MILESTONES = "all", "Milestones of all programmes"
    PORTFOLIO = "portfolio", "Portfolio"


# Lists that belong to no programme: a view of one is its maker's alone.
OVERALL_PAGES = (SavedPage.ALL_MILESTONES, SavedPage.PORTFOLIO)
