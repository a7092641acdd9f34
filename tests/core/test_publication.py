"""What leaves of a text that is withheld, and what the audit trail keeps of one."""

import pytest
from django.template import Context, Template
from rest_framework import serializers

from core.actions.audit import fingerprint
from core.api.publication import ShownField
from core.enums import PublicationClass
from core.errors import Refusal
from core.publication import NOT_THE_TEXT, Shown, sent_back, shown, shown_file_name, without_hidden
from governance.models import AgendaItem, Decision, Paper

SENTENCE = "Withheld: exempt under paragraph 3 of Part 1 of Schedule 12A, Local Government Act 1972"
WHY = "Bids are still open"
WHOLE = f"{SENTENCE}. Public interest: {WHY}"
EXEMPT = {
    "publication_class": PublicationClass.EXEMPT,
    "exempt_paragraph": 3,
    "public_interest_reason": WHY,
}
CONFIDENTIAL = {"publication_class": PublicationClass.CONFIDENTIAL, "public_interest_reason": WHY}


@pytest.mark.parametrize(
    ("values", "text", "seen"),
    [
        ({}, "The contract", Shown("The contract")),
        ({}, "", Shown("")),
        (EXEMPT, "The contract", Shown(WHOLE, True, SENTENCE, WHY)),
        (EXEMPT, "", Shown("")),
        (CONFIDENTIAL, "The contract", Shown("Withheld: confidential", True, "Withheld: confidential", "")),
    ],
)
def test_shown_is_the_text_or_the_sentence_that_it_is_withheld(values, text, seen):
    assert shown(AgendaItem(**values), text) == seen


@pytest.mark.parametrize(
    ("values", "name"), [({}, "bid.pdf"), (EXEMPT, "withheld"), (CONFIDENTIAL, "withheld")]
)
def test_name_of_a_file_is_withheld_with_it(values, name):
    assert shown_file_name(Paper(**values), "bid.pdf") == name


def test_page_shows_the_text_in_paragraphs_or_the_block_that_it_is_withheld():
    page = Template("{% load concordat %}{% shown_text item item.text %}|{% shown item item.text %}")
    assert page.render(Context({"item": AgendaItem(text="One <b>\n\nTwo")})) == (
        "<p>One &lt;b&gt;</p>\n\n<p>Two</p>\n|One &lt;b&gt;\n\nTwo"
    )
    assert page.render(Context({"item": AgendaItem(text="Two", **EXEMPT)})) == (
        f'<div class="app-withheld">\n  <p><strong>{SENTENCE}</strong></p>\n'
        f"  <p>Public interest: {WHY}</p>\n</div>\n|{WHOLE}"
    )


class ItemSerializer(serializers.Serializer):
    text = ShownField()
    reasons = ShownField(item="decision", source="decision.reasons")


def test_api_shows_what_may_be_shown_of_the_row_or_of_its_decision():
    item = AgendaItem(text="Open words", decision=Decision(reasons="Cheaper", **EXEMPT))
    assert ItemSerializer(item).data == {"text": "Open words", "reasons": WHOLE}


def test_fingerprint_tells_texts_apart_and_says_nothing_of_them():
    assert fingerprint("") == ""
    assert fingerprint("secret") == fingerprint("secret")
    assert fingerprint("secret") != fingerprint("Secret")
    assert fingerprint("secret").startswith("6 characters, mark ")
    assert "secret" not in fingerprint("secret")


@pytest.mark.parametrize(
    ("values", "sent", "kept"),
    [
        (EXEMPT, WHOLE, "The contract"),
        (EXEMPT, f" {SENTENCE}\r\n", "The contract"),
        (CONFIDENTIAL, "Withheld: confidential", "The contract"),
        (EXEMPT, "Another contract", "Another contract"),
        (EXEMPT, "", ""),
        (EXEMPT, "Withheld: confidential", None),
        (EXEMPT, SENTENCE.replace("3", "5"), None),
        (EXEMPT, f"{SENTENCE}. Public interest: another", None),
        ({}, SENTENCE, None),
        ({}, f"{SENTENCE} as agreed", f"{SENTENCE} as agreed"),
    ],
)
def test_what_was_shown_in_place_of_a_text_does_not_replace_it(values, sent, kept):
    item = AgendaItem(text="The contract", **values)
    if kept is None:
        with pytest.raises(Refusal) as refused:
            sent_back(item, {"text": sent})
        assert (refused.value.message, refused.value.field) == (NOT_THE_TEXT, "text")
    else:
        assert sent_back(item, {"text": sent, "title": sent}) == {"text": kept, "title": sent}


def test_null_of_a_hidden_figure_is_taken_out():
    sent = {"staff": None, "annual": None, "title": None, "people": 7}
    assert without_hidden(sent, ("staff", "people")) == {"annual": None, "title": None, "people": 7}
