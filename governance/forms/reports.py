"""Forms of benefits reports: begin, correct, write, give up and sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.clock import today
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from core.models import Versioned
from governance.actions.reporting.drafts import NewReport, ReportTexts
from governance.enums import FileFormat
from governance.models import Edition, Report
from governance.rules.reports import MOST_WORDS, NARRATED
from programme.models import Council

JOINTLY = "All partner councils jointly"
_PREFIX = "narrative_"
_TALL = {"rows": 8}


class NewReportForm(forms.Form):
    """What the report is about."""

    council = forms.ModelChoiceField(
        Council.objects.none(), label="Report of", required=False, empty_label=JOINTLY
    )
    as_of_on = TypedDateField(
        label="As recorded on",
        help_text="What was entered after this day is left out",
    )
    suggested = ("as_of_on",)

    def __init__(self, data: Any = None, *, councils: Sequence[Council], can_draft_jointly: bool) -> None:
        """Offer these councils, and all of them jointly to who may."""
        super().__init__(data, initial={"as_of_on": today()})
        field: Any = self.fields["council"]
        field.queryset = Council.objects.filter(pk__in=[one.pk for one in councils]).order_by("short_name")
        if not can_draft_jointly:
            field.required, field.empty_label = True, "Choose a council"

    def new(self) -> NewReport:
        """What was sent, once it is valid."""
        return NewReport(self.cleaned_data["as_of_on"], self.cleaned_data["council"])


class CorrectionForm(forms.Form):
    """A new edition that corrects one."""

    as_of_on = TypedDateField(
        label="As recorded on", help_text="The same day as before, unless that was wrong"
    )
    what_changed = LongTextField(
        label="What the correction changes, and why",
        error_messages={"required": "Say what the correction changes, and why"},
    )

    def __init__(self, data: Any = None, *, edition: Edition) -> None:
        super().__init__(data, initial={"as_of_on": edition.as_of_on})
        self.edition = edition
        self.suggested = ("as_of_on",)

    def new(self) -> NewReport:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return NewReport(data["as_of_on"], None, self.edition, data["what_changed"])


class ReportTextsForm(forms.Form):
    """Everything that people write in a report, in the order of its sections."""

    as_of_on = TypedDateField(label="As recorded on")
    what_changed = LongTextField(
        label="What the correction changes, and why",
        error_messages={"required": "Say what the correction changes, and why"},
    )
    summary = LongTextField(
        label="Summary",
        help_text=f"At most {MOST_WORDS} words. Left empty, it is drafted from the figures",
        required=False,
        widget=forms.Textarea(attrs=_TALL),
    )
    request = LongTextField(
        label="What scrutiny is asked to do",
        help_text="Left empty, scrutiny is asked to note the report",
        required=False,
    )
    disbenefits = LongTextField(
        label="Dis-benefits, and what service users noticed",
        help_text="Where there are none, say so. It cannot be published without",
        required=False,
    )
    harmonisation = LongTextField(
        label="How far pay and terms are harmonised",
        help_text="Council by council: not begun, compared, agreed or in force, and since when",
        required=False,
    )
    next_report = PlainTextField(label="When the next report comes", max_length=200, required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    TEXTS = ("as_of_on", "summary", "request", "disbenefits", "harmonisation", "next_report")

    def __init__(self, data: Any = None, *, report: Report) -> None:
        """Show the texts as they are; what a correction changes is asked of corrections alone."""
        initial = {name: getattr(report, name) for name in (*self.TEXTS, "what_changed")}
        initial |= {f"{_PREFIX}{number}": text for number, text in report.narratives.items()}
        super().__init__(data, initial={**initial, "seen_version": report.version})
        if report.corrects_id is None:
            del self.fields["what_changed"]
        for number, title in NARRATED.items():
            self.fields[f"{_PREFIX}{number}"] = LongTextField(
                label=f"Section {number}: {title}", required=False
            )

    def texts(self) -> ReportTexts:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return ReportTexts(
            **{name: data[name] for name in self.TEXTS},
            what_changed=data.get("what_changed", ""),
            narratives={number: data[f"{_PREFIX}{number}"] for number in NARRATED},
        )


class WithdrawForm(forms.Form):
    """Why a draft is given up."""

    why = LongTextField(label="Why it is given up", max_length=500)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, draft: Versioned) -> None:
        super().__init__(data, initial={"seen_version": draft.version})


class SignForm(forms.Form):
    """The signature; with a reason where the checklist warns."""

    reason = LongTextField(label="Why it is published all the same", max_length=500, required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, draft: Versioned, warns: bool) -> None:
        super().__init__(data, initial={"seen_version": draft.version})
        if not warns:
            self.fields["reason"].widget = forms.HiddenInput()


class DownloadForm(forms.Form):
    """Which file of an edition."""

    format = forms.ChoiceField(choices=FileFormat.choices)
    is_exempt = forms.BooleanField(required=False)
