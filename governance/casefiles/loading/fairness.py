"""What is recorded about fairness: differences explained, posts removed, and compensation that was paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benefits.models import CouncilPayment, EquityNote, PaymentReceipt, PostsRemoved
from core.publication import shown
from governance.casefiles.checking.benefits import CaseKey, case_key
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.entered import by_whom, recorded_as
from governance.casefiles.loading.rows import audit_entry
from programme.models import Programme
from services.models import BusinessCase, Compensation


def load_fairness(
    loading: Loading, file: CaseFile, programme: Programme, cases: Mapping[CaseKey, BusinessCase]
) -> None:
    """Enter the explanations, numbers of posts and payments that are new."""
    _load_notes(loading, file, programme)
    _load_posts(loading, file, programme)
    _load_payments(loading, file, programme, cases)


def _load_notes(loading: Loading, file: CaseFile, programme: Programme) -> None:
    rows = list(programme.equity_notes.select_related("entered_by").order_by("pk"))
    for entry in file.entries("equity_notes"):
        council = loading.councils[entry.text("council")]
        values = {"council": council, "subject": entry.text("subject"), "text": entry.text("text")}
        own = [values, *(values | {"text": row.text} for row in rows if _stands_for(values["text"], row))]
        if all(recorded_as(loading, entry, rows, one) is None for one in own):
            who = by_whom(loading, entry)
            made = EquityNote.objects.create(
                programme=programme, explained=_explained(entry), **who, **values
            )
            after = {"council": council.key, "subject": made.subject}
            audit_entry(loading, made, noun="explanation", scope=programme.key, after=after, why=made.text)


def _stands_for(text: Any, row: EquityNote) -> bool:
    """Whether a file that was dumped here says this in place of a text that is withheld."""
    return row.is_withheld and text == shown(row, row.text).text


def _explained(entry: Entry) -> list[dict[str, Any]] | None:
    """The differences as they stood; None where the file does not say."""
    if "explained" not in entry:
        return None
    return [
        {
            "basis": one.text("basis"),
            "is_by_key": one.yes("is_by_key"),
            "points": format(needed(one.number("points")), ".2f"),
        }
        for one in entry.entries("explained")
    ]


def _load_posts(loading: Loading, file: CaseFile, programme: Programme) -> None:
    """The trail does not hold the number: fewer than 5 may not be told (INV-38)."""
    rows = list(programme.posts_removed.select_related("entered_by").order_by("pk"))
    for entry in file.entries("posts_removed"):
        council, as_at_on = loading.councils[entry.text("council")], needed(entry.day("as_at"))
        values = {
            "council": council,
            "posts": entry.integer("posts"),
            "as_at_on": as_at_on,
            "evidence": entry.text("evidence"),
        }
        if recorded_as(loading, entry, rows, values) is None:
            made = PostsRemoved.objects.create(programme=programme, **by_whom(loading, entry), **values)
            after = {"council": council.key, "as_at_on": as_at_on.isoformat()}
            audit_entry(loading, made, noun="number of posts", scope=programme.key, after=after)


def _load_payments(
    loading: Loading, file: CaseFile, programme: Programme, cases: Mapping[CaseKey, BusinessCase]
) -> None:
    entries = file.entries("council_payments")
    if not entries:
        return
    kept = CouncilPayment.objects.filter(compensation__business_case__programme=programme)
    rows = list(kept.select_related("entered_by", "receipt").order_by("pk"))
    found: dict[str, CouncilPayment] = {}
    for entry in entries:
        scheme = _scheme(loading, entry, cases)
        if scheme is None:
            words = f"{entry.text('id')} is paid under a compensation that is not recorded"
            loading.report.refused.append(words)
            continue
        payment = _payment(loading, programme, entry, scheme, rows, found.get(entry.text("reverses")))
        found[entry.text("id")] = payment
        if "received" in entry and not hasattr(payment, "receipt"):
            _receive(loading, programme, payment, entry.entry("received"))


def _scheme(loading: Loading, entry: Entry, cases: Mapping[CaseKey, BusinessCase]) -> Compensation | None:
    """The arrangement under which it is paid, as it is recorded."""
    case = cases[case_key(entry.entry("business_case"), "case")]
    beneficiary = loading.councils[entry.text("beneficiary")]
    rows = case.compensations.filter(beneficiary=beneficiary, basis=entry.text("basis"))
    return rows.select_related("beneficiary").first()


def _payment(
    loading: Loading,
    programme: Programme,
    entry: Entry,
    scheme: Compensation,
    rows: list[CouncilPayment],
    reverses: CouncilPayment | None,
) -> CouncilPayment:
    """The payment that is recorded already, or a new one."""
    values = {
        "compensation": scheme,
        "payer": loading.councils[entry.text("payer")],
        "fy": needed(entry.fy("fy")),
        "amount_pence": needed(entry.pence("amount_gbp")),
        "paid_on": needed(entry.day("paid_on")),
        "evidence": entry.text("evidence"),
        "explanation": entry.text("explanation"),
        "reverses": reverses,
    }
    row = recorded_as(loading, entry, rows, values)
    if row is not None:
        return row
    receiver, who = scheme.beneficiary, by_whom(loading, entry)
    made = CouncilPayment.objects.create(receiver=receiver, **who, **values)
    after = {"payer": made.payer.key, "receiver": receiver.key, "amount_pence": made.amount_pence}
    noun = "payment between councils"
    audit_entry(loading, made, noun=noun, scope=programme.key, after=after, why=made.explanation)
    return made


def _receive(loading: Loading, programme: Programme, payment: CouncilPayment, entry: Entry) -> None:
    """Record that the council which was paid has the money."""
    received_on = needed(entry.day("on"))
    made = PaymentReceipt.objects.create(payment=payment, received_on=received_on, **by_whom(loading, entry))
    after = {"received_on": received_on.isoformat()}
    audit_entry(loading, made, noun="receipt", scope=programme.key, after=after)
