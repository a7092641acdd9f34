"""Months that councils closed, and who may still enter amounts of them. Both are only ever added to."""

from __future__ import annotations

from benefits.models import CloseException, PeriodClose
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, noon
from governance.casefiles.loading.rows import audit_entry
from programme.models import Programme


def load_closed_months(loading: Loading, file: CaseFile, programme: Programme) -> None:
    """Close the months that are open, and add the exceptions that are new; a month stays closed as it was."""
    for entry in file.entries("closed_months"):
        close = _close(loading, programme, entry)
        rows = list(close.exceptions.all())
        for one in entry.entries("exceptions"):
            _except(loading, programme, close, one, rows)


def _close(loading: Loading, programme: Programme, entry: Entry) -> PeriodClose:
    council = loading.councils[entry.text("council")]
    fy, period = needed(entry.fy("fy")), needed(entry.integer("period"))
    found = PeriodClose.objects.filter(council=council, fy=fy, period=period).first()
    if found is not None:
        return found
    made = PeriodClose.objects.create(
        council=council,
        fy=fy,
        period=period,
        entered_by=loading.author(entry),
        entered_at=entry.moment("at") or noon(loading.as_of),
    )
    after = {"council": council.key, "fy": fy, "period": period}
    audit_entry(loading, made, noun="closed month", scope=programme.key, after=after)
    return made


def _except(
    loading: Loading, programme: Programme, close: PeriodClose, entry: Entry, rows: list[CloseException]
) -> None:
    person, until_on = needed(loading.user(entry, "person")), needed(entry.day("until"))
    by, at, reason = loading.user(entry, "by"), entry.moment("at"), entry.text("reason")
    for row in rows:
        same = (row.user, row.until_on, row.reason) == (person, until_on, reason)
        if same and by in (None, row.entered_by) and at in (None, row.entered_at):
            rows.remove(row)
            return
    made = CloseException.objects.create(
        close=close,
        user=person,
        until_on=until_on,
        reason=reason,
        entered_by=loading.author(entry),
        entered_at=at or noon(loading.as_of),
    )
    after = {"user": person.email, "until_on": until_on.isoformat()}
    audit_entry(loading, made, noun="exception", scope=programme.key, after=after, why=reason)
