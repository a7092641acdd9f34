"""Choices of services, reviews and business cases."""

from django.db import models


class ServiceStatus(models.TextChoices):
    """Where a service stands in the partnership."""

    SHARED = "shared", "Shared"
    PLANNED = "planned", "Planned to be shared"
    NOT_SHARED = "not_shared", "Not shared"
    TRANSFERRED_OUT = "transferred_out", "Transferred to another body"


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
