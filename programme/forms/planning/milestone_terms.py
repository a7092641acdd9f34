"""Forms that say what a milestone is, and that end it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.forms.fields import LongTextField, PlainTextField
from core.rules.dates import ImpreciseDate
from programme.actions.planning.milestone_end import WHY_LIMIT
from programme.actions.planning.milestone_terms import OTHER_PROGRAMME, MilestoneTerms
from programme.actions.raid import NOT_AN_OWNER
from programme.enums import MilestoneKind
from programme.forms.milestone import MilestoneDateField
from programme.forms.partnership import CouncilsField
from programme.forms.planning.parts import PlaceField, place_in
from programme.models import Council, Milestone, Phase, Programme, Tranche
from programme.queries.partners import entering_councils
from programme.queries.people import possible_owners
from programme.rules.planning.terms import LAST_GATE, TITLE_LIMIT


def _gate(value: str) -> int | None:
    return int(value) if value else None


class GateField(forms.TypedChoiceField):
    """The number of a gate; its value is a number or None."""

    is_short = True

    def __init__(self) -> None:
        super().__init__(
            label="Gate",
            help_text="For the kind Gate: from 0, strategic, to 5, operations and benefits",
            choices=[("", "None"), *((number, f"Gate {number}") for number in range(LAST_GATE + 1))],
            coerce=_gate,
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": f"Choose a gate from 0 to {LAST_GATE}"},
        )


def _choice(rows: QuerySet[Any], label: str, noun: str, empty: str) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        rows,
        label=label,
        required=False,
        empty_label=empty,
        error_messages={"invalid_choice": OTHER_PROGRAMME.format(noun)},
    )


class MilestoneTermsForm(forms.Form):
    """What a milestone is.

    The box of the plan date is there only while no plan has been approved; one that was opened before is
    still read, so that the rule can say why not.
    """

    title = PlainTextField(label="Title", max_length=TITLE_LIMIT)
    kind = forms.ChoiceField(label="Kind", choices=MilestoneKind.choices)
    gate_number = GateField()
    phase = _choice(Phase.objects.none(), "Phase", "phase", "None")
    tranche = _choice(Tranche.objects.none(), "Tranche", "tranche", "None")
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Owner",
        required=False,
        empty_label="Nobody yet",
        error_messages={"invalid_choice": NOT_AN_OWNER},
    )
    councils = CouncilsField(
        Council.objects.none(),
        label="Councils it belongs to",
        help_text="None ticked: all partner councils",
        required=False,
    )
    is_critical = forms.BooleanField(
        label="Key milestone", help_text="It needs evidence when it is achieved", required=False
    )
    plan_on = MilestoneDateField(
        label="Planned for",
        help_text="Until a plan is approved. For example, 14 12 2026",
        required=False,
    )
    forecast_on = MilestoneDateField(label="Forecast date", required=False)
    position = PlaceField("1 is the first. Lists by date use it for milestones of one day")
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        programme: Programme,
        is_planned: bool,
        terms: MilestoneTerms | None = None,
        milestone: Milestone | None = None,
    ) -> None:
        """Show these terms of `milestone`, or an empty form; `is_planned` where a plan has been approved."""
        super().__init__(data, initial=_initial(terms, milestone))
        self.terms = terms
        self._offer(programme, milestone)
        if milestone is not None:
            self.fields.pop("forecast_on")
        elif is_planned:
            self.fields["forecast_on"].required = True
        if is_planned and not (data and data.get("plan_on")):
            self.fields.pop("plan_on")
        elif terms is not None:
            self.fields["plan_on"].current = terms.plan  # type: ignore[attr-defined]

    def _offer(self, programme: Programme, milestone: Milestone | None) -> None:
        """The phases, tranches, people and councils that it may have, and those that it has."""
        people = possible_owners(programme)
        if milestone is not None and milestone.owner_id:
            people = (people | User.objects.filter(pk=milestone.owner_id)).distinct()
        there = milestone.councils.all() if milestone is not None else ()
        councils = {council.pk for council in (*entering_councils(programme), *there)}
        offered: dict[str, QuerySet[Any]] = {
            "phase": programme.phases.order_by("order_index"),
            "tranche": programme.tranches.order_by("order_index"),
            "owner": people,
            "councils": Council.objects.filter(pk__in=councils).order_by("name"),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if not programme.tranches.exists():
            self.fields.pop("tranche")

    def to_terms(self) -> MilestoneTerms:
        """What was sent, once it is valid; what has no box stays as it was."""
        data, there = self.cleaned_data, self.terms
        own = {name: data[name] for name in ("title", "kind", "gate_number", "phase", "owner", "is_critical")}
        return MilestoneTerms(
            **own,
            tranche=data.get("tranche"),
            councils=tuple(data["councils"]),
            plan=data.get("plan_on", there.plan if there else None),
            position=place_in(self, there),
        )


def _initial(terms: MilestoneTerms | None, milestone: Milestone | None) -> dict[str, Any]:
    if terms is None or milestone is None:
        return {"kind": MilestoneKind.NOT_STATED.value}
    names = ("title", "kind", "gate_number", "phase", "tranche", "owner", "is_critical", "position")
    plan: ImpreciseDate | None = terms.plan
    return {name: getattr(terms, name) for name in names} | {
        "councils": [council.pk for council in terms.councils],
        "plan_on": plan,
        "seen_version": milestone.version,
    }


class MilestoneCancelForm(forms.Form):
    """Why a milestone is cancelled, or taken up again."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, milestone: Milestone, label: str) -> None:
        """Ask for the reason of what is done to this milestone, as it stands now."""
        super().__init__(data, initial={"seen_version": milestone.version})
        self.fields["why"] = LongTextField(
            label=label,
            help_text="At least 10 characters; everybody in the programme can read it",
            max_length=WHY_LIMIT,
            required=False,
        )
