"""Who gets the monthly bulletin of which programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from programme.models import BulletinSubscription, Programme


def programmes_with_bulletins(user: User) -> list[Programme]:
    """The programmes whose bulletin a person may ask for: those under way that they may read, by name, and
    those that they have asked for. One query."""
    asked = Q(bulletin_subscriptions__user=user)
    live = Q(pk__in=Programme.objects.live().values("pk"))
    found = Programme.objects.visible_to(user).filter(live | asked).distinct()
    return list(found.select_related("partnership").order_by("name", "pk"))


def subscribed_keys(user: User) -> frozenset[str]:
    """The keys of the programmes whose bulletin the person gets. One query."""
    readable = Programme.objects.visible_to(user)
    own = BulletinSubscription.objects.filter(user=user, programme__in=readable.values("pk"))
    return frozenset(own.values_list("programme__key", flat=True))


def subscribers_of(programmes: Collection[int]) -> Mapping[int, Mapping[int, datetime]]:
    """By programme, the keys of active people who get its bulletin, each with since when. One query.

    Whether they may still read the programme is asked apart.
    """
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    rows = BulletinSubscription.objects.filter(programme__in=programmes, user__is_active=True)
    for programme, user, at in rows.values_list("programme", "user", "subscribed_at"):
        found[programme][user] = at
    return found
