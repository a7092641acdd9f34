"""Objectives, and the benefits map that leads to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benefits.models import Benefit, BenefitLink, MapStep
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading, noon
from governance.casefiles.loading.rows import Wanted, audit_entry, report_kept, save_row
from programme.models import Milestone, Objective, Programme

LINK_ENDS = {
    "from_milestone": "milestones",
    "from_step": "map_steps",
    "from_benefit": "benefits",
    "to_step": "map_steps",
    "to_benefit": "benefits",
    "to_objective": "objectives",
}


@dataclass(frozen=True, slots=True)
class Things:
    """All that a link can name, by section and id."""

    milestones: Mapping[str, Milestone]
    map_steps: Mapping[str, MapStep]
    benefits: Mapping[str, Benefit]
    objectives: Mapping[str, Objective]


def load_benefits_map(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    milestones: Mapping[str, Milestone],
    benefits: Mapping[str, Benefit],
) -> None:
    """Objectives, changes and outcomes, and the links that are new; a link that is there stays."""
    things = Things(
        milestones,
        _load_steps(loading, file, programme),
        benefits,
        _load_objectives(loading, file, programme),
    )
    there = {_key(link): link for link in BenefitLink.objects.filter(programme=programme)}
    named = set()
    for entry in file.entries("benefit_links"):
        link = _link(programme, entry, things)
        named.add(_key(link))
        if _key(link) not in there:
            link.entered_by = loading.author(entry)
            link.entered_at = entry.moment("at") or noon(loading.as_of)
            link.save()
            audit_entry(loading, link, noun="benefit link", scope=programme.key, after={"link": str(link)})
    report_kept(loading, "benefit link", [str(link) for key, link in there.items() if key not in named], ())


def _load_objectives(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, Objective]:
    existing = {row.ref: row for row in programme.objectives.select_related("source")}
    found = {}
    for index, entry in enumerate(file.entries("objectives")):
        ref = entry.text("id")
        values = {"title": entry.text("title"), "order_index": index, "source": loading.source(entry)}
        row = existing.get(ref) or Objective(programme=programme, ref=ref)
        found[ref] = save_row(loading, row, Wanted("objective", f"Objective {ref}", file.key, values))
    report_kept(loading, "objective", existing, found)
    return found


def _load_steps(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, MapStep]:
    existing = {row.ref: row for row in programme.map_steps.all()}
    found = {}
    for index, entry in enumerate(file.entries("map_steps")):
        ref = entry.text("id")
        values = {"kind": entry.text("kind"), "title": entry.text("title"), "order_index": index}
        row = existing.get(ref) or MapStep(programme=programme, ref=ref)
        found[ref] = save_row(loading, row, Wanted("map step", f"Map step {ref}", file.key, values))
    report_kept(loading, "map step", existing, found)
    return found


def _link(programme: Programme, entry: Entry, things: Things) -> BenefitLink:
    ends: dict[str, Any] = {
        name: getattr(things, section)[entry.text(name)]
        for name, section in LINK_ENDS.items()
        if entry.text(name)
    }
    return BenefitLink(programme=programme, **ends)


def _key(link: BenefitLink) -> tuple[Any, ...]:
    return tuple(getattr(link, f"{name}_id") for name in LINK_ENDS)
