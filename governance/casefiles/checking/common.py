"""Checks that many sections share: ids used once, references that lead somewhere, councils that are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from difflib import get_close_matches

from accounts.actions.system_user import SYSTEM_EMAIL
from core.rules.calendar import format_date, format_fy
from core.rules.dates import check_not_future
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry


def check_unique(entries: Iterable[Entry], name: str = "id") -> None:
    """Note each entry whose `name` an earlier entry has."""
    first: dict[str, Entry] = {}
    for entry in entries:
        value = entry.text(name)
        if value and value in first:
            line = first[value].file.document.line_of(first[value].path)
            entry.add(f"{value} is already used on line {line}. Give each entry its own", name)
        first.setdefault(value, entry)


def check_unique_time(
    entries: Iterable[Entry], name: str, read: Callable[[Entry], date | int | None]
) -> None:
    """Note each entry of a day or financial year, read by `read`, that an earlier entry has (row 15)."""
    seen: set[date | int] = set()
    for entry in entries:
        value = read(entry)
        if value in seen:
            words = format_date(value) if isinstance(value, date) else format_fy(value or 0)
            entry.add(f"There are two entries for {words}. Keep one", name)
        if value is not None:
            seen.add(value)


def ids_of(file: CaseFile, *sections: str) -> set[str]:
    """Ids of all entries of the sections, the broken ones too."""
    lists = [file.document.data.get(section) for section in sections]
    items = [item for section in lists if isinstance(section, list) for item in section]
    return {item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)}


def check_reference(entry: Entry, name: str, known: Collection[str], section: str) -> None:
    """Note a value of `name` that is the id of nothing in `section`."""
    value = entry.text(name)
    if value and value not in known:
        entry.add(f"There is no {value} in {section}{_meant(value, known)}", name)


def check_council(entry: Entry, key: str, world: World, *place: str | int) -> None:
    """Note a council that neither this call's files nor the database know."""
    if key and key not in world.councils:
        advice = _meant(key, world.councils) or ". Add it to councils, or load its file at the same time"
        entry.add(f"There is no council with the key {key}{advice}", *place)


def check_councils(entry: Entry, name: str, world: World) -> None:
    """Note each unknown council of a list."""
    for index, key in enumerate(entry.strings(name)):
        check_council(entry, key, world, name, index)


def check_person(entry: Entry, name: str, world: World) -> None:
    """Note a person who has no account and is not among the people of any file of the call."""
    email = entry.text(name).lower()
    if email and email != SYSTEM_EMAIL and email not in world.people:
        entry.add("There is no account with this address. Add the person to people", name)


def check_order(entry: Entry, first: str, last: str) -> None:
    """Note a date `last` that ends before the date `first` starts (row 12)."""
    start, end = entry.date(first), entry.date(last)
    if start and end and end.last_on < start.first_on:
        entry.add(f"End date must be after {format_date(start.first_on)}", last)


def check_past(entry: Entry, name: str, as_of: date, noun: str) -> None:
    """Note a date that has not come yet (row 11)."""
    span = entry.date(name)
    if span:
        entry.refused(lambda: check_not_future(span.first_on, as_of, noun), name)


def _meant(value: str, known: Collection[str]) -> str:
    close = get_close_matches(value, sorted(known), 1)
    return f". Did you mean {close[0]}?" if close else ""
