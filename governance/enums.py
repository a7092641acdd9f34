"""Choices of bodies and decisions."""

from django.db import models


class Authority(models.TextChoices):
    """What a body may do (casebook conventions and domain.md 2.2)."""

    DECIDES = "decides", "Decides"
    RECOMMENDS = "recommends", "Recommends; each council decides for itself"
    OVERSEES = "oversees", "Watches progress; councils accept"
    REVIEWS = "reviews", "Looks back and ahead"
    DELEGATED = "delegated", "Officer acting under delegated powers"
    EXECUTIVE = "executive", "Runs the service"
    OPERATIONAL_ACCOUNTABILITY = "operational_accountability", "Officers account to it"
    RECEIVES_REPORTS = "receives_reports", "Receives reports"
    BINDING_AGREEMENT = "binding_agreement", "Contract between councils"
    CONFLICT_RESOLUTION = "conflict_resolution", "Keeps balance between councils"
    CONSULTATIVE = "consultative", "Consultative"
    SETS_SERVICE_SPECIFICATION = "sets_service_specification", "Each council writes its own specification"
    NOT_STATED = "not_stated", "Not stated"


class DecisionKind(models.TextChoices):
    """What a body did."""

    RECOMMENDATION = "recommendation", "Recommendation"
    RESOLUTION = "resolution", "Resolution"
    NOTING = "noting", "Noting"


class DecisionState(models.TextChoices):
    """Life of a decision (domain.md 2.8)."""

    DRAFT = "draft", "Draft"
    NOTICE_OPEN = "notice_open", "Notice published"
    TABLED = "tabled", "On the agenda"
    RATIFYING = "ratifying", "Waiting for councils"
    CALLIN = "callin", "Call-in open"
    CALLED_IN = "called_in", "Called in"
    EFFECTIVE = "effective", "In effect"
    IMPLEMENTED = "implemented", "Implemented"
    BLOCKED = "blocked", "Blocked: councils differ"
    PROCEEDING_WITHOUT = "proceeding_without", "Going ahead without a council"
    IN_DISPUTE = "in_dispute", "In dispute"
    SUPERSEDED = "superseded", "Replaced by a new version"
    LAPSED = "lapsed", "Lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ApprovalBody(models.TextChoices):
    """Who decides for one council."""

    FULL_COUNCIL = "full_council", "Full council"
    EXECUTIVE = "executive", "Cabinet"
    EXECUTIVE_MEMBER = "executive_member", "Executive member"
    OFFICER = "officer", "Officer"
    COMMITTEE = "committee", "Committee"
    NOT_STATED = "not_stated", "Council"


class CouncilDecisionState(models.TextChoices):
    """One council's own decision."""

    AWAITING = "awaiting", "Awaiting"
    DEFERRED = "deferred", "Deferred"
    APPROVED = "approved", "Approved"
    APPROVED_AMENDED = "approved_amended", "Changed"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
