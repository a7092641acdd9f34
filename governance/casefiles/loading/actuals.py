"""Actual amounts and their verifications: append-only, so a recorded amount is never entered again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from accounts.models import RoleHeld
from benefits.models import ActualAmount, Line, PeriodClose, Verification
from benefits.queries.deputies import deputies_of, deputy_among
from core.clock import london_date
from core.rules.calendar import format_date, month_name, period_start
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, noon, qualifier_of
from governance.casefiles.loading.rows import audit_entry
from programme.models import Programme

Slot = tuple[str, str, int, int]
ClosedMonths = Mapping[tuple[int, int, int], PeriodClose]
_RECORDED = "is already recorded and cannot be changed. Reverse it and enter a new amount"


def load_actuals(
    loading: Loading, file: CaseFile, programme: Programme, lines: dict[str, Line]
) -> dict[str, ActualAmount]:
    """Enter the amounts that are new, and verifications of amounts that had none; the rows by id.

    Entries have no name of their own in the database, so those of one line, council and month are matched
    by what they say. One that differs from a recorded amount which the file no longer holds is a changed
    amount, and is reported: the way to change it is a reversal and a new entry.
    """
    entries = list(_targets_first(file.entries("actuals")))
    found: dict[str, ActualAmount] = {}
    new = _find_new(loading, programme, entries, found)
    closes = PeriodClose.objects.filter(council__in=loading.councils.values()).prefetch_related("exceptions")
    closed = {(row.council_id, row.fy, row.period): row for row in closes}
    for entry in entries:
        if entry.text("id") in new and _is_open(loading, entry, closed):
            _enter(loading, programme, entry, lines, found)
    deputies = deputies_of(loading.councils.values())
    for entry in entries:
        _verify(loading, programme, entry, found.get(entry.text("id")), deputies)
    return found


def _find_new(
    loading: Loading, programme: Programme, entries: list[Entry], found: dict[str, ActualAmount]
) -> set[str]:
    """Ids of the entries to enter. Fills `found` with the recorded rows; reports changed amounts."""
    by_slot: dict[Slot, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_slot[_entry_slot(entry)].append(entry)
    recorded = _recorded(programme)
    new: set[str] = set()
    for slot, of_slot in by_slot.items():
        rows = recorded.get(slot, [])
        open_entries = _match(loading, of_slot, rows, found)
        for entry in open_entries[: len(rows)]:
            loading.report.refused.append(f"{_words(loading, entry)} {_RECORDED}")
        new |= {entry.text("id") for entry in open_entries[len(rows) :]}
    return new


def _is_open(loading: Loading, entry: Entry, closed: ClosedMonths) -> bool:
    """Whether the council took amounts of the month when this was entered; reported where it did not."""
    council, moment = loading.councils[entry.text("council")], entry.moment("at") or noon(loading.as_of)
    month = closed.get((council.pk, needed(entry.fy("fy")), needed(entry.integer("period"))))
    if month is None or moment < month.entered_at:
        return True
    person, day = loading.author(entry).pk, london_date(moment)
    if any(one.user_id == person and day <= one.until_on for one in month.exceptions.all()):
        return True
    since = format_date(london_date(month.entered_at))
    loading.report.refused.append(
        f"{_words(loading, entry)} is of a month that {council} closed on {since}. It was not entered"
    )
    return False


def _enter(
    loading: Loading,
    programme: Programme,
    entry: Entry,
    lines: dict[str, Line],
    found: dict[str, ActualAmount],
) -> None:
    """One claimed amount, or a reversal, by and as of whom and when the file says."""
    reverses = entry.text("reverses")
    if reverses and reverses not in found:
        loading.report.refused.append(f"{_words(loading, entry)} reverses an amount that was not entered")
        return
    row = ActualAmount.objects.create(
        line=lines[entry.text("line")],
        council=loading.councils[entry.text("council")],
        fy=needed(entry.fy("fy")),
        period=entry.integer("period"),
        amount_pence=needed(entry.pence("amount_gbp")),
        explanation=entry.text("explanation"),
        ledger_code=entry.text("ledger_code"),
        evidence=entry.text("evidence"),
        reverses=found[reverses] if reverses else None,
        qualifier=qualifier_of(entry),
        source=loading.source(entry),
        entered_by=loading.author(entry),
        entered_at=entry.moment("at") or noon(loading.as_of),
    )
    found[entry.text("id")] = row
    after = {
        "line": row.line.ref,
        "council": row.council.key,
        "fy": row.fy,
        "period": row.period,
        "amount_pence": row.amount_pence,
    }
    audit_entry(loading, row, noun="actual amount", scope=programme.key, after=after, why=row.explanation)


def _verify(
    loading: Loading,
    programme: Programme,
    entry: Entry,
    row: ActualAmount | None,
    deputies: Collection[RoleHeld],
) -> None:
    """Record what the section 151 officer said, unless that is recorded already."""
    if row is None or "verification" not in entry:
        return
    given = entry.entry("verification")
    answer = Verification.objects.filter(actual=row).select_related("verified_by").first()
    if answer is not None:
        said = (answer.outcome, answer.reason, answer.verified_by, answer.verified_at)
        if said != (
            given.text("outcome"),
            given.text("reason"),
            loading.user(given, "by"),
            given.moment("at"),
        ):
            done = answer.get_outcome_display().lower()
            loading.report.refused.append(
                f"{_words(loading, entry)} is already {done}. That cannot be changed"
            )
        return
    by, at = needed(loading.user(given, "by")), needed(given.moment("at"))
    answer = Verification.objects.create(
        actual=row,
        outcome=given.text("outcome"),
        reason=given.text("reason"),
        verified_by=by,
        verified_at=at,
        deputy_role=deputy_among(deputies, by, row.council, on=london_date(at)),
    )
    after = {"outcome": answer.outcome, "amount_pence": row.amount_pence}
    audit_entry(loading, row, noun="verification", scope=programme.key, after=after, why=answer.reason)


def _match(
    loading: Loading, entries: list[Entry], rows: list[ActualAmount], found: dict[str, ActualAmount]
) -> list[Entry]:
    """Entries that no recorded row equals. Takes the rows that are matched out of `rows`."""
    open_entries = []
    for entry in entries:
        row = next((row for row in rows if _is_same(loading, entry, row, found)), None)
        if row is None:
            open_entries.append(entry)
        else:
            rows.remove(row)
            found[entry.text("id")] = row
    return open_entries


def _is_same(loading: Loading, entry: Entry, row: ActualAmount, found: dict[str, ActualAmount]) -> bool:
    by, at, reverses = loading.user(entry, "by"), entry.moment("at"), entry.text("reverses")
    said: list[tuple[Any, Any]] = [
        (entry.pence("amount_gbp"), row.amount_pence),
        (entry.text("explanation"), row.explanation),
        (entry.text("ledger_code"), row.ledger_code),
        (entry.text("evidence"), row.evidence),
        (qualifier_of(entry), str(row.qualifier)),
        (loading.source(entry), row.source),
        (found.get(reverses), row.reverses),
        (by or row.entered_by, row.entered_by),
        (at or row.entered_at, row.entered_at),
    ]
    return all(given == kept for given, kept in said)


def _recorded(programme: Programme) -> dict[Slot, list[ActualAmount]]:
    rows = ActualAmount.objects.filter(line__programme=programme)
    found: dict[Slot, list[ActualAmount]] = defaultdict(list)
    for row in rows.select_related("line", "council", "source", "entered_by", "reverses").order_by("pk"):
        found[row.line.ref, row.council.key, row.fy, row.period or 0].append(row)
    return found


def _targets_first(entries: list[Entry]) -> Iterator[Entry]:
    """Entries in the order of the file, but a reversal never before the amount it reverses."""
    waiting: dict[str, list[Entry]] = defaultdict(list)
    placed: set[str] = set()
    for entry in entries:
        target = entry.text("reverses")
        if target and target not in placed:
            waiting[target].append(entry)
            continue
        placed.add(entry.text("id"))
        yield entry
        yield from waiting.pop(entry.text("id"), ())


def _entry_slot(entry: Entry) -> Slot:
    return entry.text("line"), entry.text("council"), entry.fy("fy") or 0, entry.integer("period") or 0


def _words(loading: Loading, entry: Entry) -> str:
    first = period_start(needed(entry.fy("fy")), needed(entry.integer("period")))
    month = f"{month_name(first)} {first.year}"
    return f"{entry.text('id')} ({entry.text('line')}, {loading.council(entry)}, {month})"
