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
    RECOMMENDED = "recommended", "Recommended"
    RESOLVED = "resolved", "Resolved"
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
    JOINT_COMMITTEE = "joint_committee", "Joint committee"
    NOT_STATED = "not_stated", "Council"


class CouncilDecisionState(models.TextChoices):
    """One council's own decision."""

    AWAITING = "awaiting", "Awaiting"
    DEFERRED = "deferred", "Deferred"
    APPROVED = "approved", "Approved"
    APPROVED_AMENDED = "approved_amended", "Changed"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class BodyType(models.TextChoices):
    """What sort of body it is (domain.md 2.2)."""

    STEERING_GROUP = "steering_group", "Steering group"
    JOINT_COMMITTEE = "joint_committee", "Joint committee"
    BOARD = "board", "Partnership board"
    JOINT_SCRUTINY = "joint_scrutiny", "Joint scrutiny committee"
    OFFICERS = "officers", "Officer group"
    CABINET = "cabinet", "Cabinet"
    COUNCIL = "council", "Full council"
    SCRUTINY = "scrutiny", "Scrutiny committee"
    NOT_STATED = "not_stated", "Not stated"


# Bodies that can never resolve anything (INV-08).
ADVISORY = (
    BodyType.STEERING_GROUP,
    BodyType.BOARD,
    BodyType.JOINT_SCRUTINY,
    BodyType.SCRUTINY,
    BodyType.OFFICERS,
)


class VotingRule(models.TextChoices):
    """How a body decides (domain.md 2.2)."""

    MAJORITY = "majority", "A majority of those present and voting"
    EACH_COUNCIL = "majority_and_each_council", "A majority, and a majority of each council’s members"
    UNANIMOUS_COUNCILS = "unanimous_councils", "All councils, each by a majority of its members"


class MeetingState(models.TextChoices):
    """Whether a meeting was held."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Called off"


class MinutesState(models.TextChoices):
    """Life of a meeting's minutes."""

    NONE = "none", "Not written"
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"


class Attending(models.TextChoices):
    """Whether a member comes to a meeting."""

    EXPECTED = "expected", "Not answered"
    ACCEPTED = "accepted", "Will come"
    APOLOGIES = "apologies", "Apologies"
    PRESENT = "present", "Present"
    ABSENT = "absent", "Absent"


class InterestKind(models.TextChoices):
    """What sort of interest a member declares."""

    PECUNIARY = "pecuniary", "Disclosable pecuniary interest"
    OTHER_REGISTRABLE = "registrable", "Other registrable interest"
    NON_REGISTRABLE = "non_registrable", "Non-registrable interest"


class VoteChoice(models.TextChoices):
    """How a member voted."""

    FOR = "for", "For"
    AGAINST = "against", "Against"
    ABSTAIN = "abstain", "Abstained"


class Urgency(models.TextChoices):
    """A lawful way round 28 days' notice of a key decision (SI 2012/2089 regs 10 and 11)."""

    NONE = "none", "Ordinary: 28 clear days’ notice"
    GENERAL_EXCEPTION = "general_exception", "General exception: 5 clear days’ notice"
    SPECIAL = "special", "Special urgency: the scrutiny chair agrees"


class CallInOutcome(models.TextChoices):
    """What scrutiny did with a decision that was called in."""

    NO_ACTION = "upheld_no_action", "No further action"
    REFERRED_BACK = "referred_back", "Referred back to who decided"
    REFERRED_TO_COUNCIL = "referred_to_council", "Referred to full council"


class ResponseState(models.TextChoices):
    """An executive's answer to a scrutiny recommendation."""

    AWAITED = "awaited", "Response awaited"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REJECTED = "rejected", "Not accepted"
    DONE = "done", "Done"


class Step(models.TextChoices):
    """What takes a decision from one state to another (domain.md 2.8)."""

    PUBLISH_NOTICE = "publish_notice", "Put it in the forward plan"
    TABLE = "table", "Put it on an agenda"
    RECOMMEND = "recommend", "Recommend it to each council"
    SEND = "send", "Send it to each council"
    RESOLVE = "resolve", "Resolve it"
    OPEN_CALL_IN = "open_call_in", "Every council has approved; call-in runs"
    BLOCK = "block", "The councils differ"
    CALL_IN = "call_in", "Call it in"
    RELEASE = "release", "Release it after call-in"
    REFER_BACK = "refer_back", "Refer it back after call-in"
    TAKE_EFFECT = "take_effect", "It takes effect"
    IMPLEMENT = "implement", "Record that it is implemented"
    NEW_VERSION = "new_version", "Put a new version"
    PROCEED_WITHOUT = "proceed_without", "Go ahead without a council"
    DISPUTE = "dispute", "Start the dispute steps"
    LAPSE = "lapse", "It lapses"
    WITHDRAW = "withdraw", "Withdraw it"


class ReportState(models.TextChoices):
    """Life of a benefits report that is written."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Given up"


class AdditionPlace(models.TextChoices):
    """The texts of a report to which the exempt version adds: those asked for by name, and by section."""

    SUMMARY = "summary", "the summary"
    REQUEST = "request", "what scrutiny is asked to do"
    DISBENEFITS = "disbenefits", "dis-benefits"
    HARMONISATION = "harmonisation", "how far pay and terms are harmonised"
    NEXT_REPORT = "next_report", "when the next report comes"
    SECTION_2 = "2", "section 2: Is it worth it?"
    SECTION_3 = "3", "section 3: Savings against plan"
    SECTION_4 = "4", "section 4: By council"
    SECTION_5 = "5", "section 5: Costs"
    SECTION_6 = "6", "section 6: Other benefits"
    SECTION_8 = "8", "section 8: Attribution and double counting"
    SECTION_9 = "9", "section 9: Milestones"
    SECTION_10 = "10", "section 10: Changes to the plan"
    SECTION_11 = "11", "section 11: Decisions"
    SECTION_12 = "12", "section 12: Risks, assumptions and sensitivities"
    SECTION_13 = "13", "section 13: People"
    SECTION_14 = "14", "section 14: Is it fair?"
    SECTION_15 = "15", "section 15: Going back"
    SECTION_16 = "16", "section 16: Lessons and next steps"


class FileFormat(models.TextChoices):
    """The files that an edition is made as."""

    XLSX = "xlsx", "Excel spreadsheet"
    ODS = "ods", "OpenDocument spreadsheet"
    DOCX = "docx", "Word document"
    CSV = "csv", "CSV files, zipped"
    PDF = "pdf", "PDF"


class PublishingState(models.TextChoices):
    """How far the worker is with an edition."""

    WAITING = "waiting", "Waiting to be published"
    RUNNING = "running", "Being published"
    DONE = "done", "Published"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Not published"


class BulletinState(models.TextChoices):
    """Life of a monthly bulletin that is written."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent"
    WITHDRAWN = "withdrawn", "Given up"


class BulletinItemKind(models.TextChoices):
    """What an item of a monthly bulletin tells: with its id the key of the item."""

    ACHIEVED = "achieved", "A milestone achieved"
    DECIDED = "decided", "A decision"
    SAVED = "saved", "Savings verified"
    VERSION = "version", "A plan version"
    MOVED = "moved", "A milestone that moved"
    AHEAD = "ahead", "A milestone to come"
    LATE = "late", "What is late"
