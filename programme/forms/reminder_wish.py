"""Forms of one's own reminders: kinds, quiet days, absences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from operator import itemgetter
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.forms.fields import TypedDateField
from programme.models import Programme, ReminderWish
from programme.rules.reminder_catalogue import ReminderRule
from programme.rules.reminder_wishes import WEEKDAYS


class WishForm(forms.Form):
    """Which kinds come by e-mail, on which weekdays none does, and whose monthly bulletins one gets."""

    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    wanted = forms.MultipleChoiceField(
        label="Send me e-mails about",
        help_text="What you leave out still comes into your inbox in Concordat",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quiet_days = forms.TypedMultipleChoiceField(
        label="Send me no e-mail on",
        help_text="It comes on the next working day instead. Notices that the law asks for come at once",
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    bulletins = forms.MultipleChoiceField(
        label="Send me the monthly bulletin of",
        help_text="It comes into your inbox in Concordat, and by e-mail unless your e-mails are turned off",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partnerships = forms.MultipleChoiceField(
        label="Add every programme of",
        help_text="Once you save, each of its programmes is chosen above",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        wish: ReminderWish | None,
        rules: Sequence[ReminderRule],
        programmes: Sequence[Programme],
        subscribed: Collection[str],
    ) -> None:
        """Show the wishes as they are; `rules` are those that one may turn off, `programmes` those whose
        bulletins one may have, by key `subscribed` those that one has."""
        self.keys = [rule.key for rule in rules]
        unwanted = wish.unwanted if wish else []
        initial = {
            "seen_version": wish.version if wish else 0,
            "wanted": [key for key in self.keys if key not in unwanted],
            "quiet_days": wish.quiet_days if wish else [],
            "bulletins": sorted(subscribed),
        }
        super().__init__(data, initial=initial)
        wanted = cast("forms.MultipleChoiceField", self.fields["wanted"])
        wanted.choices = [(rule.key, rule.name) for rule in rules]
        bulletins = cast("forms.MultipleChoiceField", self.fields["bulletins"])
        bulletins.choices = [(programme.key, programme.name) for programme in programmes]
        self.programmes = programmes
        if not programmes:
            del self.fields["bulletins"]
        sizes = Counter(programme.partnership for programme in programmes)
        whole = [(one.key, str(one)) for one, size in sizes.items() if size > 1]
        cast("forms.MultipleChoiceField", self.fields["partnerships"]).choices = sorted(
            whole, key=itemgetter(1)
        )
        if not whole:
            del self.fields["partnerships"]

    def unwanted(self) -> list[str]:
        """The kinds left out."""
        return [key for key in self.keys if key not in self.cleaned_data["wanted"]]

    def subscribed(self) -> list[str] | None:
        """The programmes whose bulletins are chosen, one by one or with their partnership; None where there
        are none to choose."""
        if "bulletins" not in self.fields:
            return None
        whole = self.cleaned_data.get("partnerships", ())
        added = (one.key for one in self.programmes if one.partnership.key in whole)
        return sorted({*self.cleaned_data["bulletins"], *added})


class AbsenceForm(forms.Form):
    """Days away, and who is told meanwhile."""

    from_on = TypedDateField(label="First day away", help_text="For example, 3 8 2027")
    to_on = TypedDateField(label="Last day away")
    delegate = forms.ModelChoiceField(
        User.objects.none(),
        empty_label="Choose a person",
        label="Who is told in your place",
        help_text="They are told only of programmes that they can read. The rest stays with you",
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User]) -> None:
        """Offer these people."""
        super().__init__(data)
        delegate = cast("forms.ModelChoiceField[User]", self.fields["delegate"])
        delegate.queryset = people
        delegate.error_messages["required"] = "Choose who is told in your place"


class ColleagueAbsenceForm(AbsenceForm):
    """The same of a colleague."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label="Who is away",
        empty_label="Choose a person",
        help_text="They are told in their next mail",
        error_messages={"required": "Choose who is away"},
    )
    field_order = ("person", "from_on", "to_on", "delegate")

    def __init__(self, data: Any = None, *, people: QuerySet[User], colleagues: QuerySet[User]) -> None:
        """Offer `colleagues`, and `people` to stand in for them."""
        super().__init__(data, people=people)
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = colleagues
        delegate = self.fields["delegate"]
        delegate.label = "Who is told in their place"
        delegate.error_messages["required"] = "Choose who is told in their place"
        delegate.help_text = "They are told only of programmes that they can read. The rest stays as it is"
