"""What the product forgets by itself: what docs/data-protection.md says is kept for a time only."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session

from core.clock import now
from core.models import KeyedRequest

SIGN_INS_FOR = timedelta(days=365)
ANSWERS_FOR = timedelta(days=30)


def forget_what_is_over() -> None:
    """Forget sessions that ended, sign-ins of a year ago, answers that no client asks for again."""
    moment = now()
    Session.objects.filter(expire_date__lt=moment).delete()
    for kind in (AccessLog, AccessAttempt):
        kind.objects.filter(attempt_time__lt=moment - SIGN_INS_FOR).delete()
    KeyedRequest.objects.filter(at__lt=moment - ANSWERS_FOR).delete()
