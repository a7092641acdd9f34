"""Forms of the steps of a decision as a whole; what each may not hold is refused by its action."""

from __future__ import annotations

from typing import Any

from django import forms

from benefits.models import PlanProposal
from core.actions.publication import WITHHOLDING
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from core.forms.publication import WithholdingForm
from governance.enums import ApprovalBody, DecisionKind
from governance.models import Body, Decision
from governance.queries.rerun_cases import rerun_cases
from programme.enums import Matter
from programme.models import Agreement, Council, Programme
from services.models import ApportionmentKey, BusinessCase, Compensation

TEXT_LIMIT = 20_000
_ROUTES = [("", "Choose who decides"), *((str(value), str(label)) for value, label in ApprovalBody.choices)]


def words_box() -> forms.Textarea:
    """A box with room for the words of a decision."""
    return forms.Textarea(attrs={"rows": 8})


class StepForm(forms.Form):
    """A step of something that others may change meanwhile."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Any) -> None:
        """Take the version that the person sees."""
        super().__init__(data, initial={"seen_version": row.version, **self.initial_of(row)})
        self.offer(row)

    def initial_of(self, row: Any) -> dict[str, Any]:
        """What stands in the boxes at first."""
        return {}

    def offer(self, row: Any) -> None:
        """Fill the lists to choose from."""


class PlainStepForm(StepForm):
    """A step that asks nothing more."""


class DraftForm(WithholdingForm):
    """A decision as it is written, and what it approves; a new one may be withheld from its beginning."""

    title = PlainTextField(label="Title", max_length=300, help_text="Titles are always public")
    kind = forms.ChoiceField(label="What the body is asked to do", choices=DecisionKind)
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Put by", required=False, empty_label="Not stated"
    )
    text = LongTextField(
        label="The words that councils are asked to approve",
        help_text="Every council must approve exactly these",
        max_length=TEXT_LIMIT,
        required=False,
        widget=words_box(),
    )
    summary = PlainTextField(label="Summary, in one line", max_length=500, required=False)
    reasons = LongTextField(label="Reasons", required=False)
    alternatives_rejected = LongTextField(label="Options rejected", required=False)
    conflicts_of_interest = LongTextField(label="Conflicts of interest", required=False)
    matter = forms.ChoiceField(label="What it is about", choices=Matter)
    is_reserved_matter = forms.BooleanField(
        label="Reserved to each council",
        help_text="A joint committee may then only recommend it",
        required=False,
    )
    is_key = forms.BooleanField(
        label="A key decision",
        help_text="Significant spending or savings, or two or more wards: 28 clear days’ notice",
        required=False,
    )
    is_severable = forms.BooleanField(
        label="Can go ahead without a council",
        help_text="Only once the business case has been run again without it",
        required=False,
    )
    not_before_on = TypedDateField(label="Not in effect before", required=False)
    lapse_after_days = forms.IntegerField(
        label="Days until it lapses",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Enter a number of days", "invalid": "Enter a whole number of days"},
    )
    business_case = forms.ModelChoiceField(
        BusinessCase.objects.none(),
        label="Business case that it approves",
        required=False,
        empty_label="None",
    )
    apportionment_key = forms.ModelChoiceField(
        ApportionmentKey.objects.none(), label="Key that it agrees", required=False, empty_label="None"
    )
    compensation = forms.ModelChoiceField(
        Compensation.objects.none(), label="Compensation that it agrees", required=False, empty_label="None"
    )
    plan_proposal = forms.ModelChoiceField(
        PlanProposal.objects.none(), label="Plan that it approves", required=False, empty_label="None"
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label="Agreement that it brings into force",
        required=False,
        empty_label="None",
    )
    note = LongTextField(label="Note", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, programme: Programme, decision: Decision | None = None, about: str = ""
    ) -> None:
        """Show the draft as it is, of one that is withheld only what is open; a new one `about` a plan."""
        super().__init__(data, initial=_draft_of(decision))
        if about:
            self.initial["plan_proposal"] = about
        self.fields["lapse_after_days"].is_short = True  # type: ignore[attr-defined]
        choices = {
            "body": Body.objects.filter(partnership=programme.partnership_id),
            "business_case": BusinessCase.objects.filter(programme=programme),
            "apportionment_key": ApportionmentKey.objects.filter(pool__programme=programme),
            "compensation": Compensation.objects.filter(business_case__programme=programme),
            "plan_proposal": PlanProposal.objects.filter(programme=programme),
            "agreement": Agreement.objects.filter(partnership=programme.partnership_id),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        own = [name for name in self.fields if name not in WITHHOLDING]
        self.order_fields([*own, *WITHHOLDING])
        if decision:
            self.without_withholding()
        if decision and decision.is_withheld:
            for name in decision.withheld_fields:
                self.fields.pop(name)


class TableForm(StepForm):
    """The agenda that it comes on."""

    meeting_on = TypedDateField(label="Date of the meeting")
    why = LongTextField(label="Why this version is put", required=False)


class RecommendForm(StepForm):
    """When the joint body recommended it."""

    recommended_on = TypedDateField(label="Recommended on")


class ResolveForm(StepForm):
    """What a joint committee resolved."""

    resolved_on = TypedDateField(label="Resolved on")
    reasons = LongTextField(label="Reasons", help_text="Leave empty to keep what is drafted", required=False)
    alternatives_rejected = LongTextField(
        label="Options rejected", help_text="Leave empty to keep what is drafted", required=False
    )


class ImplementForm(StepForm):
    """When it was carried out."""

    implemented_on = TypedDateField(label="Implemented on")


class WhyForm(StepForm):
    """Why it is withdrawn."""

    why = LongTextField(label="Reason", required=False)


class NewVersionForm(StepForm):
    """Other words; the ones before stay readable."""

    text = LongTextField(label="The new words", max_length=TEXT_LIMIT, required=False, widget=words_box())
    why = LongTextField(label="Why a new version is put", required=False)
    business_case = forms.ModelChoiceField(
        BusinessCase.objects.none(), label="Business case", required=False, empty_label="As before"
    )

    def initial_of(self, row: Decision) -> dict[str, Any]:
        """The words before, unless they are withheld."""
        return {} if row.is_withheld else {"text": row.text}

    def offer(self, row: Decision) -> None:
        """Cases of the programme."""
        self.fields["business_case"].queryset = BusinessCase.objects.filter(  # type: ignore[attr-defined]
            programme=row.programme_id
        )


class WithoutForm(StepForm):
    """Which councils are left out, and the case that was run again without them."""

    councils = forms.ModelMultipleChoiceField(
        Council.objects.none(),
        label="Go ahead without",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rerun_case = forms.ModelChoiceField(
        BusinessCase.objects.none(),
        label="Business case run again without them",
        required=False,
        empty_label="None",
    )
    why = LongTextField(label="Reason", required=False)

    def offer(self, row: Decision) -> None:
        """The councils that were asked, and cases that are issued."""
        asked = Council.objects.filter(council_decisions__decision=row).distinct().order_by("short_name")
        self.fields["councils"].queryset = asked  # type: ignore[attr-defined]
        self.fields["rerun_case"].queryset = rerun_cases(row)  # type: ignore[attr-defined]


class DisputeForm(StepForm):
    """When the dispute steps began."""

    disputed_on = TypedDateField(label="Dispute steps began on")
    why = LongTextField(label="Reason", required=False)


class RequireForm(StepForm):
    """A council that must decide, and how."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    approval_body = forms.ChoiceField(
        label="Who decides for it",
        choices=_ROUTES,
        error_messages={"required": "Choose who decides for the council"},
    )
    element = PlainTextField(
        label="Part of the decision",
        help_text="Only where parts go different ways: the budget, the staff",
        max_length=200,
        required=False,
    )
    next_meeting_on = TypedDateField(label="Decides on", required=False)

    def offer(self, row: Decision) -> None:
        """Councils of the partnership first; any council there is."""
        self.fields["council"].queryset = Council.objects.order_by("short_name")  # type: ignore[attr-defined]


class ConditionForm(StepForm):
    """Something that must be met first."""

    text = LongTextField(label="Condition", max_length=500, required=False)


class MetForm(StepForm):
    """What shows that a condition was met."""

    met_on = TypedDateField(label="Met on")
    evidence = LongTextField(label="Evidence", max_length=500, required=False)


def _draft_of(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {"lapse_after_days": 180, "matter": Matter.OTHER, "kind": DecisionKind.RECOMMENDATION}
    names = [name for name in DraftForm.base_fields if name not in {"seen_version", *WITHHOLDING}]
    return {name: getattr(decision, name) for name in names} | {"seen_version": decision.version}
