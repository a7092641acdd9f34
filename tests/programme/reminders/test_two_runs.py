"""Two runs at once share the work: what the other has in hand is passed over and looked at last."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction

from accounts.models import User
from programme.actions import digests
from programme.models import Digest
from tests.installation import PATIENCE
from tests.programme.reminders.conftest import TODAY, Scene
from tests.services.test_two_at_once import is_waiting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Rows are locked on PostgreSQL alone"),
]


def test_people_whom_another_run_has_in_hand_come_last(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [scene.owner, scene.person("Dev Lewis"), scene.person("Mei Tan")]
    for person in people:
        scene.milestone(TODAY, owner=person)
    monkeypatch.setattr(digests, "MOST_PEOPLE", 1)

    def run() -> None:
        try:
            scene.run()
        finally:
            connection.close()

    other = Thread(target=run)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=scene.owner.pk)
        other.start()
        assert is_waiting(), "The run did not wait for who is in other hands"
        made = list(Digest.objects.order_by("pk").values_list("recipient", flat=True))
    other.join(timeout=PATIENCE)
    assert made == [person.pk for person in people[1:]]
    assert [Digest.objects.get(pk=key).recipient_id for key in scene.handed_on] == [scene.owner.pk, *made]
