"""Posts that councils share, with what each bears."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from governance.casefiles.checking.services_keys import weights_of
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from programme.models import Programme
from services.enums import PostTerm
from services.models import Service, SharedPost, SharedPostShare
from services.rules.key_record import weight_text


def load_shared_posts(
    loading: Loading, file: CaseFile, programme: Programme, services: Mapping[str, Service]
) -> None:
    """Shared posts, by id."""
    existing = {post.ref: post for post in programme.shared_posts.select_related("employed_by", "service")}
    for entry in file.entries("shared_posts"):
        ref = entry.text("id")
        post = existing.get(ref) or SharedPost(programme=programme, ref=ref)
        values = _values(loading, entry) | {"service": services.get(entry.text("service"))}
        parts = [_shares_part(loading, post, entry)]
        save_row(loading, post, Wanted("shared post", f"Shared post {ref}", file.key, values, parts=parts))
    report_kept(loading, "shared post", existing, (one.text("id") for one in file.entries("shared_posts")))


def _values(loading: Loading, entry: Entry) -> dict[str, Any]:
    fte = entry.number("fte", 2)
    return {
        "title": entry.text("title"),
        "tier": needed(entry.integer("tier")),
        "grade": entry.text("grade"),
        "department": entry.text("department"),
        "team": entry.text("team"),
        "term": entry.text("term") or PostTerm.NOT_STATED.value,
        "contact": entry.text("contact"),
        "employed_by": loading.council(entry, "employed_by"),
        "legal_basis": entry.text("legal_basis"),
        "salary_from_pence": entry.pence("salary_from_gbp"),
        "salary_ceiling_pence": entry.pence("salary_ceiling_gbp"),
        "bonuses": entry.text("bonuses"),
        "fte": Decimal(1) if fte is None else fte,
        "responsibilities": entry.text("responsibilities"),
        "budget_pence": entry.pence("budget_gbp"),
        "staff_count": entry.integer("staff"),
        "starts_on": needed(entry.day("from")),
        "ends_on": entry.day("to"),
    }


def _shares_part(loading: Loading, post: SharedPost, entry: Entry) -> Part:
    wanted = {key: percent for key, percent in weights_of(entry, "shares").items() if percent}
    rows = post.shares.select_related("council") if post.pk else ()

    def write() -> None:
        post.shares.all().delete()
        SharedPostShare.objects.bulk_create(
            SharedPostShare(post=post, council=loading.councils[key], percent=percent)
            for key, percent in wanted.items()
        )

    return Part("shares", _plain({row.council.key: row.percent for row in rows}), _plain(wanted), write)


def _plain(shares: Mapping[str, Decimal]) -> list[list[str]]:
    return sorted([key, weight_text(percent)] for key, percent in shares.items())
