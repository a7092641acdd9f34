"""Keys that must be replaced on the day a council leaves, and posts that it shares (INV-42)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Prefetch, Q
from django.urls import reverse

from core.rules.calendar import format_date
from programme.enums import LeavingStep
from programme.queries.leaving import Leaving, LeavingItem
from services.models import ApportionmentKey, CostPool, SharedPost
from services.policies import powers_in
from services.queries.keys import keys_with_weights


def keys_to_replace(asked: Leaving) -> list[LeavingItem]:
    """Pools in whose keys the council has a share, each with the way to its keys. Six queries at most."""
    keys = keys_with_weights(ApportionmentKey.objects.order_by("effective_from_on"))
    pools = CostPool.objects.filter(programme__partnership=asked.partnership)
    ordered = list(
        pools.order_by("programme", "order_index", "ref")
        .select_related("programme")
        .prefetch_related(Prefetch("keys", keys))
    )
    powers = powers_in(asked.user, [pool.programme for pool in ordered])
    return [
        item
        for pool in ordered
        for item in _of_pool(pool, asked, can_edit=powers[pool.programme_id].edits_keys())
    ]


def posts_to_settle(asked: Leaving) -> list[LeavingItem]:
    """Posts that the council shares and that go on after it left. Four queries at most."""
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gt=asked.left_on)
    own = SharedPost.objects.filter(goes_on, programme__partnership=asked.partnership)
    posts = list(own.of_council(asked.council).select_related("programme").order_by("tier", "title", "pk"))
    powers = powers_in(asked.user, [post.programme for post in posts])
    return [
        _of_post(post, asked, can_edit=powers[post.programme_id].edits_posts_of(post.employed_by_id))
        for post in posts
    ]


def _of_post(post: SharedPost, asked: Leaving, *, can_edit: bool) -> LeavingItem:
    day = format_date(asked.left_on)
    url = reverse("services:shared_post_end", args=[post.pk]) if can_edit else post.get_absolute_url()
    said = f"{asked.council} still shares {post} after {day}. End it on {day}"
    return LeavingItem(LeavingStep.POSTS, f"{said} and record it again without {asked.council}", url)


def _of_pool(pool: CostPool, asked: Leaving, *, can_edit: bool) -> Iterator[LeavingItem]:
    url = reverse("services:pool_detail", args=[pool.pk])
    day, next_day = format_date(asked.left_on), asked.left_on + timedelta(days=1)
    own = [key for key in pool.keys.all() if _names(key, asked)]
    later = [key for key in own if key.effective_to_on is None or key.effective_to_on > asked.left_on]
    for key in later:
        said = f"{asked.council} still has a share of {pool.name} after {day}"
        start = reverse("services:key_end", args=[key.pk]) if can_edit else url
        yield LeavingItem(
            LeavingStep.KEYS, f"{said}. End that key on {day} and start another", start, blocks=True
        )
    if later or not any(key.effective_to_on == asked.left_on for key in own):
        return
    is_replaced = any(
        key.effective_from_on <= next_day and (key.effective_to_on is None or key.effective_to_on >= next_day)
        for key in pool.keys.all()
    )
    if is_replaced:
        yield LeavingItem(
            LeavingStep.KEYS, f"{pool.name} has another key from the next day on", url, is_settled=True
        )
        return
    said = f"No key shares {pool.name} from {format_date(next_day)} on"
    start = reverse("services:key_create", args=[pool.pk]) if can_edit else url
    yield LeavingItem(LeavingStep.KEYS, f"{said}. Start one without {asked.council}", start, blocks=True)


def _names(key: ApportionmentKey, asked: Leaving) -> bool:
    return any(row.council_id == asked.council.pk and row.weight > 0 for row in key.weights.all())
