"""Where the page of a benefit leads: what its reader may do, and what stands beside it on the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from accounts.models import User
from benefits.models import Benefit
from benefits.queries.benefit_page import BenefitStory
from benefits.rules.benefits_map import Node, NodeKind
from benefits.rules.machine import IS_TERMINAL

LabelledUrl = tuple[str, str]
_PAGES = {
    NodeKind.MILESTONE: "programme:milestone_detail",
    NodeKind.BENEFIT: "benefits:benefit_detail",
}


def benefit_links(benefit: Benefit, story: BenefitStory, user: User) -> list[LabelledUrl]:
    """What the reader may do with the benefit, by label and address."""
    steps = [
        (str(choice.step.label), reverse("benefits:benefit_step", args=[benefit.pk, choice.step.value]))
        for choice in story.choices
        if choice.may
    ]
    return [*steps, *_own(benefit, story), *_offer(story, user)]


def beside(nodes: Iterable[Node]) -> list[LabelledUrl]:
    """Titles of things on the map with the addresses of their pages; empty for one without a page."""
    return [
        (node.title, reverse(_PAGES[node.kind], args=[node.key]) if node.kind in _PAGES else "")
        for node in nodes
    ]


def _own(benefit: Benefit, story: BenefitStory) -> Iterator[LabelledUrl]:
    if benefit.state in IS_TERMINAL:
        return
    if story.hands.owns:
        if benefit.measure_name:
            yield "Enter a value", reverse("benefits:reading_create", args=[benefit.pk])
        yield "Add evidence", reverse("benefits:evidence_create", args=[benefit.pk])
        yield "Review it", reverse("benefits:benefit_review_create", args=[benefit.pk])
        if story.offered is None:
            yield "Hand it over", reverse("benefits:handover_create", args=[benefit.pk])
    if story.hands.manages:
        if benefit.measure_name:
            yield "Plan its values", reverse("benefits:benefit_trajectory_update", args=[benefit.pk])
        start = reverse("benefits:plan_proposal_create", args=[benefit.programme.key])
        yield "Propose a change of plan", start


def _offer(story: BenefitStory, user: User) -> Iterator[LabelledUrl]:
    offer = story.offered
    if offer is None:
        return
    if offer.to_owner_id == user.pk:
        yield "Answer the offer", reverse("benefits:handover_answer", args=[offer.pk])
    if story.hands.owns:
        yield "Take the offer back", reverse("benefits:handover_cancel", args=[offer.pk])
