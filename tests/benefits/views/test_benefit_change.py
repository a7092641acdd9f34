"""Owner and next review of many benefits changed at once: by page and by API, all of them or none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.models import Benefit
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import Scene, api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE, BULK = "/programmes/abc/benefits/change/", "/api/v1/benefits/bulk/"
DAY = date(2027, 3, 1)


def register(scene: Scene) -> list[Benefit]:
    """Three benefits, the last one another's."""
    second = factories.BenefitFactory(programme=scene.programme, ref="B-2", title="Fewer calls")
    third = factories.BenefitFactory(programme=scene.programme, ref="B-3", owner=scene.manager, review_on=DAY)
    return [scene.benefit, second, third]


def stored() -> list[tuple[str, str | None, date | None, int]]:
    return list(Benefit.objects.order_by("ref").values_list("ref", "owner__name", "review_on", "version"))


def over(benefits: list[Benefit], version: int = 1) -> dict[str, str]:
    return {f"seen_{one.pk}": str(version) for one in benefits}


def told() -> list[tuple[str, Any, Any]]:
    events = AuditEvent.objects.filter(action="change_benefits").order_by("pk")
    return [(event.object_label, event.before, event.after) for event in events]


def test_change_is_shown_from_what_to_what_and_then_saved(scene: Scene) -> None:
    benefits, page = register(scene), page_of(scene.manager)
    chosen = text_of(page.get(f"{PAGE}?benefit={benefits[0].pk}&benefit={benefits[2].pk}"))
    assert "Lower cost of ICT B-1 Not stated No date" in chosen
    assert "Fewer calls" not in chosen
    sent = {"owner": scene.manager.pk, "review_on": "1 3 2027", **over(benefits)}
    shown = text_of(page.post(PAGE, sent))
    assert "Check the change of 2 benefits" in shown
    assert "Owner: from nobody to Priya Next review: from no date to 1 March 2027" in shown
    assert "No change: it has this owner and review date" in shown
    assert stored()[0] == ("B-1", None, None, 1)
    answer = page.post(PAGE, {**sent, "confirmed": "1"})
    assert answer["Location"] == "/programmes/abc/benefits/"
    assert stored() == [("B-1", "Priya", DAY, 2), ("B-2", "Priya", DAY, 2), ("B-3", "Priya", DAY, 1)]
    after = {"owner": scene.manager.email, "review_on": "2027-03-01", "version": 2}
    before = {"owner": None, "review_on": None, "version": 1}
    assert told() == [("B-1 Lower cost of ICT", before, after), ("B-2 Fewer calls", before, after)]


def test_all_that_a_filter_lets_through_are_chosen(scene: Scene) -> None:
    register(scene)
    page = text_of(page_of(scene.manager).get(f"{PAGE}?all=1&owner=none"))
    assert ("B-1" in page, "B-2" in page, "B-3" in page) == (True, True, False)
    nothing = text_of(page_of(scene.manager).get(PAGE))
    assert "No benefit is chosen Tick one or more benefits in the register first." in nothing


def test_what_cannot_be_is_refused_and_nothing_is_stored(scene: Scene) -> None:
    benefits, page = register(scene), page_of(scene.manager)
    left = factories.UserFactory(is_active=False)
    before = stored()
    row45 = "Choose a benefit owner who has an active account"
    sent: list[dict[str, Any]] = [{}, {"owner": left.pk}, {"review_on": "31 4 2027"}]
    assert [refusals(page.post(PAGE, one | over(benefits) | {"confirmed": "1"})) for one in sent] == [
        ["Choose an owner or enter a review date"],
        [row45],
        ["Enter a real date, for example 30 4 2027"],
    ]
    api = api_of(scene.manager)
    rows = [
        {"benefit": "B-1", "version": 1, "owner": left.email},
        {"benefit": "B-2", "version": 1, "owner": "nobody@example.org"},
        {"benefit": "B-3", "version": 1},
        {"benefit": "B-1", "version": 1, "review_on": "2027-03-01"},
    ]
    assert problems(api.post(BULK, {"programme": "abc", "changes": rows}, format="json")) == [
        {"field": "changes.0.owner", "message": row45},
        {"field": "changes.1.owner", "message": row45},
        {"field": "changes.2.owner", "message": "Choose an owner or enter a review date"},
        {"field": "changes.3.benefit", "message": "There are two entries for B-1. Keep one"},
    ]
    assert page_of(scene.reader).post(PAGE, over(benefits)).status_code == 403
    assert (stored(), told()) == (before, [])


def test_stale_rows_are_named_with_what_others_changed_and_saving_again_goes_on(scene: Scene) -> None:
    benefits, page, api = register(scene), page_of(scene.manager), api_of(scene.manager)
    first = {"programme": "abc", "changes": [{"benefit": "B-2", "version": 1, "review_on": "2027-01-05"}]}
    assert [row["ref"] for row in api.post(BULK, first, format="json").json()] == ["B-2"]
    sent = {"review_on": "1 3 2027", "confirmed": "1", **over(benefits)}
    answer = page.post(PAGE, sent)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Priya changed next review from nothing to 2027-01-05" in html
    assert f'name="seen_{benefits[1].pk}" value="2"' in html
    assert stored()[0] == ("B-1", None, None, 1)
    both = [{"benefit": ref, "version": 1, "review_on": "2027-03-01"} for ref in ("B-1", "B-2")]
    refused = api.post(BULK, {"programme": "abc", "changes": both}, format="json")
    assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (
        409,
        ["changes.1.version"],
    )
    page.post(PAGE, {**sent, f"seen_{benefits[1].pk}": "2"})
    assert stored() == [("B-1", None, DAY, 2), ("B-2", None, DAY, 3), ("B-3", "Priya", DAY, 1)]


def test_change_sent_twice_under_one_key_is_made_once(scene: Scene) -> None:
    register(scene)
    api = api_of(scene.manager)
    sent = {"programme": "abc", "changes": [{"benefit": "B-1", "version": 1, "review_on": "2027-03-01"}]}
    answers = [api.post(BULK, sent, format="json", headers={"Idempotency-Key": "march"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert stored()[0] == ("B-1", None, DAY, 2)


def test_page_takes_one_number_of_queries(scene: Scene, django_assert_num_queries: Any) -> None:
    benefits, page = register(scene), page_of(scene.manager)
    for chosen in (benefits[:1], benefits):
        query = "&".join(f"benefit={one.pk}" for one in chosen)
        with django_assert_num_queries(7):
            page.get(f"{PAGE}?{query}")
