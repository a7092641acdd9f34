"""What is recorded about fairness: differences explained, posts removed, and compensation that was paid."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from benefits.enums import EquitySubject, PaymentState
from benefits.querysets import CouncilPaymentQuerySet
from benefits.rules.equity import ExplainedShare
from core.models import Entered, Publication
from core.models.publication import publication_constraints

models.CharField.register_lookup(Length)


class EquityNote(Entered, Publication):
    """Why a council's share differs from what was agreed. Append-only; all are shown, the latest first.

    Whose share of what is open; the explanation may be withheld.
    """

    withheld_fields = ("text",)
    open_fields = ()

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="equity_notes"
    )
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField("what is shared", max_length=12, choices=EquitySubject)
    text = models.CharField("explanation", max_length=1000)
    explained = models.JSONField(
        null=True,
        editable=False,
        help_text="basis, whether beside agreed keys, and points of each difference as it stood then",
    )

    class Meta:
        ordering = ["programme", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_equity_note_text",
                condition=Q(text__length__gte=10),
                violation_error_message="Explain the difference, in at least 10 characters",
            ),
            *publication_constraints("benefits_equity_note"),
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.get_subject_display()}"

    @property
    def differences(self) -> tuple[ExplainedShare, ...]:
        """The differences that it explains, as they stood; none where that was not kept."""
        return tuple(
            ExplainedShare(one["basis"], one["is_by_key"], Decimal(one["points"]))
            for one in self.explained or ()
        )


class PostsRemoved(Entered):
    """How many posts one council has removed so far for a programme. Append-only; the latest counts.

    Only the number: nothing about people is held, and fewer than 5 are not shown (INV-38).
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="posts_removed"
    )
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    posts = models.PositiveIntegerField("posts removed so far")
    as_at_on = models.DateField()
    evidence = models.CharField(max_length=500, help_text="where the number comes from")

    class Meta:
        ordering = ["programme", "council", "as_at_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_posts_removed_limit",
                condition=Q(posts__lte=100_000),
                violation_error_message="Posts must be 100,000 or less",
            )
        ]

    def __str__(self) -> str:
        return f"Posts removed by {self.council}"


class CouncilPayment(Entered):
    """What one council paid another under an agreed compensation. Append-only; a reversal is a new row."""

    compensation = models.ForeignKey(
        "services.Compensation", on_delete=models.PROTECT, related_name="paid_amounts"
    )
    payer = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    fy = models.PositiveSmallIntegerField("financial year", help_text="the year for which it was due")
    amount_pence = models.BigIntegerField()
    paid_on = models.DateField()
    evidence = models.CharField(max_length=500, blank=True)
    explanation = models.CharField(max_length=500, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )

    objects = CouncilPaymentQuerySet.as_manager()

    class Meta:
        ordering = ["compensation", "paid_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_council_payment_sign",
                condition=Q(amount_pence__range=(1, 10**12), reverses__isnull=True)
                | Q(amount_pence__range=(-(10**12), -1), reverses__isnull=False, explanation__length__gte=10),
                violation_error_message="Only a reversal is negative, and it says why",
            ),
            models.CheckConstraint(
                name="benefits_council_payment_two",
                condition=~Q(payer=F("receiver")),
                violation_error_message="A council does not pay itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} to {self.receiver}, {self.paid_on}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the receiver has confirmed it: a payment that it came, a reversal that it did not stay."""
        return hasattr(self, "receipt")

    @property
    def state(self) -> PaymentState:
        """Where it stands; a payment that was confirmed counts until its reversal is confirmed too."""
        if self.reverses is not None:
            if not self.reverses.is_confirmed:
                return PaymentState.REVERSAL
            if self.is_confirmed:
                return PaymentState.REVERSAL_CONFIRMED
            return PaymentState.REVERSAL_UNCONFIRMED
        if hasattr(self, "reversed_by"):
            waits = self.is_confirmed and not self.reversed_by.is_confirmed
            return PaymentState.REVERSAL_WAITS if waits else PaymentState.REVERSED
        return PaymentState.CONFIRMED if self.is_confirmed else PaymentState.UNCONFIRMED

    @property
    def can_be_confirmed(self) -> bool:
        """Whether the receiver still has to confirm it."""
        return self.state in (PaymentState.UNCONFIRMED, PaymentState.REVERSAL_UNCONFIRMED)

    @property
    def waits(self) -> bool:
        """Whether it is a reversal that does not count before the receiver confirms it."""
        return self.state == PaymentState.REVERSAL_UNCONFIRMED


class PaymentReceipt(Entered):
    """That the council which was paid has the money. Append-only."""

    payment = models.OneToOneField(CouncilPayment, on_delete=models.PROTECT, related_name="receipt")
    received_on = models.DateField()

    class Meta:
        ordering = ["payment"]

    def __str__(self) -> str:
        return f"{self.payment}, received {self.received_on}"
