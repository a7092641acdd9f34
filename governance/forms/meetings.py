"""Forms of meetings: when and where, the agenda, who came, votes, interests and minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from core.clock import LONDON
from core.forms.fields import LongTextField, PlainTextField, TypedDateField, TypedTimeField
from core.forms.publication import WithholdingForm
from core.rules.calendar import format_date
from core.rules.times import london_moment
from governance.actions.agenda import LONGEST_TEXT, Item
from governance.actions.meetings import LONGEST_MINUTES, Arrangements
from governance.enums import Attending, InterestKind, VoteChoice
from governance.models import AgendaItem, BodyMember, Decision, Meeting
from programme.models import Council

TITLE_HINT = "The title is always open, also where the rest is exempt"


class SeenForm(forms.Form):
    """A form of something that others may have changed meanwhile."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)


class MeetingForm(SeenForm):
    """When and where a meeting is."""

    starts_on = TypedDateField(label="Day")
    starts_time = TypedTimeField(label="Begins at", help_text="For example, 6:30pm")
    place = PlainTextField(label="Place", max_length=200, required=False)
    host = forms.ModelChoiceField(
        Council.objects.none(), label="Council that holds it", empty_label="Not stated", required=False
    )

    def __init__(
        self, data: Any = None, *, councils: Sequence[Council], meeting: Meeting | None = None
    ) -> None:
        super().__init__(data, initial=_arranged(meeting) if meeting else {})
        keys = [council.pk for council in councils]
        self.fields["host"].queryset = Council.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        if len(councils) < 2:
            self.fields.pop("host")

    def arrangements(self) -> Arrangements:
        """What was sent."""
        data = self.cleaned_data
        moment = london_moment(data["starts_on"], data["starts_time"])
        return Arrangements(moment, data["place"], data.get("host"))


def _arranged(meeting: Meeting) -> dict[str, Any]:
    local: datetime = meeting.starts_at.astimezone(LONDON)
    return {
        "starts_on": local.date(),
        "starts_time": local.time(),
        "place": meeting.place,
        "host": meeting.host,
        "seen_version": meeting.version,
    }


class CallOffForm(SeenForm):
    """Why a meeting is called off."""

    reason = PlainTextField(
        label="Why it is called off",
        max_length=300,
        error_messages={"required": "Enter why it is called off"},
    )


class AgendaForm(SeenForm):
    """The day on which the agenda was published."""

    published_on = TypedDateField(label="Published on")
    suggested = ("published_on",)


class ItemForm(SeenForm, WithholdingForm):
    """An item of the agenda."""

    title = PlainTextField(label="Title", help_text=TITLE_HINT, max_length=300)
    text = LongTextField(label="What it is about", max_length=LONGEST_TEXT, required=False)
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label="Decision",
        help_text="Where the item is to decide or to recommend",
        empty_label="No decision",
        required=False,
    )
    field_order = ["title", "text", "decision"]

    def __init__(
        self, data: Any = None, *, decisions: QuerySet[Decision], row: AgendaItem | None = None
    ) -> None:
        super().__init__(data, initial=_item(row) if row else {})
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
        self.keeps_text = row is not None and row.is_withheld
        if self.keeps_text:
            self.fields["text"].help_text = "It is withheld. Leave this empty to keep it, or type it anew"
        if row is not None:
            self.without_withholding()
        self.is_new = row is None

    def item(self) -> Item:
        """What was sent."""
        data = self.cleaned_data
        text = None if self.keeps_text and not data["text"] else data["text"]
        withholding = self.withholding() if self.is_new else None
        return Item(data["title"], text, data["decision"], withholding)


def _item(row: AgendaItem) -> dict[str, Any]:
    """What a form shows of an item: of its text only what every page shows."""
    text = "" if row.is_withheld else row.text
    return {"title": row.title, "text": text, "decision": row.decision, "seen_version": row.version}


class PaperForm(SeenForm, WithholdingForm):
    """A file and its title."""

    title = PlainTextField(label="Title", help_text=TITLE_HINT, max_length=200)
    file = forms.FileField(
        label="File",
        help_text="CSV, ODS, XLSX, PDF, DOCX, PNG or JPG, smaller than 10MB, without macros",
        allow_empty_file=True,
        error_messages={"required": "Choose a file"},
    )
    field_order = ["title", "file"]

    def __init__(self, data: Any = None, files: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, files, initial=dict(initial))


class MinutesForm(SeenForm):
    """The minutes of a meeting."""

    minutes = PlainTextField(
        label="Minutes",
        help_text="Minutes are open. What is exempt belongs with its item",
        max_length=LONGEST_MINUTES,
        widget=forms.Textarea(attrs={"rows": 16}),
    )


class ApprovalForm(SeenForm):
    """The later meeting that approved the minutes."""

    at = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Approved at the meeting of",
        empty_label="Choose a meeting",
        error_messages={"required": "Choose the later meeting that approved them"},
    )

    def __init__(self, data: Any = None, *, later: QuerySet[Meeting], seen_version: int) -> None:
        super().__init__(data, initial={"seen_version": seen_version})
        self.fields["at"].queryset = later  # type: ignore[attr-defined]
        self.fields["at"].label_from_instance = _day_of  # type: ignore[attr-defined]


