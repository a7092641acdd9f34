"""Forms of bodies, their members and their chairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from governance.actions.bodies import BodyTerms
from governance.enums import Authority, BodyType, VotingRule
from governance.models import Body, BodyMember, ChairTerm
from governance.rules.body_terms import JOINT_TYPES, OWN_TYPES
from governance.rules.chairs import municipal_year_words
from programme.models import Council

_JOINT_AUTHORITY = (
    Authority.RECOMMENDS,
    Authority.DECIDES,
    Authority.OVERSEES,
    Authority.REVIEWS,
    Authority.CONSULTATIVE,
    Authority.NOT_STATED,
)


class WholeNumberField(forms.IntegerField):
    """A short box for a whole number that may be empty."""

    is_short = True

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        message = {"invalid": f"{label} must be a whole number"}
        super().__init__(label=label, required=False, widget=box, error_messages=message, **kwargs)


class BodyForm(forms.Form):
    """What a body is and may do, and its seats by council."""

    name = PlainTextField(label="Name", max_length=200)
    type = forms.ChoiceField(
        label="What it is", error_messages={"required": "Choose what sort of body it is"}
    )
    authority = forms.ChoiceField(
        label="What it may do",
        help_text="Only a joint committee, a cabinet or a council decides",
        error_messages={"required": "Choose what it may do"},
    )
    terms_of_reference = LongTextField(label="Terms of reference", required=False)
    voting_rule = forms.ChoiceField(label="How it decides", choices=VotingRule.choices)
    has_casting_vote = forms.BooleanField(label="The chair has a casting vote", required=False)
    quorum_total = WholeNumberField(label="Quorum", help_text="Voting members who must be present")
    quorum_per_council = WholeNumberField(
        label="Quorum from each council", help_text="Leave empty where none is set"
    )
    meeting_interval_weeks = WholeNumberField(label="Weeks between meetings")
    is_ended = forms.BooleanField(label="It no longer meets", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Sequence[Council],
        is_own: bool,
        body: Body | None = None,
        seats: Mapping[str, int | None] | None = None,
    ) -> None:
        """Show a body as it is, or an empty form for a new one."""
        names = [name for name in BodyTerms.__dataclass_fields__ if name != "seats"]
        shown = {name: getattr(body, name) for name in names} if body else {}
        counts = {f"seats_{key}": count for key, count in (seats or {}).items()}
        version = body.version if body else None
        super().__init__(data, initial={**shown, **counts, "seen_version": version})
        self.councils = councils
        self._offer(OWN_TYPES if is_own else JOINT_TYPES, Authority if is_own else _JOINT_AUTHORITY)
        for council in councils:
            label = "Seats" if is_own else f"Seats of {council.short_name}"
            self.fields[f"seats_{council.key}"] = WholeNumberField(label=label)
        if body is None:
            self.fields.pop("is_ended")

    def _offer(self, types: Sequence[BodyType], authorities: Any) -> None:
        first = ("", "Choose")
        self.fields["type"].choices = [first, *((kind.value, kind.label) for kind in types)]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [first, *((may.value, may.label) for may in authorities)]  # type: ignore[attr-defined]

    def terms(self) -> BodyTerms:
        """What was sent."""
        data = self.cleaned_data
        names = [name for name in BodyTerms.__dataclass_fields__ if name in data]
        seats = {council.key: data[f"seats_{council.key}"] for council in self.councils}
        return BodyTerms(**{name: data[name] for name in names}, seats=seats)

    def add_error(self, field: str | None, error: Any) -> None:
        """Put what is wrong with the seats on the first of their boxes."""
        if field is None and getattr(error, "code", "") == "seats":
            field = f"seats_{self.councils[0].key}"
        super().add_error(field, error)


class MemberForm(forms.Form):
    """A person on a body, or a substitute."""

    name = PlainTextField(label="Name", max_length=120)
    council = forms.ModelChoiceField(
        Council.objects.none(), label="Sits for", empty_label="No council", required=False
    )
    substitute_for = forms.ModelChoiceField(
        BodyMember.objects.none(),
        label="Substitute for",
        help_text="Leave empty for a member",
        empty_label="Nobody: a member",
        required=False,
    )
    is_voting = forms.BooleanField(label="Has a vote", required=False, initial=True)
    is_executive_member = forms.BooleanField(label="Sits on its council’s executive", required=False)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Account",
        help_text="Who signs in as this member: a member may open what is exempt before the body",
        empty_label="No account",
        required=False,
    )
    from_on = TypedDateField(label="From")
    to_on = TypedDateField(label="Last day", help_text="Leave empty while the seat is held", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Sequence[Council],
        firsts: QuerySet[BodyMember],
        people: QuerySet[User],
        member: BodyMember | None = None,
    ) -> None:
        """Show a seat as it is, or an empty form for a new one."""
        names = (
            "name",
            "council",
            "substitute_for",
            "is_voting",
            "is_executive_member",
            "from_on",
            "to_on",
            "user",
        )
        shown = {name: getattr(member, name) for name in names} if member else {}
        super().__init__(data, initial={**shown, "seen_version": member.version if member else None})
        keys = [council.pk for council in councils]
        self.fields["council"].queryset = Council.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["substitute_for"].queryset = firsts  # type: ignore[attr-defined]
        if len(councils) < 2:
            self.fields.pop("council")


class ChairForm(forms.Form):
    """Who holds the chair in one municipal year."""

    municipal_year = forms.TypedChoiceField(label="Municipal year", coerce=int)
    chair = forms.ModelChoiceField(
        Council.objects.none(),
        label="Chair from",
        empty_label="Choose a council",
        error_messages={"required": "Choose the council that has the chair"},
    )
    vice_chair = forms.ModelChoiceField(
        Council.objects.none(), label="Vice-chair from", empty_label="Not stated", required=False
    )
    chair_member = forms.ModelChoiceField(
        BodyMember.objects.none(), label="Chair", empty_label="Not named yet", required=False
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        body: Body,
        councils: Sequence[Council],
        years: Sequence[int],
        year: int,
        members: QuerySet[BodyMember],
        term: ChairTerm | None = None,
    ) -> None:
        names = ("municipal_year", "chair", "vice_chair", "chair_member")
        shown = {name: getattr(term, name) for name in names} if term else {"municipal_year": year}
        super().__init__(data, initial={**shown, "seen_version": body.version})
        found = Council.objects.filter(pk__in=[council.pk for council in councils])
        self.fields["chair"].queryset = found  # type: ignore[attr-defined]
        self.fields["vice_chair"].queryset = found  # type: ignore[attr-defined]
        self.fields["chair_member"].queryset = members  # type: ignore[attr-defined]
        self.fields["municipal_year"].choices = [(year, municipal_year_words(year)) for year in years]  # type: ignore[attr-defined]
