"""Rows without domain: audit events and sources, and the bases of other rows."""

from core.models.audit import AuditEvent
from core.models.idempotency import KeyedRequest
from core.models.job import Job
from core.models.publication import ExemptAccess, Publication, publication_constraints
from core.models.source import Source, Sourced
from core.models.versioned import Entered, Versioned

__all__ = [
    "AuditEvent",
    "Entered",
    "ExemptAccess",
    "Job",
    "KeyedRequest",
    "Publication",
    "Source",
    "Sourced",
    "Versioned",
    "publication_constraints",
]
