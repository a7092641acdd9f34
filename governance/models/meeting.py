"""Members of bodies, their meetings, and what is put before them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.clock import london_date
from core.models import Entered, Publication, Versioned, publication_constraints
from core.rules.calendar import format_date
from governance.enums import Attending, InterestKind, MeetingState, MinutesState, VoteChoice
from governance.querysets import MeetingQuerySet, PaperQuerySet


class BodyMember(Versioned):
    """A person on a body for one council, or the named substitute of one."""

    body = models.ForeignKey("governance.Body", on_delete=models.CASCADE, related_name="members")
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="body_seats"
    )
    is_voting = models.BooleanField("votes", default=True)
    is_executive_member = models.BooleanField("sits on its council's executive", default=False)
    substitute_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["body", "council__name", "name"]
        constraints = [
            models.CheckConstraint(
                name="governance_body_member_dates",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                violation_error_message="End date must be on or after the start date",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ChairTerm(models.Model):
    """Which councils hold the chair and the vice-chair of a body in one municipal year."""

    body = models.ForeignKey("governance.Body", on_delete=models.CASCADE, related_name="chair_terms")
    municipal_year = models.PositiveSmallIntegerField(help_text="calendar year in which it begins, in May")
    chair = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    vice_chair = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    chair_member = models.ForeignKey(
        BodyMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["body", "municipal_year"]
        constraints = [
            models.UniqueConstraint(fields=["body", "municipal_year"], name="governance_chair_term_unique"),
            models.CheckConstraint(
                name="governance_chair_term_two_councils",
                condition=Q(vice_chair__isnull=True) | ~Q(vice_chair=models.F("chair")),
                violation_error_message="Choose the chair and the vice-chair from different councils",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.municipal_year}"


class Meeting(Versioned):
    """One meeting of a body: planned, held, or called off."""

    body = models.ForeignKey("governance.Body", on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    host = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    agenda_published_on = models.DateField(null=True, blank=True)
    chaired_by = models.ForeignKey(
        BodyMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes = models.TextField(blank=True)
    minutes_state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.NONE)
    minutes_approved_at = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="the later meeting that approved them",
    )  # fmt: skip
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "starts_at"], name="governance_meeting_unique")
        ]

    def __str__(self) -> str:
        return f"{self.body}, {format_date(london_date(self.starts_at))}"

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting_detail", args=[self.pk])


class AgendaItem(Versioned, Publication):
    """One item of a meeting's agenda; its title is open, its text may be exempt."""

    withheld_fields = ("text", "outcome")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    decision = models.ForeignKey(
        "governance.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    outcome = models.TextField("what was resolved", blank=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="governance_agenda_item_unique"),
            *publication_constraints("governance_agenda_item"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Paper(Entered, Publication):
    """A file before a meeting. It is replaced by a later number, never overwritten."""

    withheld_fields = ("file_name",)
    open_fields = ("title", "content_type", "path", "sha256")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField("version", default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    path = models.CharField(max_length=200, help_text="where the file is kept, under the data folder")
    file_name = models.CharField(max_length=200, help_text="as it was called; only ever shown as text")
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["item", "pk"]
        constraints = publication_constraints("governance_paper")

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Whether one member came to a meeting, sent apologies, or is expected."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(BodyMember, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=12, choices=Attending, default=Attending.EXPECTED)

    class Meta:
        ordering = ["meeting", "member"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="governance_attendance_unique")
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_state_display()}"


class Interest(Entered):
    """An interest that a member declared at a meeting, and whether the member took part."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="interests")
    member = models.ForeignKey(BodyMember, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=15, choices=InterestKind)
    text = models.CharField(max_length=500)
    has_left = models.BooleanField("left the room for this item", default=False)
    has_dispensation = models.BooleanField(default=False)

    class Meta:
        ordering = ["item", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="governance_interest_unique")]

    def __str__(self) -> str:
        return f"{self.member}: {self.text}"


class Vote(Entered):
    """How one member voted on one item; a casting vote is the chair's second."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(BodyMember, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=8, choices=VoteChoice)
    is_casting = models.BooleanField("casting vote", default=False)

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member", "is_casting"], name="governance_vote_unique")
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_choice_display()}"
