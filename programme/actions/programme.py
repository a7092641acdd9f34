"""Start a programme of shared services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text
from programme.enums import MemberStatus, PriceBasis
from programme.models import Council, Membership, Partnership, Programme
from programme.policies import check_create_programme
from programme.rules.membership import check_councils
from programme.rules.programme import check_base_year, check_horizon


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """What people state of a programme that starts; `councils` in the order they are to stand in."""

    name: str
    base_fy: int | None
    horizon_years: object
    councils: Sequence[Council]
    partnership: Partnership | None = None
    partnership_name: str = ""
    summary: str = ""


@transaction.atomic
def create_programme(new: NewProgramme, *, by: User, channel: Channel = Channel.PAGE) -> Programme:
    """The programme, in an existing partnership or in a new one of its councils.

    In an existing partnership `councils` are those that are to join it, maybe none; with its partners of
    today they are at least two. Refuses, all at once, as rows 14, 30 and 78.
    """
    check_create_programme(by, new.partnership)
    name, summary = _name(new.name, "name", "Name"), check_text(new.summary, "Summary", field="summary")
    horizon = _check(new, _partners(new.partnership))
    partnership = new.partnership or _found(new, by=by, channel=channel)
    if new.partnership is not None:
        _add_councils(partnership, new.councils)
    programme = Programme.objects.create(
        key=_free_key(Programme, name),
        partnership=partnership,
        name=name,
        summary=summary,
        base_fy=new.base_fy,
        horizon_years=horizon,
        price_basis=PriceBasis.NOMINAL,
        created_by=by,
        updated_by=by,
    )
    audit.record(
        programme,
        by=by,
        action="create_programme",
        channel=channel,
        scope=programme.key,
        after={
            "name": name,
            "partnership": partnership.key,
            "councils": [council.key for council in _partners(partnership)],
            "base_fy": new.base_fy,
            "horizon_years": horizon,
        },
    )
    return programme


def _check(new: NewProgramme, partners: Sequence[Council]) -> int:
    names = [council.short_name for council in (*partners, *new.councils)]
    said: list[Refusal] = []
    horizon = 0
    try:
        check_councils(names)
    except Refusal as refusal:
        said.append(refusal)
    try:
        check_base_year(new.base_fy)
    except Refusal as refusal:
        said.append(refusal)
    try:
        horizon = check_horizon(new.horizon_years)
    except Refusal as refusal:
        said.append(refusal)
    if said:
        raise Refusals(said)
    return horizon


def _partners(partnership: Partnership | None) -> list[Council]:
    if partnership is None:
        return []
    rows = partnership.memberships.filter(status=MemberStatus.ACTIVE).select_related("council")
    return [row.council for row in rows.order_by("order_index", "council__name")]


def _found(new: NewProgramme, *, by: User, channel: Channel) -> Partnership:
    name = _name(new.partnership_name, "partnership_name", "Name of the partnership")
    partnership = Partnership.objects.create(
        key=_free_key(Partnership, name), name=name, created_by=by, updated_by=by
    )
    _add_councils(partnership, sorted(new.councils, key=lambda council: council.name))
    audit.record(
        partnership,
        by=by,
        action="create_partnership",
        channel=channel,
        scope=partnership.key,
        after={"name": name, "councils": [council.key for council in _partners(partnership)]},
    )
    return partnership


def _add_councils(partnership: Partnership, councils: Sequence[Council]) -> None:
    """Add partners after those there are, alphabetically in a new partnership: none comes first by favour."""
    orders = list(partnership.memberships.values_list("order_index", flat=True))
    start = max(orders, default=-1) + 1
    Membership.objects.bulk_create(
        Membership(partnership=partnership, council=council, order_index=start + place)
        for place, council in enumerate(councils)
    )


def _name(text: str, field: str, label: str) -> str:
    name = check_text(text, label, 200, field)
    if not name:
        raise Refusal(f"Enter the {label[:1].lower()}{label[1:]}", field)
    return name


def _free_key(model: type[Programme | Partnership], name: str) -> str:
    """An address from the name that nothing has yet: shared-services, shared-services-2."""
    stem = slugify(name)[:50].strip("-") or "programme"
    taken = set(model.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(
        key
        for number in range(1, len(taken) + 2)
        if (key := stem if number == 1 else f"{stem}-{number}") not in taken
    )
