"""Resolve what may be counted twice: say that it is not, link, share, or take claims back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from benefits.actions.actual import reverse_actual
from benefits.actions.counting import count_benefit_in, lock_programmes, set_attribution
from benefits.enums import DoubleCountKind, DoubleCountOutcome, Outcome
from benefits.models import ActualAmount, Benefit, DoubleCountAnswer
from benefits.policies import check_resolve_double_count
from benefits.queries.double_counts import FlagClaim, FlagRow, find_flag
from benefits.rules.budgets import check_attribution
from benefits.rules.double_counts import Place
from core.actions import audit
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_reason, check_text, stale_edit
from programme.models import Programme

_TEXT_LIMIT = 1_000
_REASON_LIMIT = 500
_GONE = "Nothing is flagged here any more. Look at the list again"


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a flag is resolved, and why.

    `benefit` is the one to count in `parent` where they are linked; `percents` the new parts by key of the
    benefit where attribution changes; `claimant` whose claims are taken back.
    """

    outcome: DoubleCountOutcome
    reason: str
    benefit: Benefit | None = None
    parent: Benefit | None = None
    percents: Mapping[int, int] = field(default_factory=dict)
    claimant: str = ""


@transaction.atomic
def resolve_double_count(
    programme: Programme,
    *,
    by: User,
    ref: str,
    seen: str,
    resolution: Resolution,
    channel: Channel = Channel.PAGE,
) -> DoubleCountAnswer:
    """The answer to one flag, with the change it stands for: links, shares, or claims taken back.

    `seen` is the mark of the facts that were shown; other facts now are a stale edit (row 84). Refuses who
    may not, as row 41, and what the changes themselves refuse.
    """
    _lock_programmes(programme, ref)
    row = find_flag(programme, ref)
    if row is None:
        raise Refusal(_GONE)
    check_resolve_double_count(by, programme, row.flag.kind, row.council, resolution.outcome)
    if row.flag.mark != seen:
        raise stale_edit(max((one.benefit.updated_at for one in row.claims if one.benefit), default=now()))
    check_reason(resolution.reason, f"Explain why {_WHY[resolution.outcome]}")
    _DO[resolution.outcome](row, resolution, by, channel)
    return _store(programme, row, resolution, by=by, channel=channel)


def _lock_programmes(programme: Programme, ref: str) -> None:
    """Lock every programme that takes part in a flag at once: two programmes may resolve theirs together."""
    row = find_flag(programme, ref)
    claims = row.claims if row else ()
    lock_programmes({programme.pk, *(one.programme.pk for one in claims)})


def _say_not_same(row: FlagRow, resolution: Resolution, by: User, channel: Channel) -> None:
    if not row.is_open and row.answer is not None:
        raise Refusal(f"{row.answer.entered_by} has already said that it is not the same saving")
    owned = [one for one in row.claims if one.benefit is not None and one.benefit.owner_id == by.pk]
    if owned and row.flag.kind != DoubleCountKind.CONTAINED:
        raise Refusal("You own one of these benefits. Another officer must resolve this", code="INV-16")


def _link(row: FlagRow, resolution: Resolution, by: User, channel: Channel) -> None:
    benefit, parent = resolution.benefit, resolution.parent
    members = [one.benefit for one in row.claims if one.benefit is not None]
    if benefit is None or benefit not in members:
        raise Refusal("Choose the benefit that is counted in another", "benefit")
    if parent is None or (row.flag.kind != DoubleCountKind.CONTAINED and parent not in members):
        raise Refusal("Choose the benefit that contains it", "counted_in")
    count_benefit_in(benefit, parent, by=by, reason=resolution.reason, channel=channel)


def _share(row: FlagRow, resolution: Resolution, by: User, channel: Channel) -> None:
    after = {one.key: _percent(one, resolution) for one in row.claims}
    check_attribution(after)
    changed = {
        one.benefit: after[one.key]
        for one in row.claims
        if one.benefit is not None and one.percent != after[one.key]
    }
    set_attribution(changed, by=by, reason=resolution.reason, channel=channel)


def _percent(one: FlagClaim, resolution: Resolution) -> int:
    return one.percent if one.benefit is None else resolution.percents.get(one.benefit.pk, one.percent)


def _reverse(row: FlagRow, resolution: Resolution, by: User, channel: Channel) -> None:
    claims = [one for one in row.claims if one.key == resolution.claimant]
    if not claims:
        raise Refusal("Choose whose claims are taken back", "claimant")
    taken = [
        actual
        for actual in _claims_of(claims[0])
        if row.flag.covers(Place(actual.council_id, actual.fy, actual.ledger_code.strip()))
    ]
    if not taken:
        raise Refusal(
            "Nothing that it claims here can be taken back. Resolve this in another way", "claimant"
        )
    for actual in taken:
        reverse_actual(actual, by=by, reason=resolution.reason, channel=channel)


def _claims_of(claim: FlagClaim) -> list[ActualAmount]:
    kind, _, pk = claim.key.partition(" ")
    of = Q(line__benefit=pk) if kind == "benefit" else Q(line=pk)
    rows = ActualAmount.objects.filter(of, reverses__isnull=True, reversed_by__isnull=True)
    return list(rows.exclude(verification__outcome=Outcome.RETURNED).order_by("pk"))


Do = Callable[[FlagRow, Resolution, User, Channel], None]
_DO: Mapping[DoubleCountOutcome, Do] = {
    DoubleCountOutcome.NOT_SAME: _say_not_same,
    DoubleCountOutcome.LINKED: _link,
    DoubleCountOutcome.ATTRIBUTION: _share,
    DoubleCountOutcome.REVERSED: _reverse,
}
_WHY: Mapping[DoubleCountOutcome, str] = {
    DoubleCountOutcome.NOT_SAME: "it is not the same saving",
    DoubleCountOutcome.LINKED: "it is counted there",
    DoubleCountOutcome.ATTRIBUTION: "it is shared so",
    DoubleCountOutcome.REVERSED: "these claims are taken back",
}


def _store(
    programme: Programme, row: FlagRow, resolution: Resolution, *, by: User, channel: Channel
) -> DoubleCountAnswer:
    answer = DoubleCountAnswer.objects.create(
        programme=programme,
        kind=row.flag.kind,
        flag_key=row.flag.key,
        facts_mark=row.flag.mark,
        council=row.council,
        flag_text=row.text[:_TEXT_LIMIT],
        doubtful_pence=row.doubtful_pence,
        outcome=resolution.outcome,
        why=check_text(resolution.reason, "Reason", _REASON_LIMIT, "reason"),
        entered_by=by,
        entered_at=now(),
    )
    audit.record(
        answer,
        by=by,
        action="resolve_double_count",
        channel=channel,
        scope=programme.key,
        after={
            "flag": row.flag.key,
            "outcome": resolution.outcome.value,
            "doubtful_pence": row.doubtful_pence,
        },
        why=answer.why,
    )
    return answer
