"""Choices of benefits, ledgers and figures stated in a source."""

from django.db import models


class BenefitClass(models.TextChoices):
    """Class of a benefit (domain.md 1.4)."""

    CASHABLE = "cashable", "Cashable"
    NON_CASHABLE = "non_cashable", "Non-cashable"
    QUANTIFIABLE = "quantifiable", "Quantifiable"
    QUALITATIVE = "qualitative", "Qualitative"


class BenefitKind(models.TextChoices):
    """Kind of a benefit (domain.md 1.4, 2.9)."""

    CASHABLE_SAVING = "cashable_saving", "Cashable saving"
    NON_CASHABLE = "non_cashable", "Efficiency that releases no budget"
    COST_AVOIDANCE = "cost_avoidance", "Cost avoidance"
    INCOME = "income", "Additional income"
    MEASURE = "measure", "Change in a measure"
    NARRATIVE = "narrative", "Described and evidenced"
    NOT_STATED = "not_stated", "Not stated"


class BenefitState(models.TextChoices):
    """Life of a benefit (domain.md 2.9)."""

    IDENTIFIED = "identified", "Identified"
    PROFILED = "profiled", "Profiled"
    APPROVED = "approved", "Approved"
    ENABLING = "enabling", "Enabling"
    REALISING = "realising", "Realising"
    REALISED = "realised", "Realised"
    CLOSED = "closed", "Closed"
    NOT_REALISED = "not_realised", "Not realised"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Direction(models.TextChoices):
    """Which way a measure should move."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    ON_TARGET = "on_target", "On target is best"
    NOT_STATED = "not_stated", "Not stated"


# Nobody has to answer for a benefit in one of these.
ENDED = (BenefitState.CLOSED, BenefitState.NOT_REALISED, BenefitState.WITHDRAWN)


class BenefitStep(models.TextChoices):
    """What takes a benefit from one state to the next (domain.md 2.9)."""

    PROFILE = "profile", "Say that the profile is complete"
    APPROVE = "approve", "Approve it"
    ENABLE = "enable", "Start the work that enables it"
    START = "start", "Start realising it"
    REALISE = "realise", "Say that it is realised"
    CLOSE = "close", "Close it"
    REOPEN = "reopen", "Reopen its profile"
    FAIL = "fail", "Say that it is not realised"
    WITHDRAW = "withdraw", "Withdraw it"


class Frequency(models.TextChoices):
    """How often a measure is taken."""

    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    YEARLY = "yearly", "Every year"
    NOT_STATED = "not_stated", "Not stated"


class Combining(models.TextChoices):
    """How the values of a measure within a year make the value of the year."""

    SUM = "sum", "They are added up"
    AVERAGE = "average", "They are averaged"
    LATEST = "latest", "The latest one counts"
    NOT_STATED = "not_stated", "Not stated"


class MapStepKind(models.TextChoices):
    """What stands on the benefits map between an enabler and a benefit (domain.md 1.4)."""

    CHANGE = "change", "Business change"
    OUTCOME = "outcome", "Outcome"


class HandoverState(models.TextChoices):
    """Whether the next owner took a benefit over."""

    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    CANCELLED = "cancelled", "Taken back"


class Recurrence(models.TextChoices):
    """How often a figure comes."""

    PER_YEAR = "per_year", "a year"
    TOTAL = "total", "in total"
    ONE_OFF = "one_off", "once"
    NOT_STATED = "not_stated", "not stated how often"


class Outcome(models.TextChoices):
    """What a section 151 officer said of a claimed amount."""

    VERIFIED = "verified", "Verified"
    RETURNED = "returned", "Returned"


class LedgerState(models.TextChoices):
    """State of an actual amount, worked out from what was recorded about it."""

    CLAIMED = "claimed", "Claimed"
    VERIFIED = "verified", "Verified"
    RETURNED = "returned", "Returned"


class StatedSection(models.TextChoices):
    """What a figure in a source is about."""

    SAVING = "saving", "Saving"
    COST = "cost", "Cost"
    FUNDING = "funding", "Funding"
    EXIT_COST = "exit_cost", "Cost of separating again"


class StatedKind(models.TextChoices):
    """What a source claims of a saving."""

    PLANNED = "planned", "Planned"
    TARGET = "target", "Target"
    PROJECTED = "projected", "Projected"
    ACHIEVED = "achieved", "Achieved"


class Basis(models.TextChoices):
    """Which ledger, and which part of it, an amount is of."""

    ORIGINAL = "original", "Original plan"
    CURRENT = "current", "Current plan"
    FORECAST = "forecast", "Forecast"
    CLAIMED = "claimed", "Claimed, not verified"
    VERIFIED = "verified", "Verified"
    BANKED = "banked", "Banked"


class Measure(models.TextChoices):
    """What a figure of the dashboard measures; those added up from others come last."""

    CASHABLE = "cashable_saving", "Cashable saving"
    INCOME_BUDGETED = "income_budgeted", "Additional income raised in a budget"
    INCOME_UNBUDGETED = "income_unbudgeted", "Additional income in no budget"
    NON_CASHABLE = "non_cashable", "Non-cashable saving"
    COST_AVOIDANCE = "cost_avoidance", "Cost avoidance"
    GRANT = "grant", "Grant"
    DISBENEFIT = "disbenefit", "Dis-benefit"
    RECURRING_COST = "recurring_cost", "Recurring cost"
    ONE_OFF_COST = "one_off_cost", "One-off cost"
    GROSS = "gross_cashable", "Gross cashable saving, before costs"
    NET = "net_cash", "Net saving, after costs"


class Every(models.TextChoices):
    """What one amount of a table of entry covers."""

    MONTH = "month", "Months"
    QUARTER = "quarter", "Quarters"
    YEAR = "year", "Years"


class Sums(models.TextChoices):
    """Whether a figure over time is a running sum or that of its period alone."""

    CUMULATIVE = "cumulative", "Cumulative"
    IN_PERIOD = "in-period", "In each period alone"


class Awaited(models.TextChoices):
    """What is still to be done about the amounts of a line."""

    RETURNED = "returned", "Returned: enter it again"
    LATE = "late", "Late"
    MISSING = "missing", "Not entered yet"
    UNVERIFIED = "unverified", "Not verified"
    STALE_FORECAST = "stale_forecast", "No forecast for 35 days"


class EntryKind(models.TextChoices):
    """The ledger that an entry stands in; also the word in its address."""

    PLAN = "plan", "Plan"
    FORECAST = "forecast", "Forecast"
    ACTUAL = "actual", "Actual"


class RebaselineReason(models.TextChoices):
    """Why a plan is proposed (domain.md 2.7)."""

    FIRST_PLAN = "first_plan", "First plan"
    SCOPE_CHANGE = "scope_change", "Change of scope"
    PARTNER_JOINED = "partner_joined", "A partner council joined"
    PARTNER_LEFT = "partner_left", "A partner council left"
    LEGISLATIVE = "legislative", "Change in the law"
    INFLATION = "inflation", "Inflation"
    ERROR_CORRECTION = "error_correction", "Correction of an error"
    APPROVED_DELAY = "approved_delay", "Approved delay"


class ProposalState(models.TextChoices):
    """Life of a proposed plan (domain.md 2.7)."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


