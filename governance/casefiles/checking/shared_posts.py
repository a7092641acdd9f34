"""Rules of posts that councils share: bands, shares and days."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from governance.casefiles.checking.common import check_council, check_reference, check_unique, ids_of
from governance.casefiles.checking.programme import partner_keys
from governance.casefiles.checking.services_keys import weights_of
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from programme.rules.membership import Partner
from services.rules.shared_post import PostRecord, PostShare, check_post

_FIELDS = {
    "salary_from_pence": ("salary_from_gbp",),
    "salary_ceiling_pence": ("salary_ceiling_gbp",),
    "budget_pence": ("budget_gbp",),
    "fte": ("fte",),
    "staff_count": ("staff",),
    "starts_on": ("from",),
    "ends_on": ("to",),
    "employed_by": ("employed_by",),
    "shares": ("shares",),
}


def check_shared_posts(file: CaseFile, world: World) -> None:
    """Note what is wrong in the shared posts of a programme."""
    check_unique(file.entries("shared_posts"))
    for post in file.entries("shared_posts"):
        check_reference(post, "service", ids_of(file, "services"), "services")
        check_council(post, post.text("employed_by"), world, "employed_by")
        for key in post.entry("shares").data:
            check_council(post, key, world, "shares", key)
        _check_terms(post, world)


def _check_terms(post: Entry, world: World) -> None:
    starts_on = post.day("from")
    if starts_on is None:
        return
    given, fte = weights_of(post, "shares"), post.number("fte", 2)
    record = PostRecord(
        post.pence("salary_from_gbp"),
        post.pence("salary_ceiling_gbp"),
        post.pence("budget_gbp"),
        Decimal(1) if fte is None else fte,
        post.integer("staff"),
        starts_on,
        post.day("to"),
        [_share(post, world, key, percent) for key, percent in given.items()],
        _share(post, world, post.text("employed_by"), None),
    )
    names = _FIELDS | {f"shares.{key}": ("shares", key) for key in given}
    post.refused_each(partial(check_post, record), names)


def _share(post: Entry, world: World, key: str, percent: Decimal | None) -> PostShare:
    name = world.council_name(key)
    return PostShare(key, name, percent, Partner(name) if key in partner_keys(post.file) else None)
