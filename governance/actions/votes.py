"""Interests that members declare and how they vote (INV-10, rows 56 to 58)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from governance.actions.agenda import check_held, outcome_of
from governance.actions.bodies import scope_of
from governance.actions.quorum import check_votes_of
from governance.body_policies import check_keep
from governance.enums import Attending, InterestKind, VoteChoice
from governance.models import AgendaItem, BodyMember, Interest, Vote
from governance.rules.meetings import check_minutes_open


@transaction.atomic
def declare_interest(
    item: AgendaItem,
    *,
    by: User,
    member: BodyMember,
    kind: str,
    text: str,
    has_left: bool = False,
    has_dispensation: bool = False,
    channel: Channel = Channel.PAGE,
) -> Interest:
    """An interest that a member who was present declared in an item, once."""
    check_keep(by, item.meeting.body)
    check_held(item.meeting)
    check_minutes_open(item.meeting.minutes_state)
    said = check_text(text, "Interest", 500, "text")
    if not said:
        raise Refusal("Enter what the interest is", "text")
    if not item.meeting.attendances.filter(member=member, state=Attending.PRESENT).exists():
        raise Refusal(f"{member} was not present", "member")
    if item.interests.filter(member=member).exists():
        raise Refusal(f"{member} has declared an interest in this item", "member")
    if has_left and item.votes.filter(member=member).exists():
        raise Refusal(f"{member} voted on this item. Record the votes again first", "has_left")
    row = Interest.objects.create(
        item=item,
        member=member,
        kind=str(InterestKind(kind)),
        text=said,
        has_left=has_left,
        has_dispensation=has_dispensation,
        entered_by=by,
    )
    audit.record(
        item,
        by=by,
        action="declare_interest",
        channel=channel,
        scope=scope_of(item.meeting.body).key,
        after={"member": member.name, "kind": row.kind, "has_left": has_left},
    )
    return row


@transaction.atomic
def record_votes(
    item: AgendaItem,
    *,
    by: User,
    seen_version: int,
    votes: Mapping[int, str],
    casting: str = "",
    outcome: str | None = None,
    channel: Channel = Channel.PAGE,
) -> AgendaItem:
    """How members voted on an item, by the member's id, in place of what was recorded before.

    Refuses at a meeting that is not quorate (56), more votes than voting members in the room (57) and a
    casting vote that is not allowed (58). `outcome` of None leaves what was resolved as it is.
    """
    check_keep(by, item.meeting.body)
    check_seen(item, seen_version)
    check_held(item.meeting)
    check_minutes_open(item.meeting.minutes_state)
    ballots = _ballots(item, votes, casting)
    if ballots:
        check_votes_of(item, ballots)
    before = _plain(item.votes.select_related("member"))
    text = item.outcome if outcome is None else outcome_of(item, outcome)
    write_next(item, {"outcome": text}, by=by, seen_version=seen_version)
    item.votes.all().delete()
    for ballot in ballots:
        ballot.entered_by = by
    Vote.objects.bulk_create(ballots)
    rows = AgendaItem.objects.select_related(
        "meeting__body__partnership", "meeting__body__council", "decision"
    )
    saved = rows.get(pk=item.pk)
    audit.record(
        saved,
        by=by,
        action="record_votes",
        channel=channel,
        scope=scope_of(saved.meeting.body).key,
        before={"votes": before, "outcome": "withheld" if saved.is_withheld else item.outcome},
        after={"votes": _plain(ballots), "outcome": "withheld" if saved.is_withheld else text},
    )
    return saved


def _ballots(item: AgendaItem, votes: Mapping[int, str], casting: str) -> list[Vote]:
    members = item.meeting.body.members.in_bulk(list(votes))
    if len(members) < len(votes):
        raise Refusal("Choose members of this body", "votes")
    rows = [Vote(item=item, member=members[pk], choice=VoteChoice(votes[pk])) for pk in sorted(votes)]
    if casting:
        chair = item.meeting.chaired_by
        if chair is None and item.meeting.body.has_casting_vote:
            raise Refusal("Record who was in the chair first", "casting")
        if chair is None:
            raise Refusal("This body has no casting vote", "casting", "58")
        rows.append(Vote(item=item, member=chair, choice=VoteChoice(casting), is_casting=True))
    return rows


def _plain(votes: Iterable[Vote]) -> dict[str, str]:
    return {
        f"{vote.member.name}, casting vote" if vote.is_casting else vote.member.name: str(vote.choice)
        for vote in votes
    }
