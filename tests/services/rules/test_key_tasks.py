"""What must be done about keys when councils leave, join or end (INV-25, INV-42 to INV-44)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from programme.rules.membership import Abolition, Partner
from services.rules.key_record import CouncilWeight, KeyPeriod
from services.rules.key_tasks import KeyState, KeyTask, key_tasks

AS_OF = date(2026, 11, 24)
LEFT = Partner("Carrick", left_on=date(2026, 3, 31))


def state(
    *weights: CouncilWeight, to_on: date | None = None, review_on: date | None = None, from_on: int = 2025
) -> KeyState:
    return KeyState(7, KeyPeriod(date(from_on, 4, 1), to_on), weights, review_on)


def carrick(
    weight: int | None,
    partner: Partner = LEFT,
    *,
    abolition: Abolition | None = None,
    is_needed: bool = False,
) -> CouncilWeight:
    stated = None if weight is None else Decimal(weight)
    return CouncilWeight("carrick", "Carrick", stated, partner, abolition, is_needed)


def messages(*keys: KeyState, has_lines: bool = False) -> list[str]:
    return [task.message for task in key_tasks(keys, has_lines=has_lines, as_of=AS_OF)]


def test_open_key_that_holds_a_leaver_must_end_the_same_day():
    words = "Carrick left on 31 March 2026. End this key on that day and start another without it"
    assert key_tasks([state(carrick(1))], has_lines=True, as_of=AS_OF) == [KeyTask(7, words)]
    assert messages(state(carrick(1), to_on=date(2026, 4, 1))) == [words]
    assert messages(state(carrick(1), to_on=date(2026, 3, 31))) == []
    assert messages(state(carrick(0)), state(carrick(None))) == []


def test_key_that_waits_for_its_decision_says_so_until_it_ends():
    waits = "The key from 1 April 2025 takes effect when decision D-07 does. That is at the stage “Draft”"
    period = KeyPeriod(date(2025, 4, 1))
    assert messages(KeyState(7, period, (), waits=waits)) == [
        f"{waits}. No money is shared by it before then"
    ]
    ended = KeyPeriod(date(2025, 4, 1), date(2026, 11, 23))
    assert messages(KeyState(7, ended, (), waits=waits)) == []


def test_key_past_an_abolition_must_end_the_day_before():
    ending = Abolition("Carrick", date(2028, 4, 1), (1,))
    one = carrick(1, Partner("Carrick"), abolition=ending)
    words = "Carrick is due to be abolished on 1 April 2028. End this key on 31 March 2028"
    assert messages(state(one), state(one, to_on=date(2028, 3, 31))) == [
        f"{words} and start another with its successors"
    ]


def test_partner_that_no_key_names_is_asked_for():
    joined = carrick(None, Partner("Carrick", joined_on=date(2026, 10, 1)), is_needed=True)
    unnamed = carrick(None, Partner("Carrick"), is_needed=True)
    assert messages(
        state(joined),
        state(joined, to_on=date(2026, 9, 30)),
        state(unnamed),
        state(carrick(0, Partner("Carrick"), is_needed=True)),
    ) == [
        "Carrick joined on 1 October 2026. Start another key that names it",
        "This key does not name Carrick. Start another that does, if only with 0",
    ]


def test_key_that_will_end_before_a_council_joins_need_not_name_it():
    later = carrick(None, Partner("Carrick", joined_on=date(2027, 4, 1)), is_needed=True)
    assert messages(state(later, to_on=date(2027, 3, 31))) == []


def test_pool_with_lines_and_no_key_today_says_so():
    none = "No key applies today, so nothing of this pool can be shared. Add a key"
    assert messages(has_lines=True) == [none]
    assert messages(state(from_on=2027), state(to_on=date(2026, 11, 23)), has_lines=True) == [none]
    assert messages(state(to_on=AS_OF), has_lines=True) == []
    assert messages() == []


def test_review_is_due_from_its_day_while_the_key_applies():
    assert messages(
        state(review_on=AS_OF),
        state(review_on=date(2026, 11, 25)),
        state(review_on=date(2026, 1, 1), to_on=date(2026, 11, 23)),
    ) == ["The review of this key was due on 24 November 2026"]
