"""What must be done about keys when councils leave, join or end, and when none applies (INV-25, 42 to 44)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.rules.calendar import format_date
from services.rules.key_record import CouncilWeight, KeyPeriod

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeyState:
    """A kept key: its period, what it holds for each council that a key can name, and its review day.

    `waits` says for which decision it waits, in words; empty once that is in effect.
    """

    key_id: int
    period: KeyPeriod
    weights: tuple[CouncilWeight, ...]
    review_on: date | None = None
    waits: str = ""


@dataclass(frozen=True, slots=True)
class KeyTask:
    """Something to be done about a pool, or about one of its keys, in words."""

    key_id: int | None
    message: str


def key_tasks(keys: Sequence[KeyState], *, has_lines: bool, as_of: date) -> list[KeyTask]:
    """What must be done about the keys of one pool, in the order of their days; empty where all is well.

    Keys that have ended by `as_of` ask for nothing but what they share after a council left or ended.
    """
    found = [task for key in keys for task in _of_key(key, as_of)]
    if has_lines and not any(_applies(key.period, as_of) for key in keys):
        found.append(KeyTask(None, "No key applies today, so nothing of this pool can be shared. Add a key"))
    return found


def _of_key(key: KeyState, as_of: date) -> Iterable[KeyTask]:
    for one in key.weights:
        message = _of_leaver(key, one) or _of_abolished(key, one) or _of_newcomer(key, one, as_of)
        if message:
            yield KeyTask(key.key_id, message)
    if key.waits and as_of <= key.period.last_on:
        yield KeyTask(key.key_id, f"{key.waits}. No money is shared by it before then")
    if key.review_on and key.review_on <= as_of <= key.period.last_on:
        yield KeyTask(key.key_id, f"The review of this key was due on {format_date(key.review_on)}")


def _of_leaver(key: KeyState, one: CouncilWeight) -> str:
    left_on = one.partner.left_on if one.partner else None
    if not one.weight or left_on is None or key.period.last_on <= left_on:
        return ""
    day = format_date(left_on)
    return f"{one.name} left on {day}. End this key on that day and start another without it"


def _of_abolished(key: KeyState, one: CouncilWeight) -> str:
    if not one.weight or one.abolition is None or key.period.last_on < one.abolition.vesting_on:
        return ""
    vesting, last = one.abolition.vesting_on, one.abolition.vesting_on - _ONE_DAY
    return (
        f"{one.name} is due to be abolished on {format_date(vesting)}. End this key on "
        f"{format_date(last)} and start another with its successors"
    )


def _of_newcomer(key: KeyState, one: CouncilWeight, as_of: date) -> str:
    """A partner that the key does not name at all, while the key still applies or will."""
    if one.weight is not None or not one.is_needed or key.period.last_on < as_of:
        return ""
    joined_on = one.partner.joined_on if one.partner else None
    if joined_on is None:
        return f"This key does not name {one.name}. Start another that does, if only with 0"
    if key.period.last_on < joined_on:
        return ""
    return f"{one.name} joined on {format_date(joined_on)}. Start another key that names it"


def _applies(period: KeyPeriod, as_of: date) -> bool:
    return period.from_on <= as_of <= period.last_on
