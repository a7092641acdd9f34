"""Fields that read what people type, and how a form says no."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from core.errors import Refusal, Refusals
from core.forms.fields import (
    FinancialYearField,
    LongTextField,
    PlainTextField,
    PoundsField,
    TypedDateField,
    add_refusals,
)
from core.templatetags.concordat import error_summary


class EntryForm(forms.Form):
    shows_changes = True

    due_on = TypedDateField(label="Due", required=False)
    saving_pence = PoundsField(label="Saving")
    state = forms.ChoiceField(
        label="State", choices=[("a", "Claimed"), ("b", "Verified")], widget=forms.RadioSelect
    )
    told = forms.BooleanField(label="Told", required=False)


def refusal_of(field, typed):
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return caught.value.messages


@pytest.mark.parametrize(
    "typed", ["14 12 2026", "14/12/2026", " 14 December 2026 ", "14 dec 2026", "2026-12-14"]
)
def test_typed_date_reads_usual_orders(typed):
    assert TypedDateField().clean(typed) == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31 4 2027", "Enter a real date, for example 30 4 2027"),
        ("soon", "Enter a real date, for example 30 4 2027"),
        ("", "Enter a real date, for example 30 4 2027"),
        ("14 12 26", "Year must include 4 numbers"),
    ],
)
def test_typed_date_refuses(typed, message):
    assert refusal_of(TypedDateField(), typed) == [message]


def test_typed_date_shows_a_date_in_words_and_keeps_what_was_typed():
    field = TypedDateField()
    assert [field.prepare_value(value) for value in (date(2026, 4, 1), "1 4 26", None)] == [
        "1 April 2026",
        "1 4 26",
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "changed"), [("1/4/2026", False), ("2 4 2026", True), ("", True), ("nonsense", True)]
)
def test_typed_date_is_changed_by_meaning_only(typed, changed):
    assert TypedDateField(required=False).has_changed(date(2026, 4, 1), typed) == changed


def test_pounds_are_kept_as_pence():
    typed = ["12,500.50", "£1", " −3.20 "]
    assert [PoundsField().clean(value) for value in typed] == [1250050, 100, -320]


def test_pounds_left_empty_where_they_may_be():
    field = PoundsField(required=False)
    assert (field.clean(""), field.clean(None), field.has_changed(None, "")) == (None, None, False)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the cost in pounds, for example 12,500 or 12,500.50"),
        ("1.2m", "Enter the amount in full using numbers, for example 1,200,000"),
        ("1.234", "Amount must be in pounds and pence, with no more than 2 decimal places"),
        ("1,37,4930", "Check the commas in the amount, for example 1,374,930"),
        ("10,000,000,000.01", "Amount must be £10,000,000,000 or less"),
        ("$5", "Enter the amount in pounds sterling"),
    ],
)
def test_pounds_refuse(typed, message):
    assert refusal_of(PoundsField(noun="cost"), typed) == [message]


def test_pounds_refuse_a_negative_planned_saving():
    message = "Planned saving must be £0 or more. Record a cost as a cost line"
    assert refusal_of(PoundsField(minimum_pence=0), "-1") == [message]


def test_financial_year_is_chosen_by_its_starting_year():
    field = FinancialYearField(years=[2026, 2027])
    assert field.clean("2027") == 2027
    assert list(field.choices) == [("", ""), (2026, "2026 to 2027"), (2027, "2027 to 2028")]


@pytest.mark.parametrize("typed", ["", "2025", "2026 to 2027", "next year"])
def test_financial_year_refuses_anything_not_offered(typed):
    message = "Select a financial year, for example 2026 to 2027"
    assert refusal_of(FinancialYearField(years=[2026]), typed) == [message]


def test_plain_text_is_kept_as_typed_with_plain_line_ends():
    assert LongTextField(label="Note").clean(" <b>one</b>\r\ntwo ") == "<b>one</b>\ntwo"


def test_plain_text_counts_a_line_end_once():
    assert len(LongTextField(label="Note").clean("\r\n".join(["x" * 1999, "y" * 2000]))) == 4000


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("x" * 4001, "Description must be 4,000 characters or less"),
        ("a\x00b", "Description must not include control characters"),
        ("a\x1bb", "Description must not include control characters"),
        ("", "Enter the description"),
    ],
)
def test_plain_text_refuses(typed, message):
    assert refusal_of(PlainTextField(label="Description"), typed) == [message]


def test_box_is_tied_to_its_hint_and_its_error():
    form = EntryForm({"due_on": "31 4 2027", "saving_pence": "1", "state": "a"})
    assert form["due_on"].as_widget() == (
        '<input type="text" name="due_on" value="31 4 2027" autocomplete="off" aria-invalid="true"'
        ' aria-describedby="id_due_on_helptext id_due_on_error"'
        ' class="app-input app-input--error app-input--changed" id="id_due_on">'
    )


def test_field_stands_as_label_hint_box_error():
    html = EntryForm({"due_on": "31 4 2027"})["due_on"].as_field_group()
    marks = ['<label for="id_due_on">', 'id="id_due_on_helptext"', "<input", 'id="id_due_on_error"']
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)
    assert '<span class="govuk-visually-hidden">Error: </span>Enter a real date' in html


def test_field_with_choices_is_a_fieldset_that_names_its_error():
    html = EntryForm({})["state"].as_field_group()
    assert '<fieldset class="app-choice" aria-describedby="id_state_error">' in html
    assert "<legend>State</legend>" in html
    assert '<label for="id_state_1">Verified</label>' in html
    assert 'id="id_state_error"' in html


def test_tick_has_its_label_after_it():
    html = EntryForm({})["told"].as_field_group()
    assert html.index('type="checkbox"') < html.index('<label for="id_told">Told</label>')


def test_form_opens_with_a_summary_that_leads_to_each_field():
    form = EntryForm({"due_on": "31 4 2027", "saving_pence": ""})
    form.add_error(None, "Two councils are needed")
    html = form.render()
    links = [
        "<li>Two councils are needed</li>",
        '<li><a href="#id_due_on">Enter a real date, for example 30 4 2027</a></li>',
        '<li><a href="#id_saving_pence">Enter the saving in pounds, for example 12,500 or 12,500.50</a></li>',
        '<li><a href="#id_state_0">This field is required.</a></li>',
    ]
    places = [html.index(link) for link in links]
    assert places == sorted(places)
    assert places[-1] < html.index("<label")


def test_form_without_errors_has_no_summary_and_no_browser_messages():
    html = EntryForm().render()
    assert ("There is a problem" in html, " required" in html) == (False, False)


def test_refusals_of_rules_land_on_their_fields():
    form = EntryForm({"due_on": "", "saving_pence": "1", "state": "a"})
    add_refusals(
        form,
        Refusals([Refusal("Actual date must be today or in the past", field="due_on"), Refusal("Not now")]),
    )
    assert form.errors == {
        "due_on": ["Actual date must be today or in the past"],
        "__all__": ["Not now"],
    }


def test_refusal_of_an_unknown_field_lands_on_the_form():
    form = EntryForm({"saving_pence": "1", "state": "a"})
    add_refusals(form, Refusal("Carrick left on 31 March 2028", field="council"))
    assert form.non_field_errors() == ["Carrick left on 31 March 2028"]


def test_what_was_typed_is_never_markup():
    form = EntryForm({"due_on": '"><script>x</script>', "saving_pence": "1", "state": "a"})
    assert "<script>" not in form.render()


def test_summary_names_the_field_of_a_message_that_several_have():
    class Days(forms.Form):
        begun_on = TypedDateField(label="Begun")
        due_on = TypedDateField(label="Due")
        saving_pence = PoundsField(label="Saving")

    errors = error_summary(Days({"begun_on": "31/2/2027", "due_on": "soon", "saving_pence": "one"}))["errors"]
    assert [words.partition(": ")[0] for _, words in errors[:2]] == ["Begun", "Due"]
    assert errors[2][1] == "Enter the amount in full using numbers, for example 1,200,000"
