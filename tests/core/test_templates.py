"""Words, numbers, tags and tables of the pages."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.template import Context, Template

from core.menu import menu_items
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.dates import ImpreciseDate


def shown(text, **context):
    return Template("{% load concordat %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("filters", "value", "text"),
    [
        ("pounds", 62442000, "£624,420.00"),
        ("pounds", -62442000, "−£624,420.00"),
        ("amount", 62442000, "624,420.00"),
        ("amount", None, "[x]"),
        ('amount:"z"', None, "[z]"),
        ('amount:"c"', None, "[c]"),
        ("amount", NotAssessable("Carrick has not stated its budget"), "[x]"),
        ("amount", NotApplicable("there is no plan"), "[z]"),
        ("signed_amount", 3579919, "+35,799.19"),
        ("signed_amount", -3579919, "−35,799.19"),
        ("signed_amount", 0, "0.00"),
        ("prose_pounds", 62442000, "£624,420"),
        ("prose_pounds", 137493000, "£1.37\u00a0million"),
        ("prose_pounds", None, "not stated"),
        ("percent", Fraction(94996, 1000), "95.0%"),
        ("percent", NotApplicable("the plan is nothing"), "[z]"),
        ("signed_days", 31, "+31"),
        ("signed_days", -7, "−7"),
        ("signed_days", 0, "0"),
        ("signed_days", None, "[x]"),
        ("days_late", 31, "31 days late"),
        ("days_late", 1, "1 day late"),
        ("days_late", -7, "7 days early"),
        ("days_late", 0, "On time"),
        ("days_late", None, "not stated"),
        ("gds_date", date(2026, 4, 1), "1\u00a0April 2026"),
        ("gds_date", datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1\u00a0July 2026"),
        ("gds_date", ImpreciseDate.season(2011, "spring"), "spring 2011"),
        ("gds_date", ImpreciseDate.day(date(2026, 11, 24)), "24\u00a0November 2026"),
        ("gds_date", None, "not stated"),
        ("gds_time", datetime(2026, 6, 30, 9, 42, tzinfo=UTC), "10:42am"),
        ("fy", 2026, "2026 to 2027"),
        ("fy", None, "not stated"),
    ],
)
def test_filter_writes_as_the_house_does(filters, value, text):
    assert shown("{{ value|" + filters + " }}", value=value) == text


@pytest.mark.parametrize(
    ("word", "css"),
    [
        ("Green", "govuk-tag--green"),
        ("Approved", "govuk-tag--green"),
        ("Call-in open", "app-tag--amber"),
        ("11 days late", "app-tag--amber"),
        ("Changed", "govuk-tag--red"),
        ("3 decisions", "app-tag--plain"),
        ("Awaiting", "app-tag--plain"),
    ],
)
def test_tag_is_its_word_with_the_colour_of_the_word(word, css):
    assert shown("{% rating_tag word %}", word=word) == f'<strong class="govuk-tag {css}">{word}</strong>'


def test_tag_shows_markup_as_text():
    html = shown("{% rating_tag word %}", word="<b>")
    assert html == '<strong class="govuk-tag app-tag--plain">&lt;b&gt;</strong>'


def test_table_parts_are_named_once():
    table = (
        '<table class="app-table--stack"><caption>C</caption><thead><tr><th scope="col">A</th></tr></thead>'
        '<tbody role="rowgroup"><tr><th scope="row">B</th><td data-label="A">1</td></tr></tbody></table>'
    )
    named = (
        '<table role="table" class="app-table--stack"><caption>C</caption><thead role="rowgroup">'
        '<tr role="row"><th role="columnheader" scope="col">A</th></tr></thead>'
        '<tbody role="rowgroup"><tr role="row"><th role="rowheader" scope="row">B</th>'
        '<td role="cell" data-label="A">1</td></tr></tbody></table>'
    )
    once = shown("{% table_roles %}" + table + "{% endtable_roles %}")
    assert once == named
    assert shown("{% table_roles %}" + once + "{% endtable_roles %}") == named


def test_scroll_region_has_a_name_and_takes_focus():
    html = shown("{% scroll label %}<table></table>{% endscroll %}", label='Saving by "year"')
    assert html == (
        '<div class="app-scroll" tabindex="0" role="region" aria-label="Saving by &quot;year&quot;">'
        "<table></table></div>"
    )


def test_chart_json_says_the_same_and_cannot_end_its_element():
    spec = {"text": "</script><!-- & \u2028", "y": [0, 14272.45]}
    html = shown("{{ spec|chart_json }}", spec=spec)
    assert json.loads(html) == spec
    assert not set("<>&\u2028") & set(html)


def test_breadcrumbs_take_labels_and_addresses_in_turn():
    html = shown('{% breadcrumbs "Partnerships" "/partnerships/" "Milestones" "/m/" %}')
    assert [part.split('"')[0] for part in html.split('href="')[1:]] == ["/partnerships/", "/m/"]


def test_menu_of_a_programme_marks_the_page_and_pages_below_it():
    def marked(view_name):
        return [(item.label, item.current) for item in menu_items("abc", view_name) if item.current]

    assert marked("programme:milestone_list") == [("Milestones", "page")]
    assert marked("programme:milestone_update") == [("Milestones", "true")]
    assert marked("core:method") == []


def test_menu_leads_into_the_programme_or_to_the_partnerships():
    assert [item.label for item in menu_items("abc", "")] == [
        "Programme",
        "Steering",
        "My work",
        "Milestones",
        "Savings",
        "Benefits",
        "Services",
        "Business cases",
        "Decisions",
        "Risks",
        "Downloads",
    ]
    assert [item.label for item in menu_items(None, "core:help")] == [
        "Partnerships",
        "Portfolio",
        "Savings",
        "Agreements",
        "My work",
        "Help",
    ]
    assert [item.label for item in menu_items("abc", "") if "abc" not in item.url] == ["My work"]


def test_menu_leads_who_approves_to_what_waits_for_them():
    labels = [item.label for item in menu_items("abc", "", approves=True)]
    assert labels[:4] == ["Programme", "Steering", "My work", "My approvals"]
    assert [
        (item.label, item.current) for item in menu_items(None, "governance:my_approvals", approves=True)
    ] == [
        ("Partnerships", ""),
        ("Portfolio", ""),
        ("Savings", ""),
        ("Agreements", ""),
        ("My work", ""),
        ("My approvals", "page"),
        ("Help", ""),
    ]
