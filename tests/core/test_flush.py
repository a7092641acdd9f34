"""Tests with real transactions start from an empty database, and its triggers stand again after them."""

import pytest
from django.db import IntegrityError, connection

from core.actions.audit import record
from core.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_transactional_test_starts_empty_with_triggers_standing(turn):
    assert AuditEvent.objects.count() == 0
    user = factories.UserFactory()
    record(user, by=user, action=f"turn_{turn}")
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditevent")
