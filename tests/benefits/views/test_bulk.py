"""Many amounts in one request, sent once or again under the same key."""

import pytest

from benefits.models import ActualAmount, ForecastSnapshot
from core.models import KeyedRequest
from tests.benefits.scene import api_of, problems

pytestmark = pytest.mark.django_db
BULK, WHY = "/api/v1/actual-amounts/bulk/", "The invoice of October came late"
ICT = {"line": "ICT", "council": "brockvale", "fy": 2026}


def body(*amounts, **more):
    return {"programme": "abc", "amounts": list(amounts), **more}


def key(text):
    return {"headers": {"Idempotency-Key": text}}


def stored():
    return list(ActualAmount.objects.order_by("pk").values_list("line__ref", "period", "amount_pence"))


def test_months_and_quarters_are_stored_and_what_differs_is_taken_back_first(scene):
    scene.claim(500)
    api = api_of(scene.finance)
    sent = body(ICT | {"period": 7, "amount": "7.00"}, ICT | {"quarter": 1, "amount": "10"}, explanation=WHY)
    answer = api.post(BULK, sent)
    assert (answer.status_code, answer.json()["taken_back"]) == (201, 1)
    found = [(one["period"], one["amount"], one["state"]) for one in answer.json()["claims"]]
    assert found == [
        (7, "7.00", "claimed"),
        (1, "3.34", "claimed"),
        (2, "3.33", "claimed"),
        (3, "3.33", "claimed"),
    ]
    assert api.post(BULK, sent).json() == {"claims": [], "taken_back": 0}
    assert (
        api.post(BULK, body(ICT | {"period": 7, "amount": None}, explanation=WHY)).json()["taken_back"] == 1
    )


def test_each_wrong_amount_is_named_and_nothing_is_stored(scene):
    api = api_of(scene.finance)
    said = api.post(BULK, body(ICT | {"period": 1, "amount": "1"}, ICT | {"period": 8, "amount": "1"}))
    message = "Actual date must be today or in the past"
    assert problems(said) == [{"field": "amounts.1", "message": message}]
    said = api.post(BULK, body(ICT | {"line": "NONE", "period": 1, "amount": "1"}))
    expected = [{"field": "amounts.0.line", "message": "There is no line NONE in this programme"}]
    assert problems(said) == expected
    said = api.post(BULK, body(ICT | {"period": 1, "amount": "1"}, ICT | {"quarter": 1, "amount": "3"}))
    expected = "There are two entries for April to June 2026. Keep one"
    assert problems(said) == [{"field": "amounts.1", "message": expected}]
    assert stored() == []


def test_same_key_and_content_stores_once_and_answers_the_same(scene):
    api = api_of(scene.finance)
    claim = ICT | {"programme": "abc", "period": 7, "amount": "7.00"}
    first = api.post("/api/v1/actual-amounts/", claim, **key("one"))
    again = api.post("/api/v1/actual-amounts/", dict(reversed(claim.items())), **key("one"))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert stored() == [("ICT", 7, 700)]
    forecast = {"programme": "abc", "as_at_on": "2026-11-20", "amounts": [ICT | {"amount": "5.00"}]}
    answers = [api.post("/api/v1/forecast-amounts/", forecast, **key("two")).json() for _ in range(2)]
    assert (answers[0], ForecastSnapshot.objects.count()) == (answers[1], 1)
    api.post("/api/v1/actual-amounts/", claim)
    assert len(stored()) == 2


def test_key_is_ones_own_and_is_refused_with_other_content_or_at_another_address(scene):
    claim = ICT | {"programme": "abc", "period": 7, "amount": "7.00"}
    api = api_of(scene.finance)
    api.post("/api/v1/actual-amounts/", claim, **key("one"))
    message = "This Idempotency-Key was sent before with something else. Use a new one"
    expected = [{"field": "Idempotency-Key", "message": message}]
    assert problems(api.post("/api/v1/actual-amounts/", claim | {"amount": "8"}, **key("one"))) == expected
    assert problems(api.post(BULK, body(claim), **key("one"))) == expected
    long = problems(api.post(BULK, body(claim), **key("x" * 101)))
    assert long[0]["message"] == "Idempotency-Key must be 100 characters or less"
    assert api_of(scene.s151).post("/api/v1/actual-amounts/", claim, **key("one")).status_code == 201
    assert stored() == [("ICT", 7, 700)] * 2


def test_request_that_was_refused_keeps_no_key_and_can_be_mended(scene):
    api = api_of(scene.finance)
    wrong = ICT | {"programme": "abc", "period": 8, "amount": "7.00"}
    assert api.post("/api/v1/actual-amounts/", wrong, **key("one")).status_code == 400
    assert KeyedRequest.objects.count() == 0
    answer = api.post("/api/v1/actual-amounts/", wrong | {"period": 7}, **key("one"))
    assert answer.status_code == 201
    assert KeyedRequest.objects.get().answer == answer.json()
