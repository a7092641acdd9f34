"""What the page of a programme says of its savings."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from benefits.answers import savings_answers
from benefits.queries.savings import savings_against_plan
from programme.models import Programme
from programme.queries.answers import Answer

SHOWN = frozenset({"#savings", "#fair"})


def answers_for_programme(programme: Programme, as_of: date) -> list[Answer]:
    """Whether it saves what was said and each council gets its share, with links. Eight queries."""
    page = reverse("benefits:savings_detail", args=[programme.key])
    found = savings_answers(savings_against_plan(programme, as_of=as_of))
    return [
        Answer(answer.question, answer.word, answer.text, page + answer.url, answer.more)
        for answer in found
        if answer.url in SHOWN
    ]
