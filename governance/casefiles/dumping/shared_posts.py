"""Posts that councils share, with what each bears."""

from __future__ import annotations

from decimal import Decimal

from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    day_of,
    number_of,
    pounds_of,
    ref_of,
    unless,
)
from governance.casefiles.writing import Inline
from programme.models import Programme
from services.enums import PostTerm
from services.models import SharedPost


def dump_shared_posts(programme: Programme) -> list[Fields]:
    """Shared posts by their references."""
    rows = programme.shared_posts.select_related("employed_by", "service").prefetch_related("shares__council")
    return [_post(post) for post in rows.order_by("ref")]


def _post(post: SharedPost) -> Fields:
    shares = sorted((one.council.key, one.percent) for one in post.shares.all())
    return compact(
        {
            "id": post.ref,
            "title": post.title,
            "tier": post.tier,
            "grade": post.grade,
            "department": post.department,
            "team": post.team,
            "service": ref_of(post.service),
            "term": unless(post.term, PostTerm.NOT_STATED.value),
            "contact": post.contact,
            "employed_by": post.employed_by.key,
            "legal_basis": str(post.legal_basis),
            "salary_from_gbp": pounds_of(post.salary_from_pence),
            "salary_ceiling_gbp": pounds_of(post.salary_ceiling_pence),
            "bonuses": post.bonuses,
            "fte": None if post.fte == Decimal(1) else number_of(post.fte),
            "responsibilities": post.responsibilities,
            "budget_gbp": pounds_of(post.budget_pence),
            "staff": post.staff_count,
            "from": day_of(post.starts_on),
            "to": day_of(post.ends_on),
            "shares": Inline({key: number_of(percent) for key, percent in shares}),
        }
    )