def _day_of(meeting: Meeting) -> str:
    return format_date(meeting.starts_at.astimezone(LONDON).date())


class AttendanceForm(SeenForm):
    """Whether each member comes, and who takes the chair: one choice a member."""

    def __init__(
        self,
        data: Any = None,
        *,
        meeting: Meeting,
        members: Sequence[BodyMember],
        states: Mapping[int, str],
        has_begun: bool,
    ) -> None:
        """Before the meeting begins nobody can have been present."""
        super().__init__(data, initial={"seen_version": meeting.version})
        self.members = members
        offered = [
            (state.value, state.label)
            for state in Attending
            if has_begun or state not in (Attending.PRESENT, Attending.ABSENT)
        ]
        for member in members:
            self.fields[f"member_{member.pk}"] = forms.ChoiceField(
                label=_member_label(member),
                choices=offered,
                initial=states.get(member.pk, Attending.EXPECTED),
            )
        self.fields["chaired_by"] = forms.ModelChoiceField(
            BodyMember.objects.filter(pk__in=[member.pk for member in members]),
            label="In the chair",
            empty_label="Not stated",
            initial=meeting.chaired_by_id,
            required=False,
        )

    def states(self) -> dict[int, str]:
        """Each member's state, by the member's id."""
        return {member.pk: self.cleaned_data[f"member_{member.pk}"] for member in self.members}


class InterestForm(SeenForm):
    """An interest that a member declares in an item."""

    member = forms.ModelChoiceField(
        BodyMember.objects.none(),
        label="Member",
        empty_label="Choose a member",
        error_messages={"required": "Choose the member"},
    )
    kind = forms.ChoiceField(label="Kind of interest", choices=InterestKind.choices)
    text = PlainTextField(label="What it is", max_length=500)
    has_left = forms.BooleanField(label="Left the room for this item", required=False)
    has_dispensation = forms.BooleanField(label="Has a dispensation", required=False)

    def __init__(self, data: Any = None, *, members: QuerySet[BodyMember]) -> None:
        super().__init__(data)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


def outcome_field(row: AgendaItem) -> LongTextField:
    """A box for what was resolved on an item: of a withheld one only what every page shows."""
    keep = "It is withheld. Leave this empty to keep it, or type it anew"
    new = "It is withheld with the rest of the item" if row.is_withheld else ""
    return LongTextField(
        label="What was resolved",
        help_text=keep if row.is_withheld and row.outcome else new,
        initial="" if row.is_withheld else row.outcome,
        required=False,
    )


class ItemOutcomeForm(SeenForm):
    """What the meeting resolved on an item, in words."""

    def __init__(self, data: Any = None, *, row: AgendaItem) -> None:
        super().__init__(data, initial={"seen_version": row.version})
        self.row = row
        self.fields["outcome"] = outcome_field(row)

    def outcome(self) -> str:
        """What was resolved; of a withheld item an empty box leaves it as it is."""
        text: str = self.cleaned_data["outcome"]
        return self.row.outcome if self.row.is_withheld and not text else text


class VotesForm(SeenForm):
    """How each member voted on an item, the chair's casting vote, and what was resolved."""

    def __init__(
        self,
        data: Any = None,
        *,
        row: AgendaItem,
        members: Sequence[BodyMember],
        votes: Mapping[int, str],
        casting: str,
    ) -> None:
        super().__init__(data, initial={"seen_version": row.version})
        self.members = members
        choices = [("", "Did not vote"), *VoteChoice.choices]
        for member in members:
            self.fields[f"vote_{member.pk}"] = forms.ChoiceField(
                label=_member_label(member),
                choices=choices,
                initial=votes.get(member.pk, ""),
                required=False,
            )
        has_casting = row.meeting.body.has_casting_vote
        self.fields["casting"] = forms.ChoiceField(
            label="Casting vote of the chair",
            help_text="Only where votes are equal"
            if has_casting
            else "This body’s terms give the chair none",
            choices=[
                ("", "Not used"),
                (VoteChoice.FOR.value, VoteChoice.FOR.label),
                (VoteChoice.AGAINST.value, VoteChoice.AGAINST.label),
            ],
            initial=casting,
            required=False,
        )
        self.fields["outcome"] = outcome_field(row)
        self.keeps_outcome = row.is_withheld

    def outcome(self) -> str | None:
        """What was resolved; None to leave it as it is."""
        text = self.cleaned_data["outcome"]
        return None if self.keeps_outcome and not text else text

    def votes(self) -> dict[int, str]:
        """The votes given, by the member's id."""
        said = {member.pk: self.cleaned_data[f"vote_{member.pk}"] for member in self.members}
        return {pk: choice for pk, choice in said.items() if choice}


def _member_label(member: BodyMember) -> str:
    council = f", {member.council.short_name}" if member.council else ""
    role = f", substitute for {member.substitute_for}" if member.substitute_for else ""
    vote = "" if member.is_voting else ", no vote"
    return f"{member.name}{council}{role}{vote}"
