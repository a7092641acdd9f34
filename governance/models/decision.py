"""Decisions that several sovereign councils must each take."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Entered, Publication, Versioned, publication_constraints
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from governance.enums import ApprovalBody, CouncilDecisionState, DecisionKind, DecisionState, Step, Urgency
from governance.querysets import ConditionQuerySet, CouncilDecisionQuerySet, DecisionQuerySet
from programme.enums import Matter


class Decision(Versioned, Publication, ImpreciseDates):
    """One text put to every required council (domain.md 2.8)."""

    withheld_fields = (
        "summary", "text", "reasons", "alternatives_rejected", "conflicts_of_interest", "note",
    )  # fmt: skip
    open_fields = ("ref", "title", "body_text", "taken_text", "text_hash")

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="decisions")
    body = models.ForeignKey(
        "governance.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    body_text = models.CharField("taken by", max_length=200, blank=True)
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=500, blank=True)
    order_index = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=14, choices=DecisionKind, default=DecisionKind.RECOMMENDATION)
    state = models.CharField(max_length=18, choices=DecisionState, default=DecisionState.DRAFT)
    text = models.TextField(blank=True)
    text_number = models.PositiveSmallIntegerField("version of the text", default=1)
    text_hash = models.CharField(max_length=64, blank=True)
    reasons = models.TextField(blank=True)
    alternatives_rejected = models.TextField("options rejected", blank=True)
    conflicts_of_interest = models.TextField("conflicts of interest declared", blank=True)
    matter = models.CharField(max_length=14, choices=Matter, default=Matter.OTHER)
    is_reserved_matter = models.BooleanField(
        "reserved to each council", default=False, help_text="beside what the agreement reserves"
    )
    is_severable = models.BooleanField("can go ahead without a council", default=False)
    legal_basis_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_key = models.BooleanField("key decision", default=False)
    taken_first_on = first_on()
    taken_last_on = last_on()
    taken_precision = precision()
    taken_text = date_text()
    meeting_on = models.DateField(
        null=True, blank=True, help_text="the body's meeting that has it on its agenda"
    )
    recommended_on = models.DateField(null=True, blank=True)
    not_before_on = models.DateField(null=True, blank=True)
    lapse_after_days = models.PositiveSmallIntegerField(default=180)
    plan_version = models.ForeignKey(
        "programme.PlanVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the plan version that this decision approves",
    )
    plan_proposal = models.ForeignKey(
        "benefits.PlanProposal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the proposed plan that this decision makes a plan version of",
    )
    business_case = models.ForeignKey(
        "services.BusinessCase",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the business case that this decision approves",
    )
    apportionment_key = models.ForeignKey(
        "services.ApportionmentKey",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the apportionment key that this decision agrees",
    )
    compensation = models.ForeignKey(
        "services.Compensation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the compensation that this decision agrees",
    )
    agreement = models.ForeignKey(
        "programme.Agreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="the agreement that this decision brings into force",
    )
    rerun_case = models.ForeignKey(
        "services.BusinessCase",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the business case worked out again without a council that objects",
    )
    effective_on = models.DateField(
        null=True, blank=True, help_text="when it took effect; recorded once, when it did"
    )
    implemented_on = models.DateField(null=True, blank=True)
    disputed_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="governance_decision_unique"),
            date_order("governance_decision", "taken"),
            *publication_constraints("governance_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("governance:decision_detail", args=[self.pk])


class DecisionText(Entered):
    """One version of a text as it was put: append-only, so that all can see what was decided on."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField("version")
    text = models.TextField()
    text_hash = models.CharField(max_length=64)
    why = models.TextField("why it replaces the one before", blank=True)

    class Meta:
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="governance_decision_text_unique")
        ]

    def __str__(self) -> str:
        return f"{self.decision.ref} version {self.number}"


