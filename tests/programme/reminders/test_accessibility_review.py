"""The accessibility statement says how old it is, and administrators are told before it is out of date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.enums import RoleName
from accounts.models import RoleHeld
from core.rules.accessibility import statement
from programme.queries.reminding.accessibility import AccessibilityReview
from programme.reminder_sources import source_of
from tests import factories

pytestmark = pytest.mark.django_db
BY = statement().review_by


def test_statement_is_reviewed_within_a_year_and_its_page_says_so(client: Client) -> None:
    found = statement()
    assert found.prepared_on <= found.reviewed_on < found.review_by <= found.reviewed_on + timedelta(days=366)
    page = client.get("/accessibility/").content.decode().replace("\u00a0", " ")
    said = ("is to be reviewed by 22 November 2027", "Equality and Human Rights Commission", found.how)
    assert [one for one in said if one not in page] == []


def test_administrators_are_told_and_nobody_else() -> None:
    admin, manager = factories.UserFactory.create_batch(2)
    RoleHeld.objects.create(user=admin, role=RoleName.ADMINISTRATOR, from_on=date(2020, 1, 1))
    source = AccessibilityReview()
    assert list(source.due_between(BY, BY)) == []
    programme = factories.ProgrammeFactory()
    factories.role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    (item,) = source.due_between(BY - timedelta(days=40), BY)
    assert (item.recipient_id, item.programme_id, item.programme, item.path) == (
        admin.pk,
        programme.pk,
        "This installation of Concordat",
        "/accessibility/",
    )
    assert list(source.due_between(BY + timedelta(days=1), date(2030, 1, 1))) == []
    assert [one.title for one in source.still_due(admin.pk, [1])] == [item.title]
    assert list(source.still_due(manager.pk, [1])) == []
    assert isinstance(source_of("accessibility_review"), AccessibilityReview)
