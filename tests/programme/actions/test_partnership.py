"""Programmes, agreements and membership: nothing is half written when the audit trail cannot be."""

from datetime import date

import pytest
from django.db import DatabaseError

from accounts.enums import RoleName
from programme.actions.agreement import Terms, record_agreement
from programme.actions.membership import record_abolition, record_council_joined, record_council_left
from programme.actions.programme import NewProgramme, create_programme
from programme.enums import AgreementKind, MemberStatus
from programme.models import Agreement, CouncilSuccessor, Membership, Programme
from tests import factories
from tests.benefits.actions.faults import unwritable

pytestmark = pytest.mark.django_db


def test_nothing_is_written_when_the_audit_fails():
    partnership = factories.PartnershipFactory(councils=2)
    manager, newcomer = factories.UserFactory(), factories.CouncilFactory()
    factories.role(manager, RoleName.PROGRAMME_MANAGER, partnership=partnership)
    place = partnership.memberships.first()
    new = NewProgramme("Shared waste", 2026, 5, [newcomer], partnership=partnership)
    day = date(2026, 4, 1)
    attempts = [
        lambda: create_programme(new, by=manager),
        lambda: record_agreement(partnership, by=manager, terms=Terms(AgreementKind.IAA, "Ours")),
        lambda: record_council_joined(partnership, newcomer, by=manager, joined_on=day),
        lambda: record_council_left(
            place, by=manager, left_on=day, why="Its council voted to leave", seen_version=1
        ),
        lambda: record_abolition(
            place.council, by=manager, abolished_on=day, weights={newcomer: "1"}, seen_version=1
        ),
    ]
    with unwritable("core_auditevent"):
        for attempt in attempts:
            with pytest.raises(DatabaseError):
                attempt()
    assert [model.objects.count() for model in (Programme, Agreement, CouncilSuccessor)] == [0, 0, 0]
    assert list(Membership.objects.values_list("status", "version")) == [(MemberStatus.ACTIVE, 1)] * 2
    place.council.refresh_from_db()
    assert place.council.abolished_on is None