class DecisionElement(models.Model):
    """A part of one decision that goes its own way through the councils: the budget, the staff."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="elements")
    order_index = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["decision", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "title"], name="governance_decision_element_unique")
        ]

    def __str__(self) -> str:
        return self.title


class DecisionCondition(Versioned):
    """Something that must be met before a decision takes effect (INV-07)."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="conditions")
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="the council that set it",
    )  # fmt: skip
    order_index = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=500)
    met_on = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.CharField(max_length=500, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "order_index", "pk"]
        constraints = [
            models.CheckConstraint(
                name="governance_condition_met",
                condition=Q(met_on__isnull=True, met_by__isnull=True)
                | Q(met_on__isnull=False, met_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text


class DecisionTransition(models.Model):
    """One step of a decision from state to state, for ever. Append-only."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="transitions")
    text_number = models.PositiveSmallIntegerField("version of the text")
    step = models.CharField(max_length=15, choices=Step)
    from_state = models.CharField(max_length=18, choices=DecisionState)
    to_state = models.CharField(max_length=18, choices=DecisionState)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="empty: it happened by itself when the last requirement was met",
    )  # fmt: skip
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_step_display()}"


class DecisionNote(Entered, Publication):
    """A question, an answer or a note about a decision; never edited."""

    withheld_fields = ("text",)

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notes")
    title = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["decision", "pk"]
        constraints = publication_constraints("governance_decision_note")

    def __str__(self) -> str:
        return self.title


class CouncilDecision(Versioned, ImpreciseDates):
    """What one council must decide, by which route, and where it stands on one exact version of the text.

    A row a council, or a row a council and element where parts of the decision go different ways. What the
    council decided each time is kept in `CouncilDecisionRecord`.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="council_decisions")
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="council_decisions"
    )
    party_text = models.CharField(
        max_length=200, blank=True, help_text="a council that the source does not name"
    )
    order_index = models.PositiveSmallIntegerField(default=0)
    element = models.ForeignKey(
        DecisionElement, on_delete=models.PROTECT, null=True, blank=True, related_name="council_decisions"
    )
    approval_body = models.CharField(max_length=16, choices=ApprovalBody, default=ApprovalBody.NOT_STATED)
    is_executive = models.BooleanField(
        "an executive decision", null=True, blank=True, help_text="empty: it follows from who decides"
    )
    is_key = models.BooleanField(
        "a key decision for this council", null=True, blank=True, help_text="empty: as the decision"
    )
    is_left_out = models.BooleanField("the others go ahead without it", default=False)
    state = models.CharField(
        max_length=16, choices=CouncilDecisionState, default=CouncilDecisionState.AWAITING
    )
    text_number = models.PositiveSmallIntegerField("version of the text decided on", null=True, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    decided_first_on = first_on()
    decided_last_on = last_on()
    decided_precision = precision()
    decided_text = date_text()
    published_on = models.DateField(null=True, blank=True)
    next_meeting_on = models.DateField(
        null=True, blank=True, help_text="when this council decides, or decides again"
    )
    notice_published_on = models.DateField(null=True, blank=True)
    urgency = models.CharField(max_length=17, choices=Urgency, default=Urgency.NONE)
    urgency_reason = models.TextField("why 28 days’ notice is impracticable", blank=True)
    scrutiny_chair_told_on = models.DateField(null=True, blank=True)
    urgency_notice_on = models.DateField("urgency notice published", null=True, blank=True)
    urgency_agreed_by = models.CharField("who agreed that it is urgent", max_length=200, blank=True)
    urgency_agreed_on = models.DateField(null=True, blank=True)
    is_private = models.BooleanField("to be taken in private", default=False)
    private_reason = models.TextField(blank=True)
    private_notice_on = models.DateField("first private meeting notice", null=True, blank=True)
    private_second_notice_on = models.DateField("second private meeting notice", null=True, blank=True)
    representations = models.TextField("representations and the answer to them", blank=True)
    is_exempt_from_callin = models.BooleanField("not open to call-in", default=False)
    callin_exempt_reason = models.TextField(blank=True)
    callin_exempt_agreed_by = models.CharField(max_length=200, blank=True)
    record_url = models.URLField(max_length=500, blank=True)
    statement = models.TextField(blank=True)

    objects = CouncilDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "order_index"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "council"],
                condition=Q(council__isnull=False, element__isnull=True),
                name="governance_council_decision_unique",
            ),
            models.UniqueConstraint(
                fields=["decision", "council", "element"],
                condition=Q(council__isnull=False, element__isnull=False),
                name="governance_council_decision_element_unique",
            ),
            models.CheckConstraint(
                name="governance_council_decision_callin",
                condition=Q(is_exempt_from_callin=False)
                | (~Q(callin_exempt_reason="") & ~Q(callin_exempt_agreed_by="")),
                violation_error_message="Say why it is not open to call-in, and who agreed",
            ),
            models.CheckConstraint(
                name="governance_council_decision_party",
                condition=Q(council__isnull=False) | ~Q(party_text=""),
            ),
            date_order("governance_council_decision", "decided"),
        ]

    def __str__(self) -> str:
        return f"{self.council or self.party_text}: {self.decision}"


class CouncilDecisionRecord(Entered):
    """What a council decided on one day (SI 2012/2089 reg 12): append-only, each time anew."""

    council_decision = models.ForeignKey(CouncilDecision, on_delete=models.PROTECT, related_name="records")
    text_number = models.PositiveSmallIntegerField("version of the text")
    text_hash = models.CharField(max_length=64)
    state = models.CharField("outcome", max_length=16, choices=CouncilDecisionState)
    decided_on = models.DateField()
    approval_body = models.CharField(max_length=16, choices=ApprovalBody)
    reasons = models.TextField()
    alternatives_rejected = models.TextField()
    conflicts_of_interest = models.TextField(blank=True)
    dispensations = models.TextField(blank=True)
    proposed_text = models.TextField("the words it approved instead", blank=True)
    next_meeting_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["council_decision", "pk"]

    def __str__(self) -> str:
        return f"{self.council_decision}: {self.get_state_display()}"
