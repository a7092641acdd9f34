"""The councils by which amounts are shown: the partners over time, and whoever else holds an amount."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from programme.models import Council


def with_bearers(councils: Iterable[Council], held: Collection[int]) -> list[Council]:
    """The councils in their order, then by name those of `held` (keys) that are not among them.

    Whatever memberships and successors say, what a council holds is in every total (INV-01). No query but
    where a council is added.
    """
    found = list(councils)
    missing = set(held) - {one.pk for one in found}
    return found + list(Council.objects.filter(pk__in=missing).order_by("name", "pk")) if missing else found
