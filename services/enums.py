"""Choices of services, reviews and business cases."""

from django.db import models


class ServiceStatus(models.TextChoices):
    """Where a service stands in the partnership."""

    SHARED = "shared", "Shared"
    PLANNED = "planned", "Planned to be shared"
    NOT_SHARED = "not_shared", "Not shared"
    TRANSFERRED_OUT = "transferred_out", "Transferred to another body"


class ServiceKind(models.TextChoices):
    """What a service is about; it chooses the template of its review."""

    CUSTOMER = "customer", "Customer services"
    FINANCE = "finance", "Finance and audit"
    HR = "hr", "Human resources and payroll"
    ICT = "ict", "ICT"
    LEGAL = "legal", "Legal and democratic services"
    MANAGEMENT = "management", "Senior management"
    PLANNING = "planning", "Planning and building control"
    PROCUREMENT = "procurement", "Procurement"
    PROPERTY = "property", "Property and offices"
    REVENUES = "revenues", "Revenues and benefits"
    WASTE = "waste", "Waste and recycling"
    OTHER = "other", "Other"


class MeasureKind(models.TextChoices):
    """What a measure of a service counts."""

    VOLUME = "volume", "Volume of work"
    PERFORMANCE = "performance", "Performance"


class Provider(models.TextChoices):
    """Who runs a service for a council."""

    IN_HOUSE = "in_house", "In house"
    OUTSOURCED = "outsourced", "Outsourced"
    NOT_STATED = "not_stated", "Not stated"


