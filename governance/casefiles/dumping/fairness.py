"""Differences explained, posts removed, compensation paid, and answers to flags of double counting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from benefits.enums import DoubleCountKind, DoubleCountOutcome, EquitySubject
from benefits.models import (
    Benefit,
    ClaimFile,
    CouncilPayment,
    DoubleCountAnswer,
    EquityNote,
    FundClosing,
    Line,
    PaymentReceipt,
    PostsRemoved,
)
from benefits.queries.claimants import key_of, read_claims
from benefits.rules.double_counts import find_double_counts, told_by_key
from core.clock import today
from core.publication import shown
from core.rules.calendar import fy_file_key
from core.rules.suppression import is_small
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    day_of,
    email_of,
    inline,
    moment_of,
    number_of,
    pounds_of,
)
from programme.models import Programme
from programme.queries.milestones import known_on

POSTS_LEFT_OUT = "Posts removed are left out: fewer than 5 may not be told, nor what would give them away"


def dump_equity_notes(programme: Programme) -> list[Fields]:
    """Why a council's share differs, and by how much it did, in the order of entry.

    Points of posts are left out where their numbers are: they would give them away.
    """
    rows = list(programme.equity_notes.select_related("council", "entered_by").order_by("pk"))
    hides_posts = bool(rows) and posts_left_out(programme)
    return [
        compact(
            {
                "council": row.council.key,
                "subject": str(row.subject),
                "text": shown(row, row.text).text,
                "explained": []
                if hides_posts and row.subject == EquitySubject.POSTS
                else [inline(asdict(one) | {"points": number_of(one.points)}) for one in row.differences],
                **_by_whom(row),
            }
        )
        for row in rows
    ]


def dump_posts_removed(programme: Programme) -> list[Fields]:
    """How many posts each council removed; none at all where one number may not be told (INV-38)."""
    if posts_left_out(programme):
        return []
    rows = programme.posts_removed.select_related("council", "entered_by").order_by("pk")
    return [
        compact(
            {
                "council": row.council.key,
                "posts": row.posts,
                "as_at": day_of(row.as_at_on),
                "evidence": row.evidence,
                **_by_whom(row),
            }
        )
        for row in rows
    ]


def posts_left_out(programme: Programme) -> bool:
    """Whether a number is so small that it may not be told: the others and a total would give it away."""
    return any(map(is_small, programme.posts_removed.values_list("posts", flat=True)))


def dump_council_payments(programme: Programme) -> list[Fields]:
    """Every payment between councils in the order of entry, with its receipt."""
    rows = CouncilPayment.objects.filter(compensation__business_case__programme=programme).select_related(
        "compensation__business_case", "compensation__beneficiary", "payer", "entered_by",
        "receipt__entered_by",
    )  # fmt: skip
    found, ids = [], dict[int, str]()
    for number, row in enumerate(rows.order_by("pk"), 1):
        ids[row.pk] = f"CP-{number}"
        found.append(_payment(row, ids))
    return found


def dump_double_count_answers(programme: Programme) -> list[Fields]:
    """What was said of each flag in the order of entry, and whether it still stands."""
    rows = programme.double_count_answers.select_related("council", "entered_by")
    answers = list(rows.order_by("pk"))
    if not answers:
        return []
    claims = read_claims(programme, as_of=known_on(programme, today()))
    marks = {flag.key: flag.mark for flag in find_double_counts(claims.claimants)}
    named = _names([*programme.benefits.all(), *programme.lines.filter(benefit=None)])
    return [_answer(row, row.facts_mark == marks.get(row.flag_key), named) for row in answers]


def people_of_fairness(programme: Programme) -> Iterator[Iterable[int]]:
    """Keys of those who entered what this module writes, closed a fund or added evidence."""
    paid = CouncilPayment.objects.filter(compensation__business_case__programme=programme)
    for rows in (
        EquityNote.objects.filter(programme=programme),
        PostsRemoved.objects.filter(programme=programme),
        paid,
        PaymentReceipt.objects.filter(payment__in=paid),
        DoubleCountAnswer.objects.filter(programme=programme),
        FundClosing.objects.filter(fund__programme=programme),
        ClaimFile.objects.filter(actual__line__programme=programme),
    ):
        yield rows.values_list("entered_by", flat=True)


def _payment(row: CouncilPayment, ids: dict[int, str]) -> Fields:
    case, receipt = row.compensation.business_case, getattr(row, "receipt", None)
    return compact(
        {
            "id": ids[row.pk],
            "business_case": inline({"case": case.ref, "version": case.number}),
            "beneficiary": row.compensation.beneficiary.key,
            "basis": str(row.compensation.basis),
            "payer": row.payer.key,
            "fy": fy_file_key(row.fy),
            "amount_gbp": pounds_of(row.amount_pence),
            "paid_on": day_of(row.paid_on),
            "evidence": row.evidence,
            "explanation": row.explanation,
            "reverses": ids[row.reverses_id] if row.reverses_id else None,
            **_by_whom(row),
            "received": inline({"on": day_of(receipt.received_on), **_by_whom(receipt)}) if receipt else None,
        }
    )


def _answer(row: DoubleCountAnswer, stands: bool, named: dict[str, tuple[str, str]]) -> Fields:
    fy, code, claimant = told_by_key(DoubleCountKind(row.kind), row.flag_key)
    field, ref = named.get(claimant, ("benefit", ""))
    return compact(
        {
            "kind": str(row.kind),
            "council": row.council.key if row.council else None,
            "fy": None if fy is None else fy_file_key(fy),
            "ledger_code": code,
            field: ref,
            "text": row.flag_text,
            "doubtful_gbp": pounds_of(row.doubtful_pence),
            "outcome": str(DoubleCountOutcome(row.outcome).value),
            "why": row.why,
            "stands": stands or None,
            **_by_whom(row),
        }
    )


def _names(rows: Iterable[Benefit | Line]) -> dict[str, tuple[str, str]]:
    """By the key of a claimant, the field that names it in a file, and its id."""
    return {key_of(row): ("benefit" if isinstance(row, Benefit) else "line", row.ref) for row in rows}


def _by_whom(
    row: EquityNote | PostsRemoved | CouncilPayment | PaymentReceipt | DoubleCountAnswer,
) -> Fields:
    return {"by": email_of(row.entered_by), "at": moment_of(row.entered_at)}
