"""Record posts that councils share, change them and end them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.references import next_reference
from core.rules.text import check_text
from programme.enums import LegalBasis
from programme.models import Council, Programme
from services.enums import PostTerm, PostTier
from services.models import Service, SharedPost, SharedPostShare
from services.policies import check_edit_posts_of, powers_of
from services.queries.case_partners import CasePartner, case_partners
from services.rules.key_record import weight_text
from services.rules.shared_post import PostRecord, PostShare, check_end, check_post

# The longest text of each field, with its name in messages.
TEXTS = {
    "title": ("Title", 200),
    "grade": ("Grade", 80),
    "department": ("Department", 120),
    "team": ("Team", 120),
    "contact": ("Contact", 200),
    "bonuses": ("Bonuses and benefits in kind", 500),
    "responsibilities": ("Responsibilities", 4_000),
}
_CHOICES: Mapping[str, Collection[object]] = {
    "tier": PostTier.values,
    "term": PostTerm.values,
    "legal_basis": LegalBasis.values,
}


@dataclass(frozen=True, slots=True)
class PostTerms:
    """A post as entered. `shares` holds percentages by the key of each council, as far as entered."""

    title: str
    tier: int
    employed_by: Council
    starts_on: date
    shares: Mapping[str, Decimal]
    legal_basis: str = LegalBasis.S113.value
    salary_from_pence: int | None = None
    salary_ceiling_pence: int | None = None
    fte: Decimal = Decimal(1)
    service: Service | None = None
    grade: str = ""
    department: str = ""
    team: str = ""
    term: str = PostTerm.NOT_STATED.value
    contact: str = ""
    bonuses: str = ""
    responsibilities: str = ""
    budget_pence: int | None = None
    staff_count: int | None = None


@transaction.atomic
def create_shared_post(
    programme: Programme, *, by: User, terms: PostTerms, channel: str = Channel.PAGE
) -> SharedPost:
    """A post of the programme, under the next reference. Refuses rows 12, 19, 20, 76 and 85 at once."""
    check_edit_posts_of(powers_of(by, programme), terms.employed_by)
    columns, shares = _checked(programme, terms, None)
    Programme.objects.select_for_update().get(pk=programme.pk)
    ref = next_reference("SP-", programme.shared_posts.values_list("ref", flat=True))
    post = SharedPost.objects.create(programme=programme, ref=ref, created_by=by, updated_by=by, **columns)
    _write_shares(post, shares)
    after = {"ref": ref, **post_values(post)}
    record(post, by=by, action="create_shared_post", channel=channel, scope=programme.key, after=after)
    return post


@transaction.atomic
def update_shared_post(
    post: SharedPost, *, by: User, seen_version: int, terms: PostTerms, channel: str = Channel.PAGE
) -> SharedPost:
    """The post with other terms; refuses as `create_shared_post` and row 84. No change leaves no trace."""
    powers = powers_of(by, post.programme)
    check_edit_posts_of(powers, post.employed_by)
    check_edit_posts_of(powers, terms.employed_by)
    check_seen(post, seen_version)
    columns, shares = _checked(post.programme, terms, post)
    before = post_values(post)
    is_same = all(getattr(post, name) == value for name, value in columns.items())
    if is_same and {one.council_id: one.percent for one in post.shares.all()} == _by_id(shares):
        return post
    write_next(post, columns, by=by, seen_version=seen_version)
    post.shares.all().delete()
    saved = _fresh(post)
    _write_shares(saved, shares)
    after = post_values(saved)
    changed = [name for name, value in after.items() if value != before[name]]
    record(
        saved,
        by=by,
        action="update_shared_post",
        channel=channel,
        scope=post.programme.key,
        before={name: before[name] for name in changed} | {"version": seen_version},
        after={name: after[name] for name in changed} | {"version": saved.version},
    )
    return saved


@transaction.atomic
def end_shared_post(
    post: SharedPost, *, by: User, seen_version: int, ends_on: date | None, channel: str = Channel.PAGE
) -> SharedPost:
    """The post with its last day, or without one again; refuses one that is not after its first (row 12)."""
    check_edit_posts_of(powers_of(by, post.programme), post.employed_by)
    check_seen(post, seen_version)
    check_end(post.starts_on, ends_on)
    if ends_on == post.ends_on:
        return post
    write_next(post, {"ends_on": ends_on}, by=by, seen_version=seen_version)
    record(
        post,
        by=by,
        action="end_shared_post",
        channel=channel,
        scope=post.programme.key,
        before={"ends_on": _iso(post.ends_on), "version": seen_version},
        after={"ends_on": _iso(ends_on), "version": seen_version + 1},
    )
    return _fresh(post)


def post_terms(post: SharedPost) -> PostTerms:
    """What is recorded of a post now."""
    names = [field.name for field in fields(PostTerms) if field.name != "shares"]
    shares = {one.council.key: one.percent for one in post.shares.select_related("council")}
    return PostTerms(**{name: getattr(post, name) for name in names}, shares=shares)


def post_values(post: SharedPost) -> dict[str, Any]:
    """The post as the audit trail holds it."""
    terms = post_terms(post)
    plain = {
        field.name: getattr(terms, field.name)
        for field in fields(PostTerms)
        if field.name not in ("service", "employed_by", "shares", "starts_on", "fte")
    }
    return plain | {
        "service": post.service.ref if post.service else "",
        "employed_by": str(post.employed_by),
        "starts_on": post.starts_on.isoformat(),
        "fte": weight_text(post.fte),
        "shares": {key: weight_text(percent) for key, percent in sorted(terms.shares.items())},
    }


def _checked(
    programme: Programme, terms: PostTerms, post: SharedPost | None
) -> tuple[dict[str, Any], dict[Council, Decimal]]:
    """The columns and the shares to be stored; refuses with all that is wrong."""
    refused: list[Refusal] = []
    columns = _texts(terms, refused)
    refused += _choices(terms)
    if terms.service is not None and terms.service.programme_id != programme.pk:
        refused.append(Refusal("Choose a service of this programme", "service"))
    by_key = {one.council.key: one for one in case_partners(programme).by_id.values()}
    refused += [
        Refusal(f"{key} is not a partner in this programme", "shares", "76")
        for key in sorted(set(terms.shares) - set(by_key))
    ]
    try:
        check_post(_as_record(terms, by_key, post.ends_on if post else None))
    except Refusals as said:
        refused += said.refusals
    if refused:
        raise Refusals(refused)
    given = {by_key[key].council: percent for key, percent in terms.shares.items() if percent}
    return columns, given


def _as_record(terms: PostTerms, by_key: Mapping[str, CasePartner], ends_on: date | None) -> PostRecord:
    own = by_key.get(terms.employed_by.key)
    return PostRecord(
        terms.salary_from_pence,
        terms.salary_ceiling_pence,
        terms.budget_pence,
        terms.fte,
        terms.staff_count,
        terms.starts_on,
        ends_on,
        [PostShare(key, one.partner.name, terms.shares.get(key), one.partner) for key, one in by_key.items()],
        PostShare(terms.employed_by.key, str(terms.employed_by), None, own.partner if own else None),
    )


def _texts(terms: PostTerms, refused: list[Refusal]) -> dict[str, Any]:
    """Every column of the terms, texts as they are stored; what is wrong with one joins `refused`."""
    columns = {
        field.name: getattr(terms, field.name) for field in fields(PostTerms) if field.name != "shares"
    }
    for name, (label, limit) in TEXTS.items():
        try:
            columns[name] = check_text(columns[name], label, limit, name)
        except Refusal as said:
            refused.append(said)
    if not columns["title"]:
        refused.append(Refusal("Enter the title of the post", "title"))
    return columns


def _choices(terms: PostTerms) -> list[Refusal]:
    return [
        Refusal(f"Choose the {name.replace('_', ' ')} from the list", name)
        for name, values in _CHOICES.items()
        if getattr(terms, name) not in values
    ]


def _fresh(post: SharedPost) -> SharedPost:
    rows = SharedPost.objects.select_related("programme__partnership", "employed_by", "service")
    return rows.get(pk=post.pk)


def _write_shares(post: SharedPost, shares: Mapping[Council, Decimal]) -> None:
    SharedPostShare.objects.bulk_create(
        SharedPostShare(post=post, council=council, percent=percent) for council, percent in shares.items()
    )


def _by_id(shares: Mapping[Council, Decimal]) -> dict[int, Decimal]:
    return {council.pk: percent for council, percent in shares.items()}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