class Confidence(models.TextChoices):
    """How far a figure can be relied on."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class ReviewState(models.TextChoices):
    """Life of a service review (domain.md 2.5)."""

    PROPOSED = "proposed", "Proposed"
    SCOPED = "scoped", "Scoped"
    BASELINING = "baselining", "Finding starting costs"
    OPTIONS = "options", "Options"
    RECOMMENDED = "recommended", "Recommended"
    DECIDED_SHARE = "decided_share", "Decided to share"
    DECIDED_NOT_SHARE = "decided_not_share", "Decided not to share"
    DEFERRED = "deferred", "Deferred"
    IMPLEMENTING = "implementing", "Implementing"
    LIVE = "live", "Live"
    CLOSED = "closed", "Closed"


class QuestionSet(models.TextChoices):
    """Sets of questions that councils answer about themselves (domain.md 2.11)."""

    READINESS = "readiness", "Readiness to share"
    HR_ALIGNMENT = "hr_alignment", "Alignment of HR policies"


class ConsultationKind(models.TextChoices):
    """What a consultation is about."""

    REDUNDANCY = "redundancy", "Redundancy"
    TUPE = "tupe", "Transfer of staff"
    EQUALITY = "equality", "Equality impact"
    PUBLIC = "public", "Public"


class CaseStage(models.TextChoices):
    """Stage of a business case."""

    SOC = "soc", "Strategic outline case"
    OBC = "obc", "Outline business case"
    FBC = "fbc", "Full business case"
    BJC = "bjc", "Business justification case"


class CaseState(models.TextChoices):
    """Life of a business case (domain.md 2.6)."""

    DRAFT = "draft", "Draft"
    INTERNAL_REVIEW = "internal_review", "Internal review"
    S151_REVIEW = "s151_review", "Section 151 review"
    ISSUED = "issued", "Issued"
    RECOMMENDED = "recommended", "Recommended"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CaseStep(models.TextChoices):
    """What can be done with a version of a business case as a whole."""

    SEND_TO_REVIEW = "send_to_review", "Send to internal review"
    AGREE = "agree", "Agree the draft"
    SEND_TO_S151 = "send_to_s151", "Send to the section 151 officers"
    ISSUE = "issue", "Issue"
    RETURN = "return", "Return to draft"
    WITHDRAW = "withdraw", "Withdraw"
    NEW_VERSION = "new_version", "Start a new version"


class CaseSectionName(models.TextChoices):
    """The five cases of a business case."""

    STRATEGIC = "strategic", "Strategic case"
    ECONOMIC = "economic", "Economic case"
    COMMERCIAL = "commercial", "Commercial case"
    FINANCIAL = "financial", "Financial case"
    MANAGEMENT = "management", "Management case"


class OptionKind(models.TextChoices):
    """What an option would do; sharing is one beside others."""

    BUSINESS_AS_USUAL = "business_as_usual", "Business as usual"
    IN_HOUSE = "in_house", "Improve alone"
    SHARE = "share", "Share"
    OUTSOURCE = "outsource", "Outsource"
    CEASE = "cease", "Stop the service"
    OTHER = "other", "Other"


class Position(models.TextChoices):
    """What a section 151 officer says of a business case."""

    SUPPORT = "support", "Supports"
    SUPPORT_WITH_CONDITIONS = "support_with_conditions", "Supports with conditions"
    DO_NOT_SUPPORT = "do_not_support", "Does not support"


class ReviewOutcome(models.TextChoices):
    """What a reviewer says of a draft business case."""

    AGREED = "agreed", "Agreed"
    RETURNED = "returned", "Returned"


class PaybackOrigin(models.TextChoices):
    """What time zero of a payback is (F-08)."""

    PROFILE_START = "profile_start", "Start of the base year"
    GO_LIVE = "go_live", "Go-live, with year 0 spent before"


class BiasCategory(models.TextChoices):
    """Categories of the optimism-bias table (F-12)."""

    NON_STANDARD_BUILDINGS = "non_standard_buildings", "Non-standard buildings"
    STANDARD_BUILDINGS = "standard_buildings", "Standard buildings"
    NON_STANDARD_CIVIL = "non_standard_civil", "Non-standard civil engineering"
    STANDARD_CIVIL = "standard_civil", "Standard civil engineering"
    EQUIPMENT = "equipment", "Equipment and development, such as ICT"
    OUTSOURCING = "outsourcing", "Outsourcing"


class KeyBasis(models.TextChoices):
    """What an apportionment key counts (domain.md 2.10)."""

    EQUAL = "equal", "Equal shares"
    POPULATION = "population", "Population"
    COUNCIL_TAX_BASE = "council_tax_base", "Council tax base"
    NET_BUDGET = "net_budget", "Net budget"
    SERVICE_SPEND = "service_spend", "Spend on the service"
    HEADCOUNT = "headcount", "Headcount"
    FTE = "fte", "Full-time equivalents"
    CASELOAD = "caseload", "Caseload"
    TIME_RECORDED = "time_recorded", "Time recorded"
    TRANSACTIONS = "transactions", "Transactions"
    FIXED_PERCENT = "fixed_percent", "Fixed percentages"
    BENEFIT_RECEIVED = "benefit_received", "Benefit received"


class TrueUpResult(models.TextChoices):
    """What the actual drivers of a year do to its estimated shares (F-23)."""

    KEEP = "keep", "Keep the estimate"
    ADOPT = "adopt", "Adopt the actual shares"


class TestBasis(models.TextChoices):
    """Basis of the no-worse-off test and of compensation (F-21)."""

    __test__ = False

    NOMINAL = "nominal", "Cash"
    NPV = "npv", "Net present value"


class LineKind(models.TextChoices):
    """Kind of a money line; it fixes the sign (F-02)."""

    CASHABLE_SAVING = "cashable_saving", "Cashable saving"
    NON_CASHABLE = "non_cashable", "Non-cashable saving"
    COST_AVOIDANCE = "cost_avoidance", "Cost avoidance"
    INCOME = "income", "Additional income"
    DISBENEFIT = "disbenefit", "Dis-benefit"
    ONE_OFF_COST = "one_off_cost", "One-off cost"
    RECURRING_COST = "recurring_cost", "Recurring cost"
    GRANT = "grant", "Grant"


class CostType(models.TextChoices):
    """What a cost is for."""

    ICT = "ict", "ICT"
    REDUNDANCY = "redundancy", "Redundancy"
    PENSION_STRAIN = "pension_strain", "Pension strain"
    TUPE = "tupe", "Transfer of staff"
    HARMONISATION = "harmonisation", "Harmonisation of pay and terms"
    PROGRAMME_TEAM = "programme_team", "Programme team"
    ACCOMMODATION = "accommodation", "Accommodation"
    EQUIPMENT = "equipment", "Equipment"
    CONTRACT_EXIT = "contract_exit", "Contract exit"
    LEGAL = "legal", "Legal"
    TRAINING = "training", "Training"
    COMMUNICATIONS = "communications", "Communications"
    CONTINGENCY = "contingency", "Contingency"
    EXIT = "exit", "Exit"


class ContractStage(models.TextChoices):
    """How near the end of a contract is: work on sharing starts two years before it (domain.md 4.8)."""

    ENDED = "ended", "Ended"
    START_NOW = "start_now", "Start work now"
    LATER = "later", "Later"


class PostTier(models.IntegerChoices):
    """How near the top of the organisation a post is; the Transparency Code asks for the first three."""

    FIRST = 1, "Tier 1: head of paid service"
    SECOND = 2, "Tier 2: reports to tier 1"
    THIRD = 3, "Tier 3: reports to tier 2"
    LOWER = 4, "Below tier 3"


class PostTerm(models.TextChoices):
    """Whether a post is there for good."""

    PERMANENT = "permanent", "Permanent"
    TEMPORARY = "temporary", "Temporary"
    NOT_STATED = "not_stated", "Not stated"