# A programme has at most one proposed plan in one of these.
OPEN_PROPOSALS = (ProposalState.DRAFT, ProposalState.SUBMITTED)


class DoubleCountKind(models.TextChoices):
    """What makes it look as if the same pounds were claimed twice (domain.md 1.4)."""

    SAME_CODE = "same_code", "Same ledger code and year"
    SAME_CAUSE = "same_cause", "Same service and cause"
    CONTAINED = "contained", "Counted in another benefit"


class DoubleCountOutcome(models.TextChoices):
    """How a flag of double counting was resolved."""

    NOT_SAME = "not_same", "Not the same saving"
    LINKED = "linked", "Linked: counted in another benefit"
    ATTRIBUTION = "attribution", "Attribution changed"
    REVERSED = "reversed", "Claims reversed"


class EquitySubject(models.TextChoices):
    """What the equity panel shares between the councils (F-35)."""

    NET = "net", "Net saving"
    COST = "cost", "One-off cost"
    GROSS = "gross", "Gross cashable saving"
    POSTS = "posts", "Posts removed"
    CHAIRS = "chairs", "Years in the chair"
    MEETINGS = "meetings", "Meetings held"


class PaymentState(models.TextChoices):
    """Where a payment of compensation, or its reversal, stands with the council that was paid."""

    UNCONFIRMED = "unconfirmed", "Not confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    REVERSAL_WAITS = "reversal_waits", "Confirmed, reversal waits"
    REVERSED = "reversed", "Reversed"
    REVERSAL = "reversal", "Reversal"
    REVERSAL_UNCONFIRMED = "reversal_unconfirmed", "Reversal, not confirmed"
    REVERSAL_CONFIRMED = "reversal_confirmed", "Reversal, confirmed"


class ImportState(models.TextChoices):
    """Life of a large file of amounts that the worker checks and imports."""

    WAITING = "waiting", "Waiting to be checked"
    CHECKING = "checking", "Being checked"
    REFUSED = "refused", "Has errors"
    READY = "ready", "Checked"
    CONFIRMED = "confirmed", "Waiting to be imported"
    STORING = "storing", "Being imported"
    DONE = "done", "Imported"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Not imported"
