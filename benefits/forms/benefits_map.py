"""Forms of the benefits map: what leads to what, and the title of a change, an outcome or an objective."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import forms

from benefits.queries.benefits_map import BenefitsMap
from benefits.rules.benefits_map import Node, NodeKind
from core.forms.fields import PlainTextField

_GROUPS: Mapping[NodeKind, str] = {
    NodeKind.MILESTONE: "Milestones",
    NodeKind.CHANGE: "Business changes",
    NodeKind.OUTCOME: "Outcomes",
    NodeKind.BENEFIT: "Benefits",
    NodeKind.OBJECTIVE: "Objectives",
}


class LinkForm(forms.Form):
    """What leads to what."""

    start = forms.ChoiceField(label="This", required=False)
    end = forms.ChoiceField(label="leads to", required=False)

    def __init__(self, data: Any = None, *, contents: BenefitsMap) -> None:
        super().__init__(data)
        starts = [node for node in contents.nodes if node.kind != NodeKind.OBJECTIVE]
        ends = [node for node in contents.nodes if node.kind != NodeKind.MILESTONE]
        self.fields["start"].choices = _choices("Choose what leads", starts)  # type: ignore[attr-defined]
        self.fields["end"].choices = _choices("Choose where it leads", ends)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both ends are chosen."""
        for name, words in (("start", "Choose what leads"), ("end", "Choose where it leads")):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, words)
        return self.cleaned_data


class TitleForm(forms.Form):
    """The title of something on the map."""

    title = PlainTextField(label="Title", max_length=200, required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)


def key_of(node: Node) -> str:
    """A thing as a choice: benefit-12."""
    return f"{node.kind.value}-{node.key}"


def _choices(empty: str, nodes: Iterable[Node]) -> list[tuple[str, Any]]:
    groups = [
        (_GROUPS[kind], [(key_of(node), node.title) for node in of_kind])
        for kind, of_kind in groupby(nodes, key=lambda node: node.kind)
    ]
    return [("", empty), *groups]
