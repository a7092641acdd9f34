"""What the agreements of a partnership reserve to each council's own approval (INV-09)."""

from __future__ import annotations

from datetime import date

from programme.enums import Matter
from programme.models import Agreement, ReservedMatter


def reserved_matters(partnership_id: int, as_of: date) -> dict[Matter, str]:
    """The matters reserved on `as_of`, each with the title of an agreement that reserves it. One query.

    Only an agreement in force reserves. Where several reserve one matter, the one longest in force is named.
    """
    agreements = Agreement.objects.in_force(as_of).filter(partnership=partnership_id)
    rows = (
        ReservedMatter.objects.filter(agreement__in=agreements)
        .order_by("agreement__in_force_on", "agreement__ref", "pk")
        .values_list("matter", "agreement__title")
    )
    found: dict[Matter, str] = {}
    for matter, title in rows:
        found.setdefault(Matter(matter), title)
    return found
