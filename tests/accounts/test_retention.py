"""What is kept for a time only is forgotten by itself, and nothing else is."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.actions.retention import forget_what_is_over
from accounts.tasks import forget_what_is_over as task
from core.models import KeyedRequest
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def _keep(ended: timedelta, signed_in: timedelta, answered: timedelta, name: str) -> None:
    moment = timezone.now()
    Session.objects.create(session_key=name, session_data="", expire_date=moment - ended)
    AccessAttempt.objects.create(username=name, ip_address="192.0.2.1", failures_since_start=1)
    AccessLog.objects.create(username=name)
    for kind in (AccessLog, AccessAttempt):
        kind.objects.filter(username=name).update(attempt_time=moment - signed_in)
    user = UserFactory(email=f"{name}@ashmere.example")
    KeyedRequest.objects.create(by=user, key=name, request_hash="", at=moment - answered)


def test_what_is_over_is_forgotten_and_the_rest_kept():
    minute, day = timedelta(minutes=1), timedelta(days=1)
    _keep(minute, 366 * day, 31 * day, "over")
    _keep(-minute, 364 * day, 29 * day, "kept")
    task()
    assert [row.session_key for row in Session.objects.all()] == ["kept"]
    assert [row.username for row in AccessLog.objects.all()] == ["kept"]
    assert [row.username for row in AccessAttempt.objects.all()] == ["kept"]
    assert [row.key for row in KeyedRequest.objects.all()] == ["kept"]
    forget_what_is_over()
    assert KeyedRequest.objects.count() == 1
