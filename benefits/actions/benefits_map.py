"""Draw the benefits map: objectives, changes and outcomes, and the links between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models, transaction

from accounts.models import User
from benefits.enums import MapStepKind
from benefits.models import Benefit, BenefitLink, MapStep
from benefits.profile_policies import check_map
from benefits.queries.benefits_map import Thing, node_of, read_map
from benefits.rules.benefits_map import check_link, check_still_reached
from benefits.rules.machine import AGREED
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.models import Milestone, Objective, Programme

Row = TypeVar("Row", MapStep, Objective)

_COLUMNS: dict[type[models.Model], str] = {
    Milestone: "milestone",
    MapStep: "step",
    Benefit: "benefit",
    Objective: "objective",
}


@transaction.atomic
def add_link(
    programme: Programme, *, by: User, start: Thing, end: Thing, channel: Channel = Channel.PAGE
) -> BenefitLink:
    """A link from one thing to what it leads to; refuses kinds that do not follow, and a loop (row 52)."""
    check_map(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    for thing, field in ((start, "start"), (end, "end")):
        if thing.programme_id != programme.pk:
            raise Refusal("Choose something of this programme", field)
    check_link(node_of(start), node_of(end), read_map(programme).links)
    ends: dict[str, Any] = {f"from_{_COLUMNS[type(start)]}": start, f"to_{_COLUMNS[type(end)]}": end}
    link = BenefitLink.objects.create(programme=programme, entered_by=by, entered_at=now(), **ends)
    _audit(link, programme, by=by, action="add_benefit_link", channel=channel, after=_ends(start, end))
    return link


@transaction.atomic
def remove_link(link: BenefitLink, *, by: User, channel: Channel = Channel.PAGE) -> None:
    """Take a link away; refuses where an approved benefit would then lead to no objective (INV-31)."""
    programme = link.programme
    check_map(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    contents = read_map(programme)
    left = [(row.start, row.end) for row in contents.rows if row.pk != link.pk]
    approved = set(programme.benefits.filter(state__in=AGREED).values_list("pk", flat=True))
    check_still_reached(contents.nodes, contents.links, left, approved)
    before = _ends(link.start, link.end)
    _audit(link, programme, by=by, action="remove_benefit_link", channel=channel, before=before)
    link.delete()


@transaction.atomic
def add_map_step(
    programme: Programme, *, by: User, kind: MapStepKind, title: str, channel: Channel = Channel.PAGE
) -> MapStep:
    """A business change or an outcome, not linked to anything yet."""
    check_map(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    prefix = "CH" if kind == MapStepKind.CHANGE else "OC"
    values = {"kind": kind, "title": _title(title)}
    return _add(programme, MapStep, prefix, values, by, channel)


@transaction.atomic
def add_objective(
    programme: Programme, *, by: User, title: str, channel: Channel = Channel.PAGE
) -> Objective:
    """One more thing that the programme is for."""
    check_map(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    return _add(programme, Objective, "O", {"title": _title(title)}, by, channel)


@transaction.atomic
def rename_thing(
    row: MapStep | Objective,
    *,
    by: User,
    seen_version: int,
    title: str,
    channel: Channel = Channel.PAGE,
) -> MapStep | Objective:
    """A change, an outcome or an objective under another title; refuses a stale edit."""
    check_map(by, row.programme)
    check_seen(row, seen_version)
    new = _title(title)
    if new == row.title:
        return row
    write_next(row, {"title": new}, by=by, seen_version=seen_version)
    before = {"title": row.title, "version": seen_version}
    after = {"title": new, "version": seen_version + 1}
    action = f"rename_{_noun(row)}"
    _audit(row, row.programme, by=by, action=action, channel=channel, before=before, after=after)
    return type(row).objects.get(pk=row.pk)


@transaction.atomic
def remove_thing(
    row: MapStep | Objective, *, by: User, seen_version: int, channel: Channel = Channel.PAGE
) -> None:
    """Take a change, an outcome or an objective away; refuses one that is linked, and a stale edit."""
    check_map(by, row.programme)
    Programme.objects.select_for_update().get(pk=row.programme_id)
    check_seen(row, seen_version)
    linked: Callable[..., Any] = BenefitLink.objects.filter
    name = _COLUMNS[type(row)]
    is_linked = linked(**{f"to_{name}": row}).exists()
    if name == "step":
        is_linked = is_linked or linked(from_step=row).exists()
    if is_linked:
        raise Refusal(f"{row.title} is linked on the map. Remove its links first", code="INV-31")
    before = {"ref": row.ref, "title": row.title, "version": seen_version}
    action = f"remove_{_noun(row)}"
    _audit(row, row.programme, by=by, action=action, channel=channel, before=before)
    row.delete()


def _add(
    programme: Programme,
    model: type[Row],
    prefix: str,
    values: dict[str, Any],
    by: User,
    channel: Channel,
) -> Row:
    taken = set(model.objects.filter(programme=programme).values_list("ref", flat=True))
    ref = next(
        f"{prefix}-{number}" for number in range(1, len(taken) + 2) if f"{prefix}-{number}" not in taken
    )
    row = model.objects.create(
        programme=programme, ref=ref, order_index=len(taken), created_by=by, updated_by=by, **values
    )
    after = {"ref": ref} | {name: str(value) for name, value in values.items()}
    _audit(row, programme, by=by, action=f"add_{_noun(row)}", channel=channel, after=after)
    return row


def _title(text: str) -> str:
    title = check_text(text, "Title", 200, "title")
    if not title:
        raise Refusal("Enter the title", "title")
    return title


def _noun(row: MapStep | Objective) -> str:
    return "objective" if isinstance(row, Objective) else str(row.kind)


def _ends(start: Any, end: Any) -> dict[str, Any]:
    return {"from": str(start), "to": str(end)}


def _audit(
    row: models.Model,
    programme: Programme,
    *,
    by: User,
    action: str,
    channel: Channel,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(row, by=by, action=action, channel=channel, scope=programme.key, before=before, after=after)
