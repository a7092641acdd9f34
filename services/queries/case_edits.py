"""What was done to a business case since a person read it: from the audit trail."""

from __future__ import annotations

from core.models import AuditEvent
from services.models import BusinessCase

# The largest number that the column of versions holds.
HIGHEST_VERSION = 2**31 - 1


def case_edits_since(case: BusinessCase, version: int) -> list[AuditEvent]:
    """Audit events of the edits made after `version` was read, the first one first. One query."""
    events = AuditEvent.objects.filter(
        object_type=BusinessCase._meta.label_lower,
        object_id=case.pk,
        after__version__gt=min(version, HIGHEST_VERSION),
    )
    return list(events.select_related("by").order_by("pk"))
